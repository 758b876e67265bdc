//! A finding is known again by its fingerprint: what happens around it does not change the mark, another gap does.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// Results without ids: each form of rule that goes over elements finds something in it.
const UNNAMED: &str = r#"format = 1
policy = "ilo-2012"
project = { title = "T", code = "X1", start = 2014-01-01, end = 2016-12-31, status = "pipeline" }

[[outcome]]
title = "first outcome"

[[output]]
title = "an output of nothing"

[[output]]
title = "another output of nothing"

[[indicator]]
title = "first indicator"
baseline = "0"

[[indicator]]
title = "second indicator"
target = "1"
"#;

/// The fingerprint of each gap, by rule.
fn marks(text: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("one.toml");
    fs::write(&file, text).expect("there is room for a file");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    let output = tool
        .arg("check")
        .arg(&file)
        .args(["--format", "json", "--as-of", "2013-06-01"])
        .output()
        .expect("the tool was built");
    let report: Value = serde_json::from_slice(&output.stdout).expect("the contract is JSON");
    let results = report["definitions"][0]["results"].as_array().expect("there are results").iter();
    let gaps = results.filter(|one| one["verdict"] == "gap");
    gaps.map(|one| (one["rule"].to_string(), one["fingerprint"].to_string())).collect()
}

fn above(text: &str, place: &str, more: &str) -> String {
    text.replacen(place, &format!("{more}\n{place}"), 1)
}

#[test]
fn an_element_without_a_name_keeps_its_mark_when_a_sound_one_is_written_above_it() {
    let before = marks(UNNAMED);
    let sound = "[[indicator]]\nid = \"i1\"\ntitle = \"sound\"\nof = \"o1\"\nbaseline = \"0\"\ntarget = \"9\"\nverification = \"reports\"\nresponsible = \"the team\"\nby = 2016-06-30\n";
    let outcome = "[[outcome]]\nid = \"o1\"\ntitle = \"sound\"\n\n[[output]]\nid = \"p1\"\noutcome = \"o1\"\ntitle = \"sound\"\n";
    let after = marks(&above(&above(UNNAMED, "[[indicator]]", sound), "[[outcome]]", outcome));
    for rule in ["indicator-baseline", "indicator-target", "results-chain"] {
        assert!(before.keys().any(|known| known.contains(rule)), "{rule} is a gap to begin with: {before:?}");
    }
    assert_eq!(before, after);
    let swapped = UNNAMED
        .replace("first indicator", "x")
        .replace("second indicator", "first indicator")
        .replace("\"x\"", "\"second indicator\"");
    assert_eq!(before, marks(&swapped), "nor by its title");
}

#[test]
fn one_more_element_with_a_gap_is_another_gap() {
    let before = marks(UNNAMED);
    let after =
        marks(&above(UNNAMED, "[[indicator]]", "[[indicator]]\ntitle = \"third\"\nbaseline = \"0\"\n"));
    let changed = |rule: &str| {
        before
            .iter()
            .find(|(known, _)| known.contains(rule))
            .map(|(known, mark)| after.get(known) != Some(mark))
    };
    assert_eq!(changed("indicator-target"), Some(true));
    assert_eq!(changed("indicator-baseline"), Some(false), "the third has a baseline");
}

#[test]
fn a_review_that_nobody_recorded_keeps_its_mark_when_the_project_moves() {
    let fund = |end: &str| {
        marks(&format!(
            "format = 1\nproject = {{ title = \"T\", code = \"F\", kind = \"donor-agreement\", start = 2008-01-01, end = {end} }}\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\n"
        ))
    };
    let (before, after) = (fund("2012-12-31"), fund("2012-11-30"));
    let review =
        before.keys().find(|rule| rule.contains("joint-review")).expect("a review is owed and not recorded");
    assert_eq!(before[review], after[review]);
}

/// What `check` writes of a folder in a format.
fn checked(folder: &std::path::Path, format: &str, as_of: &str) -> Value {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    let output = tool
        .arg("check")
        .arg(folder)
        .args(["--format", format, "--as-of", as_of])
        .output()
        .expect("the tool was built");
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn findings_of_two_files_with_one_code_are_told_apart() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for name in ["a.toml", "b.toml"] {
        fs::copy("projects/example-gaps.toml", folder.path().join(name)).expect("it can be written");
    }
    let issues = checked(folder.path(), "gitlab", "2014-06-01");
    let issues = issues.as_array().expect("it is a list");
    let marks: std::collections::BTreeSet<&str> =
        issues.iter().filter_map(|one| one["fingerprint"].as_str()).collect();
    assert_eq!(
        marks.len(),
        issues.len(),
        "that the code stands twice is a mistake, and nothing is lost by it"
    );
}

#[test]
fn what_is_wrong_with_a_waiver_is_known_again_another_day_and_by_another_hand() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mark = |by: &str, as_of: &str| {
        let waiver = format!(
            "[[waiver]]\nrule = \"ilo-2012/final-evaluation\"\nreason = \"r\"\ngranted-by = \"{by}\"\nauthority = \"a\"\ngranted = 2015-07-01\nexpires = 2015-12-31\n"
        );
        fs::write(folder.path().join("a.toml"), UNNAMED.to_owned() + &waiver).expect("it can be written");
        let issues = checked(folder.path(), "gitlab", as_of);
        let of_waiver =
            |one: &&Value| one["description"].as_str().is_some_and(|text| text.contains("the waiver of"));
        let found: Vec<Value> =
            issues.as_array().expect("it is a list").iter().filter(of_waiver).cloned().collect();
        assert_eq!(found.len(), 1, "{issues}");
        found[0]["fingerprint"].to_string()
    };
    let first = mark("focal point", "2014-06-01");
    assert_eq!(first, mark("focal point", "2014-06-02"));
    assert_eq!(first, mark("somebody else", "2014-06-01"));
}
