//! A portfolio with packs of its own, and files that are not what they should be: what is wrong with one is no fault of another.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tool(folder: &Path, arguments: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder)
        .args(arguments)
        .args(["--as-of", "2014-06-01"])
        .output()
        .expect("the tool was built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

/// A folder with a definition, `projects/a.toml`.
fn portfolio() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::create_dir(folder.path().join("projects")).expect("there is room");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/example-gaps.toml"),
        folder.path().join("projects/a.toml"),
    )
    .expect("it can be written");
    folder
}

/// A pack of one rule in a folder.
fn pack(folder: &Path, title: &str) {
    fs::create_dir_all(folder).expect("there is room");
    let pack = "format = 1\nid = \"own\"\ntitle = \"Own\"\nselection = \"joins\"\n[[document]]\nid = \"manual\"\ntitle = \"Manual\"\nissuer = \"We\"\n";
    fs::write(folder.join("pack.toml"), pack).expect("it can be written");
    let rule = format!(
        "id = \"own-rule\"\ntitle = \"{title}\"\ncite = {{ source = \"manual\", at = \"p. 1\" }}\nstatus = \"confirmed\"\nseverity = \"error\"\n[check]\ncondition = 'has(project.title)'\n"
    );
    fs::write(folder.join("own-rule.toml"), rule).expect("it can be written");
}

#[test]
fn packs_beside_the_definitions_are_no_definitions() {
    let folder = portfolio();
    pack(&folder.path().join("projects/own"), "A title");
    fs::write(folder.path().join("projects/evalplan.toml"), "rules = [\"own\"]\n")
        .expect("it can be written");
    for path in ["projects", "projects/"] {
        let output = tool(folder.path(), &["check", path, "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        assert_eq!(report["diagnostics"], Value::Array(Vec::new()), "{}", text(&output.stderr));
        assert_eq!(report["definitions"].as_array().map(Vec::len), Some(1));
    }
    fs::write(folder.path().join("projects/own/own-rule.toml"), "id = 5\n").expect("it can be written");
    let output = tool(folder.path(), &["check", "projects", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        report["diagnostics"][0]["path"], "projects/own/own-rule.toml",
        "told once, from the folder of the run"
    );
}

#[test]
fn what_is_wrong_with_a_portfolio_is_no_fault_of_a_definition() {
    let folder = portfolio();
    fs::write(folder.path().join("projects/evalplan.toml"), "deny = [\"nope\"]\n")
        .expect("it can be written");
    let waive = [
        "waive",
        "mid-term-evaluation",
        "projects/a.toml",
        "--reason",
        "r",
        "--granted-by",
        "g",
        "--authority",
        "a",
        "--expires",
        "2015-01-01",
    ];
    let output = tool(folder.path(), &waive);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        fs::read_to_string(folder.path().join("projects/a.toml"))
            .expect("it is there")
            .contains("mid-term-evaluation")
    );
}

#[test]
fn a_baseline_that_cannot_be_read_silences_no_output() {
    let folder = portfolio();
    fs::write(folder.path().join("b.json"), "no baseline").expect("it can be written");
    let output = tool(
        folder.path(),
        &["check", "projects", "--baseline", "b.json", "--format", "json", "-o", "sarif=x.sarif"],
    );
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).expect("the findings are told all the same");
    assert_eq!(report["summary"]["gap"], 6);
    assert!(folder.path().join("x.sarif").is_file());
}

#[test]
fn marks_that_turn_text_are_spelt_out_in_json() {
    let folder = portfolio();
    let name = "projects/a\u{202e}b\u{2028}.toml";
    fs::rename(folder.path().join("projects/a.toml"), folder.path().join(name)).expect("it is ours");
    for format in ["json", "sarif", "gitlab"] {
        let output = tool(folder.path(), &["check", "projects", "--format", format]);
        let told = text(&output.stdout);
        assert!(!told.contains(['\u{202e}', '\u{2028}']), "{format}");
        let _: Value = serde_json::from_str(&told).expect("it is JSON");
    }
    let output = tool(folder.path(), &["check", "projects", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(report["definitions"][0]["path"], name, "and mean the same");
}

#[test]
fn a_pack_that_may_join_on_a_day_known_in_part_is_told() {
    let folder = portfolio();
    let union = |start: &str| {
        let text = format!(
            "format = 1\nproject = {{ title = \"T\", kind = \"union-programme\", start = {start}, end = 2011-12-31 }}\n[[donor]]\nname = \"Belgium\"\n"
        );
        fs::write(folder.path().join("projects/a.toml"), text).expect("it can be written");
        text_of(&tool(folder.path(), &["check", "projects"]))
    };
    let note = "warning[belgium-trade-unions]: cannot tell whether this pack applies";
    assert!(union("\"2007\"").contains(note) && union("\"2007\"").contains("help: supply `project.start`"));
    assert!(!union("2007-07-01").contains(note) && !union("\"2006\"").contains(note));
}

fn text_of(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}
