//! The smallest change of a definition that makes a rule met: looked for on the model, proved by assessing again, and turned
//! into edits of the text. Must not write files, and never decides what only a person can: there it leaves a mark.

mod change;
mod each;
mod edit;
mod fields;
mod lists;
mod propose;
mod search;

pub use change::{Change, Filling, TO_COMPLETE};
pub use edit::edits;
pub use propose::words_lacking;
pub use search::repairs;

use crate::model::Definition;
use crate::source::Edit;
use std::sync::Arc;

/// One change that closes one gap or several.
#[derive(Debug, Clone)]
pub struct Repair {
    /// The rules that it makes met, by their whole ids, sorted.
    pub rules: Vec<Arc<str>>,
    /// What is set or added.
    pub changes: Vec<Change>,
    /// The changes of the text, in its order, none over another.
    pub edits: Vec<Edit>,
    /// Whether something in it is left for a person to complete, marked `TO COMPLETE`.
    pub placeholder: bool,
}

impl Repair {
    /// Whether it can be made without a person: nothing in it is left to complete, and it takes back nothing that the file states,
    /// such as the answer to a recommendation.
    #[must_use]
    pub fn is_whole(&self, definition: &Definition) -> bool {
        !self.placeholder && !self.changes.iter().any(|change| change.restates(definition))
    }

    /// The definition with the repair in it. What is left to complete is stood in for.
    #[must_use]
    pub fn applied(&self, definition: &Definition) -> Definition {
        change::apply(definition, &self.changes)
    }
}
