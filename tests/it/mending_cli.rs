//! `--fix`, `--diff` and `--unsafe-fixes` as a user runs them.

use crate::mending::{assessed, mended};
use crate::repair::read;
use evalplan::checks::Verdict;
use evalplan::fix::Reach;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const AS_OF: &str = "2014-02-01";

fn tool(folder: &Path, arguments: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder).args(arguments).args(["--as-of", AS_OF]).output().expect("the tool was built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

/// A folder with one definition to mend, `a.toml`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fix/mid-term-missing.toml"),
        folder.path().join("a.toml"),
    )
    .expect("it can be written");
    folder
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let folder = folder();
    let file = folder.path().join("a.toml");
    let before = fs::read(&file).expect("it can be read");
    for options in [&["--diff"][..], &["--fix", "--diff"]] {
        let output = tool(folder.path(), &[&["check", "a.toml"], options].concat());
        assert_eq!(output.status.code(), Some(1), "the file still has gaps");
        let patch = text(&output.stdout);
        assert!(
            patch.starts_with("--- a.toml\n+++ a.toml\n@@ ") && patch.contains("\n+timing = \"mid-term\"\n"),
            "{patch}"
        );
        assert_eq!(fs::read(&file).expect("it can be read"), before);
    }
}

#[test]
fn what_is_mended_is_shown_written_and_read_again() {
    let folder = folder();
    let output = tool(folder.path(), &["check", "a.toml", "--fix", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "other gaps are left");
    let told = text(&output.stderr);
    assert!(told.contains("+timing = \"mid-term\"") && told.ends_with("Mended 1 definition.\n\n"), "{told}");
    let json: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("the findings are JSON, whatever was mended");
    let results = json["definitions"][0]["results"].as_array().expect("there are results");
    let mid_term = results
        .iter()
        .find(|result| result["rule"] == "ilo-2005/mid-term-evaluation")
        .expect("the rule binds");
    assert_eq!(mid_term["verdict"], "met");
    assert!(
        fs::read_to_string(folder.path().join("a.toml"))
            .expect("it can be read")
            .contains("date = 2015-02-06")
    );
    let again = tool(folder.path(), &["check", "a.toml", "--diff"]);
    assert_eq!(text(&again.stdout), "", "a second run finds nothing");
}

#[test]
fn quiet_mending_says_nothing_but_the_findings() {
    let folder = folder();
    let output = tool(folder.path(), &["check", "a.toml", "--fix", "--quiet"]);
    assert_eq!(text(&output.stderr), "");
    assert!(fs::read_to_string(folder.path().join("a.toml")).expect("it can be read").contains("mid-term"));
}

#[test]
fn a_definition_with_a_misspelt_code_is_mended_and_assessed() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("b.toml");
    fs::write(&file, "format = 1\n[project]\nstart = 2014-01-01\nend = 2014-12-31\ncountries = [\"mw\"]\n")
        .expect("it can be written");
    assert_eq!(tool(folder.path(), &["check", "b.toml"]).status.code(), Some(2));
    assert_eq!(tool(folder.path(), &["check", "b.toml", "--fix", "-q"]).status.code(), Some(1));
    let written = fs::read_to_string(&file).expect("it can be read");
    assert!(
        written.contains("countries = [\"MW\"]")
            && written.contains("timing = \"final\"\ndate = 2014-12-31\n"),
        "{written}"
    );
}

