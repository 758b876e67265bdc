//! JSON Schema (draft-07) of definitions, from the table of keys that reads them; editors complete and check by it.
//! Must not know the values of keys: these stand in `schema_values.rs`.

use super::schema_values::{name, of_key, shared, words};
use crate::facts::fields;
use crate::import::toml::MAX_ROWS;
use crate::model::{Table, TableShape, key};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The schema of a definition.
#[must_use]
pub fn definition() -> String {
    let mut schema = object(&tables(true), &["format"], "A definition of a project, read by evalplan.");
    schema.insert("definitions".to_owned(), shared());
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
    properties.insert("format".to_owned(), json!({ "const": 1, "description": "The format of the file." }));
    properties.insert("policy".to_owned(), described(name(), "The pack of the policy to apply."));
    let (lists, docs): (Vec<&str>, Vec<String>) = open_lists().into_iter().unzip();
    let docs: Vec<&str> = docs.iter().map(String::as_str).collect();
    let open = json!({ "type": "array", "items": words(&lists, &docs) });
    properties.insert(
        "open".to_owned(),
        described(open, "The lists that may have more elements than the file knows."),
    );
    for table in Table::ALL {
        let spec = table.spec();
        let schema = match spec.shape {
            TableShape::Single => element(*table, whole),
            TableShape::Array { .. } => {
                json!({ "type": "array", "items": element(*table, whole), "maxItems": MAX_ROWS, "description": spec.doc })
            }
        };
        properties.insert(spec.name.to_owned(), schema);
    }
    properties
}

/// The words of `open`, each with the tables that it is about.
pub(super) fn open_lists() -> BTreeMap<&'static str, String> {
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (word, table) in Table::ALL.iter().filter_map(|table| Some((table.open_word()?, table))) {
        lists.entry(word).or_default().push(format!("`[[{}]]`", table.spec().name));
    }
    let said = |tables: Vec<String>| format!("There may be more {} than the file knows.", tables.join(", "));
    lists.into_iter().map(|(word, tables)| (word, said(tables))).collect()
}

/// One table, or one element of an array of tables.
fn element(table: Table, whole: bool) -> Value {
    let spec = table.spec();
    let keys = fields(table).map(|(name, key)| (name.to_owned(), of_key(key))).collect();
    let needed = table.needed().iter().filter(|key| whole || **key != key::evaluation::ID);
    let needed: Vec<&str> = needed.map(|key| key.spec().name).collect();
    let mut element = object(&keys, &needed, spec.doc);
    let one_of: Vec<Value> =
        table.needed_one_of().iter().map(|key| json!({ "required": [key.spec().name] })).collect();
    if !one_of.is_empty() {
        element.insert("anyOf".to_owned(), one_of.into());
    }
    Value::Object(element)
}

fn described(mut schema: Value, doc: &str) -> Value {
    schema["description"] = doc.into();
    schema
}
