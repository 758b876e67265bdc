//! Unfinished is not done: a value that says "not yet" is a missing fact, with its place, and no fault of the file.

use crate::repair::SHIPPED;
use evalplan::assess::{Choice, assess, repairs};
use evalplan::checks::Verdict;
use evalplan::diag::{Kind, Severity};
use evalplan::import;
use evalplan::model::{Date, Definition, Table, key};
use evalplan::source::{Sources, apply_edits};
use std::collections::{BTreeMap, BTreeSet};

/// A definition, with what was noted.
fn read(text: &str) -> (Definition, Vec<evalplan::diag::Diagnostic>) {
    let read = import::toml::read(&mut Sources::default(), "test.toml", text.as_bytes(), &SHIPPED.0.lexicon);
    (read.value.expect("it was read"), read.diagnostics)
}

fn verdicts(definition: &Definition) -> BTreeMap<String, Verdict> {
    let day = Date::from_ymd_opt(2024, 1, 1).expect("it is a day");
    let assessment = assess(&SHIPPED.0, definition, day, &Choice::default()).expect("no pack is named");
    assessment.findings.iter().map(|finding| (finding.rule.id.to_string(), finding.verdict)).collect()
}

#[test]
fn a_mark_in_any_key_is_a_missing_fact_and_no_fault() {
    // A waiver that is not finished hides nothing: it is refused, as one without that key is.
    for table in Table::ALL.iter().filter(|table| **table != Table::Waiver) {
        for key in table.spec().keys {
            let name = table.name_key();
            let header = if table.plural().is_some() {
                format!("[[{}]]", table.spec().name)
            } else {
                format!("[{}]", table.spec().name)
            };
            let needed = table
                .needed()
                .iter()
                .chain(table.needed_one_of())
                .chain(&name)
                .map(|other| other.spec().name);
            let others: BTreeSet<&str> = needed.filter(|other| *other != key.name).collect();
            let others: String = others.into_iter().map(|other| format!("{other} = \"TBD\"\n")).collect();
            for mark in ["\"TBD\"", "\"TO COMPLETE: by the desk\"", "\"?\"", "[\"à compléter\"]"] {
                let text = format!("format = 1\n{header}\n{others}{} = {mark}\n", key.name);
                let (definition, found) = read(&text);
                let errors: Vec<_> = found.iter().filter(|one| one.severity == Severity::Error).collect();
                assert!(errors.is_empty(), "{text}\n{errors:?}");
                let record = &definition.rows(*table)[0];
                let id = table.key(key.name).expect("it is a key of the table");
                assert!(
                    record.get(id).is_none() && record.span(id).is_none() && record.place(id).is_some(),
                    "{text}"
                );
                let of_kind: Vec<_> = found.iter().filter(|one| one.kind == Kind::Unfinished).collect();
                assert_eq!(of_kind.len(), 1, "{text}");
                let places = definition.unfinished().len();
                assert!(
                    places == 1 + others.lines().count() && of_kind[0].others.len() + 1 == places,
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn a_mark_gives_the_verdicts_of_a_key_that_is_left_out() {
    let text = include_str!("../../projects/example-complete.toml");
    let lines: Vec<&str> = text.lines().collect();
    let (mut tried, mut changed) = (0, 0);
    let whole = verdicts(&read(text).0);
    for (place, line) in lines.iter().enumerate().skip(1).step_by(3) {
        let Some((name, value)) = line.split_once(" = ") else { continue };
        let on_one_line = value.trim_end().matches('[').count() == value.trim_end().matches(']').count()
            && !name.contains(['#', '"', '{']);
        if !on_one_line {
            continue;
        }
        let with = |line: Option<String>| {
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            match line {
                Some(line) => lines[place] = line,
                None => drop(lines.remove(place)),
            }
            read(&lines.join("\n"))
        };
        let (without, found) = with(None);
        if found.iter().any(|one| one.severity == Severity::Error) {
            continue;
        }
        tried += 1;
        let (marked, _) = with(Some(format!("{name} = \"TBC\"")));
        let left_out = verdicts(&without);
        assert_eq!(verdicts(&marked), left_out, "{line}");
        changed += usize::from(left_out != whole);
    }
    assert!(tried > 20 && changed > 5, "{tried} lines tried, {changed} of which matter");
}

#[test]
fn nine_marks_are_told_first_with_every_place() {
    let text = "format = 1\n[project]\nstart = 2014-01-01\nend = \"TBD\"\nstatus = \"pipeline\"\nstandards = [\"C87\", \"TO COMPLETE\"]\nthemes = \"xxx\"\n\
                [budget]\ntotal = \"to be confirmed with the donor\"\n[sustainability]\nstrategy = \"TO COMPLETE (see the annex)\"\n\
                [[party]]\nname = \"TO COMPLETE\"\ngroup = \"?\"\n[[party]]\nname = \"TO COMPLETE\"\nstages = [\"por definir\"]\nmisspelt = 1\n";
    let (definition, found) = read(text);
    assert_eq!(found[0].kind, Kind::Unfinished);
    assert!(
        found[0].message.starts_with("this file is unfinished: 9 values say \"not yet\": `project.end`,"),
        "{}",
        found[0].message
    );
    assert_eq!(definition.unfinished().len(), 9);
    assert!(
        found
            .iter()
            .filter(|one| one.severity == Severity::Error)
            .all(|one| one.message.contains("misspelt")),
        "{found:?}"
    );
}

#[test]
fn an_answer_is_an_answer_and_half_a_mark_is_a_text() {
    for text in [
        "n/a",
        "N.A.",
        "none",
        "geen",
        "sans objet",
        "the unknown soldiers of Mali",
        "Pending cases at labour courts",
    ] {
        let (definition, found) = read(&format!("format = 1\n[project]\ntitle = \"{text}\"\n"));
        assert!(
            found.is_empty() && definition.single(Table::Project).text(key::project::TITLE) == Some(text),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn what_cannot_be_meant_is_a_warning_and_counts_as_unknown() {
    let of_day = |day: &str| {
        format!(
            "format = 1\n[project]\nstart = 2014-01-01\nend = 2016-12-31\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\ndate = {day}\n"
        )
    };
    for (day, kept) in [
        ("2036-12-15", false),
        ("1994-01-01", false),
        ("\"2036\"", false),
        ("2018-12-31", true),
        ("2013-01-01", true),
    ] {
        let (definition, found) = read(&of_day(day));
        assert_eq!(
            definition.rows(Table::Evaluation)[0].date(key::evaluation::DATE).is_some(),
            kept,
            "{day}"
        );
        assert_eq!(found.len(), usize::from(!kept), "{day}: {found:?}");
        assert!(found.iter().all(|one| one.severity == Severity::Warning && one.kind == Kind::Mistake));
    }
    let (definition, found) = read("format = 1\n[project]\nstandards = [\"C87\", \"banana\"]\n");
    assert!(
        definition.single(Table::Project).texts(key::project::STANDARDS).is_none()
            && definition.unfinished().is_empty()
    );
    assert!(found.len() == 1 && found[0].message.contains("`banana`"), "{found:?}");
}

#[test]
fn patches_write_over_marks_and_what_they_leave_to_complete_can_be_read() {
    let text = "format = 1\n[project]\nstart = 2014-01-01\nend = 2016-12-31\nstatus = \"pipeline\"\nstandards = \"TBD\"\n[budget]\ntotal = \"USD 600000\"\n\
                evaluation = \"TBD\"\n[[risk]]\nid = \"r1\"\n[[outcome]]\nid = \"1\"\ntitle = \"TBD\"\n[monitoring]\nfrequency = \"?\"\n";
    let (definition, _) = read(text);
    let day = Date::from_ymd_opt(2014, 1, 1).expect("it is a day");
    let assessment = assess(&SHIPPED.0, &definition, day, &Choice::default()).expect("no pack is named");
    let repairs = repairs(&SHIPPED.0, &assessment, &Choice::default(), text);
    assert!(repairs.iter().any(|one| one.placeholder) && repairs.len() > 3, "{}", repairs.len());
    for repair in &repairs {
        let mended = apply_edits(text, &repair.edits);
        let (_, found) = read(&mended);
        let errors: Vec<_> = found.iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{:?}\n{mended}\n{errors:?}", repair.rules);
    }
    let all: Vec<_> =
        repairs.iter().filter(|one| one.rules.iter().any(|rule| &**rule == "ilo-design/standards")).collect();
    assert!(
        all.len() == 1 && apply_edits(text, &all[0].edits).contains("standards = [\"TO COMPLETE\"]   #"),
        "{}",
        apply_edits(text, &all[0].edits)
    );
}
