//! What the table of keys is made of: kinds of values, keys, tables, and the place of a key among them.
//! Must not hold a word of a policy.

use super::Table;

/// What a key may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// A text that names the element within its table; two elements never share it.
    Name,
    /// A text that names one body, or several with commas, slashes or "and" between them; rules read a list of them.
    Bodies,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A decimal number, written as a string so that it stays exact; above zero.
    Decimal,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A day (`2014-01-31`) or a date known in part (`"2014"`, `"2014-06"`).
    Date,
    /// Whole months, `"60 months"`.
    Duration,
    /// An amount, `"USD 590000"` or `"USD 300000..500000"`; not below zero.
    Money,
    /// A currency code of ISO 4217.
    Currency,
    /// A country code of ISO 3166-1, two letters.
    Country,
    /// An array of texts.
    Texts,
    /// An array of country codes of ISO 3166-1.
    Countries,
    /// An array of these words.
    AnyOf(&'static [&'static str]),
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    /// As typed in the file.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, for people: one sentence.
    pub doc: &'static str,
}

/// Whether a table stands once or any number of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableShape {
    /// `[project]`: at most once.
    Single,
    /// `[[party]]`: any number of times.
    Array {
        /// The plural, by which rules and `open` call the list.
        plural: &'static str,
        /// The word by which `open` names it, perhaps together with others; `None` where it cannot be open.
        open: Option<&'static str>,
    },
}

/// One table of a definition.
#[derive(Debug)]
pub struct TableSpec {
    /// As typed in the file.
    pub name: &'static str,
    /// Once or many.
    pub shape: TableShape,
    /// Its keys, in the order in which they are best written.
    pub keys: &'static [Key],
    /// What it means, for people: one sentence.
    pub doc: &'static str,
}

/// One key, by its table and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId {
    /// The table it belongs to.
    pub table: Table,
    /// Its place in the list of keys of that table.
    pub index: u8,
}

impl KeyId {
    /// What the table of keys says of it.
    #[must_use]
    pub fn spec(self) -> &'static Key {
        &self.table.spec().keys[usize::from(self.index)]
    }
}
