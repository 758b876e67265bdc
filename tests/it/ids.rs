//! Ids that are no more: one that a rule bore before is taken wherever an id is, and of a rule that is gone it is told why, which is
//! never a fault. And who has reviewed a pack.

use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

const PACK: &str = "format = 1\nid = \"tried\"\ntitle = \"Tried\"\nselection = \"joins\"\n\
    retired = [{ id = \"gone\", because = \"nobody asks for it any more\" }]\n\
    [[document]]\nid = \"d\"\ntitle = \"D\"\nissuer = \"I\"\n";

/// A rule and a duty, each with the name that it bore before.
const RULE: &str = "id = \"office\"\ntitle = \"An office\"\nstatus = \"inferred\"\naliases = [\"bureau\"]\n\
    cite = { source = \"d\", at = \"par. 1\" }\ncheck = { condition = 'has(project.implementer)' }\n\
    [[case]]\nname = \"by its old name\"\ngiven = { project = { title = \"T\" } }\nexpect = { bureau = \"gap\" }\n";
const TABLE: &str = "id = \"by-length\"\ntitle = \"By length\"\nstatus = \"inferred\"\ncite = { source = \"d\", at = \"par. 2\" }\n\
    axis = \"project.duration\"\n[[duty]]\nid = \"closing\"\ntitle = \"Closing\"\naliases = [\"ending\"]\n\
    [[band]]\nid = \"all\"\nwhen = { min = \"1 months\" }\n\
    requires = [{ duty = \"closing\", evaluation = { timing = \"ex-post\" } }]\n";

const PROJECT: &str =
    "format = 1\n[project]\ncode = \"p\"\ntitle = \"T\"\nstart = 2008-01-01\nend = 2008-12-31\n";

fn folder(project: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::create_dir_all(folder.path().join("rules/tried")).expect("there is room for a folder");
    let files = [
        ("rules/tried/pack.toml", PACK),
        ("rules/tried/office.toml", RULE),
        ("rules/tried/by-length.toml", TABLE),
        ("p.toml", project),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder.path()).args(arguments).output().expect("the tool was built")
}

/// Both streams of a run, and how it ended.
fn told(folder: &TempDir, arguments: &[&str]) -> (String, i32) {
    let output = run(folder, arguments);
    let text = [output.stdout, output.stderr].concat();
    (
        String::from_utf8(text).expect("the output is text"),
        output.status.code().expect("the tool ends by itself"),
    )
}

const CHECK: [&str; 8] = ["check", "p.toml", "--rules", "rules", "--packs", "tried", "--as-of", "2008-06-01"];

fn check(folder: &TempDir, more: &[&str]) -> (String, i32) {
    told(folder, &[&CHECK[..], more].concat())
}

const BOTH: [&str; 2] = ["tried/bureau", "ending"];

#[test]
fn the_command_line_and_the_portfolio_take_a_rule_by_the_name_it_bore_before() {
    let portfolio = folder(PROJECT);
    let (text, code) = check(&portfolio, &["--format", "concise"]);
    assert!(
        text.contains("error tried/office") && text.contains("error tried/closing") && code == 1,
        "{text}"
    );
    let (text, code) = check(&portfolio, &["--format", "concise", "--allow", BOTH[0], "--allow", BOTH[1]]);
    assert!(!text.contains("tried/office") && !text.contains("tried/closing") && code == 0, "{text}");
    let (text, _) = check(&portfolio, &["--format", "concise", "--warn", BOTH[0]]);
    assert!(text.contains("warning tried/office"), "{text}");
    fs::write(
        portfolio.path().join("evalplan.toml"),
        format!("allow = [\"{}\", \"{}\"]\n", BOTH[0], BOTH[1]),
    )
    .expect("it can be written");
    assert_eq!(check(&portfolio, &[]).1, 0);
    let (text, code) = told(&portfolio, &["explain", "tried/bureau", "--rules", "rules"]);
    assert!(text.starts_with("tried/office: An office") && code == 0, "{text}");
    assert!(told(&portfolio, &["rules", "show", "bureau", "--rules", "rules"]).0.starts_with("tried/office"));
}

