//! What a gap lacks, as data: known again by ids, whatever the words.
//! Must not make sentences.

use crate::model::{Date, Definition, FieldPath, KeyId, MEETINGS, TIMINGS, Table};
use std::sync::Arc;

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// An evaluation.
    Evaluation {
        /// Its timing, as a place in [`TIMINGS`].
        timing: u8,
        /// Its number, from 1, where the duty recurs.
        number: Option<u32>,
    },
    /// The day of an evaluation of the file, which lies outside its window.
    Day(u32),
    /// The record of a meeting.
    Meeting {
        /// Its kind, as a place in [`MEETINGS`].
        kind: u8,
        /// Its number among those that are past, from 1.
        number: u32,
        /// The last day on which it was in time.
        by: Option<Date>,
    },
    /// A part of what a condition asks, by its name.
    Part(Arc<str>),
    /// A cell of a grid of words by words.
    Cell {
        /// The word of the column.
        column: Arc<str>,
        /// The word of the row.
        row: Arc<str>,
    },
    /// An element of a table.
    Element(Table, u32),
    /// Something that an element of a table lacks.
    OfElement {
        /// What it lacks: the name of a part, or the word of a column.
        part: Arc<str>,
        /// The table.
        table: Table,
        /// The element.
        row: u32,
    },
    /// The share of a group of rows, which have the text of that row under a key.
    Group(KeyId, u32),
    /// A result that names no parent, or one that is not listed.
    Parent {
        /// The key that names it.
        key: KeyId,
        /// The result.
        row: u32,
        /// The table of parents.
        of: Table,
    },
    /// A result without any below it.
    Child {
        /// The table of the result.
        table: Table,
        /// The result.
        row: u32,
        /// The table of those below.
        of: Table,
    },
    /// Results that are above one another in a circle, by their rows.
    Cycle(Table, Vec<u32>),
}

impl Missing {
    /// The element of the file that lacks it, by its row; none where it lacks as a whole.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        match self {
            Self::Day(row) | Self::Element(_, row) | Self::OfElement { row, .. } => Some(*row),
            _ => None,
        }
    }

    /// By what the next run knows it again: an element by its name, and one without a name not by its place in the list, which
    /// changes.
    #[must_use]
    pub fn id(&self, definition: &Definition) -> String {
        let name = |table: Table, row: u32| definition.name(table, row).unwrap_or_default();
        let element = |table: Table, row: u32| format!("{}.{}", table.spec().name, name(table, row));
        match self {
            Self::Evaluation { .. } | Self::Day(_) | Self::Part(_) | Self::Cell { .. } | Self::Group(..) => {
                self.name(definition)
            }
            Self::Meeting { kind, number, .. } => format!("{} {number}", MEETINGS[usize::from(*kind)]),
            Self::Element(table, row) => name(*table, *row).to_owned(),
            Self::OfElement { part, table, row } => format!("{part} at {}", name(*table, *row)),
            Self::Parent { key, row, .. } => {
                let child = element(key.table, *row);
                parent(definition, *key, *row)
                    .map_or_else(|| child.clone(), |parent| format!("{child} of {parent}"))
            }
            Self::Child { table, row, .. } => element(*table, *row),
            Self::Cycle(table, rows) => {
                let mut ids: Vec<String> = rows.iter().map(|row| element(*table, *row)).collect();
                ids.sort();
                ids.join(" and ")
            }
        }
    }

    /// What the cases of rule files and the lists for machines call it: made of ids, numbers and days.
    #[must_use]
    pub fn name(&self, definition: &Definition) -> String {
        match self {
            Self::Evaluation { timing, number: None } => TIMINGS[usize::from(*timing)].to_owned(),
            Self::Evaluation { timing, number: Some(number) } => {
                format!("{}-{number}", TIMINGS[usize::from(*timing)])
            }
            Self::Day(row) => definition.show(FieldPath::Row(Table::Evaluation, *row)),
            Self::Meeting { kind, by, .. } => {
                format!(
                    "{} by {}",
                    MEETINGS[usize::from(*kind)],
                    by.map(|by| by.to_string()).unwrap_or_default()
                )
            }
            Self::Part(name) => name.to_string(),
            Self::Cell { column, row } => format!("{column} at {row}"),
            Self::Element(table, row) => definition.name_or_number(*table, *row),
            Self::OfElement { part, table, row } => {
                format!("{part} at {}", definition.name_or_number(*table, *row))
            }
            Self::Group(key, row) => parent(definition, *key, *row).unwrap_or_default().to_owned(),
            Self::Parent { .. } | Self::Child { .. } | Self::Cycle(..) => self.id(definition),
        }
    }
}

/// The text that an element has under a key.
fn parent(definition: &Definition, key: KeyId, row: u32) -> Option<&str> {
    definition.rows(key.table).get(row as usize)?.read_text(key)
}
