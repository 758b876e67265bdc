//! The tree of a text as its reader hands it out, under one name for all modules.
//! An upgrade of the reader touches this module alone.

pub use serde_spanned::Spanned;
pub use toml::de::{DeInteger, DeTable, DeValue, Deserializer, Error, from_str};
pub use toml::value::Datetime;
