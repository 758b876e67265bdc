//! What is asked of definitions: the day, the packs, how far it is followed.
//! Must not know where definitions come from.

use crate::assess::Choice;
use crate::model::Date;

/// How far a definition is followed; each goes further than the one before, and costs more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// To its findings: no plan, and not what another edition would say.
    Findings,
    /// To its plan, without what another edition would say.
    Plan,
    /// To its plan and what another edition would say.
    #[default]
    Whole,
    /// To patches that close its gaps, which cost the most.
    Repairs,
}

/// What is asked of a definition.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Request {
    /// The day to look from.
    pub as_of: Date,
    /// The edition and the packs, where they are not chosen by what the definition says.
    pub choice: Choice,
    /// How far it is followed.
    pub scope: Scope,
}

impl Request {
    /// What stands on a day, without repairs.
    #[must_use]
    pub fn on(as_of: Date) -> Self {
        Self { as_of, ..Self::default() }
    }

    /// The same under packs that are chosen otherwise than by what definitions say.
    #[must_use]
    pub fn under(self, choice: Choice) -> Self {
        Self { choice, ..self }
    }
}
