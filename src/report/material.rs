//! What a view is made of, beside what was found out: the texts, the packs, the day.
//! Must not compute anything.

use crate::model::Date;
use crate::policy::Catalog;
use crate::source::Sources;

/// What the view is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The packs.
    pub catalog: &'a Catalog,
    /// The day of the run.
    pub as_of: Date,
    /// How much is told of each finding.
    pub detail: Detail,
}

/// How much is told of each finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    #[default]
    Whole,
    /// One line: its place and, where it is open, what is so. Nothing of the plan and of the rest of the definition.
    Line,
}
