//! What is asked of definitions: the day, the packs, whether repairs are looked for.
//! Must not know where definitions come from.

use crate::assess::Choice;
use crate::model::Date;

/// What is asked of a definition.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Request {
    /// The day to look from.
    pub as_of: Date,
    /// The edition and the packs, where they are not chosen by what the definition says.
    pub choice: Choice,
    /// Whether repairs are looked for, which costs the most.
    pub repairs: bool,
    /// Whether only findings are wanted: no plan, no repairs, and not what another edition would say.
    pub findings_only: bool,
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
