//! From changes on the model to changes of the text by key path.
//! Must not judge, and must not write into the text itself.

use super::change::{Change, Filling};
use crate::model::{Definition, FieldPath, KeyId, Table, Value, to_toml};
use crate::source::Edit;
use crate::toml::{self, Entry, KeyPath};

/// The edits that bring changes into a text, in its order; `None` where the text is written in a way that they do not fit.
#[must_use]
pub fn edits(definition: &Definition, changes: &[Change], text: &str) -> Option<Vec<Edit>> {
    // Keys of tables that are there come first, tables that are not come last, in their order.
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| match change {
        Change::Set { path: FieldPath::Key(key), .. } if definition.single(key.table).header.is_none() => {
            (2, Some(key.table))
        }
        Change::Set { .. } => (0, None),
        Change::Add { .. } => (1, None),
    });
    let mut all = Vec::with_capacity(sorted.len());
    for change in sorted {
        match change {
            Change::Set { path, filling } => all.extend(set(definition, (*path, filling), text)?),
            Change::Add { table, keys } => {
                let entries = keys.iter().map(|(key, filling)| Entry {
                    key: key.spec().name.to_owned(),
                    value: filling.to_toml(*key),
                    note: filling.note(*key),
                });
                let element = toml::Value::Table(entries.collect());
                all.push(toml::Change::Add { list: top(*table), element });
            }
        }
    }
    toml::edits(text, &all).ok()
}

fn top(table: Table) -> KeyPath {
    KeyPath::top().key(table.spec().name)
}

/// A key set; or, where its list stands on several lines, entries added to it, so that the comments stay beside the others.
/// `None` for an element that another file holds.
fn set(
    definition: &Definition,
    (field, filling): (FieldPath, &Filling),
    text: &str,
) -> Option<Vec<toml::Change>> {
    let (key, record, table) = match field {
        FieldPath::Key(key) => (key, definition.single(key.table), top(key.table)),
        FieldPath::Element(key, row) => {
            let record = definition.rows(key.table).get(row as usize)?;
            record.header?;
            (key, record, top(key.table).element(row as usize))
        }
        _ => return None,
    };
    let path = table.key(key.spec().name);
    let on_lines =
        record.span(key).and_then(|span| text.get(span.range())).is_some_and(|old| old.contains('\n'));
    let old = record.get(key).filter(|_| on_lines && filling.to_complete.is_none());
    Some(match old.and_then(|old| missing(key, old, &filling.value)) {
        Some(missing) => {
            let add = |element| toml::Change::Add { list: path.clone(), element };
            missing.into_iter().map(add).collect()
        }
        None => vec![toml::Change::Set { path, value: filling.to_toml(key), note: filling.note(key) }],
    })
}

/// What a list lacks of another that holds all of it; `None` where it does not, or where there are no entries.
fn missing(key: KeyId, old: &Value, new: &Value) -> Option<Vec<toml::Value>> {
    let (toml::Value::List(old), toml::Value::List(new)) = (to_toml(key, old), to_toml(key, new)) else {
        return None;
    };
    let grows = !old.is_empty() && old.iter().all(|entry| new.contains(entry));
    grows.then(|| new.into_iter().filter(|entry| !old.contains(entry)).collect())
}
