//! Waivers written and listed, and baselines, which may only fall.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().expect("the tool was built")
}

fn code(arguments: &[&str]) -> i32 {
    run(arguments).status.code().expect("the tool ends by itself")
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).expect("the output is text")
}

/// A folder with a copy of the definition that has gaps.
fn portfolio() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("one.toml");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/example-gaps.toml"), &file)
        .expect("there is room for a file");
    let path = file.to_string_lossy().into_owned();
    (folder, path)
}

fn waive<'a>(path: &'a str, rule: &'a str, expires: &'a str) -> Vec<&'a str> {
    vec![
        "waive",
        rule,
        path,
        "--reason",
        "a \"cyclone\"",
        "--granted-by",
        "focal point",
        "--authority",
        "director",
        "--expires",
        expires,
        "--as-of",
        "2015-02-01",
    ]
}

#[test]
fn a_waiver_that_is_written_hides_its_finding_until_it_lapses() {
    let (_folder, path) = portfolio();
    let before = fs::read_to_string(&path).expect("the file is there");
    assert_eq!(code(&waive(&path, "mid-term-evaluation", "2015-06-30")), 0);
    let after = fs::read_to_string(&path).expect("the file is there");
    assert!(after.starts_with(&before), "the rest of the file stays");
    let findings = |day: &str| stdout(&["check", &path, "--as-of", day, "--format", "concise"]);
    assert!(!findings("2015-06-30").contains("ilo-2005/mid-term-evaluation"), "{}", findings("2015-06-30"));
    assert!(findings("2015-07-01").contains("error ilo-2005/mid-term-evaluation"));
    let shown = stdout(&["check", &path, "--as-of", "2015-03-01", "--format", "concise", "--include-waived"]);
    assert!(shown.contains("waived ilo-2005/mid-term-evaluation"), "{shown}");
}

#[test]
fn a_waiver_that_makes_no_sense_is_not_written() {
    let (_folder, path) = portfolio();
    let before = fs::read(&path).expect("the file is there");
    for (rule, expires) in [
        ("final-evaluation", "2015-06-30"),
        ("annual-reviews", "2015-06-30"),
        ("mid-term-evaluaton", "2015-06-30"),
        ("ilo-2002/mid-term-evaluation", "2015-06-30"),
        ("mid-term-evaluation", "2015-01-31"),
    ] {
        assert_eq!(code(&waive(&path, rule, expires)), 2, "{rule}");
    }
    assert_eq!(fs::read(&path).expect("the file is there"), before);
    assert_eq!(code(&waive(&path, "mid-term-evaluation", "2015-06-30")), 0);
    assert_eq!(code(&waive(&path, "mid-term-evaluation", "2015-06-30")), 2, "it is waived already");
}

