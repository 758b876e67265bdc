//! Where in a definition a fact stands, or would stand.
//! Must not read files.

use super::{Currency, KeyId, Table};

/// A key, an element or a table of one definition. It is shown as people would type it
/// (`project.end`, `evaluation.final.independence`, `rate.EUR`) by [`super::Definition::show`].
///
/// The order is that of the table of keys, so that lists of facts to supply read in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldPath {
    /// A key of a table that stands once.
    Key(KeyId),
    /// A key of one element of an array of tables, by its place from 0.
    Element(KeyId, u32),
    /// One element of an array of tables, whole.
    Row(Table, u32),
    /// A whole table, or one more element of an array of tables.
    Table(Table),
    /// The rate of a currency that the definition does not give.
    Rate(Currency),
}
