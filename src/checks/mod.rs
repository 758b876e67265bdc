//! The rule forms: what each asks, compiled, and how a definition stands to it.
//! Must not know any one rule.

mod bounds;
mod due;
mod duty;
mod grid;
mod judgement;
mod recurring;
mod requirement;
pub mod words;

pub use bounds::{Bounds, Limit};
pub use due::{Due, Occurrence, Occurrences, Window};
pub use duty::{Band, Duty, Owed, Requirement, Subject, times, window};
pub use grid::{Grid, Side};
pub use judgement::{Judgement, Read, Reads, Verdict};
pub use recurring::{Matched, match_reviews};
pub use requirement::{Found, Wanted, find};

use crate::facts::Facts;

/// One rule form with its parameters: a closed set.
#[derive(Debug, Clone)]
pub enum Check {
    /// An obligation, always or by the bands of a table.
    Duty(Duty),
    /// Every cell of rows and columns must be filled.
    Grid(Grid),
}

impl Check {
    /// How a definition stands to the rule, as far as its facts decide.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        match self {
            Self::Duty(duty) => duty.judge(facts),
            Self::Grid(grid) => grid.judge(facts),
        }
    }

    /// The facts that the rule reads and that can be supposed one by one.
    pub fn reads(&self, reads: &mut Reads) {
        match self {
            Self::Duty(duty) => duty.reads(reads),
            Self::Grid(_) => {}
        }
    }
}
