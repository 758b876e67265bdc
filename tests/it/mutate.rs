//! Mutation of packs: every small change of a rule is noticed by its cases, or said to be missed.

use evalplan::assess::{PackScore, mutate, prepare};
use evalplan::policy::{Catalog, RuleFile};
use evalplan::schedule::planned;
use evalplan::source::{Sources, shipped_rules};

/// The scores of packs from some texts.
fn scores(files: &[(&str, &str)]) -> Vec<PackScore> {
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = files
        .iter()
        .map(|(path, text)| RuleFile { source: sources.add(*path, *text), shipped: true })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let (cases, diagnostics) = prepare(&loaded.value.packs, &sources, &loaded.value.lexicon);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    loaded.value.packs.iter().map(|pack| mutate(pack, &cases, planned)).collect()
}

const PACK: &str = r#"
format = 1
id = "small"
title = "A small pack"
selection = "by-name"
[[document]]
id = "doc"
title = "A document"
issuer = "An issuer"
"#;

const TABLE: &str = r#"
id = "evaluation-by-length"
title = "Evaluation by length"
axis = "project.duration"
partition = true
cite = { source = "doc", at = "par. 1" }
status = "confirmed"
[[duty]]
id = "final-evaluation"
title = "Final evaluation"
[[band]]
id = "short"
when = { under = "12 months" }
[[band]]
id = "long"
when = { min = "12 months" }
[[band.requires]]
duty = "final-evaluation"
evaluation = { timing = "final" }
"#;

fn case(name: &str, end: &str, expect: &str) -> String {
    format!(
        "[[case]]\nname = \"{name}\"\ngiven = {{ project = {{ start = 2014-01-01, end = {end} }} }}\nexpect = {{ final-evaluation = \"{expect}\" }}\n"
    )
}

/// A long project with its final evaluation.
const MET: &str = r#"
[[case]]
name = "listed"
given = { project = { start = 2014-01-01, end = 2016-12-31 }, evaluation = [{ timing = "final" }] }
expect = { final-evaluation = "met" }
"#;

fn small(cases: &[String]) -> PackScore {
    let table = format!("{TABLE}{}{MET}", cases.concat());
    let [score] =
        <[PackScore; 1]>::try_from(scores(&[("small/pack.toml", PACK), ("small/table.toml", &table)]))
            .expect("one pack");
    assert_eq!(score.failing, 0);
    score
}

#[test]
fn the_shipped_packs_catch_every_mutant() {
    let files = shipped_rules("");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let mut missed = Vec::new();
    for score in scores(&files) {
        assert_eq!(score.failing, 0, "{} has cases that fail", score.pack);
        missed.extend(
            score.survivors.into_iter().map(|survivor| format!("{}: {}", survivor.subject, survivor.what)),
        );
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn cases_at_every_cut_catch_every_mutant() {
    let at = case("exactly twelve months is long", "2014-12-31", "gap");
    let below = case("a day less is short", "2014-12-30", "not-applicable");
    let score = small(&[at, below, case("so is half a month more than a year", "2015-01-15", "gap")]);
    assert!(score.survivors.is_empty(), "{:?}", score.survivors);
    assert!(score.caught >= 4, "{}", score.caught);
}

#[test]
fn a_case_far_from_the_threshold_leaves_survivors_with_the_case_that_is_missing() {
    let score =
        small(&[case("three years", "2016-12-31", "gap"), case("a month", "2014-01-31", "not-applicable")]);
    let said: Vec<&str> = score.survivors.iter().map(|survivor| survivor.what.as_str()).collect();
    assert_eq!(
        said,
        [
            "12 months becomes 11 months",
            "12 months becomes 13 months",
            "exactly 12 months goes to the other side"
        ]
    );
    let shows = score.survivors[2].shows.as_ref().expect("it shows in a cell");
    assert_eq!(shows.cell, "project.duration exactly 12 months");
    assert!(shows.example.contains("end = 2000-12-31"), "{}", shows.example);
}

#[test]
fn a_mutant_that_is_equal_in_every_cell_is_discarded() {
    let when =
        "status = \"confirmed\"\nwhen = 'project.duration >= months(3) && project.duration >= months(6)'";
    let table = TABLE.replace("status = \"confirmed\"", when);
    let cases = [
        case("a year", "2014-12-31", "gap"),
        case("a day less", "2014-12-30", "not-applicable"),
        case("more", "2015-01-15", "gap"),
    ];
    let table = format!("{table}{}{MET}", cases.concat());
    let [score] =
        <[PackScore; 1]>::try_from(scores(&[("small/pack.toml", PACK), ("small/table.toml", &table)]))
            .expect("one pack");
    assert!(score.equal > 0, "conditions on lengths below a year decide nothing above it");
    assert!(score.survivors.is_empty(), "{:?}", score.survivors);
}

#[test]
fn failing_cases_are_told_and_nothing_is_claimed() {
    let table = format!("{TABLE}{}", case("wrong", "2014-12-31", "met"));
    let [score] =
        <[PackScore; 1]>::try_from(scores(&[("small/pack.toml", PACK), ("small/table.toml", &table)]))
            .expect("one pack");
    assert_eq!((score.failing, score.caught), (1, 0));
}
