//! The machine-readable outputs are what their schemas say, and say what a program needs.

use crate::outputs::{GAPS, run, stdout};
use serde_json::{Value, json};
use std::fs;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What of an output is not as a schema says, by its place. A keyword of the schema that is not known here is wrong too, so that
/// nothing passes because nobody looked.
fn wrong(root: &Value, schema: &Value, output: &Value, at: &str, found: &mut Vec<String>) {
    let Some(schema) = schema.as_object() else {
        return if schema != &json!(true) {
            found.push(format!("{at}: no schema"))
        };
    };
    let inner = |schema: &Value, found: &mut Vec<String>| wrong(root, schema, output, at, found);
    for (keyword, value) in schema {
        match (keyword.as_str(), value) {
            ("$ref", Value::String(path)) => {
                inner(
                    root.pointer(path.trim_start_matches('#')).expect("a reference leads somewhere"),
                    found,
                );
            }
            ("allOf", Value::Array(all)) => all.iter().for_each(|one| inner(one, found)),
            ("anyOf" | "oneOf", Value::Array(any)) => {
                let fits = |one: &Value| {
                    let mut found = Vec::new();
                    inner(one, &mut found);
                    found.is_empty()
                };
                if !any.iter().any(fits) {
                    found.push(format!("{at}: {output} is none of {value}"));
                }
            }
            ("type", Value::String(kind)) if !is_of(kind, output) => {
                found.push(format!("{at}: no {kind}: {output}"))
            }
            ("type", Value::Array(kinds))
                if !kinds.iter().any(|kind| is_of(kind.as_str().unwrap_or_default(), output)) =>
            {
                found.push(format!("{at}: none of {kinds:?}: {output}"));
            }
            ("const", word) if word != output => found.push(format!("{at}: {output} is not {word}")),
            ("enum", Value::Array(words)) if !words.contains(output) => found.push(format!("{at}: {output}")),
            ("required", Value::Array(keys)) => {
                let lacks = keys.iter().filter_map(Value::as_str).filter(|key| output.get(key).is_none());
                found.extend(lacks.map(|key| format!("{at}: no `{key}`")));
            }
            ("items", items) => {
                for (place, one) in output.as_array().into_iter().flatten().enumerate() {
                    wrong(root, items, one, &format!("{at}/{place}"), found);
                }
            }
            ("properties", Value::Object(properties)) => {
                // More keys than are named are an error here: fields are only added together with the schema.
                for (key, one) in output.as_object().into_iter().flatten() {
                    match properties.get(key) {
                        Some(of_key) => wrong(root, of_key, one, &format!("{at}/{key}"), found),
                        None if schema.get("additionalProperties") == Some(&json!(true)) => {}
                        None => found.push(format!("{at}: `{key}` is not in the schema")),
                    }
                }
            }
            ("type" | "enum" | "const" | "additionalProperties", _) => {}
            ("description" | "title" | "format" | "minimum" | "maximum" | "$schema" | "definitions", _) => {}
            (keyword, value) => found.push(format!("{at}: the keyword {keyword} is not known here: {value}")),
        }
    }
}

fn is_of(kind: &str, output: &Value) -> bool {
    match kind {
        "null" => output.is_null(),
        "boolean" => output.is_boolean(),
        "integer" => output.is_u64() || output.is_i64(),
        "number" => output.is_number(),
        "string" => output.is_string(),
        "array" => output.is_array(),
        "object" => output.is_object(),
        _ => false,
    }
}

#[test]
fn every_output_is_what_its_schema_says() {
    for command in ["check", "schedule"] {
        let schema = parsed(&stdout(&["schema", command]));
        for input in ["projects", "tests/import/toml/valid", "tests/import/toml/invalid"] {
            let output = parsed(&stdout(&[command, input, "--format", "json"]));
            let mut found = Vec::new();
            wrong(&schema, &schema, &output, "", &mut found);
            found.truncate(5);
            assert_eq!(found, Vec::<String>::new(), "{command} {input}");
            assert!(output["definitions"].as_array().is_some_and(|all| !all.is_empty()), "{command} {input}");
        }
    }
}

#[test]
fn an_output_that_is_not_what_its_schema_says_is_found() {
    let schema = parsed(&stdout(&["schema", "check"]));
    let sound = parsed(&stdout(&["check", GAPS, "--format", "json"]));
    let of = |change: fn(&mut Value)| {
        let (mut output, mut found) = (sound.clone(), Vec::new());
        change(&mut output);
        wrong(&schema, &schema, &output, "", &mut found);
        found.len()
    };
    assert_eq!(of(|_| {}), 0);
    assert_eq!(of(|output| output["as_of"] = json!(5)), 1);
    assert_eq!(of(|output| output["more"] = json!(5)), 1);
    assert_eq!(of(|output| output["definitions"][0]["facts"]["months"] = json!({ "min": 5 })), 1);
    assert_eq!(of(|output| output["definitions"][0]["results"][0]["severity"] = json!("grave")), 1);
}

const DRAFT: &str = r#"format = 1
[project]
title = "Skills"
status = "active"
start = "2026-03"
duration = "20 months"
countries = ["MW"]
[budget]
total = "EUR 400000.50"
[[donor]]
name = "Norway"
[office]
name = "Lilongwe"
country = "MW"
"#;

