//! What a definition says, key by key, as text.
//! Must not choose among the keys: formats take those that they show.

use crate::checks::words as in_words;
use crate::model::{Definition, FieldPath, Kind, Table, TableShape, Value};
use serde::Serialize;

/// One value of a definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactView {
    /// The key: `project.end`; for lists of tables without the element, `donor.name`.
    pub field: String,
    /// What the file says, with amounts in groups of three digits; several elements are separated by commas.
    pub value: String,
}

/// Every value that the file gives, in the order of the table of keys.
pub(super) fn known(definition: &Definition) -> Vec<FactView> {
    let mut facts = Vec::new();
    for table in Table::ALL {
        let spec = table.spec();
        for key in spec.keys.iter().filter_map(|key| table.key(key.name)) {
            let values: Vec<String> = match spec.shape {
                TableShape::Single => {
                    definition.value(FieldPath::Key(key)).map(|value| words(value, key.spec().kind)).into_iter().collect()
                }
                TableShape::Array { .. } => {
                    definition.rows(*table).iter().filter_map(|row| Some(words(row.get(key)?, key.spec().kind))).collect()
                }
            };
            if !values.is_empty() {
                facts.push(FactView { field: format!("{}.{}", spec.name, key.spec().name), value: values.join(", ") });
            }
        }
    }
    facts
}

fn words(value: &Value, kind: Kind) -> String {
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
