//! JSON Schema (draft-07) of rule and pack files. Which keys there are stands in `templates/schema`, and a test
//! holds that table against the reader of packs; the words of closed lists stand in `schema_words.rs`.

use super::pattern;
use super::schema::{given, object, text};
use super::schema_values::shared;
use super::schema_words::{one_of, sides};
use crate::model::MOST_MONTHS;
use crate::source::{template, templates_in};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One key of a table of a pack or rule file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    /// `text`, `texts`, `id`, `ids`, `format`, `integer`, `boolean`, `date`, `length`, `word`, `list`, `words-by-name`,
    /// `lists-by-name`, `given`, `table` or `tables`.
    is: String,
    /// The list of words, for `word`, `list` and `words-by-name`; the table, for `table` and `tables`.
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    required: bool,
    /// The least and the greatest, for `integer`.
    from: Option<i64>,
    to: Option<i64>,
    /// The keys that the table must have here, and those that it must not have.
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    doc: String,
}

/// What a table is, and which of its keys go together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Rules {
    doc: String,
    #[serde(default)]
    exactly_one: Vec<String>,
    #[serde(default)]
    at_least_one: Vec<String>,
    #[serde(default)]
    at_least_one_of: Vec<Vec<String>>,
    #[serde(default)]
    never_both: Vec<Vec<String>>,
    #[serde(default)]
    needs: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "where")]
    cases: Vec<Where>,
}

/// What holds where a key has a certain word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Where {
    key: String,
    is: String,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

#[derive(Default)]
struct Tables {
    keys: BTreeMap<String, BTreeMap<String, Spec>>,
    rules: BTreeMap<String, Rules>,
}

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

/// Where it is written which keys go together.
const RULES: &str = "schema/tables.toml";

fn root(name: &str, title: &str) -> String {
    const READ: &str = "the file is in the repository, and a test reads it";
    let mut tables = Tables {
        rules: crate::toml::from_str(template(RULES).unwrap_or_default()).expect(READ),
        ..Tables::default()
    };
    for (_, known) in templates_in("schema").into_iter().filter(|(path, _)| path != RULES) {
        tables
            .keys
            .extend(crate::toml::from_str::<BTreeMap<String, BTreeMap<String, Spec>>>(known).expect(READ));
    }
    let mut schema = tables.table(name);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    if name == "rule" {
        schema["definitions"] = shared();
    }
    text(&schema)
}

impl Tables {
    fn table(&self, name: &str) -> Value {
        let keys = self.keys.get(name);
        let properties: Map<String, Value> =
            keys.into_iter().flatten().map(|(key, spec)| (key.clone(), self.value(spec))).collect();
        let required: Vec<&str> = keys
            .into_iter()
            .flatten()
            .filter(|(_, spec)| spec.required)
            .map(|(key, _)| key.as_str())
            .collect();
        let rules = &self.rules[name];
        let mut schema = Value::Object(object(&properties, &required, &rules.doc));
        rules.add_to(&mut schema);
        if name == "grid" {
            schema["allOf"] = sides();
        }
        schema
    }

    fn value(&self, spec: &Spec) -> Value {
        let of = spec.of.first().map_or("", String::as_str);
        let text = || json!({ "type": "string", "pattern": pattern::NOT_BLANK });
        let id = || json!({ "type": "string", "pattern": pattern::ID });
        let list = |items: Value| json!({ "type": "array", "items": items });
        let by_name = |value: Value| json!({ "type": "object", "additionalProperties": value });
        let mut schema = match spec.is.as_str() {
            "text" => text(),
            "texts" => list(text()),
            "id" => id(),
            "ids" => list(id()),
            "format" => json!({ "const": 1 }),
            "integer" => json!({ "type": "integer", "minimum": spec.from, "maximum": spec.to }),
            "boolean" => json!({ "type": "boolean" }),
            "date" => json!({ "type": "string", "format": "date" }),
            "length" => {
                json!({ "type": "string", "pattern": pattern::length(MOST_MONTHS), "examples": ["12 months"] })
            }
            "word" => one_of(of),
            "list" => list(one_of(of)),
            "words-by-name" => by_name(one_of(of)),
            "lists-by-name" => by_name(list(text())),
            "given" => given(),
            "table" => self.here(spec),
            "tables" => {
                let mut list = list(self.here(spec));
                spec.to.iter().for_each(|most| list["maxItems"] = (*most).into());
                list
            }
            other => unreachable!("`templates/schema` says that a key is `{other}`, and a test reads it"),
        };
        schema["description"] = spec.doc.as_str().into();
        schema
    }

    /// A table, with what holds of it in this place.
    fn here(&self, spec: &Spec) -> Value {
        let mut table = self.table(spec.of.first().map_or("", String::as_str));
        extend(&mut table, conditions(&spec.needs, &spec.never));
        table
    }
}

impl Rules {
    fn add_to(&self, schema: &mut Value) {
        let each = |keys: &[String]| keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>();
        if !self.exactly_one.is_empty() {
            schema["oneOf"] = each(&self.exactly_one).into();
        }
        let sets = self.at_least_one_of.iter().map(|keys| json!({ "required": keys }));
        let any: Vec<Value> = each(&self.at_least_one).into_iter().chain(sets).collect();
        if !any.is_empty() {
            schema["anyOf"] = any.into();
        }
        if !self.needs.is_empty() {
            schema["dependencies"] = json!(self.needs);
        }
        extend(schema, self.never_both.iter().map(|keys| json!({ "not": { "required": keys } })).collect());
        let cases = self.cases.iter().map(|case| {
            json!({
                "if": { "properties": { (case.key.as_str()): { "const": case.is } }, "required": [case.key] },
                "then": { "allOf": conditions(&case.needs, &case.never) },
            })
        });
        extend(schema, cases.collect());
    }
}

/// Keys that must be there, and keys that must not.
fn conditions(needs: &[String], never: &[String]) -> Vec<Value> {
    let needs = needs.iter().map(|key| json!({ "required": [key] }));
    needs.chain(never.iter().map(|key| json!({ "not": { "required": [key] } }))).collect()
}

/// More that must hold of a schema.
fn extend(schema: &mut Value, more: Vec<Value>) {
    if more.is_empty() {
        return;
    }
    if !schema["allOf"].is_array() {
        schema["allOf"] = json!([]);
    }
    if let Some(all) = schema["allOf"].as_array_mut() {
        all.extend(more);
    }
}
