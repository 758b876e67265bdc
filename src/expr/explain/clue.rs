//! One thing that an evaluation saw, and that decided.
//! Must not evaluate.

use crate::model::Table;
use std::fmt;

/// One thing that an evaluation saw, and that decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Clue {
    /// Whether the file has a table.
    Table(Table, bool),
    /// Whether the file gives a fact.
    Given(String, bool),
    /// What a fact is, with what it was held against.
    Is(String, String),
    /// Something that has words of its own.
    Other(String),
}

impl Clue {
    /// The line under which a table is written: `[[party]]`, `[budget]`.
    fn header(table: Table) -> String {
        let name = table.spec().name;
        if table.plural().is_some() { format!("[[{name}]]") } else { format!("[{name}]") }
    }
}

impl fmt::Display for Clue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table, true) => write!(f, "the file has {}", Self::header(*table)),
            Self::Table(table, false) => write!(f, "the file has no {}", Self::header(*table)),
            Self::Given(name, true) => write!(f, "`{name}` is given"),
            Self::Given(name, false) => write!(f, "`{name}` is not given"),
            Self::Is(name, value) => write!(f, "`{name}` is {value}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}
