//! The rule forms: what each asks, compiled, and how a definition stands to it.
//! Must not know any one rule.

mod ahead;
mod asked;
mod bounds;
mod chain;
mod check;
mod condition;
mod days;
mod due;
mod duty;
mod each;
mod event;
mod form;
mod grid;
mod judgement;
mod missing;
mod owed;
mod reason;
mod recurring;
mod requirement;
mod share;
mod stand;
mod tables;
mod vocabulary;

pub use ahead::Ahead;
pub use asked::{Asked, Part};
pub use bounds::{Bounds, Limit};
pub use chain::Chain;
pub use check::Check;
pub use condition::Condition;
pub use days::{Days, Far, Grave, Place, window_of};
pub use due::{Due, Occurrence, Occurrences, Window};
pub use duty::Duty;
pub use each::Each;
pub use event::meetings;
pub use grid::{Grid, Side};
pub use judgement::{Judgement, Reads, Verdict};
pub use missing::Missing;
pub use owed::{Band, Owed, Requirement, Subject, times, window};
pub use reason::{
    Also, Cells, DayAgainst, Doubt, FoundAs, GroupShare, Meetings, OnAxis, Reason, Review, Reviews, Unlisted,
};
pub use recurring::{Matched, match_reviews};
pub use requirement::{Found, Wanted, find};
pub use share::{Share, Sum};
pub use tables::Tables;
pub use vocabulary::Vocabulary;
