//! What is missing, in words.

use super::spoken::spoken;
use super::values::list;
use crate::checks::Missing;
use crate::model::{Definition, FieldPath, Table};

/// One thing that is missing.
#[must_use]
pub fn missing(missing: &Missing, definition: &Definition) -> String {
    let show = |table: Table, row: u32| definition.show(FieldPath::Row(table, row));
    spoken(match missing {
        Missing::Parent { key, row, of } => {
            let (child, of) = (show(key.table, *row), of.spec().name);
            match definition.rows(key.table).get(*row as usize).and_then(|record| record.read_text(*key)) {
                Some(parent) => format!("`{child}` names the {of} `{parent}`, which is not listed"),
                None => format!("`{child}` does not say which {of} it serves"),
            }
        }
        Missing::Child { table, row, of } => format!("`{}` has no {}", show(*table, *row), of.spec().name),
        Missing::Cycle(table, rows) => {
            let names: Vec<String> = rows.iter().map(|row| format!("`{}`", show(*table, *row))).collect();
            format!("{} stand above each other in a circle", list(&names, "and"))
        }
        other => other.name(definition),
    })
}
