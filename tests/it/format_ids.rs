//! What machines hold on to in the outputs: rules that are described, fingerprints, records.

use crate::formats::{TAME, drawn, output};
use evalplan::report::Subject;

#[test]
fn every_result_of_sarif_names_a_rule_that_the_log_describes() {
    let log: serde_json::Value =
        serde_json::from_str(&output(&drawn(TAME, ""), Subject::Check, "sarif")).expect("SARIF is JSON");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("there are results");
    assert!(results.len() > 3, "{results:?}");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("every rule is described") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert!(
            result["locations"][0]["physicalLocation"]["region"]["startLine"]
                .as_u64()
                .is_some_and(|line| line > 0)
        );
        assert_eq!(
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "projects/a%20b.toml"
        );
    }
    let suppressed = results.iter().filter(|result| result.get("suppressions").is_some()).count();
    assert_eq!(suppressed, 1, "the waived finding says so");
}

#[test]
fn fingerprints_stay_when_lines_move_and_words_change() {
    let marks = |text: &str| -> Vec<String> {
        let log: serde_json::Value =
            serde_json::from_str(&output(&drawn(text, ""), Subject::Check, "gitlab")).expect("it is JSON");
        let mut marks: Vec<String> = log
            .as_array()
            .expect("it is a list")
            .iter()
            .map(|issue| issue["fingerprint"].as_str().expect("each has one").to_owned())
            .collect();
        marks.sort();
        marks
    };
    let plain = TAME.to_owned();
    let moved = plain
        .replace("format = 1\n", "# one\n# two\n\nformat = 1\n")
        .replace("2014-01-01\nproject.end", "2014-01-02\nproject.end");
    let reordered = plain.replace(
        "timing = \"final\"\nindependence = \"self\"",
        "independence = \"self\"\ntiming = \"final\"",
    );
    assert!(marks(&plain).len() > 3);
    assert_eq!(marks(&plain), marks(&moved));
    assert_eq!(marks(&plain), marks(&reordered));
}

#[test]
fn another_gap_of_the_same_rule_has_another_fingerprint() {
    let mark = |participants: &str| {
        let example = include_str!("../../projects/example-gaps.toml");
        let text = example.replace(
            "participants = [\"government\", \"employers\", \"beneficiaries\"]",
            &format!("participants = {participants}"),
        );
        let log: serde_json::Value =
            serde_json::from_str(&output(&drawn(&text, ""), Subject::Check, "json")).expect("it is JSON");
        let results = log["definitions"][0]["results"].as_array().expect("there are results").clone();
        let result = results
            .into_iter()
            .find(|result| result["rule"] == "ilo-tripartism/constituents-in-evaluations")
            .expect("it binds");
        assert_eq!(result["verdict"], "gap");
        result["fingerprint"].as_str().expect("each has one").to_owned()
    };
    assert_eq!(mark("[\"government\", \"employers\"]"), mark("[\"employers\", \"government\"]"));
    assert_ne!(mark("[\"government\", \"employers\"]"), mark("[\"government\", \"workers\"]"));
}

#[test]
fn a_record_a_line_says_what_the_whole_report_says() {
    use crate::desk::Desk;
    use serde_json::Value;
    let desk = Desk::with(&[
        ("a.toml", include_str!("../../projects/example-gaps.toml")),
        ("b.toml", include_str!("../../projects/example-complete.toml")),
        ("broken.toml", "format = 1\n[project]\ntitel = \"T\"\n"),
    ]);
    for (command, record) in [("check", "checked"), ("schedule", "scheduled")] {
        let (code, whole, _) = desk.run(&format!("{command} . --format json --as-of 2014-06-01"));
        let (same, lines, _) = desk.run(&format!("{command} . --format ndjson --as-of 2014-06-01"));
        assert_eq!(code, same);
        let whole: Value = serde_json::from_str(&whole).expect("JSON");
        let mut lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
        let kinds: Vec<String> = lines
            .iter_mut()
            .map(|line| {
                line.as_object_mut().expect("an object").remove("record").expect("it has one").to_string()
            })
            .collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == format!("\"{record}\"")).count(), 2, "{kinds:?}");
        let places: Vec<usize> = (0..kinds.len()).filter(|place| kinds[*place] == "\"diagnostic\"").collect();
        assert!(
            places == [2] && kinds[kinds.len() - 1] == "\"summary\"",
            "each file has its mistakes at its place: {kinds:?}"
        );
        let of = |list: &str| whole[list].as_array().expect("a list").clone();
        let summary = lines.pop().expect("it ends with the summary");
        assert_eq!(lines, [of("definitions"), of("diagnostics")].concat());
        assert_eq!((&summary["format"], &summary["notes"]), (&whole["format"], &whole["notes"]));
        assert_eq!(summary["summary"]["definitions"], 2);
    }
}
