//! Mistakes in input files: what is wrong, where, why it matters, what to do next.
//! Must not hold findings about a project.

mod diagnostic;
mod near;
mod order;

pub use diagnostic::{Diagnostic, Kind, Label, Severity};
pub use near::{nearest, same_letters};
pub use order::{MAX_DIAGNOSTICS, and_more, in_order};

/// A value with the mistakes met on the way to it. The value is there even if there were errors,
/// as far as it could be read.
#[derive(Debug)]
pub struct Loaded<T> {
    /// What was read.
    pub value: T,
    /// Every mistake, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}
