//! Where a later edition had begun and none is named: one note a run that fails nothing, a line on each finding that the later edition
//! would not raise or would raise otherwise, and what it would owe besides.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder of definitions, each by its name.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder)
        .args(arguments)
        .args(["--as-of", "2015-02-01"])
        .output()
        .expect("the tool was built")
}

fn stdout(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(run(folder, arguments).stdout).expect("the output is text")
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(folder, &[arguments, &["--format", "json"]].concat())).expect("it is JSON")
}

/// What is said of the later edition on one rule.
fn later<'v>(told: &'v Value, rule: &str) -> &'v Value {
    let results = told["definitions"][0]["results"].as_array().expect("it is a list");
    &results.iter().find(|one| one["rule"] == rule).unwrap_or_else(|| panic!("{rule}"))["later"]
}

fn project(start: &str, end: &str, rest: &str) -> String {
    format!("format = 1\n[project]\ntitle = \"Small ports\"\nstart = {start}\nend = {end}\n{rest}")
}

const MANY: &str = "definitions name no edition, so `ilo-2005` is applied by date, though `ilo-2012` had begun before the projects did";

#[test]
fn one_note_a_run_however_many_files_it_is_about() {
    let (new, old) = (project("2013-05-01", "2014-12-31", ""), project("2008-05-01", "2010-12-31", ""));
    let named = format!("policy = \"ilo-2005\"\n{new}");
    let all = folder(&[("a.toml", &new), ("b.toml", &new), ("c.toml", &old), ("d.toml", &named)]);
    for command in ["check", "schedule", "report"] {
        let text = stdout(all.path(), &[command, "."]);
        assert_eq!(text.matches("policy-not-named").count(), 1, "{command}: {text}");
        assert!(text.contains(&format!("2 of 4 {MANY}")), "{command}: {text}");
        assert!(
            text.contains("policy = \"in-force\"") && text.contains("--policy"),
            "it says how to name one"
        );
    }
    let told = json(all.path(), &["check", "."]);
    assert_eq!(
        (&told["notes"][0]["id"], &told["notes"][0]["definitions"]),
        (&"policy-not-named".into(), &2.into())
    );
    assert_eq!(json(all.path(), &["schedule", "."])["notes"][0]["id"], "policy-not-named");
    for quiet in [folder(&[("c.toml", &old)]), folder(&[("d.toml", &named)])] {
        assert!(
            !stdout(quiet.path(), &["check", "."]).contains("policy-not-named"),
            "there is nothing to name, or it is named"
        );
    }
    assert!(!stdout(all.path(), &["check", ".", "--policy", "in-force"]).contains("policy-not-named"));
}

#[test]
fn it_can_be_allowed_and_fails_nothing() {
    let complete = fs::read_to_string("projects/example-complete.toml").expect("it is there");
    let all = folder(&[("a.toml", &complete)]);
    let plain = run(all.path(), &["check", "a.toml", "--allow", "ilo-2005/annual-reviews"]);
    assert!(String::from_utf8_lossy(&plain.stdout).contains("policy-not-named"));
    let code = |more: &[&str]| run(all.path(), &[&["check", "a.toml"], more].concat()).status.code();
    assert_eq!(code(&["--deny", "policy-not-named"]), code(&[]));
    let graver = |more: &[&str]| code(&[&["--fail-on", "note"], more].concat());
    assert_eq!(graver(&["--deny", "evalplan/policy-not-named"]), graver(&[]));
    let text = stdout(all.path(), &["check", "a.toml", "--allow", "policy-not-named"]);
    assert!(!text.contains("policy-not-named") && text.contains("Checked 1 definition"), "{text}");
    fs::write(all.path().join("evalplan.toml"), "allow = [\"policy-not-named\"]\n")
        .expect("it can be written");
    for command in ["check", "schedule", "report"] {
        let told = run(all.path(), &[command, "a.toml"]);
        let both = [told.stdout, told.stderr].concat();
        assert!(!String::from_utf8_lossy(&both).contains("policy-not-named"), "{command}");
    }
    let explained = stdout(Path::new("."), &["explain", "policy-not-named"]);
    assert!(explained.contains("The edition of the evaluation policy is named"), "{explained}");
}

#[test]
fn a_finding_says_what_the_later_edition_would_say_otherwise() {
    let rest = "[budget]\ntotal = \"USD 6000000\"\n";
    let all = folder(&[("a.toml", &project("2013-05-01", "2015-04-30", rest))]);
    let told = json(all.path(), &["check", "a.toml"]);
    let says = |rule: &str| later(&told, rule)["says"].as_str().map(str::to_owned);
    // Both ask for a mid-term evaluation: the one of 2012 for a large project, independent, as a warning.
    let mid_term = says("ilo-2005/mid-term-evaluation").expect("it differs");
    assert!(mid_term.starts_with("The edition of 2012 would make this a warning"), "{mid_term}");
    assert!(mid_term.contains("ask that it be independent-internal or more independent"), "{mid_term}");
    assert_eq!(later(&told, "ilo-2005/mid-term-evaluation")["severity"], "warning");
    assert_eq!(says("ilo-2005/project-evaluation"), None, "both ask for one, as an error");
    assert_eq!(says("ilo-tripartism/constituents-at-every-stage"), None, "it is of no edition");
    let text = stdout(all.path(), &["check", "a.toml"]);
    assert!(text.contains(&mid_term), "{text}");
    let explained =
        stdout(all.path(), &["explain", "ilo-2005/mid-term-evaluation", "--definition", "a.toml"]);
    assert!(explained.contains(&mid_term), "{explained}");
    assert!(stdout(all.path(), &["report", "a.toml"]).contains("- Later edition: The edition of 2012 would"));
    let results =
        told["definitions"][0]["other_edition"]["results"].as_array().expect("both results are there");
    assert!(
        results.iter().any(|one| one["rule"] == "ilo-2012/mid-term-evaluation" && one["verdict"] == "gap")
    );
}

