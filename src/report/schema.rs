//! JSON Schema (draft-07) of definitions, from the table of keys that reads them; editors complete and check by it.
//! Must not know a key by name but those that an element cannot do without.

use crate::model::{Key, KeyId, Kind, Table, TableShape, key};
use serde_json::{Map, Value, json};

/// The keys without which an element is refused.
const REQUIRED: &[KeyId] = &[
    key::evaluation::ID,
    key::revision::DATE,
    key::waiver::RULE,
    key::waiver::REASON,
    key::waiver::GRANTED_BY,
    key::waiver::AUTHORITY,
    key::waiver::GRANTED,
    key::waiver::EXPIRES,
];

/// The schema of a definition.
#[must_use]
pub fn definition() -> String {
    let mut schema = object(&tables(true), &["format"], "A definition of a project, read by evalplan.");
    schema.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
    schema.insert("title".to_owned(), "evalplan definition".into());
    text(&Value::Object(schema))
}

/// The schema of a definition without its head, as cases of rules hold them.
pub(super) fn given() -> Value {
    Value::Object(object(&tables(false), &[], "Facts, written exactly like a definition."))
}

/// A schema as text.
pub(super) fn text(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema has text keys");
    text.push('\n');
    text
}

/// An object that knows these keys and no other.
pub(super) fn object(properties: &Map<String, Value>, required: &[&str], doc: &str) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("type".to_owned(), "object".into());
    object.insert("description".to_owned(), doc.into());
    object.insert("additionalProperties".to_owned(), false.into());
    object.insert("properties".to_owned(), Value::Object(properties.clone()));
    if !required.is_empty() {
        object.insert("required".to_owned(), required.into());
    }
    object
}

fn tables(whole: bool) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut open: Vec<&str> = Table::ALL.iter().filter_map(|table| table.open_word()).collect();
    open.sort_unstable();
    open.dedup();
    if whole {
        properties.insert("format".to_owned(), json!({ "const": 1, "description": "The format of the file." }));
    }
    properties.insert("policy".to_owned(), json!({ "type": "string", "minLength": 1, "description": "The pack of the policy to apply." }));
    properties.insert(
        "open".to_owned(),
        json!({ "type": "array", "items": { "enum": open }, "uniqueItems": true,
                "description": "The lists that may have more elements than the file knows." }),
    );
    for table in Table::ALL {
        let spec = table.spec();
        let keys = spec.keys.iter().map(|key| (key.name.to_owned(), of_key(key))).collect();
        let needed = |key: &&KeyId| key.table == *table && (whole || **key != key::evaluation::ID);
        let required: Vec<&str> = REQUIRED.iter().filter(needed).map(|key| key.spec().name).collect();
        let element = Value::Object(object(&keys, &required, spec.doc));
        let schema = match spec.shape {
            TableShape::Single => element,
            TableShape::Array { .. } => json!({ "type": "array", "items": element, "description": spec.doc }),
        };
        properties.insert(spec.name.to_owned(), schema);
    }
    properties
}

fn of_key(key: &Key) -> Value {
    let mut schema = match key.kind {
        Kind::Text | Kind::Name => json!({ "type": "string", "minLength": 1 }),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Int => json!({ "type": "integer" }),
        Kind::Decimal => json!({ "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$", "examples": ["1.25"] }),
        Kind::OneOf(words) => json!({ "enum": words }),
        Kind::Date => json!({ "anyOf": [
            { "type": "string", "format": "date" },
            { "type": "string", "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2]))?$" },
        ], "examples": ["2014", "2014-06"] }),
        Kind::Duration => json!({ "type": "string", "pattern": "^[0-9]+ (months?|years?)$", "examples": ["60 months"] }),
        Kind::Money => json!({ "type": "string", "pattern": "^[A-Z]{3} [0-9]+(\\.[0-9]+)?(\\.\\.[0-9]+(\\.[0-9]+)?)?$",
            "examples": ["USD 590000", "USD 300000..500000"] }),
        Kind::Currency => json!({ "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR"] }),
        Kind::Country => json!({ "type": "string", "pattern": "^[A-Z]{2}$", "examples": ["ZA"] }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string", "minLength": 1 } }),
        Kind::Countries => json!({ "type": "array", "items": { "type": "string", "pattern": "^[A-Z]{2}$" } }),
        Kind::AnyOf(words) => json!({ "type": "array", "items": { "enum": words } }),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), key.doc.into());
    }
    schema
}
