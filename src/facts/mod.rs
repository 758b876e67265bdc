//! A definition as the rules see it: read by word, revised as of a day, in US dollars.
//! Must not evaluate conditions.

mod index;
mod length;
mod read;
mod revise;
mod vocabulary;

pub use index::Index;
pub use length::{Length, Orders};
pub use read::{Fact, Facts, NeedsOf};
pub use vocabulary::{Type, Word, field, fields, word, words};
