//! Exit 0 means that everything was looked at: a definition to which no rule applies is a finding, and a pack of which it is not
//! known whether it applies is not passed over.

use std::fs;
use std::path::Path;
use std::process::Command;

const SOUND: &str = include_str!("../../projects/example-complete.toml");
const DAY: &str = "2014-06-01";

fn union(start: &str) -> String {
    format!(
        "format = 1\n[project]\ntitle = \"A union programme\"\nkind = \"union-programme\"\n{start}\n[[donor]]\nname = \"Belgium\"\n"
    )
}

/// What a command says of some definitions, and how it ends.
fn run(command: &[&str], definitions: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("there is room");
    for (path, text) in definitions {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it is ours");
        fs::write(path, text).expect("it is ours");
    }
    let files = definitions
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| !path.contains('/') && *path != "evalplan.toml");
    let output = Command::new(Path::new(env!("CARGO_BIN_EXE_evalplan")))
        .current_dir(folder.path())
        .args(command)
        .args(files)
        .args(["--as-of", DAY])
        .output()
        .expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn a_pack_that_may_join_leaves_its_rules_undecided_and_names_the_fact() {
    let (code, told) = run(
        &["check", "--undecided", "error", "--format", "concise"],
        &[("u.toml", &union("")), ("ok.toml", SOUND)],
    );
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("belgium-trade-unions/eligible-body") && told.contains("`project.start`"),
        "{told}"
    );
    let (code, told) = run(&["check", "--format", "concise"], &[("u.toml", &union("start = 2010-01-01"))]);
    assert!(
        code == Some(0) && told.contains("belgium-trade-unions/eligible-body"),
        "where the start is known the pack joins:\n{told}"
    );
    let (code, told) = run(&["check", "--format", "concise"], &[("u.toml", &union("start = 2005-01-01"))]);
    assert_eq!(
        (code, told.contains("not-assessed")),
        (Some(3), true),
        "and before the first day of the pack nothing applies:\n{told}"
    );
}

#[test]
fn a_definition_to_which_no_rule_applies_fails_beside_sound_ones_and_can_be_allowed() {
    let unseen = "format = 1\n[project]\ntitle = \"T\"\nkind = \"union-programme\"\nstart = 2001-01-01\nend = 2001-12-31\n";
    let both = [("a.toml", unseen), ("ok.toml", SOUND)];
    let (code, told) = run(&["check", "--format", "concise"], &both);
    assert!(code == Some(1) && told.contains("a.toml:4:8: error evalplan/not-assessed"), "{told}");
    assert!(
        told.contains("no rule pack is for this definition, which is of the kind `union-programme`"),
        "{told}"
    );
    for allowed in ["evalplan/not-assessed", "not-assessed"] {
        assert_eq!(run(&["check", "--allow", allowed], &both).0, Some(0));
    }
    assert_eq!(run(&["check"], &both[..1]).0, Some(3), "alone");
    assert_eq!(run(&["schedule"], &both[..1]).0, Some(3));
    let (code, told) = run(&["schedule"], &both);
    assert!(code == Some(1) && told.contains("error: a.toml: no rule pack is for this definition"), "{told}");
    let (code, told) =
        run(&["schedule"], &[both[0], both[1], ("evalplan.toml", "allow = [\"not-assessed\"]\n")]);
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn of_two_packs_between_which_a_missing_fact_decides_both_are_undecided_and_what_holds_either_way_is_met() {
    let pack = |id: &str, joins: &str| {
        format!(
            "format = 1\nid = \"{id}\"\ntitle = \"Our fund\"\nselection = \"joins\"\njoins = '{joins}'\n[[document]]\nid = \"d\"\ntitle = \"D\"\nissuer = \"I\"\ndate = \"2013\"\n"
        )
    };
    let rule = |end: &str| {
        format!(
            "id = \"end\"\ntitle = \"A project that ends in time\"\nstatus = \"confirmed\"\ncite = {{ source = \"d\", at = \"p. 1\" }}\nremedy = \"End it.\"\n[check]\ncondition = 'project.end < date(\"{end}\")'\n"
        )
    };
    let of = |end: &str| {
        let (old, new) = (
            pack("fund-old", "project.approved < date(\"2013-01-01\")"),
            pack("fund-new", "project.approved >= date(\"2013-01-01\")"),
        );
        let files = [
            ("rules/fund-old/pack.toml", old.as_str()),
            ("rules/fund-new/pack.toml", new.as_str()),
            ("rules/fund-old/end.toml", &rule(end)),
            ("rules/fund-new/end.toml", &rule(end)),
            ("p.toml", "format = 1\n[project]\ntitle = \"T\"\nstart = 2014-01-01\nend = 2014-12-31\n"),
        ];
        run(&["check", "--rules", "rules", "--format", "csv"], &files).1
    };
    let verdicts = |told: String| -> Vec<String> {
        let lines = told.lines().filter(|line| line.contains("fund-"));
        lines
            .map(|line| {
                ["met", "gap", "undecided", "not-applicable"]
                    .into_iter()
                    .find(|word| line.contains(&format!(",{word},")))
                    .unwrap_or("?")
                    .to_owned()
            })
            .collect()
    };
    let late = of("2014-06-01");
    assert!(late.contains("project.approved"), "{late}");
    assert_eq!(verdicts(late), ["undecided", "undecided"]);
    assert!(verdicts(of("2016-01-01")).iter().all(|word| word == "met"));
}