#[test]
fn the_facts_of_a_definition_stand_beside_its_findings() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("skills.toml");
    let check = |text: &str| {
        fs::write(&path, text).expect("the file can be written");
        let path = path.display().to_string();
        let output = parsed(&stdout(&["check", &path, "--format", "json"]));
        assert_eq!(output["diagnostics"], json!([]));
        output
    };
    let output = check(DRAFT);
    assert_eq!(output["tool"], json!({ "name": "evalplan", "version": env!("CARGO_PKG_VERSION") }));
    let facts = &output["definitions"][0]["facts"];
    assert_eq!(facts["kind"], "project");
    assert_eq!(facts["status"], "active");
    assert_eq!(facts["start"], json!({ "from": "2026-03-01", "to": "2026-03-31" }));
    assert_eq!(facts["end"]["from"], "2027-10-31");
    assert_eq!(facts["months"], json!({ "min": 20, "max": 20 }));
    assert_eq!(facts["budget"], json!({ "currency": "EUR", "min": 400000.5, "max": 400000.5 }));
    assert_eq!(facts["budget_usd"], Value::Null, "no rate is given");
    assert_eq!(facts["donors"], json!(["Norway"]));
    assert_eq!(facts["countries"], json!(["MW"]));
    assert_eq!(facts["office"], "Lilongwe");
    // A revision is in effect from its day.
    let revised = check(&format!(
        "{DRAFT}[[revision]]\ndate = 2015-01-01\ntotal = \"USD 500000\"\nreason = \"more\"\n"
    ));
    assert_eq!(revised["definitions"][0]["facts"]["budget_usd"], json!({ "min": 500000, "max": 500000 }));
}

#[test]
fn the_edits_of_a_repair_make_its_patch() {
    let text = fs::read_to_string("projects/example-gaps.toml").expect("it is there");
    let output = parsed(&stdout(&["check", "projects/example-gaps.toml", "--format", "json"]));
    let results = output["definitions"][0]["results"].as_array().expect("there are results");
    let repairs: Vec<&Value> =
        results.iter().map(|one| &one["repair"]).filter(|one| !one.is_null()).collect();
    assert!(!repairs.is_empty());
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let offset = |line: &Value, column: &Value| {
        let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("it is small");
        let before: usize = lines[..number(line) - 1].iter().map(|line| line.len()).sum();
        let line = lines.get(number(line) - 1).copied().unwrap_or_default();
        before + line.chars().take(number(column) - 1).map(char::len_utf8).sum::<usize>()
    };
    for repair in repairs {
        let mut mended = text.clone();
        for edit in repair["edits"].as_array().expect("there are edits").iter().rev() {
            let place =
                offset(&edit["line"], &edit["column"])..offset(&edit["end_line"], &edit["end_column"]);
            mended.replace_range(place, edit["text"].as_str().expect("a text"));
        }
        let added = repair["patch"].as_array().expect("a patch").iter().filter_map(Value::as_str);
        for line in added.filter_map(|line| line.strip_prefix("+ ")) {
            assert!(mended.lines().any(|one| one == line), "{line}\n{mended}");
        }
    }
}

#[test]
fn what_a_baseline_knows_and_what_is_allowed_is_marked() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let baseline = folder.path().join("baseline.json").display().to_string();
    let gaps = ["check", GAPS];
    run(&[&gaps[..], &["--write-baseline", &baseline]].concat());
    let marked = |options: &[&str], mark: &str| {
        let output = parsed(&stdout(&[&gaps[..], &["--format", "json"], options].concat()));
        let results = output["definitions"][0]["results"].as_array().expect("there are results").clone();
        let of_mark = results.iter().filter(|one| one[mark] == json!(true));
        let found: Vec<(String, String)> = of_mark
            .map(|one| (one["rule"].to_string(), one["verdict"].as_str().expect("a word").to_owned()))
            .collect();
        let open = results.iter().filter(|one| one["verdict"] == "gap").count();
        (found, open)
    };
    let (known, open) = marked(&["--baseline", &baseline], "known");
    assert_eq!(known.len(), open, "all of them are known");
    assert!(known.iter().all(|(_, verdict)| verdict == "gap"));
    assert_eq!(marked(&[], "known").0, Vec::new());
    let (allowed, _) = marked(&["--allow", "evaluation-budget"], "allowed");
    assert!(!allowed.is_empty());
    assert!(allowed.iter().all(|(rule, _)| rule.contains("/evaluation-budget")), "{allowed:?}");
}

#[test]
fn rules_are_listed_shown_and_explained_as_data() {
    let list = parsed(&stdout(&["rules", "list", "--format", "json"]));
    assert_eq!(list["format"], "evalplan/rules/1");
    let packs = list["packs"].as_array().expect("there are packs");
    let rules: Vec<&Value> = packs.iter().flat_map(|pack| pack["rules"].as_array().expect("rules")).collect();
    let told = stdout(&["rules", "list"]);
    let lines = told
        .lines()
        .filter(|line| line.contains(" error ") || line.contains(" warning ") || line.contains(" note "));
    assert_eq!(lines.count(), rules.len());
    assert!(rules.iter().all(|rule| rule["asks"].as_array().is_some_and(|asks| !asks.is_empty())));
    let id = "ilo-2005/mid-term-evaluation";
    let shown = parsed(&stdout(&["rules", "show", id, "--format", "json"]));
    assert_eq!(Some(&&shown["rule"]), rules.iter().find(|rule| rule["id"] == id));
    let explained = parsed(&stdout(&[
        "explain",
        id,
        "--as-of",
        "2015-02-01",
        "--definition",
        "projects/example-gaps.toml",
        "--format",
        "json",
    ]));
    let check = parsed(&stdout(&["check", "projects/example-gaps.toml", "--format", "json"]));
    let results = check["definitions"][0]["results"].as_array().expect("there are results");
    let of_check = results.iter().find(|one| one["rule"] == id).expect("the rule was asked");
    assert_eq!(&explained["definitions"][0]["results"][0], of_check);
    assert_eq!(explained["rule"], shown["rule"]);
}
