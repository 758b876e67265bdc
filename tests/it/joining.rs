//! Packs that join: from the date of their text, on any table that belongs to them, with the reason, and never unannounced.

use evalplan::assess::{Assessment, Choice, Explainer, assess};
use evalplan::checks::Verdict;
use evalplan::expr::{Scope, Trace, compile};
use evalplan::facts::Facts;
use evalplan::import;
use evalplan::model::{Date, Definition};
use evalplan::policy::Catalog;
use evalplan::source::Sources;
use std::process::Command;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::shipped);

fn definition(text: &str) -> Definition {
    let text = format!("format = 1\n{text}");
    let read = import::toml::read(&mut Sources::default(), "test.toml", text.as_bytes(), &CATALOG.lexicon);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value.expect("it was read")
}

fn told<'c>(definition: &'c Definition, packs: &[&str]) -> Assessment<'c> {
    let choice = Choice { packs: packs.iter().map(|pack| (*pack).to_owned()).collect(), ..Choice::default() };
    let day: Date = "2010-01-01".parse().expect("it is a day");
    assess(&CATALOG, definition, day, &choice).expect("the packs are there")
}

/// The verdicts of the rules of one pack, and the first reason.
fn of_pack(told: &Assessment<'_>, pack: &str) -> (Vec<Verdict>, String) {
    let findings = || told.findings.iter().filter(|finding| *finding.rule.pack == *pack);
    let because = findings().next().map(|finding| Explainer::new(told).because(finding)).unwrap_or_default();
    (findings().map(|finding| finding.verdict).collect(), because)
}

const RISK: &str = "[[risk]]\nid = \"r\"\nkind = \"risk\"\n";

#[test]
fn a_pack_is_in_force_from_the_date_of_its_text() {
    let old = definition(&format!("[project]\nstart = 2005-12-31\nend = 2007-12-31\n{RISK}"));
    let told_of_old = told(&old, &[]);
    let (verdicts, because) = of_pack(&told_of_old, "ilo-design");
    assert!(
        verdicts.len() > 10 && verdicts.iter().all(|verdict| *verdict == Verdict::NotApplicable),
        "{verdicts:?}"
    );
    assert_eq!(because, "its text is of 2006, and the project began on 2005-12-31");
    assert!(told_of_old.chosen.pack_ids().contains(&"ilo-design"), "it joins");
    let new = definition(&format!("[project]\nstart = 2006-01-01\nend = 2007-12-31\n{RISK}"));
    assert!(of_pack(&told(&new, &[]), "ilo-design").0.contains(&Verdict::Gap), "on the first day it binds");
    let unknown = definition(&format!("[project]\ntitle = \"T\"\nend = 2007-12-31\n{RISK}"));
    assert!(
        of_pack(&told(&unknown, &[]), "ilo-design").0.contains(&Verdict::Gap),
        "a start that is not known weakens nothing"
    );
    let gender = |start: &str| {
        let project = definition(&format!("[project]\nstart = {start}\nend = 2001-12-31\n{RISK}"));
        of_pack(&told(&project, &[]), "ilo-gender").0.contains(&Verdict::Gap)
    };
    assert!(gender("\"1999\"") && gender("1999-06-01") && !gender("1999-05-31"), "it may have begun later");
    assert!(
        of_pack(&told(&old, &["+ilo-design"]), "ilo-design").0.contains(&Verdict::Gap),
        "who names it means it"
    );
}

#[test]
fn the_date_is_told_as_exactly_as_it_is_known() {
    let theme =
        definition("[project]\nkind = \"thematic-programme\"\nstart = \"2002-10\"\nend = 2004-12-31\n");
    let told = told(&theme, &[]);
    assert_eq!(
        of_pack(&told, "ilo-thematic").1,
        "its text is of November 2002, and the programme began in 2002-10"
    );
    assert!(told.is_assessed(), "a pack was looked at");
    assert!(!told.findings.iter().any(|finding| &*finding.rule.id == "evalplan/not-assessed"));
    let notes = Explainer::new(&told).notes(&told);
    let said = notes.iter().find(|note| note.contains("`ilo-thematic`")).expect("there is a visible line");
    assert_eq!(
        said,
        "`ilo-thematic` joins, but does not apply: its text is of November 2002, and the programme began in 2002-10"
    );
}