#[test]
fn unsafe_changes_are_made_only_beside_fix_or_diff() {
    let folder = folder();
    let output = tool(folder.path(), &["check", "a.toml", "--unsafe-fixes"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--fix"));
    let output = tool(folder.path(), &["check", "a.toml", "--fix", "--unsafe-fixes"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    let written = fs::read_to_string(folder.path().join("a.toml")).expect("it can be read");
    assert!(
        written.contains("independence = \"independent-internal\"       # the project manager evaluates"),
        "{written}"
    );
}

#[test]
fn mending_first_what_is_safe_leads_where_all_at_once_does() {
    let text = "format = 1\n[project]\nstart = 2014-01-01\nend = 2015-12-31\n[budget]\ntotal = \"USD 590000\"\nevaluation = \"USD 20000\"\n";
    let rule = "ilo-2005/independent-evaluation";
    let safe = mended(text, AS_OF, Reach::Safe);
    assert!(
        safe.left.iter().any(|left| left.contains(rule)),
        "what is no longer a gap is told: {:?}",
        safe.left
    );
    let verdict = |text: &str| assessed(&read(text).expect("it is sound"), AS_OF).get(rule).copied();
    assert_eq!(verdict(&safe.text), Some(Verdict::Undecided));
    assert_eq!(verdict(&mended(&safe.text, AS_OF, Reach::Unsafe).text), Some(Verdict::Met));
    assert_eq!(verdict(&mended(text, AS_OF, Reach::Unsafe).text), Some(Verdict::Met));
}

#[test]
fn an_evaluation_whose_days_are_past_is_not_listed_as_if_it_were_planned() {
    let text = "format = 1\n[project]\nstart = 2011-01-01\nend = 2012-12-31\n";
    let done = mended(text, AS_OF, Reach::Safe);
    assert_eq!((done.text.as_str(), done.mends.as_slice()), (text, &[][..]));
}

#[test]
fn a_difference_writes_no_other_file_either() {
    let folder = folder();
    for more in [["--summary", "s.md"], ["--write-baseline", "b.json"]] {
        assert_eq!(
            tool(folder.path(), &[&["check", "a.toml", "--diff"][..], &more].concat()).status.code(),
            Some(2)
        );
        assert!(!folder.path().join(more[1]).exists());
    }
}

#[test]
fn the_name_of_a_patched_file_may_have_spaces() {
    let folder = folder();
    fs::rename(folder.path().join("a.toml"), folder.path().join("a b.toml")).expect("it is ours");
    let patch = text(&tool(folder.path(), &["check", "a b.toml", "--diff"]).stdout);
    assert!(patch.starts_with("--- a b.toml\t\n+++ a b.toml\t\n"), "{patch}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_file_keeps_who_may_read_it() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let (file, link) = (folder.path().join("a.toml"), folder.path().join("link.toml"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("it is ours");
    symlink("a.toml", &link).expect("links can be made");
    tool(folder.path(), &["check", "link.toml", "--fix"]);
    assert!(link.symlink_metadata().expect("it is there").is_symlink());
    assert!(fs::read_to_string(&file).expect("it can be read").contains("mid-term"));
    assert_eq!(file.metadata().expect("it is there").permissions().mode() & 0o777, 0o640);
}

/// The lines that a patch adds, without its marks.
fn added<'p>(lines: impl Iterator<Item = &'p str>) -> std::collections::BTreeSet<String> {
    let added = lines.filter(|line| !line.starts_with("+++")).filter_map(|line| line.strip_prefix('+'));
    added.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_patch_beside_a_gap_is_what_fix_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["mid-term-missing", "annual-reviews-missing", "one-review-passed"] {
        let path = format!("tests/fix/{name}.toml");
        let json: serde_json::Value =
            serde_json::from_slice(&tool(root, &["check", &path, "--format", "json"]).stdout)
                .expect("it is JSON");
        let results = json["definitions"][0]["results"].as_array().expect("there are results");
        let safe: Vec<_> = results.iter().filter(|one| one["fix"]["safe"] == true).collect();
        assert!(!safe.is_empty(), "{name} has something to mend");
        let shown = safe.iter().flat_map(|one| one["repair"]["patch"].as_array().expect("a patch has lines"));
        let shown = added(shown.map(|line| line.as_str().expect("a line is text")));
        let patch = text(&tool(root, &["check", &path, "--diff"]).stdout);
        // Keys that are only put in order stand beside no gap.
        let before = fs::read_to_string(root.join(&path)).expect("it can be read");
        let new = added(patch.lines()).into_iter().filter(|line| !before.lines().any(|old| old == line));
        let shown: std::collections::BTreeSet<String> =
            shown.into_iter().filter(|line| !before.lines().any(|old| old == line)).collect();
        assert_eq!(shown, new.collect(), "{name}");
        let closed: std::collections::BTreeSet<&str> = safe
            .iter()
            .flat_map(|one| one["repair"]["rules"].as_array().expect("there are rules"))
            .filter_map(|rule| rule.as_str())
            .collect();
        assert_eq!(
            closed,
            safe.iter().filter_map(|one| one["rule"].as_str()).collect(),
            "{name}: each rule that it closes is told so"
        );
    }
}

#[test]
fn a_misspelt_word_of_a_rule_is_a_warning_until_it_names_something() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("c.toml");
    let definition = |more: &str| {
        format!(
            "format = 1\n[project]\nstart = 2014-01-01\nend = 2014-12-31\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nparticipants = [\"Government\", \"Unheard of\"]\n{more}"
        )
    };
    let warnings = |more: &str| {
        fs::write(&file, definition(more)).expect("it can be written");
        let json: serde_json::Value =
            serde_json::from_slice(&tool(folder.path(), &["check", "c.toml", "--format", "json"]).stdout)
                .expect("it is JSON");
        json["diagnostics"].as_array().expect("there is a list").clone()
    };
    let found = warnings("");
    assert_eq!(found.len(), 1, "a word that no rule knows is as good as any: {found:?}");
    assert_eq!((&found[0]["severity"], &found[0]["instead"]), (&"warning".into(), &"\"government\"".into()));
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&8.into(), &17.into()));
    for name in ["Government", "GOVERNMENT"] {
        let party = format!("[[party]]\nname = \"{name}\"\ngroup = \"other\"\nstages = [\"design\"]\n");
        assert!(warnings(&party).is_empty(), "it may be meant by the name, however that is spelt: {name}");
    }
    assert!(
        warnings("criteria = [\"Impact\", \"IMPACT\"]\n").len() == 1,
        "two spellings of one word are left to a person"
    );
}

#[test]
fn nothing_is_listed_for_the_sake_of_a_rule_that_does_not_count() {
    let folder = folder();
    let plans = |options: &[&str]| {
        let output = tool(folder.path(), &[&["check", "a.toml", "--diff"], options].concat());
        (text(&output.stdout), text(&output.stderr))
    };
    assert!(plans(&[]).0.contains("+timing = \"mid-term\""));
    for options in
        [&["--allow", "mid-term-evaluation"][..], &["--allow", "mid-term-evaluation", "--unsafe-fixes"]]
    {
        let (patch, said) = plans(options);
        assert!(!patch.contains("mid-term"), "{options:?}: {patch}");
        assert!(!said.contains("mid-term"), "nor is it told why not: {said}");
    }
    fs::write(folder.path().join("evalplan.toml"), "allow = [\"mid-term-evaluation\"]\n")
        .expect("it can be written");
    assert!(!plans(&[]).0.contains("mid-term"), "a portfolio may say so");
    assert!(
        plans(&["--deny", "mid-term-evaluation"]).0.contains("mid-term"),
        "the command line comes after it"
    );
}
