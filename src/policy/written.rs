//! Values and whole definitions as TOML, the way people write them: for examples and for repairs.
//! Must not read TOML.

use crate::model::{DateRange, Definition, KeyId, Kind, Record, Table, TableShape, Value};
use std::fmt::Write as _;

/// A value as it stands behind `=` in a definition.
#[must_use]
pub fn written_value(key: KeyId, value: &Value) -> String {
    let choice = |place: &u8| match key.spec().kind {
        Kind::OneOf(words) | Kind::AnyOf(words) => {
            words.get(usize::from(*place)).copied().unwrap_or_default()
        }
        _ => "",
    };
    match value {
        Value::Text(text) => quoted(text),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Decimal(value) => quoted(&value.to_string()),
        Value::Choice(place) => quoted(choice(place)),
        Value::Date(range) => date(*range),
        Value::Duration(months) => quoted(&months.to_string()),
        Value::Money(amount) => quoted(&amount.to_string()),
        Value::Texts(texts) if key.spec().kind == Kind::Bodies => quoted(&texts.join(", ")),
        Value::Texts(texts) => list(texts.iter().map(|text| quoted(text))),
        Value::Choices(places) => list(places.iter().map(|place| quoted(choice(place)))),
    }
}

/// A whole definition, with every key that it gives.
#[must_use]
pub fn written_definition(definition: &Definition) -> String {
    let mut text = "format = 1\n".to_owned();
    if let Some((policy, _)) = &definition.policy {
        let _ = writeln!(text, "policy = {}", quoted(policy));
    }
    let open: std::collections::BTreeSet<&str> = Table::ALL
        .iter()
        .filter(|table| definition.is_open(**table))
        .filter_map(|table| table.open_word())
        .collect();
    if !open.is_empty() {
        let _ = writeln!(text, "open = {}", list(open.into_iter().map(quoted)));
    }
    for table in Table::ALL {
        for record in definition.rows(*table) {
            let keys = written_record(*table, record);
            let header = match table.spec().shape {
                TableShape::Single if keys.is_empty() => continue,
                TableShape::Single => format!("[{}]", table.spec().name),
                TableShape::Array { .. } => format!("[[{}]]", table.spec().name),
            };
            let _ = write!(text, "\n{header}\n{keys}");
        }
    }
    text
}

/// The keys of a record, one a line, in the order of the table of keys.
#[must_use]
pub fn written_record(table: Table, record: &Record) -> String {
    let keys = table.spec().keys.iter().filter_map(|key| table.key(key.name));
    let lines = keys
        .filter_map(|key| Some(format!("{} = {}\n", key.spec().name, written_value(key, record.get(key)?))));
    lines.collect()
}

/// A text in quotes, safe whatever it holds.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() || matches!(control, '\u{2028}' | '\u{2029}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A day as such; a date known in part as a text.
fn date(range: DateRange) -> String {
    match range.exact() {
        Some(day) => day.to_string(),
        None => quoted(&range.to_string()),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}
