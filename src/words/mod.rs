//! Reasons and values in English: every sentence about a definition is made here, and only where it is shown.
//! Must not decide anything.

mod ahead;
mod bounds;
mod joining;
mod message;
mod missing;
mod reason;
mod remedy;
mod reviews;
mod spoken;
mod values;

pub use ahead::ahead;
pub use bounds::bounds;
pub use joining::{Joining, joining, joins_because};
pub use message::{message, more, need};
pub use missing::missing;
pub use reason::{also, because, found, reason};
pub use remedy::{Remedy, remedy, wakes};
pub use spoken::in_nonsense;
pub use values::*;
