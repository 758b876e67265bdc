//! Values and whole definitions as TOML, the way people write them: for examples and for repairs.
//! Must not read TOML.

use super::{DateRange, Definition, KeyId, Kind, Record, Table, TableShape, Value};
use crate::toml::{self, quoted};
use std::fmt::Write as _;

/// A value as it is written for a key of a definition.
#[must_use]
pub fn to_toml(key: KeyId, value: &Value) -> toml::Value {
    let choice = |place: &u8| match key.spec().kind {
        Kind::OneOf(words) | Kind::AnyOf(words) => {
            words.get(usize::from(*place)).copied().unwrap_or_default()
        }
        _ => "",
    };
    match value {
        Value::Text(text) => toml::Value::text(&**text),
        Value::Bool(value) => toml::Value::Boolean(*value),
        Value::Int(value) => toml::Value::Spelt(value.to_string()),
        Value::Decimal(value) => toml::Value::text(value.to_string()),
        Value::Choice(place) => choice(place).into(),
        Value::Date(range) => date(*range),
        Value::Duration(months) => toml::Value::text(months.to_string()),
        Value::Money(amount) => toml::Value::text(amount.to_string()),
        Value::Texts(texts) if key.spec().kind == Kind::Bodies => toml::Value::text(texts.join(", ")),
        Value::Texts(texts) => {
            toml::Value::List(texts.iter().map(|text| toml::Value::text(&**text)).collect())
        }
        Value::Choices(places) => {
            toml::Value::List(places.iter().map(|place| choice(place).into()).collect())
        }
    }
}

/// A value as it stands behind `=` in a definition.
#[must_use]
pub fn written_value(key: KeyId, value: &Value) -> String {
    to_toml(key, value).written()
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
        let _ = writeln!(
            text,
            "open = {}",
            toml::Value::List(open.into_iter().map(Into::into).collect()).written()
        );
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

/// A day as such; a date known in part as a text.
fn date(range: DateRange) -> toml::Value {
    match range.exact() {
        Some(day) => toml::Value::Day(day),
        None => toml::Value::text(range.to_string()),
    }
}
