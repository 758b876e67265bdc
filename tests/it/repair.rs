//! Repairs: whatever the definition, one without a placeholder, put into the text and read again, makes its rules met and no other worse.

use evalplan::assess::{Assessment, Choice, Repair, TO_COMPLETE, assess, prepare, repairs};
use evalplan::checks::Verdict;
use evalplan::diag::Severity;
use evalplan::import;
use evalplan::model::written_definition;
use evalplan::model::{Date, Definition, Table};
use evalplan::policy::{Catalog, RuleFile};
use evalplan::source::{Sources, apply_edits, patch, shipped_rules};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

pub(crate) static SHIPPED: LazyLock<(Catalog, Sources)> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    (Catalog::load(&files, &sources).value, sources)
});

fn day() -> Date {
    Date::from_ymd_opt(2012, 1, 1).expect("it is a day")
}

/// A text read; `None` where it has mistakes.
pub(crate) fn read(text: &str) -> Option<Definition> {
    let mut sources = Sources::default();
    let read = import::toml::read(&mut sources, "example.toml", text.as_bytes(), &SHIPPED.0.lexicon);
    read.value.filter(|_| read.diagnostics.iter().all(|one| one.severity != Severity::Error))
}

pub(crate) fn verdicts(assessment: &Assessment<'_>) -> BTreeMap<Arc<str>, Verdict> {
    assessment.findings.iter().map(|finding| (Arc::clone(&finding.rule.id), finding.verdict)).collect()
}

fn rank(verdict: Option<&Verdict>) -> u8 {
    match verdict {
        Some(Verdict::Gap) => 2,
        Some(Verdict::Undecided) => 1,
        _ => 0,
    }
}

/// Looks for the repairs of a text, and holds each to the law.
fn lawful(text: &str, choice: &Choice) -> Result<(usize, Vec<Repair>), String> {
    let definition = read(text).ok_or_else(|| format!("it cannot be read:\n{text}"))?;
    let before = assess(&SHIPPED.0, &definition, day(), choice)?;
    let gaps = before.findings.iter().filter(|finding| finding.verdict == Verdict::Gap).count();
    let found = repairs(&SHIPPED.0, &before, choice, text);
    for repair in &found {
        let edited = apply_edits(text, &repair.edits);
        let lines = patch(text, &repair.edits);
        if !lines.iter().any(|line| line.added) {
            return Err(format!("a patch adds nothing: {repair:?}"));
        }
        if repair.placeholder {
            if !edited.contains(TO_COMPLETE) {
                return Err(format!("nothing is marked:\n{edited}"));
            }
            keys_in_place(&edited)?;
            continue;
        }
        let after = read(&edited).ok_or_else(|| format!("the repaired text cannot be read:\n{edited}"))?;
        let after = verdicts(&assess(&SHIPPED.0, &after, day(), choice)?);
        let before = verdicts(&before);
        for rule in &repair.rules {
            if after.get(rule) != Some(&Verdict::Met) {
                return Err(format!("{rule} is {:?} after its repair:\n{edited}", after.get(rule)));
            }
        }
        for (rule, verdict) in &after {
            if rank(Some(verdict)) > rank(before.get(rule)) {
                return Err(format!("{rule} is {verdict:?} after a repair of {:?}:\n{edited}", repair.rules));
            }
        }
    }
    Ok((gaps, found))
}

/// Whether every key stands in a table that has it, whatever a person still has to complete.
fn keys_in_place(text: &str) -> Result<(), String> {
    let root: toml::Table = toml::from_str(text).map_err(|error| format!("{error}:\n{text}"))?;
    for (name, value) in &root {
        let Some(table) = Table::named(name) else { continue };
        let rows = value.as_array().map_or_else(|| vec![value], |rows| rows.iter().collect());
        for key in rows.iter().filter_map(|row| row.as_table()).flat_map(|row| row.keys()) {
            table.key(key).ok_or_else(|| format!("`{key}` stands in `{name}`:\n{text}"))?;
        }
    }
    Ok(())
}

fn closed(found: &[Repair]) -> Vec<&str> {
    found.iter().flat_map(|repair| repair.rules.iter().map(AsRef::as_ref)).collect()
}

