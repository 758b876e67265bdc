//! JSON Schema (draft-07) of rule and pack files. Which keys there are stands in `templates/schema`, and a test
//! holds that table against the reader of packs.

use super::schema::{given, object, text};
use super::schema_values::shared;
use crate::source::templates_in;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One key of a table of a pack or rule file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    /// `text`, `texts`, `integer`, `boolean`, `date`, `words`, `texts-by-name`, `lists-by-name`, `given`, `table` or `tables`.
    is: String,
    /// The words, for `words`; the table, for `table` and `tables`.
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    required: bool,
    doc: String,
}

type Tables = BTreeMap<String, BTreeMap<String, Spec>>;

/// The schema of a rule file.
#[must_use]
pub fn rule() -> String {
    root("rule", "evalplan rule")
}

/// The schema of a `pack.toml`.
#[must_use]
pub fn pack() -> String {
    root("pack", "evalplan rule pack")
}

fn root(name: &str, title: &str) -> String {
    let mut tables = Tables::new();
    for (_, known) in templates_in("schema") {
        tables.extend(toml::from_str::<Tables>(known).expect("the file is in the repository, and a test reads it"));
    }
    let mut schema = table(&tables, name);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
        schema.insert("title".to_owned(), title.into());
        if name == "rule" {
            schema.insert("definitions".to_owned(), shared());
        }
    }
    text(&schema)
}

fn table(tables: &Tables, name: &str) -> Value {
    let keys = tables.get(name);
    let properties: Map<String, Value> = keys.into_iter().flatten().map(|(key, spec)| (key.clone(), value(tables, spec))).collect();
    let required: Vec<&str> = keys.into_iter().flatten().filter(|(_, spec)| spec.required).map(|(key, _)| key.as_str()).collect();
    Value::Object(object(&properties, &required, &format!("The table `{name}`.")))
}

fn value(tables: &Tables, spec: &Spec) -> Value {
    let of = || table(tables, spec.of.first().map_or("", String::as_str));
    let text = json!({ "type": "string", "minLength": 1 });
    let texts = json!({ "type": "array", "items": text });
    let mut schema = match spec.is.as_str() {
        "texts" => texts,
        "integer" => json!({ "type": "integer" }),
        "boolean" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date" }),
        "words" => json!({ "enum": spec.of }),
        "texts-by-name" => json!({ "type": "object", "additionalProperties": text }),
        "lists-by-name" => json!({ "type": "object", "additionalProperties": texts }),
        "given" => given(),
        "table" => of(),
        "tables" => json!({ "type": "array", "items": of() }),
        _ => text,
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), spec.doc.as_str().into());
    }
    schema
}