#[test]
fn what_the_later_edition_does_not_ask_and_what_it_does_not_know_are_told_apart() {
    let all =
        folder(&[("a.toml", &project("2018-05-01", "2022-04-30", "[budget]\ntotal = \"USD 400000\"\n"))]);
    let told = json(all.path(), &["check", "a.toml"]);
    assert_eq!(later(&told, "ilo-2005/annual-reviews")["says"], "The edition of 2017 would not ask this.");
    assert!(later(&told, "ilo-2005/annual-reviews")["verdict"].is_null(), "it has no such rule");
    let maybe = folder(&[("a.toml", &project("\"2012\"", "\"2015\"", "[budget]\ntotal = \"USD 400000\"\n"))]);
    let told = json(maybe.path(), &["check", "a.toml"]);
    assert_eq!(
        later(&told, "ilo-2005/annual-reviews")["says"],
        "The edition of 2012, if it had begun, would not ask this."
    );
    assert_eq!(told["definitions"][0]["other_edition"]["relation"], "maybe-later");
    assert!(told["notes"][0]["message"].as_str().is_some_and(|note| note.contains("may have begun")));
    let early = folder(&[("a.toml", &project("2008-05-01", "2012-04-30", ""))]);
    let told = json(early.path(), &["check", "a.toml"]);
    assert!(
        told["definitions"][0]["other_edition"].is_null()
            && later(&told, "ilo-2005/annual-reviews").is_null()
    );
}

#[test]
fn the_schedule_lists_what_the_other_edition_would_owe_besides() {
    let long = project("2018-05-01", "2022-04-30", "[budget]\ntotal = \"USD 300000\"\n");
    let all = folder(&[("a.toml", &long)]);
    let told = json(all.path(), &["schedule", "a.toml"]);
    let owed = told["definitions"][0]["other_edition"]["owed"].as_array().expect("it is a list");
    let rules: Vec<&str> = owed.iter().filter_map(|one| one["rule"].as_str()).collect();
    assert!(rules.contains(&"ilo-2017/independent-evaluation-of-a-long-project"), "{rules:?}");
    assert!(!rules.contains(&"ilo-2017/project-evaluation"), "the edition applied owes it too: {rules:?}");
    let text = stdout(all.path(), &["schedule", "a.toml"]);
    assert!(
        text.contains("besides, under ilo-2017: ")
            && text.contains("(ilo-2017/independent-evaluation-of-a-long-project)"),
        "{text}"
    );
    let in_force = json(all.path(), &["schedule", "a.toml", "--policy", "in-force"]);
    let other = &in_force["definitions"][0]["other_edition"];
    assert_eq!((&other["edition"], &other["relation"]), (&"ilo-2005".into(), &"by-date".into()));
    assert!(
        other["owed"]
            .as_array()
            .expect("it is a list")
            .iter()
            .any(|one| one["rule"] == "ilo-2005/annual-reviews")
    );
    let unknown = folder(&[("a.toml", &project("2018-05-01", "2019-04-30", ""))]);
    let text = stdout(unknown.path(), &["schedule", "a.toml"]);
    assert!(
        text.contains("besides, perhaps, under ilo-2017: ") && text.contains("supply budget.total"),
        "{text}"
    );
}

#[test]
fn every_format_that_has_a_place_for_it_says_it_once() {
    let all = folder(&[("a.toml", &project("2013-05-01", "2014-12-31", ""))]);
    for format in evalplan::report::FORMATS
        .iter()
        .filter(|format| format.has_notes() && format.id != "xlsx" && format.subject.command() != "waivers")
    {
        let told = run(all.path(), &[format.subject.command(), "a.toml", "--format", format.id]);
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        assert_eq!(text.matches("policy-not-named").count(), 1, "{} {}", format.subject.command(), format.id);
    }
}

#[test]
fn a_portfolio_names_the_edition_for_all() {
    let all = folder(&[
        ("a.toml", &project("2013-05-01", "2014-12-31", "")),
        ("evalplan.toml", "policy = \"in-force\"\n"),
    ]);
    let told = json(all.path(), &["check", "a.toml"]);
    assert_eq!(
        (&told["notes"], &told["definitions"][0]["policy"]["pack"]),
        (&Value::Array(Vec::new()), &"ilo-2012".into())
    );
}