#[test]
fn tripartism_stays_before_its_text_and_an_older_programme_never_ends_with_no_rule() {
    let old = definition("[project]\nstart = 1998-01-01\nend = 1999-12-31\n");
    let told_of_old = told(&old, &[]);
    assert!(of_pack(&told_of_old, "ilo-tripartism").0.contains(&Verdict::Gap), "it holds for every project");
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let text = "format = 1\n[project]\nkind = \"country-programme\"\nstart = 2002-01-01\nend = 2005-12-31\n";
    std::fs::write(folder.path().join("p.toml"), text).expect("it can be written");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    let output = tool
        .current_dir(folder.path())
        .args(["check", "p.toml", "--as-of", "2010-01-01"])
        .output()
        .expect("the tool was built");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains("`ilo-country-programme` joins, but does not apply: its text is of 2006"),
        "{text}"
    );
}

#[test]
fn a_table_that_stands_once_is_there_with_any_of_its_keys() {
    let asks = |condition: &str, text: &str| {
        let expr =
            compile(condition, &Scope::default()).unwrap_or_else(|error| panic!("{condition}: {error:?}"));
        let definition = definition(text);
        let facts = Facts::new(&definition, "2010-01-01".parse().expect("it is a day"));
        let mut trace = Trace::new();
        let holds = expr.evaluate(&facts, None, &mut trace).to_string();
        (holds, expr.reasons(&facts, &trace))
    };
    let yes = |word: &str, table: &str| ("true".to_owned(), word.to_owned() + table);
    for (table, key) in [
        ("sustainability", "exit = \"E\""),
        ("monitoring", "responsible = \"R\""),
        ("gender", "budget = \"USD 1\""),
        ("partnership", "earmarked = \"USD 1\""),
        ("un-framework", "preparation = 2006-01-01"),
    ] {
        let condition = format!("has(project.{table})");
        assert_eq!(
            asks(&condition, &format!("[{table}]\n{key}\n")),
            yes("the file has ", &format!("[{table}]")),
            "{table}"
        );
        assert_eq!(asks(&condition, &format!("[{table}]\n")).0, "false", "a header alone is no fact");
        assert_eq!(asks(&condition, "").1, format!("the file has no [{table}]"));
    }
    assert_eq!(
        asks("has(project.budget)", "[budget]\nevaluation = \"USD 1\"\n").0,
        "false",
        "`project.budget` is the total"
    );
    for wrong in ["has(project.sustainabilty)", "has(project)", "project.sustainability == \"x\""] {
        assert!(compile(wrong, &Scope::default()).is_err(), "{wrong}");
    }
}

#[test]
fn any_table_of_a_pack_makes_it_join() {
    let start = "[project]\nstart = 2008-01-01\nend = 2009-12-31\n";
    for (pack, tables) in [
        (
            "ilo-design",
            &["[sustainability]\nhand-over = \"2009-06\"\n", "[monitoring]\nlessons = \"L\"\n", RISK][..],
        ),
        (
            "ilo-gender",
            &[
                "[gender]\nbudget = \"USD 1\"\n",
                "[sustainability]\nexit = \"E\"\n",
                "[monitoring]\nresponsible = \"R\"\n",
            ],
        ),
        ("private-partner", &["[partnership]\nearmarked = \"USD 1\"\n", "[[partner]]\nname = \"P\"\n"]),
    ] {
        assert!(!told(&definition(start), &[]).chosen.pack_ids().contains(&pack), "{pack}");
        for table in tables {
            let project = definition(&format!("{start}{table}"));
            let told = told(&project, &[]);
            assert!(told.chosen.pack_ids().contains(&pack), "{pack}: {table}");
            let header = table.lines().next().unwrap_or_default();
            let because = told
                .joined
                .iter()
                .find(|joined| &*joined.pack.id == pack)
                .and_then(|joined| Explainer::new(&told).joined(joined).0);
            assert_eq!(because, Some(format!("the file has {header}")), "{pack}");
        }
    }
}

