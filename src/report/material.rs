//! What a view is made of, beside what was found out: the texts, the packs, the day.
//! Must not compute anything.

use crate::engine::Scope;
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
    /// How much of it is shown.
    pub detail: Detail,
}

/// How much of a definition is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    #[default]
    Whole,
    /// One line a finding: its place and, where it is open, what is so. Nothing of the plan and of the rest of the definition.
    Line,
    /// The plan. Of findings only what counts, unless no rule applies.
    Plan,
}

impl Detail {
    /// How far definitions must be followed for it.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::Whole => Scope::Whole,
            Self::Line => Scope::Findings,
            Self::Plan => Scope::Plan,
        }
    }

    /// What shows both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Whole }
    }
}
