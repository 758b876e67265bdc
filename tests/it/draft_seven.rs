//! A small reader of JSON Schema, draft-07: the part of it that our schemas use, and no more. It panics on what it does
//! not know, so that a schema cannot seem to refuse what nobody looked at.

use super::patterns::found;
use serde_json::Value;

/// Keywords that check nothing.
const SILENT: &[&str] = &["$schema", "title", "description", "examples", "definitions", "x-taplo"];

/// Whether the schema takes the value.
pub(crate) fn takes(root: &Value, value: &Value) -> bool {
    valid(root, root, value)
}

fn valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let Some(keywords) = schema.as_object() else { return schema != &Value::Bool(false) };
    keywords.iter().all(|(keyword, wanted)| {
        SILENT.contains(&keyword.as_str()) || holds(root, (keyword, wanted), schema, value)
    })
}

fn holds(root: &Value, (keyword, wanted): (&str, &Value), schema: &Value, value: &Value) -> bool {
    let sub = |schema: &Value| valid(root, schema, value);
    let count = || wanted.as_u64().expect("a number") as usize;
    let text = || wanted.as_str().expect("a text");
    match keyword {
        "$ref" => {
            sub(root.pointer(text().strip_prefix('#').expect("a place in the schema")).expect("it is there"))
        }
        "type" => is_a(text(), value),
        "const" => wanted == value,
        "enum" => wanted.as_array().expect("words").contains(value),
        "pattern" => value.as_str().is_none_or(|value| found(text(), value)),
        "format" => text() == "date" && value.as_str().is_none_or(is_day),
        "minimum" => value.as_i64().is_none_or(|value| wanted.as_i64().is_some_and(|least| value >= least)),
        "maximum" => value.as_i64().is_none_or(|value| wanted.as_i64().is_some_and(|most| value <= most)),
        "minItems" => value.as_array().is_none_or(|items| items.len() >= count()),
        "maxItems" => value.as_array().is_none_or(|items| items.len() <= count()),
        "minProperties" => value.as_object().is_none_or(|keys| keys.len() >= count()),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| valid(root, wanted, item))),
        "required" => value
            .as_object()
            .is_none_or(|keys| all(wanted).all(|key| keys.contains_key(key.as_str().expect("a key")))),
        "properties" => value.as_object().is_none_or(|keys| {
            let known = |key: &String| wanted.get(key);
            keys.iter().all(|(key, value)| known(key).is_none_or(|schema| valid(root, schema, value)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|keys| {
            let listed = |key: &String| schema["properties"].get(key).is_some();
            keys.iter().all(|(key, value)| listed(key) || valid(root, wanted, value))
        }),
        "dependencies" => value.as_object().is_none_or(|keys| {
            let needed = |(key, others): (&String, &Value)| {
                !keys.contains_key(key)
                    || all(others).all(|other| keys.contains_key(other.as_str().expect("a key")))
            };
            wanted.as_object().expect("keys").iter().all(needed)
        }),
        "not" => !sub(wanted),
        "allOf" => all(wanted).all(sub),
        "anyOf" => all(wanted).any(sub),
        "oneOf" => all(wanted).filter(|one| sub(one)).count() == 1,
        "if" => !sub(wanted) || sub(&schema["then"]),
        "then" => schema.get("if").is_some(),
        other => panic!("nobody looks at `{other}`"),
    }
}

fn all(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().expect("a list").iter()
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("nobody knows the type `{other}`"),
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<evalplan::model::Date>().is_ok()
}

/// A text in TOML as readers of JSON Schema see it: days are texts.
pub(crate) fn seen(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    json(&toml::Value::Table(table))
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect())
        }
        toml::Value::Array(items) => Value::Array(items.iter().map(json).collect()),
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(value) => (*value).into(),
    }
}
