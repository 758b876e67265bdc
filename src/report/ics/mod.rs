//! The plans of a run as a calendar feed in iCalendar (RFC 5545, 7986).
//! Must not date anything, and must not open files: an older feed comes as its text.

mod entries;
mod feed;
mod memory;
mod text;
mod write;

pub(super) use entries::draw;
pub use entries::feed;
pub use feed::{Changes, FeedOptions, Written};
pub use memory::{Feed, NotAFeed};
