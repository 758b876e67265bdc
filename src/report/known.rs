//! What a definition says, key by key, as text.
//! Must not choose among the keys: formats take those that they show.

use crate::facts::Facts;
use crate::model::{Date, Definition, FieldPath, KeyId, Kind, Table, TableShape, Value, key};
use crate::words as in_words;
use serde::Serialize;

/// One value of a definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactView {
    /// The key: `project.end`; for lists of tables without the element, `donor.name`.
    pub field: String,
    /// What the file says, with amounts in groups of three digits; several elements are separated by commas.
    pub value: String,
}

/// Every value that the file gives, in the order of the table of keys; what a revision has changed by that day as it is in effect.
pub(super) fn known(definition: &Definition, as_of: Date) -> Vec<FactView> {
    let mut known = Vec::new();
    let facts = Facts::new(definition, as_of);
    for table in Table::ALL {
        let spec = table.spec();
        for key in spec.keys.iter().filter_map(|key| table.key(key.name)) {
            let values: Vec<String> = match spec.shape {
                TableShape::Single => {
                    let first =
                        definition.value(FieldPath::Key(key)).map(|value| words(value, key.spec().kind));
                    in_effect(key, first.as_deref(), &facts).or(first).into_iter().collect()
                }
                TableShape::Array { .. } => definition
                    .rows(*table)
                    .iter()
                    .filter_map(|row| Some(words(row.get(key)?, key.spec().kind)))
                    .collect(),
            };
            if !values.is_empty() {
                known.push(FactView {
                    field: format!("{}.{}", spec.name, key.spec().name),
                    value: values.join(", "),
                });
            }
        }
    }
    known
}

/// What a revision has put in the place of a value, with its day and with what was first agreed.
fn in_effect(key: KeyId, first: Option<&str>, facts: &Facts<'_>) -> Option<String> {
    let path = match key {
        // A length that was agreed before the end was moved is one no more.
        key::project::DURATION => facts.end_path(),
        key::project::END => facts.end_path(),
        key::budget::TOTAL => facts.total_path(),
        _ => return None,
    };
    let FieldPath::Element(revised, row) = path else { return None };
    if key == key::project::DURATION {
        return first.map(|first| format!("{first} (as first agreed)"));
    }
    let day = facts.definition().rows(Table::Revision).get(row as usize)?.date(key::revision::DATE)?;
    let now = match facts.end() {
        Some(end) if key == key::project::END => end.to_string(),
        _ => words(facts.definition().value(path)?, revised.spec().kind),
    };
    let when = if day.exact().is_some() { "on" } else { "in" };
    Some(format!("{now} (revised {when} {day}; first agreed: {})", first.unwrap_or("not given")))
}

pub(super) fn words(value: &Value, kind: Kind) -> String {
    let word = |place: u8| match kind {
        Kind::OneOf(words) | Kind::AnyOf(words) => words.get(usize::from(place)).copied().unwrap_or_default(),
        _ => "",
    };
    match value {
        Value::Text(text) => text.to_string(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Choice(place) => word(*place).to_owned(),
        Value::Date(day) => day.to_string(),
        Value::Duration(months) => months.to_string(),
        Value::Money(amount) => in_words::amount(*amount),
        Value::Texts(texts) => texts.join(", "),
        Value::Choices(places) => places.iter().map(|place| word(*place)).collect::<Vec<_>>().join(", "),
    }
}
