//! From obligations to a plan: the fewest evaluations that meet every rule, each with its window, and its state on a day.
//! Must not read rules or judge projects.

mod plan;
mod slot;
mod state;
mod verify;
mod window;

pub use plan::{Conflict, Event, Schedule, Undecided, plan, planned};
pub use slot::{Evaluation, Origin};
pub use state::State;
pub use verify::unmet_by;
