//! Definitions from the standard input, and definitions that stand one on a line as JSON.

use crate::desk::Desk;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// How the tool ends, what it prints, and what it tells beside that, with that on its standard input.
fn fed(desk: &Desk, words: &str, input: &[u8]) -> (Option<i32>, String, String) {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"))
        .args(words.split(' '))
        .current_dir(desk.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool runs");
    // It may end before it has read everything.
    let _ = tool.stdin.take().expect("it is piped").write_all(input);
    let output = tool.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const GAPS: &str = include_str!("../../projects/example-gaps.toml");

#[test]
fn a_definition_on_the_standard_input_is_checked_and_planned_like_a_file() {
    let desk = Desk::with(&[("a/gaps.toml", GAPS)]);
    for command in ["check", "schedule"] {
        for format in ["json", "text", "csv", "ndjson"] {
            let words = format!("--as-of 2014-06-01 --format {format}");
            let file = desk.run(&format!("{command} a/gaps.toml {words}"));
            let standard =
                fed(&desk, &format!("{command} - --stdin-filename a/gaps.toml {words}"), GAPS.as_bytes());
            assert_eq!(standard, file, "{command} {format}");
        }
    }
}

#[test]
fn the_name_that_is_given_finds_configuration_and_calendar() {
    let days = "weekend = [\"friday\"]\n";
    let project = "format = 1\n[project]\ntitle = \"T\"\nstart = 2014-01-01\nend = 2015-12-31\n[office]\ncalendar = \"days.toml\"\n";
    let desk = Desk::with(&[("a/evalplan.toml", "policy = \"ilo-2002\"\n"), ("a/days.toml", days)]);
    let (_, out, told) = fed(
        &desk,
        "schedule - --stdin-filename a/p.toml --as-of 2014-06-01 --format json",
        project.as_bytes(),
    );
    let out: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{told}"));
    assert_eq!(out["definitions"][0]["policy"]["pack"], "ilo-2002");
    assert!(
        out["definitions"][0]["days_off"].as_str().is_some_and(|told| told.contains("a/days.toml")),
        "{}",
        out["definitions"][0]["days_off"]
    );
    let (code, _, told) = fed(&desk, "check - --as-of 2014-06-01", b"format = 1\n[project]\ntitel = \"T\"\n");
    assert!(code == Some(2) && told.contains("-:3:1"), "{told}");
    let (code, _, told) = fed(&desk, "check - --fix --as-of 2014-06-01", GAPS.as_bytes());
    assert!(code == Some(2) && told.contains("not in files of their own"), "{told}");
}

#[test]
fn a_definition_a_line_says_what_a_file_says() {
    let object = json!({
        "format": 1,
        "project": { "code": "A", "title": "T", "start": "2014-01-01", "end": "2015-12-31", "countries": ["MW"], "office": null },
        "budget": { "total": "USD 480000" },
        "evaluation": [{ "id": "final", "timing": "final", "independence": "self", "date": "2015-12-11" }],
    });
    let toml = "format = 1\n[project]\ncode = \"A\"\ntitle = \"T\"\nstart = 2014-01-01\nend = 2015-12-31\ncountries = [\"MW\"]\n[budget]\ntotal = \"USD 480000\"\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"self\"\ndate = 2015-12-11\n";
    let mut nameless = object.clone();
    nameless["project"].as_object_mut().expect("an object").remove("code");
    let lines =
        format!("{object}\n\n{nameless}\nno json\n{}\n", json!({ "format": 1, "project": { "titel": "T" } }));
    let desk = Desk::with(&[("a.toml", toml), ("many.ndjson", &lines)]);
    let words = "--format json --as-of 2014-06-01";
    let (code, out, told) = desk.run(&format!("check many.ndjson --input-format ndjson {words}"));
    assert_eq!(code, Some(2), "two lines are broken");
    assert!(told.contains("many.ndjson:4") && told.contains("many.ndjson:5:2:13"), "{told}");
    let out: Value = serde_json::from_str(&out).expect("JSON");
    let codes: Vec<&str> = out["definitions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(codes, ["A", "many.ndjson:3"], "one without a code has its name and line");
    let (_, file, _) = desk.run(&format!("check a.toml {words}"));
    let file: Value = serde_json::from_str(&file).expect("JSON");
    let verdicts = |one: &Value| {
        let results = one["results"].as_array().expect("a list");
        results
            .iter()
            .map(|one| format!("{} {} {}", one["rule"], one["verdict"], one["fingerprint"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&out["definitions"][0]), verdicts(&file["definitions"][0]));
    let fed = fed(
        &desk,
        &format!("check - --stdin-filename many.ndjson --input-format ndjson {words}"),
        lines.as_bytes(),
    );
    let fed: Value = serde_json::from_str(&fed.1).expect("JSON");
    assert!(fed == out, "from the standard input the same");
}

#[test]
fn no_bytes_on_a_line_stop_the_lines_behind_it() {
    let sound =
        json!({ "format": 1, "project": { "title": "T", "start": "2014-01-01", "end": "2015-12-31" } });
    let deep = "[".repeat(5000);
    let long = "x".repeat(3 * 1024 * 1024);
    let input = format!("{deep}\n{long}\n\u{1}\n\"text\"\n[]\n{{\"a\": 1, \"a\": 2}}\n{sound}");
    let desk = Desk::with(&[]);
    let (code, out, _) =
        fed(&desk, "check - --input-format ndjson --format ndjson --as-of 2014-06-01", input.as_bytes());
    assert_eq!(code, Some(2));
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let checked: Vec<&Value> = records.iter().filter(|record| record["record"] == "checked").collect();
    assert_eq!(checked.len(), 1);
    assert_eq!(checked[0]["path"], "-:7");
    for line in 1..=6 {
        let place = format!("-:{line}");
        assert!(
            records.iter().any(|record| record["record"] == "diagnostic" && record["path"] == place.as_str()),
            "line {line}"
        );
    }
}

#[test]
fn lines_are_read_in_whatever_encoding_they_were_saved() {
    let line =
        json!({ "format": 1, "project": { "code": "É", "title": "T", "start": "2014-01-01", "end": "2015-12-31" } }).to_string() + "\r\n";
    let little: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let desk = Desk::with(&[]);
    let words = "check - --input-format ndjson --format concise --as-of 2014-06-01";
    let plain = fed(&desk, words, line.as_bytes());
    assert_eq!(plain.0, Some(1), "{}", plain.2);
    for bytes in [
        [b"\xEF\xBB\xBF", line.as_bytes()].concat(),
        [b"\xFF\xFE", little.as_slice()].concat(),
        little.clone(),
    ] {
        assert_eq!(fed(&desk, words, &bytes), plain);
    }
}

#[test]
fn a_json_file_is_no_definition_because_its_places_would_be_wrong() {
    let desk = Desk::with(&[("a.json", "{}")]);
    let (code, _, told) = desk.run("check a.json --as-of 2014-06-01");
    assert!(code == Some(2) && told.contains("this is not a definition"), "{told}");
}