#[test]
fn a_waiver_a_baseline_and_a_case_take_a_rule_by_the_name_it_bore_before() {
    let waiver = |rule: &str| {
        format!(
            "[[waiver]]\nrule = \"{rule}\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = 2008-01-01\nexpires = 2008-12-31\n"
        )
    };
    let waived = folder(&format!("{PROJECT}{}{}", waiver(BOTH[0]), waiver(BOTH[1])));
    let (text, code) = check(&waived, &[]);
    assert!(text.contains("2 waived") && code == 0, "{text}");
    let plain = folder(PROJECT);
    let grant = [
        "--reason",
        "r",
        "--granted-by",
        "g",
        "--authority",
        "a",
        "--granted",
        "2008-01-01",
        "--expires",
        "2008-12-31",
    ];
    let (text, code) = told(
        &plain,
        &[&["waive", "tried/bureau", "p.toml", "--rules", "rules", "--as-of", "2008-06-01"], &grant[..]]
            .concat(),
    );
    assert!(text.contains("waived: tried/office in p.toml") && code == 0, "{text}");
    let known = folder(PROJECT);
    let counts = "{ \"format\": \"evalplan/baseline/1\", \"counts\": { \"p\": { \"tried/bureau\": 1, \"tried/ending\": 1 } } }";
    fs::write(known.path().join("known.json"), counts).expect("it can be written");
    let (text, code) = check(&known, &["--baseline", "known.json"]);
    assert!(text.contains("2 findings are known") && code == 0, "{text}");
    assert_eq!(
        check(&known, &["--baseline", "known.json", "--write-baseline", "known.json"]).1,
        0,
        "nothing has risen"
    );
    let written = fs::read_to_string(known.path().join("known.json")).expect("it is there");
    assert!(
        written.contains("tried/office") && written.contains("tried/closing") && !written.contains("bureau"),
        "{written}"
    );
    let (text, code) = told(&known, &["rules", "test", "rules"]);
    assert!(text.contains("1 cases, 0 failed") && code == 0, "{text}");
}

const GONE: &str = "is retired: nobody asks for it any more";

#[test]
fn of_a_rule_that_is_gone_it_is_told_why_and_nothing_fails() {
    let plain = folder(PROJECT);
    let allowed = ["--allow", "office", "--allow", "closing"];
    for option in ["--allow", "--warn", "--deny"] {
        let (text, code) = check(&plain, &[&allowed[..], &[option, "tried/gone"]].concat());
        assert!(text.contains("note[retired-rule]") && text.contains(GONE) && code == 0, "{text}");
    }
    fs::write(plain.path().join("evalplan.toml"), "allow = [\"gone\", \"office\", \"closing\"]\n")
        .expect("it can be written");
    let (text, code) = check(&plain, &["--fail-on", "note"]);
    assert!(text.contains(GONE) && code == 0, "{text}");
    for command in [
        &["explain", "tried/gone", "--rules", "rules"][..],
        &["rules", "show", "gone", "--rules", "rules"],
        &["explain", "gone", "--rules", "rules", "--definition", "p.toml"],
    ] {
        let (text, code) = told(&plain, command);
        assert!(text.contains("the rule `tried/gone` is retired") && code == 0, "{text}");
    }
    let waiver = "[[waiver]]\nrule = \"tried/gone\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = 2008-01-01\nexpires = 2008-12-31\n";
    let waived = folder(&format!("{PROJECT}{waiver}"));
    let (text, code) = check(&waived, &allowed);
    assert!(
        text.contains(&format!(
            "the waiver of `tried/gone` covers nothing any more: the rule `tried/gone` {GONE}"
        )) && code == 0,
        "{text}"
    );
    let counts = "{ \"format\": \"evalplan/baseline/1\", \"counts\": { \"p\": { \"tried/gone\": 1, \"tried/office\": 1, \"tried/closing\": 1 } } }";
    fs::write(waived.path().join("known.json"), counts).expect("it can be written");
    let (text, code) = check(&waived, &["--baseline", "known.json", "--write-baseline", "known.json"]);
    assert!(text.contains(GONE) && code == 0, "{text}");
    assert!(!fs::read_to_string(waived.path().join("known.json")).expect("it is there").contains("gone"));
    let (text, code) = told(&waived, &["explain", "ilo-2020/monitoring-share"]);
    assert!(text.contains("is retired") && text.contains("three per cent") && code == 0, "{text}");
}

#[test]
fn every_pack_says_who_has_reviewed_it() {
    let nobody = "nobody outside this project has reviewed this pack";
    let plain = folder(PROJECT);
    let list = told(&plain, &["rules", "list"]).0;
    let packs = list.lines().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(list.matches(nobody).count(), packs, "{list}");
    assert!(told(&plain, &["rules", "show", "ilo-2005/annual-reviews"]).0.contains(nobody));
    let pack = PACK.replace(
        "retired =",
        "reviewed-by = [{ who = \"A. Reader\", on = 2026-03-01, what = \"every rule\" }]\nretired =",
    );
    fs::write(plain.path().join("rules/tried/pack.toml"), pack).expect("it can be written");
    let said = "reviewed by A. Reader on 2026-03-01 (every rule)";
    assert!(told(&plain, &["rules", "list", "--rules", "rules"]).0.contains(said));
    for format in ["markdown", "html"] {
        let report = told(
            &plain,
            &["report", "p.toml", "--rules", "rules", "--as-of", "2008-06-01", "--format", format],
        )
        .0;
        assert!(
            report.contains("reviewed by A. Reader on ")
                && report.contains("nobody outside this project has reviewed"),
            "{format}"
        );
        assert!(report.contains("no verdict of the ILO"), "{format}");
    }
}