const GAPS: &str = include_str!("../../projects/example-gaps.toml");

#[test]
fn every_gap_of_the_example_has_a_repair() {
    let (gaps, found) = lawful(GAPS, &Choice::default()).expect("the repairs hold");
    assert!(gaps > 0);
    assert_eq!(closed(&found).len(), gaps, "{found:?}");
}

#[test]
fn all_repairs_of_the_example_together_close_all_that_needs_no_person() {
    let (_, found) = lawful(GAPS, &Choice::default()).expect("the repairs hold");
    let mut text = GAPS.to_owned();
    let mut edits: Vec<_> =
        found.iter().filter(|repair| !repair.placeholder).flat_map(|repair| repair.edits.clone()).collect();
    edits.sort_by_key(|edit| edit.span);
    text = apply_edits(&text, &edits);
    let definition = read(&text).expect("it can be read");
    let after =
        verdicts(&assess(&SHIPPED.0, &definition, day(), &Choice::default()).expect("the packs are there"));
    for repair in found.iter().filter(|repair| !repair.placeholder) {
        for rule in &repair.rules {
            assert_eq!(after.get(rule), Some(&Verdict::Met), "{rule}\n{text}");
        }
    }
}

#[test]
fn one_added_evaluation_serves_several_rules() {
    let text = "format = 1\n[project]\nstart = 2006-01-01\nend = 2006-12-31\n[budget]\ntotal = \"USD 400000\"\nevaluation = \"USD 20000\"\n";
    let (_, found) = lawful(text, &Choice { policy: Some("ilo-2005".to_owned()), ..Choice::default() })
        .expect("the repairs hold");
    let several = found
        .iter()
        .find(|repair| repair.rules.iter().any(|rule| rule.ends_with("/final-evaluation")))
        .expect("it is found");
    for rule in
        ["ilo-2005/final-evaluation", "ilo-2005/independent-evaluation", "ilo-2005/project-evaluation"]
    {
        assert!(several.rules.iter().any(|known| **known == *rule), "{rule}: {several:?}");
    }
    assert!(apply_edits(text, &several.edits).contains("independence = \"independent-internal\""));
}

#[test]
fn a_key_of_the_last_table_stands_before_a_new_one() {
    let text = "format = 1\n[project]\nstart = 2006-01-01\nend = 2007-12-31\ncountries = [\"MW\"]\n[budget]\ntotal = \"USD 100000\"\n";
    let (_, found) = lawful(text, &Choice { policy: Some("ilo-2005".to_owned()), ..Choice::default() })
        .expect("the repairs hold");
    let edited: Vec<String> = found.iter().map(|repair| apply_edits(text, &repair.edits)).collect();
    let with_both =
        edited.iter().filter(|text| text.contains("[[evaluation]]") && text.contains("\nevaluation = "));
    let places: Vec<bool> =
        with_both.map(|text| text.find("\nevaluation = ") < text.find("[[evaluation]]")).collect();
    assert!(!places.is_empty() && places.iter().all(|before| *before), "{edited:?}");
}

#[test]
fn an_organization_that_is_missing_is_left_to_a_person() {
    let text = "format = 1\n[project]\nstart = 2006-01-01\nend = 2006-12-31\n";
    let (_, found) = lawful(text, &Choice::default()).expect("the repairs hold");
    let parties = found
        .iter()
        .find(|repair| repair.rules.iter().any(|rule| rule.ends_with("/constituents-at-every-stage")));
    let parties = parties.expect("it is found");
    assert!(parties.placeholder);
    assert!(apply_edits(text, &parties.edits).contains("group = \"workers\""));
}

#[test]
fn every_gap_of_every_case_is_repaired_lawfully_or_left_alone() {
    let (catalog, sources) = &*SHIPPED;
    let (cases, _) = prepare(&catalog.packs, sources, &catalog.lexicon);
    let (mut gaps, mut closed) = (0, 0);
    for case in cases {
        let choice = Choice {
            policy: Some(case.pack.to_string()),
            packs: vec![case.pack.to_string()],
            ..Choice::default()
        };
        let text = written_definition(&case.definition);
        if read(&text).is_none() {
            continue;
        }
        let (of_case, found) =
            lawful(&text, &choice).unwrap_or_else(|error| panic!("{}: {error}", case.case.name));
        gaps += of_case;
        closed += found.iter().map(|repair| repair.rules.len()).sum::<usize>();
    }
    assert!(gaps > 20 && closed * 10 >= gaps * 8, "{closed} of {gaps} gaps have a repair");
}