#[test]
fn waivers_are_listed_with_the_days_that_are_left() {
    let (_folder, path) = portfolio();
    assert_eq!(code(&waive(&path, "mid-term-evaluation", "2015-06-30")), 0);
    let list = |more: &[&str], day: &str| run(&[&["waivers", path.as_str(), "--as-of", day], more].concat());
    let text = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text(&list(&[], "2015-06-30")).contains("in-force until 2015-06-30 (0 days left)"));
    assert!(text(&list(&[], "2015-07-02")).contains("lapsed since 2015-06-30 (2 days ago)"));
    for (more, day, code) in [
        (&["--expired"][..], "2015-06-30", 0),
        (&["--expired"], "2015-07-01", 1),
        (&["--expired", "--exit-zero"], "2015-07-01", 0),
        (&["--expiring-in", "30"], "2015-05-30", 0),
        (&["--expiring-in", "30"], "2015-05-31", 1),
        (&["--expiring-in", "30d"], "2015-05-31", 1),
        (&["--expiring-in", "soon"], "2015-05-31", 2),
        (&["--expiring-in", "30"], "2015-07-01", 0),
        (&[], "2015-07-01", 0),
    ] {
        assert_eq!(list(more, day).status.code(), Some(code), "{more:?} on {day}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&list(&["--format", "json"], "2015-06-01").stdout).expect("it is JSON");
    assert_eq!(json["waivers"][0]["days_left"], 29);
    assert_eq!(json["waivers"][0]["state"], "in-force");
}

#[test]
fn what_a_baseline_knows_does_not_count_and_may_only_fall() {
    let (folder, path) = portfolio();
    let baseline = folder.path().join("baseline.json").to_string_lossy().into_owned();
    let check = |more: &[&str]| code(&[&["check", path.as_str(), "--as-of", "2015-02-01"], more].concat());
    assert_eq!(check(&[]), 1);
    assert_eq!(check(&["--exit-zero", "--write-baseline", &baseline]), 0);
    assert_eq!(check(&["--baseline", &baseline]), 0);
    // One gap more: the employers leave the final evaluation.
    let text = fs::read_to_string(&path).expect("the file is there");
    let worse = text.replace(
        "participants = [\"government\", \"employers\", \"beneficiaries\"]",
        "participants = [\"government\", \"beneficiaries\"]",
    );
    assert_ne!(worse, text);
    fs::write(&path, worse).expect("there is room for a file");
    assert_eq!(check(&["--baseline", &baseline]), 1);
    assert_eq!(check(&["--write-baseline", &baseline, "--exit-zero"]), 2, "it may only fall");
    let better = text.replace(
        "participants = [\"government\", \"employers\", \"beneficiaries\"]",
        "participants = [\"government\", \"employers\", \"workers\", \"beneficiaries\"]",
    );
    fs::write(&path, better).expect("there is room for a file");
    assert_eq!(check(&["--write-baseline", &baseline, "--exit-zero"]), 0);
    fs::write(&path, text).expect("there is room for a file");
    assert_eq!(check(&["--baseline", &baseline]), 1, "what was closed may not come back");
    fs::write(&baseline, "{}").expect("there is room for a file");
    assert_eq!(check(&["--baseline", &baseline]), 2);
}

#[test]
fn a_baseline_is_lowered_by_the_command_that_the_tool_advises_and_keeps_the_others() {
    let (folder, path) = portfolio();
    let other = folder.path().join("other.toml").to_string_lossy().into_owned();
    fs::write(&other, "format = 1\n[project]\nstart = 2014-01-01\nend = 2014-12-31\n")
        .expect("there is room for a file");
    let baseline = folder.path().join("baseline.json").to_string_lossy().into_owned();
    let check =
        |paths: &[&str], more: &[&str]| code(&[&["check"], paths, &["--as-of", "2015-02-01"], more].concat());
    assert_eq!(check(&[&path, &other], &["--exit-zero", "--write-baseline", &baseline]), 0);
    let before = fs::read_to_string(&baseline).expect("it was written");
    assert_eq!(check(&[&path, &other], &["--baseline", &baseline, "--write-baseline", &baseline]), 0);
    assert_eq!(
        fs::read_to_string(&baseline).expect("it is there"),
        before,
        "nothing fell, so nothing is lowered"
    );
    assert_eq!(check(&[&path], &["--baseline", &baseline, "--write-baseline", &baseline]), 0);
    assert_eq!(
        fs::read_to_string(&baseline).expect("it is there"),
        before,
        "a definition that is not in the run stays"
    );
    fs::write(&other, "format = 1\n[project]\ntitel = 1\n").expect("there is room for a file");
    assert_eq!(check(&[&path, &other], &["--write-baseline", &baseline]), 2);
    assert_eq!(
        fs::read_to_string(&baseline).expect("it is there"),
        before,
        "nothing is written while one cannot be read"
    );
}

#[test]
fn a_waiver_that_hides_nothing_is_a_warning_in_every_format() {
    let (_folder, path) = portfolio();
    let text = fs::read_to_string(&path).expect("the file is there");
    let waiver = |rule: &str, granted: &str, expires: &str| {
        format!(
            "\n[[waiver]]\nrule = \"{rule}\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = {granted}\nexpires = {expires}\n"
        )
    };
    let unused = waiver("ilo-2005/final-evaluation", "2014-01-01", "2015-12-31");
    let lapsed = waiver("ilo-2005/mid-term-evaluation", "2014-01-01", "2014-12-31");
    let later = waiver("ilo-2005/evaluation-budget", "2015-06-01", "2016-01-01");
    fs::write(&path, format!("{text}{unused}{lapsed}{later}")).expect("there is room for a file");
    for format in ["concise", "json", "sarif", "github", "gitlab", "markdown"] {
        let said = stdout(&["check", &path, "--as-of", "2015-02-01", "--format", format]);
        for words in ["is not used", "lapsed after 2014-12-31", "not in force yet"] {
            assert!(said.contains(words), "{format} does not say `{words}`: {said}");
        }
    }
    let said = stdout(&["check", &path, "--as-of", "2015-02-01"]);
    assert!(said.contains("waiver begins on 2015-06-01 by g"), "{said}");
}

#[test]
fn a_lapsed_waiver_that_was_renewed_is_no_longer_looked_for() {
    let (_folder, path) = portfolio();
    let text = fs::read_to_string(&path).expect("the file is there");
    let waiver = |granted: &str, expires: &str| {
        format!(
            "\n[[waiver]]\nrule = \"ilo-2005/mid-term-evaluation\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = {granted}\nexpires = {expires}\n"
        )
    };
    let lapsed = waiver("2014-01-01", "2014-12-31");
    fs::write(&path, format!("{text}{lapsed}")).expect("there is room for a file");
    assert_eq!(code(&["waivers", &path, "--as-of", "2015-02-01", "--expired"]), 1);
    fs::write(&path, format!("{text}{lapsed}{}", waiver("2015-01-01", "2015-12-31")))
        .expect("there is room for a file");
    assert_eq!(code(&["waivers", &path, "--as-of", "2015-02-01", "--expired"]), 0);
}

#[test]
fn a_baseline_is_lowered_after_mending_though_what_was_planned_asks_new_questions() {
    let (folder, path) = portfolio();
    let baseline = folder.path().join("baseline.json").to_string_lossy().into_owned();
    let check =
        |more: &[&str]| code(&[&["check", path.as_str(), "--as-of", "2014-02-01", "-q"], more].concat());
    let known = || fs::read_to_string(&baseline).expect("it was written");
    assert_eq!(check(&["--write-baseline", &baseline, "--exit-zero"]), 0);
    assert!(known().contains("mid-term-evaluation"));
    let text = fs::read_to_string(&path).expect("the file is there");
    fs::write(
        &path,
        text.replace(
            "participants = [\"government\", \"employers\", \"beneficiaries\"]",
            "participants = [\"government\", \"employers\", \"workers\", \"beneficiaries\"]",
        ),
    )
    .expect("there is room for a file");
    assert_eq!(
        check(&["--write-baseline", &baseline, "--exit-zero"]),
        0,
        "nothing is missing in the participants"
    );
    assert!(!known().contains("constituents-in-evaluations"));
    assert_eq!(
        check(&["--fix", "--exit-zero"]),
        0,
        "the mid-term is planned, and nobody knows who takes part in it"
    );
    let output =
        run(&["check", &path, "--as-of", "2014-02-01", "--write-baseline", &baseline, "--exit-zero"]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("undecided, and not known") && told.contains("constituents-in-evaluations"),
        "{told}"
    );
    assert!(!known().contains("mid-term-evaluation"), "what was closed is lowered");
    assert!(!known().contains("constituents-in-evaluations"), "what is new is not known");
}

#[test]
fn a_waiver_is_renewed_before_it_lapses() {
    let (_folder, path) = portfolio();
    let waive = |expires: &str, day: &str| {
        let fixed =
            ["--reason", "r", "--granted-by", "g", "--authority", "a", "--expires", expires, "--as-of", day];
        run(&[&["waive", "ilo-2005/mid-term-evaluation", &path], &fixed[..]].concat())
    };
    assert_eq!(waive("2014-12-31", "2014-02-01").status.code(), Some(0));
    let again = waive("2014-12-31", "2014-12-01");
    assert_eq!(again.status.code(), Some(2), "it says no more than the one that is there");
    assert!(String::from_utf8_lossy(&again.stderr).contains("waived already, until 2014-12-31"));
    assert_eq!(waive("2015-12-31", "2014-12-01").status.code(), Some(0));
    let states = |day: &str, more: &[&str]| {
        let json: serde_json::Value = serde_json::from_str(&stdout(
            &[&["waivers", path.as_str(), "--format", "json", "--as-of", day], more].concat(),
        ))
        .expect("it is JSON");
        let waivers = json["waivers"].as_array().expect("there is a list").clone();
        waivers.iter().map(|one| one["state"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(states("2014-11-30", &[]), ["in-force", "not-yet"]);
    assert_eq!(states("2014-12-01", &[]), ["renewed", "in-force"]);
    assert_eq!(states("2014-12-15", &["--expiring-in", "30"]), [""; 0], "it is renewed already");
    assert_eq!(states("2015-12-15", &["--expiring-in", "30"]), ["in-force"]);
}

#[test]
fn a_gap_is_more_than_a_rule_that_was_undecided() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("one.toml");
    let (path, baseline) =
        (file.to_string_lossy().into_owned(), folder.path().join("b.json").to_string_lossy().into_owned());
    let write = |participants: &str| {
        let text = format!(
            "format = 1\n[project]\nstart = 2014-01-01\nend = 2014-12-31\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\n{participants}"
        );
        fs::write(&file, text).expect("there is room for a file");
    };
    let check = |more: &[&str]| code(&[&["check", path.as_str(), "--as-of", "2014-02-01"], more].concat());
    write("");
    assert_eq!(check(&["--write-baseline", &baseline, "--exit-zero"]), 0);
    assert!(
        fs::read_to_string(&baseline)
            .expect("it was written")
            .contains("\"ilo-tripartism/constituents-in-evaluations\": 0")
    );
    assert_eq!(check(&["--baseline", &baseline]), 0);
    write("participants = [\"government\", \"employers\"]\n");
    assert_eq!(check(&["--baseline", &baseline]), 1, "it turns out to be a gap");
    assert_eq!(check(&["--write-baseline", &baseline, "--exit-zero"]), 2);
    write("participants = [\"government\", \"employers\", \"workers\"]\n");
    let output = run(&["check", &path, "--as-of", "2014-02-01", "--baseline", &baseline]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("1 of its counts can be lowered"),
        "it is known no more"
    );
}

#[test]
fn a_waiver_of_a_rule_that_does_not_bind_is_told_to_be_unused_and_one_known_in_part_to_be_doubtful() {
    let (_folder, file) = portfolio();
    let text = fs::read_to_string(&file).expect("it is there");
    let waiver = |rule: &str, expires: &str| {
        format!(
            "\n[[waiver]]\nrule = \"{rule}\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = 2014-01-01\nexpires = {expires}\n"
        )
    };
    let said = |text: &str, options: &[&str]| {
        fs::write(&file, text).expect("there is room for a file");
        let output = run(&[&["check", &file, "--as-of", "2015-06-01"], options].concat());
        String::from_utf8(output.stderr).expect("messages are text")
    };
    let unbound = text.clone() + &waiver("ilo-2017/final-evaluation", "2030-01-01");
    assert!(said(&unbound, &[]).contains("is not used: its rule does not bind this definition"));
    assert!(
        !said(&unbound, &["--policy", "ilo-2002"]).contains("does not bind"),
        "the user asks what another edition would say"
    );
    let in_part = text + &waiver("ilo-2005/mid-term-evaluation", "\"2015\"");
    let told = said(&in_part, &[]);
    assert!(told.contains("may have lapsed, for its last day is known only as 2015"), "{told}");
}

#[test]
fn a_waiver_gives_its_ground_and_tripartism_is_not_waived_for_lack_of_money() {
    let (_folder, path) = portfolio();
    let rule = "ilo-tripartism/constituents-at-every-stage";
    let with = |ground: &str| {
        let mut words = waive(&path, rule, "2015-12-31");
        words.extend(["--ground", ground]);
        code(&words)
    };
    assert_eq!(with("weather"), 2, "a word that is none of the list");
    assert_eq!(with("finances"), 0);
    assert!(fs::read_to_string(&path).expect("it is there").contains("ground = \"finances\"\nreason = "));
    let day = ["--as-of", "2015-02-01"];
    let listed = stdout(&[&["waivers", path.as_str()][..], &day].concat());
    assert!(listed.contains("    finances: a \"cyclone\", by focal point (director)"), "{listed}");
    let json = stdout(&[&["waivers", path.as_str(), "--format", "json"][..], &day].concat());
    assert!(json.contains("\"ground\": \"finances\""), "{json}");
    let csv = stdout(&[&["waivers", path.as_str(), "--format", "csv"][..], &day].concat());
    assert!(
        csv.contains(
            "code,path,line,rule,state,granted,expires,days left,granted by,authority,ground,reason"
        ),
        "{csv}"
    );
    let found = stdout(&[&["check", path.as_str(), "--format", "concise"][..], &day].concat());
    assert!(found.contains("error ilo-tripartism/tripartism-whatever-the-finances "), "{found}");
    assert_eq!(
        code(&waive(&path, "ilo-tripartism/tripartism-whatever-the-finances", "2015-12-31")),
        2,
        "it cannot be waived"
    );
    let safe = fs::read_to_string(&path)
        .expect("it is there")
        .replace("ground = \"finances\"", "ground = \"security\"");
    fs::write(&path, safe).expect("there is room");
    let found = stdout(&[&["check", path.as_str(), "--format", "concise"][..], &day].concat());
    assert!(
        !found.contains("tripartism-whatever-the-finances") && !found.contains("money-in-the-reason"),
        "{found}"
    );
}
