//! What a run reads: paths that are not there, one file under two names, portfolios, and definitions of great size.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tool(folder: &Path, arguments: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder)
        .args(arguments)
        .args(["--as-of", "2015-02-01"])
        .output()
        .expect("the tool was built")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it is text")
}

/// A folder with the example of gaps as `a.toml`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/example-gaps.toml");
    fs::copy(example, folder.path().join("a.toml")).expect("it can be written");
    folder
}

#[test]
fn a_path_that_is_not_there_does_not_stop_the_others() {
    let folder = folder();
    let output = tool(folder.path(), &["check", "a.tml", "a.toml", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let report = json(&output);
    assert_eq!(report["definitions"][0]["code"], "a");
    assert_eq!(report["diagnostics"][0]["path"], "a.tml");
    assert_eq!(report["diagnostics"][0]["hint"], "did you mean `a.toml`?");
    let none = tool(folder.path(), &["check", "nowhere", "--format", "json"]);
    assert_eq!((none.status.code(), json(&none)["definitions"].as_array().map(Vec::len)), (Some(2), Some(0)));
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = folder();
    let absolute = folder.path().join("a.toml").to_string_lossy().into_owned();
    fs::create_dir(folder.path().join("b")).expect("there is room for a folder");
    let output =
        tool(folder.path(), &["check", "a.toml", "./a.toml", "b/../a.toml", &absolute, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(json(&output)["definitions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn programs_are_told_paths_without_detours() {
    let folder = folder();
    fs::create_dir(folder.path().join("b")).expect("there is room for a folder");
    let uri = |path: &str| {
        let log = json(&tool(folder.path(), &["check", path, "--format", "sarif"]));
        log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    let plain = uri("a.toml");
    assert_eq!(plain, serde_json::json!({ "uri": "a.toml", "uriBaseId": "%SRCROOT%" }));
    assert_eq!(uri("b/../a.toml"), plain);
    assert_eq!(
        uri(&folder.path().canonicalize().expect("it is there").join("a.toml").to_string_lossy()),
        plain
    );
}

#[test]
fn a_file_that_cannot_be_read_is_a_result_of_code_scanning() {
    let folder = folder();
    fs::write(folder.path().join("broken.toml"), "format = 1\n[project]\ntitel = \"x\"\n")
        .expect("it can be written");
    let log = json(&tool(folder.path(), &["check", "a.toml", "broken.toml", "--format", "sarif"]));
    let run = &log["runs"][0];
    let broken = run["results"]
        .as_array()
        .expect("there are results")
        .iter()
        .find(|result| result["ruleId"] == "definition");
    let broken = broken.expect("the mistake is a result");
    assert_eq!(broken["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "broken.toml");
    let index = broken["ruleIndex"].as_u64().expect("the rule is described") as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "definition");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn the_file_of_a_portfolio_is_no_definition_even_where_it_is_named() {
    let folder = folder();
    fs::write(folder.path().join("evalplan.toml"), "exit-zero = true\n").expect("it can be written");
    assert_eq!(tool(folder.path(), &["check", "a.toml", "evalplan.toml"]).status.code(), Some(0));
}

#[test]
fn two_portfolios_are_not_mixed_and_their_mistakes_have_a_place() {
    let folder = folder();
    let other = folder.path().join("other");
    fs::create_dir(&other).expect("there is room for a folder");
    fs::copy(folder.path().join("a.toml"), other.join("b.toml")).expect("it can be written");
    fs::write(other.join("evalplan.toml"), "exit-zero = true\n").expect("it can be written");
    fs::write(folder.path().join("evalplan.toml"), "# one\nfail-onn = \"error\"\n")
        .expect("it can be written");
    let output = tool(folder.path(), &["check", "a.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("evalplan.toml:2:1") && stderr(&output).contains("did you mean `fail-on`?"),
        "{}",
        stderr(&output)
    );
    let told: serde_json::Value =
        serde_json::from_slice(&tool(folder.path(), &["check", "a.toml", "--format", "json"]).stdout)
            .expect("bad input still gives sound JSON");
    assert_eq!(told["diagnostics"][0]["path"], "evalplan.toml");
    fs::write(folder.path().join("evalplan.toml"), "deny = [\"no-such-rule\"]\n").expect("it can be written");
    let output = tool(folder.path(), &["check", "a.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("evalplan.toml:1:9") && stderr(&output).contains("no rule `no-such-rule`"),
        "{}",
        stderr(&output)
    );
    fs::write(folder.path().join("evalplan.toml"), "policy = \"ILO-2005\"\n").expect("it can be written");
    let output = tool(folder.path(), &["check", "a.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("evalplan.toml:1:10")
            && stderr(&output).contains("did you mean `ilo-2005`?"),
        "{}",
        stderr(&output)
    );
    fs::write(folder.path().join("evalplan.toml"), "fail-on = \"warning\"\n").expect("it can be written");
    for paths in [["a.toml", "other"], ["other", "a.toml"]] {
        let output = tool(folder.path(), &["check", paths[0], paths[1]]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("two portfolios"), "{}", stderr(&output));
    }
}

#[test]
fn a_definition_is_never_written_over_by_an_output() {
    let folder = folder();
    let before = fs::read(folder.path().join("a.toml")).expect("it can be read");
    assert_eq!(tool(folder.path(), &["check", "a.toml", "-o", "text=a.toml"]).status.code(), Some(2));
    assert_eq!(fs::read(folder.path().join("a.toml")).expect("it can be read"), before);
    let output = tool(folder.path(), &["check", "a.toml", "-o", "a.html"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("evalplan report PATH -o a.html"), "{}", stderr(&output));
}

#[test]
fn no_text_of_a_definition_commands_a_workflow() {
    let folder = folder();
    let text = fs::read_to_string(folder.path().join("a.toml")).expect("it can be read");
    let text = text.replace("[project]\n", "[project]\ncode = \"::error::pwned ##[error]\"\n");
    fs::write(folder.path().join("::error::x.toml"), text).expect("it can be written");
    for command in [&["check"][..], &["check", "--format", "concise"], &["schedule"], &["waivers"]] {
        let output = tool(folder.path(), &[command, &["::error::x.toml"]].concat());
        let said = stdout(&output) + &stderr(&output);
        assert!(
            !said.lines().any(|line| line.trim_start().starts_with("::") || line.contains("##[")),
            "{command:?}: {said}"
        );
    }
}

#[test]
fn undecided_rules_that_count_as_errors_are_counted_and_failed_as_such() {
    let gundo = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("projects/gundo-lashu.toml")
        .to_string_lossy()
        .into_owned();
    let folder = folder();
    let concise =
        stdout(&tool(folder.path(), &["check", &gundo, "--undecided", "error", "--format", "concise"]));
    let errors = concise.lines().filter(|line| line.contains(": error ")).count();
    assert!(
        errors > 3
            && concise.contains(&format!("\n{errors} errors ({errors} of them undecided), 0 warnings"))
            && concise.contains(" 0 undecided in "),
        "{concise}"
    );
    let junit = stdout(&tool(
        folder.path(),
        &["check", &gundo, "--allow", "tripartite-committee", "--fail-on", "warning", "--format", "junit"],
    ));
    assert!(junit.contains(&format!("failures=\"{errors}\"")), "{junit}");
    let junit = stdout(&tool(
        folder.path(),
        &["check", &gundo, "--allow", "tripartite-committee", "--format", "junit"],
    ));
    assert!(junit.contains("failures=\"0\""), "what ends with 0 has no failure: {junit}");
}

#[test]
fn a_day_on_the_command_line_that_is_none_is_refused_in_words() {
    let folder = folder();
    for (options, what) in [
        (&["check", "a.toml", "--as-of", "2014"][..], "a year is no day"),
        (&["check", "a.toml", "--as-of", "2014-02-30"], "no such day"),
        (&["schedule", "a.toml", "--from", "01/06/2014"], "write year, month and day"),
    ] {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
        let output = tool.current_dir(folder.path()).args(options).output().expect("the tool was built");
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(
            stderr(&output).contains(what) && stderr(&output).contains("2014-12-31"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn an_empty_folder_is_named_and_waivers_are_looked_for_where_one_is() {
    let empty = tempfile::tempdir().expect("there is room for a folder");
    let output = tool(empty.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("no definition was found in `.`") && stderr(&output).contains("help: "),
        "{}",
        stderr(&output)
    );
    let folder = folder();
    assert_eq!(tool(folder.path(), &["waivers"]).status.code(), Some(0));
    assert_eq!(tool(empty.path(), &["waivers", "--expiring-in", "30"]).status.code(), Some(3));
}
