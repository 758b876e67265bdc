//! Where output goes: formats by name and by ending, exit codes, and what happens when writing fails.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

pub(crate) const GAPS: &str = "projects/example-gaps.toml";
pub(crate) const COMPLETE: &str = "projects/example-complete.toml";

pub(crate) fn tool(arguments: &[&str]) -> Command {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    if matches!(arguments.first(), Some(&("check" | "report" | "schedule"))) {
        tool.args(["--as-of", "2015-02-01"]);
    }
    tool
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    tool(arguments).output().expect("the tool was built")
}

pub(crate) fn code(arguments: &[&str]) -> i32 {
    run(arguments).status.code().expect("the tool ends by itself")
}

pub(crate) fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).expect("the output is text")
}

pub(crate) fn stderr(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stderr).expect("the output is text")
}

#[test]
fn no_format_changes_the_exit_code() {
    let formats =
        evalplan::report::FORMATS.iter().filter(|format| format.subject == evalplan::report::Subject::Check);
    for format in formats {
        assert_eq!(code(&["check", GAPS, "--format", format.id]), 1, "{}", format.id);
        assert_eq!(code(&["check", COMPLETE, "--format", format.id]), 0, "{}", format.id);
        assert_eq!(code(&["check", GAPS, "--exit-zero", "--format", format.id]), 0, "{}", format.id);
        assert_eq!(
            code(&["check", GAPS, "Cargo.toml", "--exit-zero", "--format", format.id]),
            2,
            "{}",
            format.id
        );
    }
}

#[test]
fn a_report_is_no_check() {
    assert_eq!(code(&["report", GAPS]), 0);
    assert_eq!(code(&["report", "Cargo.toml"]), 2);
    let empty = tempfile::tempdir().expect("there is room for a folder");
    assert_eq!(code(&["report", &empty.path().to_string_lossy()]), 3);
}

#[test]
fn several_outputs_are_written_at_once_and_the_named_format_goes_to_the_terminal() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (sarif, junit) = (at("a.sarif"), at("b"));
    let printed = stdout(&[
        "check",
        GAPS,
        "--format",
        "concise",
        "-o",
        &format!("sarif={sarif}"),
        "-o",
        &format!("junit={junit}"),
    ]);
    assert!(printed.contains(&format!("\n{GAPS}:")), "{printed}");
    assert!(fs::read_to_string(sarif).is_ok_and(|text| text.contains("2.1.0")));
    assert!(fs::read_to_string(junit).is_ok_and(|text| text.starts_with("<?xml")));
    let page = at("page.html");
    assert_eq!(stdout(&["report", GAPS, "-o", &page]), "");
    assert!(fs::read_to_string(page).is_ok_and(|text| text.starts_with("<!DOCTYPE html>")));
}

#[test]
fn a_format_that_does_not_exist_is_named_with_the_one_that_may_be_meant() {
    assert_eq!(code(&["check", GAPS, "-o", "sarf=x"]), 2);
    assert!(stderr(&["check", GAPS, "-o", "sarf=x"]).contains("did you mean `sarif`?"));
    assert_eq!(code(&["check", GAPS, "-o", "sarif=x", "-o", "junit=x"]), 2);
    assert_eq!(
        code(&["report", GAPS, "-o", "nothing-is-written.docx"]),
        2,
        "no text under the name of a document"
    );
    assert!(
        stderr(&["check", GAPS, "-o", "json"]).contains("write `--format json`"),
        "no file is called after a format by mistake"
    );
    assert!(!Path::new("x").exists());
}

#[test]
fn tables_are_separated_as_asked_for_by_name_or_by_the_character() {
    let head = |command: &str, separator: &[&str]| {
        let table = stdout(&[&[command, GAPS, "--format", "csv"], separator].concat());
        table.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned()
    };
    for command in ["check", "schedule", "waivers"] {
        assert!(head(command, &[]).starts_with("code,"), "{command}");
        for (written, letter) in [
            ("comma", ','),
            (",", ','),
            ("semicolon", ';'),
            (";", ';'),
            ("tab", '\t'),
            ("\t", '\t'),
            ("\\t", '\t'),
        ] {
            assert!(
                head(command, &["--separator", written]).starts_with(&format!("code{letter}")),
                "{command} {written}"
            );
        }
        assert_eq!(code(&[command, GAPS, "--separator", "|"]), 2);
    }
    assert_eq!(code(&["report", GAPS, "--separator", ";"]), 2, "no format of `report` has a separator");
}

