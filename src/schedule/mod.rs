//! From obligations to a plan: the fewest evaluations that meet every rule, each with its window, its tasks on
//! working days, and its state on a day.
//! Must not read rules or judge projects.

pub mod calendar;
mod closing;
mod graph;
mod habits;
mod judge;
mod limits;
mod plan;
mod planner;
mod possible;
mod process;
mod process_raw;
mod reason;
mod season;
mod slot;
mod state;
mod task;
pub mod vcal;
mod verify;
mod window;

pub use closing::{Closing, Urgency, closing};
pub use graph::{Order, Stand};
pub use habits::{Basis, Habits, Judged};
pub use judge::Warning;
pub use plan::{Conflict, Event, Schedule, Undecided, plan, planned};
pub use planner::Planner;
pub use possible::{Possible, possible};
pub use process::{Process, Processes, Step};
pub use season::Season;
pub use slot::{Claim, Evaluation, Origin, Report};
pub use state::{EventState, State};
pub use task::{Task, tasks};
pub use verify::unmet_by;
