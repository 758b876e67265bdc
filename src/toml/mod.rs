//! TOML as text: values written as people write them, and a text edited in place by the paths of its keys.
//! Must not know any key of a definition, and must not open files.

mod edit;
mod entries;
mod layout;
mod lines;
mod order;
mod path;
mod place;
mod write;

pub use edit::{Change, EditError, apply, edits};
pub use entries::entries;
pub use lines::newline;
pub use order::sorted;
pub use path::{KeyPath, Step};
pub use write::{Entry, Note, Value, key, quoted};