#[test]
fn rules_can_be_denied_warned_of_and_allowed() {
    let lines = stdout(&["check", GAPS, "--format", "concise"]);
    let rules: Vec<&str> =
        lines.lines().filter_map(|line| line.split(": error ").nth(1)?.split(' ').next()).collect();
    assert!(rules.len() > 3, "{lines}");
    let all = &rules.join(",");
    assert_eq!(code(&["check", GAPS, "--allow", all]), 0);
    assert_eq!(code(&["check", GAPS, "--warn", all]), 0);
    assert_eq!(code(&["check", GAPS, "--warn", all, "--fail-on", "warning"]), 1);
    assert_eq!(code(&["check", GAPS, "--warn", all, "--deny", "ilo-2005/mid-term-evaluation"]), 1);
    assert!(!stdout(&["check", GAPS, "--allow", all, "--format", "concise"]).contains("error ilo"));
    assert!(
        stderr(&["check", GAPS, "--deny", "mid-term-evaluaton"])
            .contains("did you mean `mid-term-evaluation`?")
    );
    assert_eq!(code(&["check", GAPS, "--deny", "mid-term-evaluaton"]), 2);
}

#[test]
fn undecided_rules_count_as_asked() {
    let open = "projects/belgian-trade-union-programmes.toml";
    assert_eq!(code(&["check", open]), 0);
    assert_eq!(code(&["check", open, "--fail-on", "warning"]), 1);
    assert_eq!(code(&["check", open, "--undecided", "error"]), 1);
    assert_eq!(code(&["check", open, "--undecided", "ignore", "--fail-on", "note"]), 0);
}

#[test]
fn a_portfolio_says_for_itself_what_counts() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("one.toml");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(GAPS), &file).expect("there is room for a file");
    let path = file.to_string_lossy();
    let config = folder.path().join("evalplan.toml");
    assert_eq!(code(&["check", &path]), 1);
    fs::write(&config, "exit-zero = true\n").expect("there is room for a file");
    assert_eq!(code(&["check", &path]), 0);
    fs::write(&config, "allow = [\"mid-term-evaluation\"]\nfail-on = \"note\"\nundecided = \"ignore\"\n")
        .expect("there is room for a file");
    let lines = stdout(&["check", &path, "--format", "concise"]);
    assert!(!lines.contains("mid-term-evaluation") && lines.contains("independent-evaluation"), "{lines}");
    assert!(
        stdout(&["check", &path, "--format", "concise", "--deny", "mid-term-evaluation"])
            .contains("error ilo-2005/mid-term-evaluation")
    );
    fs::write(&config, "fail-no = \"note\"\n").expect("there is room for a file");
    assert_eq!(code(&["check", &path]), 2);
}

#[test]
fn the_summary_is_added_to_what_a_file_holds() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("summary.md");
    fs::write(&file, "before\n").expect("there is room for a file");
    assert_eq!(code(&["check", GAPS, "--format", "github", "--summary", &file.to_string_lossy()]), 1);
    let text = fs::read_to_string(file).expect("the file is there");
    assert!(
        text.starts_with("before\n> **Note** (`policy-not-named`): ")
            && text.contains("\n\n# evalplan: ")
            && text.contains("| error | `projects/example-gaps.toml:"),
        "{text}"
    );
    let (_, unended) = (fs::write(folder.path().join("b.md"), "before"), folder.path().join("b.md"));
    assert_eq!(code(&["check", GAPS, "--format", "github", "--summary", &unended.to_string_lossy()]), 1);
    assert!(
        fs::read_to_string(unended)
            .expect("the file is there")
            .starts_with("before\n> **Note** (`policy-not-named`): "),
        "a note begins a line"
    );
}

#[test]
fn colours_are_shown_only_where_they_are_wanted() {
    assert!(!stdout(&["check", GAPS]).contains('\u{1b}'));
    assert!(stdout(&["check", GAPS, "--color", "always"]).contains('\u{1b}'));
    assert!(!stdout(&["check", GAPS, "--color", "never"]).contains('\u{1b}'));
}
