//! A text of TOML edited by the paths of its keys: values are set, added and removed where they stand, in the way in which the text
//! is written. Comments, order, line ends, indentation, and whatever is not touched stay byte for byte.
//! Must not decide what is edited.

mod add;
mod batch;
mod error;
mod list;
mod remove;
mod set;

use super::layout::Layout;
use super::path::{KeyPath, Step};
use super::place::{Place, Places};
use super::write::{Entry, Note, Value};
use crate::source::Edit;
use batch::Work;
pub use error::EditError;

/// One change of a text. Of several, each sees the text as those before it have left it.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A value takes the place of the one that stands there, or is written where it belongs. A table that headers make gets these
    /// keys and loses all others.
    Set {
        /// Where.
        path: KeyPath,
        /// What.
        value: Value,
        /// What is said beside it.
        note: Option<Note>,
    },
    /// An element more at the end of a list. A list that is not there begins with it: a table under a header of its own.
    Add {
        /// The list.
        list: KeyPath,
        /// Its new element.
        element: Value,
    },
    /// A key with its value, an element, or a whole table goes, with the comments on its lines and inside it. A table that only keys
    /// with dots make goes with the last of them.
    Remove {
        /// What.
        path: KeyPath,
    },
}

impl Change {
    /// A value set with nothing beside it.
    #[must_use]
    pub fn set(path: KeyPath, value: impl Into<Value>) -> Self {
        Self::Set { path, value: value.into(), note: None }
    }
}

/// The text with some changes in it.
///
/// # Errors
/// Where a change has no place in it. Then nothing is changed.
pub fn apply(text: &str, changes: &[Change]) -> Result<String, EditError> {
    Ok(batch::revised(text, changes)?.finish().0)
}

/// The replacements in a text that some changes make, in its order.
///
/// # Errors
/// Where a change has no place in it.
pub fn edits(text: &str, changes: &[Change]) -> Result<Vec<Edit>, EditError> {
    Ok(batch::revised(text, changes)?.finish().1)
}

/// A text that a change is to be made in.
struct Text<'l> {
    layout: &'l Layout<'l>,
    places: Places<'l>,
    /// How its lines ended before anything was changed: what is left of it may have no line end.
    newline: &'static str,
}

/// The innermost table that is there on the way to a path.
struct Home<'l> {
    /// Its path; what is left of the way to the path behind it.
    path: Vec<Step>,
    place: Place<'l>,
}

impl<'l> Text<'l> {
    fn text(&self) -> &'l str {
        self.layout.text
    }

    /// The innermost thing that is there above a path.
    fn home(&self, path: &[Step]) -> Home<'l> {
        let above = (0..path.len()).rev().map(|length| (length, self.places.find(&path[..length])));
        let found = above.into_iter().find(|(_, place)| !matches!(place, Place::Missing));
        let (length, place) = found.unwrap_or((0, Place::Spread));
        Home { path: path[..length].to_vec(), place }
    }
}

/// The names of steps that all are keys; `None` where an element is among them.
fn names(steps: &[Step]) -> Option<Vec<String>> {
    let name = |step: &Step| match step {
        Step::Key(name) => Some(name.clone()),
        Step::Element(_) => None,
    };
    steps.iter().map(name).collect()
}

/// An entry for the last of some names, in as many tables as the others are.
fn nested(names: &[String], value: &Value, note: Option<&Note>) -> Option<Entry> {
    let (last, outer) = names.split_last()?;
    let entry = Entry { key: last.clone(), value: value.clone(), note: note.cloned() };
    Some(outer.iter().rev().fold(entry, |inner, name| Entry::new(name, Value::Table(vec![inner]))))
}
