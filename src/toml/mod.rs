//! All that is known of TOML: texts read into a tree with places, what is wrong with them explained, values written as people write
//! them, and a text edited in place by the paths of its keys. No other module names a library for TOML.
//! Must not know any key of a definition, and must not open files.

mod edit;
mod entries;
mod explain;
mod layout;
mod lines;
mod newer;
mod order;
mod path;
mod place;
mod read;
mod spelt;
mod tree;
mod write;

pub use edit::{Change, EditError, apply, edits};
pub use entries::entries;
pub use explain::FORM;
pub use lines::newline;
pub use newer::warn_of_newer;
pub use order::sorted;
pub use path::{KeyPath, Step};
pub use read::{read, read_full};
pub use spelt::spelt;
pub use tree::{Datetime, DeInteger, DeTable, DeValue, Deserializer, Error, Spanned, from_str};
pub use write::{Entry, Note, Value, key, quoted};
