//! The plans of a run as a calendar feed in iCalendar (RFC 5545, 7986), written over an older one that it remembers.
//! Must not date anything, and must not open files: an older feed comes as a stream.

mod changes;
mod entries;
mod entry;
mod fate;
mod feed;
mod index;
mod item;
mod pieces;
mod place;
mod scope;
mod text;
mod write;

pub use changes::{Changes, Told};
pub use feed::{Feed, FeedError};
pub use scope::{FeedOptions, FeedScope, Unread};
pub(super) use write::draw;
pub use write::feed;