#[test]
fn one_note_a_file_says_why_packs_join_and_is_short() {
    let full = "[project]\nstatus = \"pipeline\"\nstart = 2008-01-01\nend = 2009-12-31\n\
        [[outcome]]\nid = \"o\"\n[[output]]\nid = \"p\"\n[[indicator]]\nid = \"i\"\n[sustainability]\nexit = \"E\"\n";
    let project = definition(&format!("{full}{RISK}"));
    let of_project = told(&project, &[]);
    let notes = Explainer::new(&of_project).notes(&of_project);
    let joins: Vec<&String> = notes.iter().filter(|note| note.contains("join")).collect();
    assert_eq!(
        joins,
        [
            "`ilo-design` and `ilo-gender` join because `project.status` is pipeline and the file has [[outcome]], [[output]] and 3 more"
        ]
    );
    let plain = definition("[project]\nstart = 2008-01-01\nend = 2009-12-31\n");
    let of_plain = told(&plain, &[]);
    let notes_of_plain = Explainer::new(&of_plain).notes(&of_plain);
    assert!(
        !notes_of_plain.iter().any(|note| note.contains("join")),
        "what joins every project needs no reason"
    );
}

#[test]
fn a_remedy_that_wakes_packs_says_so() {
    let rest = "start = 2021-01-01\nend = 2022-12-31\n[budget]\ntotal = \"USD 2000000\"\n";
    let choice = Choice { policy: Some("ilo-2020".to_owned()), ..Choice::default() };
    let day: Date = "2021-06-01".parse().expect("it is a day");
    let remedy = |project: &Definition| {
        let told = assess(&CATALOG, project, day, &choice).expect("the packs are there");
        let finding = told
            .findings
            .iter()
            .find(|finding| &*finding.rule.id == "ilo-2020/risk-register")
            .expect("it binds");
        assert_eq!(finding.verdict, Verdict::Gap);
        Explainer::new(&told).remedy(finding).expect("it has one")
    };
    let asleep = remedy(&definition(&format!("[project]\n{rest}")));
    assert!(
        asleep.ends_with(
            "Once the file has [[risk]], `ilo-design` and `ilo-gender` join: their rules then apply too."
        ),
        "{asleep}"
    );
    let awake = remedy(&definition(&format!("[project]\n{rest}[[outcome]]\nid = \"o\"\n")));
    assert!(!awake.contains("Once the file has"), "they have joined: {awake}");
    let old = definition("[project]\nstatus = \"active\"\nstart = 2003-01-01\nend = 2004-12-31\n");
    let told = told(&old, &["+ilo-project-document"]);
    let design = told
        .findings
        .iter()
        .find(|finding| &*finding.rule.id == "ilo-project-document/design-on-file")
        .expect("it is named");
    let remedy = Explainer::new(&told).remedy(design).expect("it has one");
    assert!(
        remedy.contains("`ilo-gender` joins: its rules then apply too") && !remedy.contains("`ilo-design`"),
        "too old for it: {remedy}"
    );
}

#[test]
fn the_json_says_why_packs_join_and_which_do_not_apply() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let text = format!("format = 1\n[project]\nstart = 2003-01-01\nend = 2005-12-31\n{RISK}");
    std::fs::write(folder.path().join("p.toml"), text).expect("it can be written");
    for command in ["check", "schedule"] {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
        let output = tool
            .current_dir(folder.path())
            .args([command, "p.toml", "--as-of", "2010-01-01", "--format", "json"])
            .output();
        let told: serde_json::Value =
            serde_json::from_slice(&output.expect("the tool was built").stdout).expect("it is JSON");
        let joined = told["definitions"][0]["joined"].as_array().expect("it is a list").clone();
        let of = |pack: &str| joined.iter().find(|one| one["pack"] == pack).expect("it joins").clone();
        assert_eq!(of("ilo-design")["because"], "the file has [[risk]]");
        assert_eq!(
            (&of("ilo-design")["applies"], &of("ilo-gender")["applies"]),
            (&false.into(), &true.into())
        );
        assert_eq!(
            of("ilo-design")["not_because"],
            "its text is of 2006, and the project began on 2003-01-01"
        );
        assert!(of("ilo-tripartism")["because"].is_null(), "it joins every project");
    }
}
