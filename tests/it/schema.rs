//! The schemas for editors say what the readers take.

use evalplan::model::{Kind, Table};
use evalplan::report::{schema, schema_packs};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("a schema is JSON")
}

#[test]
fn the_schema_of_definitions_has_every_table_and_key() {
    let schema = parsed(&schema::definition());
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    for table in Table::ALL {
        let spec = table.spec();
        let of_table = &schema["properties"][spec.name];
        let element = if of_table["type"] == "array" { &of_table["items"] } else { of_table };
        let keys: Vec<&str> =
            element["properties"].as_object().expect("a table has keys").keys().map(String::as_str).collect();
        let mut known: Vec<&str> = spec.keys.iter().map(|key| key.name).collect();
        known.sort_unstable();
        assert_eq!(keys, known, "{}", spec.name);
        assert_eq!(element["additionalProperties"], false);
        assert!(spec.keys.iter().all(|key| element["properties"][key.name]["description"].is_string()));
    }
}

/// The schemas inside a schema, itself the first.
fn parts<'s>(schema: &'s Value, found: &mut Vec<&'s Value>) {
    found.push(schema);
    let inner = schema.as_object().into_iter().flatten().map(|(_, value)| value);
    inner.chain(schema.as_array().into_iter().flatten()).for_each(|value| parts(value, found));
}

#[test]
fn editors_learn_what_each_word_of_a_closed_list_means() {
    let schema = parsed(&schema::definition());
    let mut all = Vec::new();
    parts(&schema, &mut all);
    let (mut explained, mut bare) = (0, Vec::new());
    for part in all {
        let Some(words) = part["enum"].as_array() else { continue };
        match part["x-taplo"]["docs"]["enumValues"].as_array() {
            Some(meanings) => {
                assert_eq!(meanings.len(), words.len(), "{words:?}");
                assert!(
                    meanings.iter().all(|meaning| meaning.as_str().is_some_and(|meaning| meaning.len() > 3)),
                    "{meanings:?}"
                );
                explained += 1;
            }
            None => bare.push(words.len()),
        }
    }
    assert!(explained > 20, "{explained} lists have meanings");
    assert_eq!(bare.len(), 1, "only currencies, which say nothing more than their code: {bare:?}");
    let timing = &schema["properties"]["evaluation"]["items"]["properties"]["timing"];
    assert!(
        timing["x-taplo"]["docs"]["enumValues"][2]
            .as_str()
            .is_some_and(|said| said.contains("end of the project")),
        "{timing}"
    );
}

/// The structs of the reader of packs, as they stand in its source: their keys, and those that cannot be left out.
fn raw() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/policy/raw.rs"))
        .expect("the source is there");
    let mut structs = BTreeMap::new();
    for body in source.split("pub(super) struct Raw").skip(1) {
        let name = body.split(' ').next().unwrap_or_default().to_lowercase();
        let (mut keys, mut required) = (BTreeSet::new(), BTreeSet::new());
        let (mut renamed, mut default) = (None, false);
        for line in body.split("\n}").next().unwrap_or_default().lines().map(str::trim) {
            if let Some(attribute) = line.strip_prefix("#[serde(") {
                default |= attribute.contains("default");
                renamed = attribute
                    .split("rename = \"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .map(str::to_owned)
                    .or(renamed);
            } else if let Some((field, kind)) =
                line.strip_prefix("pub ").and_then(|field| field.split_once(": "))
            {
                let key = renamed.take().unwrap_or_else(|| field.replace('_', "-"));
                if !default && !kind.starts_with("Option<") {
                    required.insert(key.clone());
                }
                keys.insert(key);
                default = false;
            }
        }
        structs.insert(name, (keys, required));
    }
    structs
}

/// Every object of a schema that knows its keys, by the name that its description gives.
fn objects(schema: &Value, found: &mut BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>, name: &str) {
    if let Some(properties) = schema["properties"].as_object() {
        let required = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        found.insert(name.to_owned(), (properties.keys().cloned().collect(), required));
        for (key, property) in properties.iter().filter(|(key, _)| *key != "given") {
            objects(property, found, key);
            objects(&property["items"], found, key);
        }
    }
}

#[test]
fn the_schemas_of_rules_and_packs_have_the_keys_of_their_reader() {
    let raw = raw();
    assert!(raw.len() > 15, "{raw:?}");
    let mut found = BTreeMap::new();
    objects(&parsed(&schema_packs::rule()), &mut found, "rule");
    objects(&parsed(&schema_packs::pack()), &mut found, "pack");
    let called = |key: &str| match key {
        "requires" => "requirement".to_owned(),
        "rows" | "columns" => "side".to_owned(),
        "when" => "bounds".to_owned(),
        "error" => "grave".to_owned(),
        "reviewed-by" => "review".to_owned(),
        other => other.replace('-', ""),
    };
    let mut seen = BTreeSet::new();
    for (key, (keys, required)) in &found {
        let (known, needed) =
            raw.get(&called(key)).unwrap_or_else(|| panic!("the reader has no table `{key}`"));
        assert_eq!((keys, required), (known, needed), "{key}");
        seen.insert(called(key));
    }
    assert_eq!(seen, raw.keys().cloned().collect(), "every table of the reader is described");
}

#[test]
fn the_reference_page_of_a_definition_has_every_table_key_and_word_with_an_example() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/definition.md"))
        .expect("it is there");
    for table in Table::ALL {
        let spec = table.spec();
        let head = format!("\n## {}\n", spec.name);
        let section = page.split(head.as_str()).nth(1).unwrap_or_else(|| panic!("no section {}", spec.name));
        let section = section.split("\n## ").next().unwrap_or_default();
        for key in spec.keys {
            let row = section.lines().find(|line| line.starts_with(&format!("| `{}` |", key.name)));
            let cells: Vec<&str> =
                row.unwrap_or_else(|| panic!("{} in {}", key.name, spec.name)).split(" | ").collect();
            assert!(cells.len() == 5 && cells[4].trim_end_matches(" |").len() > 2, "{cells:?}");
            let needed = table.key(key.name).is_some_and(|key| table.needed().contains(&key));
            assert_eq!(cells[3] == "yes", needed, "{cells:?}");
            if let Kind::OneOf(words) | Kind::AnyOf(words) = key.kind {
                assert!(words.iter().all(|word| section.contains(&format!("\n- `{word}`: "))), "{words:?}");
            }
        }
    }
    assert!(
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"))
            .is_ok_and(|text| text.contains("(docs/reference/definition.md)"))
    );
}
