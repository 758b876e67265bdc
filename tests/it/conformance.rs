//! The public cases of the CEL specification: what we accept agrees with them, what we refuse is listed.

use evalplan::expr::{Scope, Trace, Value, compile};
use evalplan::facts::Facts;
use evalplan::model::Definition;
use evalplan::source::Sources;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// One line of `cel-spec.jsonl`.
struct Case {
    section: String,
    name: String,
    expr: String,
    /// `None`: an error is right.
    want: Option<Json>,
}

/// One entry of `refused.toml`: a whole section, or one case of it.
struct Refused {
    section: String,
    name: Option<String>,
}

pub(crate) fn shared() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("EVALPLAN_SHARED").map_or_else(beside, PathBuf::from)
}

fn text(json: &Json, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

/// The cases; `None` where the folder is not there.
fn cases() -> Option<Vec<Case>> {
    let path = shared().join("conformance/cel-spec.jsonl");
    let lines = std::fs::read_to_string(path).ok()?;
    let parse = |line: &str| {
        let json: Json = serde_json::from_str(line).expect("a line is JSON");
        let want = if json["err"] == true { None } else { Some(json["want"].clone()) };
        let section = format!("{}/{}", text(&json, "file"), text(&json, "section"));
        Case { section, name: text(&json, "name"), expr: text(&json, "expr"), want }
    };
    Some(lines.lines().map(parse).collect())
}

fn refused() -> Vec<Refused> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/refused.toml");
    let text = std::fs::read_to_string(path).expect("the list is in the repository");
    let table: toml::Table = text.parse().expect("the list is TOML");
    let entries = table.get("refused").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let field =
        |entry: &toml::Value, key: &str| entry.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let reasoned = entries.iter().all(|entry| field(entry, "reason").is_some());
    assert!(reasoned, "an entry gives its reason");
    entries
        .iter()
        .map(|entry| Refused {
            section: field(entry, "section").expect("an entry names its section"),
            name: field(entry, "name"),
        })
        .collect()
}

/// A value as the cases write it.
fn as_case(value: &Value) -> Json {
    match value {
        Value::Bool(value) => serde_json::json!({ "b": value }),
        Value::Int(value) => serde_json::json!({ "i": value }),
        Value::Text(value) => serde_json::json!({ "s": value }),
        Value::Null => serde_json::json!({ "n": null }),
        Value::List(items) => {
            serde_json::json!({ "l": items.iter().map(as_case).collect::<Vec<_>>() })
        }
        other => Json::String(other.to_string()),
    }
}

/// Whether two values are the same; the cases write `null` in more than one way.
fn same(got: &Json, want: &Json) -> bool {
    let is_null = |json: &Json| json.is_null() || json.as_object().is_some_and(|kind| kind.contains_key("n"));
    match (&got["l"], &want["l"]) {
        (Json::Array(got), Json::Array(want)) => {
            got.len() == want.len() && got.iter().zip(want).all(|(got, want)| same(got, want))
        }
        _ => got == want || (is_null(got) && is_null(want)),
    }
}

/// Whether a value is the one that a case wants.
fn agrees(value: &Value, want: Option<&Json>) -> bool {
    match want {
        None => matches!(value, Value::Error(_)),
        Some(want) => same(&as_case(value), want),
    }
}

#[expect(clippy::print_stderr, reason = "a run without the shared folder says so")]
#[test]
fn what_is_accepted_agrees_with_the_specification_and_what_is_refused_is_listed() {
    let Some(cases) = cases() else {
        return eprintln!("no {}: set EVALPLAN_SHARED to its folder", shared().join("conformance").display());
    };
    let refused = refused();
    let mut wrong = Vec::new();
    let definition = Definition::empty(Sources::default().add("empty.toml", ""), "empty.toml");
    let facts = Facts::original(&definition);
    let mut trace = Trace::new();
    for case in &cases {
        let listed = refused.iter().any(|entry| {
            entry.section == case.section && entry.name.as_ref().is_none_or(|name| *name == case.name)
        });
        let place = format!("{} {}: `{}`", case.section, case.name, case.expr);
        match compile(&case.expr, &Scope::default()) {
            Err(errors) => {
                if !listed && case.want.is_some() {
                    wrong.push(format!("{place} is refused and not listed: {}", errors[0].message));
                }
            }
            Ok(expr) => {
                if listed {
                    wrong.push(format!("{place} is accepted and listed as refused"));
                }
                let value = expr.evaluate(&facts, None, &mut trace);
                if !agrees(&value, case.want.as_ref()) {
                    wrong.push(format!("{place} gives {value}, and not {:?}", case.want));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
