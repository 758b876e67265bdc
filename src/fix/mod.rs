//! Mends the text of a definition where that is mechanical: codes that are only misspelt, evaluations that are owed and not
//! listed, keys out of their order; and, where it is asked for, what only a person should decide. Every change is read and
//! assessed again before it counts, and no other byte of the text changes.
//! Must not read or write files.

mod codes;
mod days;
mod draft;
mod evaluations;
mod order;
mod proposals;
mod unlisted;

pub use codes::codes;
pub use days::dated;
pub use draft::{Basis, Mend, Mended};
pub use evaluations::{Listing, planned};
pub use proposals::told;

use crate::model::{Definition, Table};
use draft::Draft;

/// How far changes may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What is mechanical. The nature of an evaluation, money and parties stay as they are.
    Safe,
    /// Also the smallest changes that close the other gaps, where nothing in them is left for a person to fill in.
    Unsafe,
}

/// A sound definition with everything mended that can be. `definition` is the one that was read from `text`, perhaps with
/// what was gathered into it from others; `first` is the one before its codes were respelt, by which is told what became undecided.
#[must_use]
pub fn mend(
    basis: Basis<'_>,
    definition: &Definition,
    first: &Definition,
    text: &str,
    reach: Reach,
) -> Mended {
    let mut draft = Draft::new(basis, definition.clone(), text);
    draft.compare_with(first);
    match reach {
        Reach::Safe => evaluations::add(&mut draft),
        Reach::Unsafe => proposals::apply(&mut draft),
    }
    order::sort(&mut draft);
    let unlisted = unlisted::unlisted(&draft, definition.rows(Table::Evaluation).len());
    let mut done = draft.finish();
    done.left.splice(0..0, unlisted);
    done
}
