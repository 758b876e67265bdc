//! `--unsafe-fixes` decides what the user lets it decide, and nothing else: no fact is taken back, and nothing is done for the sake of
//! a rule that is allowed.

use std::fs;
use std::process::Command;

const HEAD: &str = "format = 1\npolicy = \"ilo-2005\"\nproject.title = \"T\"\nproject.start = 2014-01-01\nproject.end = 2015-12-31\n";

/// The patch and what is told beside it, of a definition on a day.
fn mended(text: &str, as_of: &str, options: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::write(folder.path().join("a.toml"), text).expect("there is room for a file");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder.path())
        .args(["check", "a.toml", "--diff", "--unsafe-fixes", "--as-of", as_of])
        .args(options);
    let output = tool.output().expect("the tool was built");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is text");
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn what_the_file_states_is_not_taken_back() {
    for (text, stated) in [
        ("[[recommendation]]\nid = \"a\"\nresponse = \"accepted\"\n", "accepted"),
        (
            "[[outcome]]\nid = \"o\"\ntitle = \"O\"\n[[risk]]\nid = \"r\"\nkind = \"risk\"\nlevel = \"high\"\n",
            "\"risk\"",
        ),
        (
            "[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"internal\"\ncompleted = 2014-12-10\nparticipants = [\"government\"]\n",
            "internal",
        ),
    ] {
        let (patch, _) = mended(&format!("{HEAD}budget.total = \"USD 500000\"\n{text}"), "2015-02-01", &[]);
        let taken: Vec<&str> =
            patch.lines().filter(|line| line.starts_with('-') && !line.starts_with("---")).collect();
        assert!(taken.is_empty(), "`{stated}` stays: {taken:?}");
    }
}

#[test]
fn what_is_to_come_may_be_made_more_independent_and_its_lists_longer() {
    let text = "[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"internal\"\ndate = 2015-12-10\nparticipants = [\"government\"]\n";
    let (patch, _) = mended(&format!("{HEAD}budget.total = \"USD 500000\"\n{text}"), "2014-02-01", &[]);
    assert!(
        patch.contains("+independence = \"independent-internal\"")
            && patch
                .contains("+participants = [\"government\", \"employers\", \"workers\", \"beneficiaries\"]"),
        "{patch}"
    );
}

#[test]
fn rules_that_are_allowed_bring_no_words_either() {
    let text = format!("{HEAD}budget.total = \"USD 100000\"\n");
    let words = |options: &[&str]| {
        let (patch, _) = mended(&text, "2013-06-01", options);
        assert!(patch.contains("+timing = \"final\""), "{patch}");
        (patch.contains("+participants"), patch.contains("+criteria"))
    };
    assert_eq!(words(&[]), (true, true));
    assert_eq!(words(&["--allow", "constituents-in-evaluations"]), (false, true));
    assert_eq!(words(&["--allow", "constituents-in-evaluations,evaluation-criteria"]), (false, false));
}

#[test]
fn a_gap_that_is_undecided_once_a_word_is_respelt_is_told() {
    let all = "\"efficiency\", \"effectiveness\", \"impact\", \"sustainability\"";
    let text = format!(
        "{HEAD}[[evaluation]]\nid = \"mid-term\"\ntiming = \"mid-term\"\ncriteria = [\"Relevance\", {all}]\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\n"
    );
    let (patch, said) = mended(&text, "2013-06-01", &[]);
    assert!(patch.contains("+criteria = [\"relevance\", "), "{patch}");
    assert!(said.contains("`ilo-2005/evaluation-criteria` was not met and is undecided now: supply `evaluation.final.criteria`"), "{said}");
}