/// Evaluations, parties and money in every state, in definitions of several layouts.
pub(crate) fn definitions() -> impl Strategy<Value = String> {
    let evaluation = (
        prop::sample::select(vec!["mid-term", "final", "annual-review", "mid-term-review", "ex-post"]),
        prop::option::of(prop::sample::select(vec!["self", "internal", "independent-internal", "external"])),
        prop::option::of(prop::sample::subsequence(
            vec!["\"government\"", "\"employers\"", "\"workers\""],
            0..=3,
        )),
        any::<bool>(),
    );
    let party = (
        prop::sample::select(vec!["government", "employers", "workers", "act-emp", "actrav"]),
        prop::sample::subsequence(
            vec![
                "\"needs-assessment\"",
                "\"design\"",
                "\"implementation\"",
                "\"monitoring\"",
                "\"evaluation\"",
            ],
            0..=5,
        ),
    );
    let head = (
        2003..2011_i32,
        1..70_u32,
        prop::option::of(prop::sample::select(vec!["USD 349999.99", "USD 350000", "USD 900000"])),
    );
    let layout = (any::<bool>(), any::<bool>(), any::<bool>());
    (head, prop::collection::vec(evaluation, 0..4), prop::collection::vec(party, 0..4), layout).prop_map(
        |((year, months, budget), evaluations, parties, (windows, tail, inline))| {
            let end = evalplan::model::add_months(
                Date::from_ymd_opt(year, 3, 1).expect("it is a day"),
                months as i32,
            )
            .expect("it is a day");
            let mut text = format!(
                "format = 1\n[project]\nstart = {year}-03-01\nend = {} # the last day\n",
                end.pred_opt().expect("it is a day")
            );
            if let Some(budget) = budget {
                text.push_str(&if inline {
                    format!("[budget]\ntotal = \"{budget}\"\n")
                } else {
                    format!("budget.total = \"{budget}\"\n").replace("budget.total", "\n[budget]\ntotal")
                });
            }
            for (number, (timing, independence, participants, dated)) in evaluations.into_iter().enumerate() {
                text.push_str(&format!("\n[[evaluation]]\nid = \"e{number}\"\ntiming = \"{timing}\"\n"));
                independence
                    .into_iter()
                    .for_each(|level| text.push_str(&format!("independence = \"{level}\" # as planned\n")));
                participants.into_iter().for_each(|who| {
                    text.push_str(&format!("participants = [\n  {}\n]\n", who.join(",\n  ")))
                });
                if dated {
                    text.push_str(&format!("date = {year}-12-31\n"));
                }
            }
            for (number, (group, stages)) in parties.into_iter().enumerate() {
                text.push_str(&format!(
                    "\n[[party]]\nname = \"p{number}\"\ngroup = \"{group}\"\nstages = [{}]\n",
                    stages.join(", ")
                ));
            }
            if tail {
                text = text.trim_end().to_owned();
            }
            if windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_repair_without_a_placeholder_makes_its_rules_met_and_no_other_worse(text in definitions()) {
        let result = lawful(&text, &Choice::default());
        prop_assert!(result.is_ok(), "{}", result.err().unwrap_or_default());
    }
}

#[test]
fn tables_in_braces_are_left_alone_rather_than_broken() {
    let text = "format = 1\nevaluation = [{ id = \"final\", timing = \"final\", independence = \"self\" }]\n\
                [project]\nstart = 2006-01-01\nend = 2006-12-31\n[budget]\ntotal = \"USD 400000\"\n";
    let (_, found) = lawful(text, &Choice::default()).expect("the repairs hold");
    let independent =
        found.iter().find(|repair| repair.rules.iter().any(|rule| rule.ends_with("/independent-evaluation")));
    let independent = independent.expect("a value in braces can be replaced");
    assert!(apply_edits(text, &independent.edits).contains("independence = \"independent-internal\" }]"));
}
