//! What a definition is told: editions, revisions, waivers, plans, missing facts. Each test reads the text of a definition.

use evalplan::assess::{Assessment, Choice, Outcome, assess, idle_waivers};
use evalplan::import;
use evalplan::model::{Date, Definition};
use evalplan::policy::{Catalog, RuleFile};
use evalplan::schedule::{Origin, Schedule, State, plan};
use evalplan::source::{Sources, shipped_rules};

/// The packs and a definition, read without a mistake.
pub(crate) struct Read {
    catalog: Catalog,
    definition: Definition,
}

/// Reads a definition against the shipped packs and some files of users: path and text.
pub(crate) fn read_with(definition: &str, packs: &[(&str, &str)]) -> Read {
    let mut sources = Sources::default();
    let mut files: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    files.extend(
        packs.iter().map(|(path, text)| RuleFile { source: sources.add(*path, *text), shipped: false }),
    );
    let loaded = Catalog::load(&files, &sources);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let text = format!("format = 1\n{definition}");
    let read = import::toml::read(&mut sources, "test.toml", text.as_bytes(), &loaded.value.lexicon);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    Read { catalog: loaded.value, definition: read.value.expect("it was read") }
}

pub(crate) fn read(definition: &str) -> Read {
    read_with(definition, &[])
}

impl Read {
    pub(crate) fn assess(&self, as_of: &str) -> Assessment<'_> {
        self.assess_by(as_of, &Choice::default())
    }

    fn assess_by(&self, as_of: &str, choice: &Choice) -> Assessment<'_> {
        assess(&self.catalog, &self.definition, day(as_of), choice).expect("the packs are there")
    }

    fn plan(&self, as_of: &str) -> Schedule {
        plan(&self.assess(as_of))
    }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("the test writes days")
}

/// What a rule says: its outcome, and the facts to supply.
fn said(assessment: &Assessment<'_>, rule: &str) -> (Outcome, Vec<String>) {
    let finding = assessment
        .findings
        .iter()
        .find(|finding| &*finding.rule.id == rule)
        .unwrap_or_else(|| panic!("no finding of {rule}"));
    (finding.outcome, finding.needs.iter().map(|path| assessment.definition.show(*path)).collect())
}

/// The windows of a plan, as `id earliest target latest`.
fn windows(plan: &Schedule) -> Vec<String> {
    let show =
        |range: Option<evalplan::model::DateRange>| range.map_or("?".to_owned(), |range| range.to_string());
    plan.evaluations
        .iter()
        .map(|one| {
            format!(
                "{} {} {} {}",
                one.id,
                show(one.window.earliest),
                show(one.window.target),
                show(one.window.latest)
            )
        })
        .collect()
}

const TWO_YEARS: &str = "[project]\nstart = 2014-01-01\nend = 2015-12-31\n";

#[test]
fn the_windows_of_the_contract() {
    let plan = read(TWO_YEARS).plan("2014-01-01");
    assert_eq!(
        windows(&plan),
        ["mid-term 2014-10-20 2015-02-06 2015-07-02", "final 2015-07-02 2015-12-31 2016-03-31"]
    );
    assert!(plan.evaluations.iter().all(|one| one.origin() == Origin::Required));
    assert!(plan.undecided.iter().any(|one| &*one.rule == "ilo-2005/independent-evaluation"));
}

#[test]
fn a_project_known_by_years_owes_a_final_evaluation_for_certain() {
    let read = read("[project]\nstart = \"2014\"\nend = \"2016\"\n");
    let assessment = read.assess("2014-01-01");
    assert_eq!(said(&assessment, "ilo-2005/final-evaluation").0, Outcome::Gap);
    let dates = vec!["project.start".to_owned(), "project.end".to_owned()];
    assert_eq!(said(&assessment, "ilo-2005/mid-term-evaluation"), (Outcome::Undecided, dates.clone()));
    assert_eq!(said(&assessment, "ilo-2005/annual-reviews"), (Outcome::Undecided, dates));
    let plan = plan(&assessment);
    assert_eq!(windows(&plan), ["final 2015-07-03 to 2016-07-02 2016 2016-04-01 to 2017-03-31"]);
    let open: Vec<String> =
        plan.undecided.iter().map(|one| format!("{} {}", one.rule, one.would_require)).collect();
    assert_eq!(open[..2], ["ilo-2005/annual-reviews annual-review", "ilo-2005/independent-evaluation final"]);
}

#[test]
fn a_start_that_straddles_two_editions_is_checked_against_both() {
    let read = read("[project]\nstart = \"2005\"\nend = 2007-12-31\n");
    let assessment = read.assess("2006-01-01");
    let editions: Vec<&str> = assessment.chosen.editions.iter().map(|era| &*era.pack.id).collect();
    assert_eq!(editions, ["ilo-2005", "ilo-2002"]);
    assert_eq!(
        said(&assessment, "ilo-2005/final-evaluation").0,
        Outcome::Gap,
        "both say so, and the newer one is named"
    );
    assert!(assessment.findings.iter().all(|finding| &*finding.rule.pack != "ilo-2002"));
}

#[test]
fn editions_are_chosen_by_the_original_start() {
    let edition = |start: &str, end: &str| {
        let read = read(&format!("[project]\nstart = {start}\nend = {end}\n"));
        read.assess("2020-01-01").chosen.editions[0].pack.id.to_string()
    };
    assert_eq!(edition("2005-10-31", "2007-12-31"), "ilo-2002");
    assert_eq!(edition("2005-11-01", "2007-12-31"), "ilo-2005");
    assert_eq!(edition("1999-01-01", "2000-12-31"), "ilo-2002", "an older project gets the first edition");
}

#[test]
fn a_revision_takes_effect_on_its_day_and_its_duties_start_there() {
    let read = read(
        "[project]\nstart = 2014-01-01\nend = 2015-04-30\n[[revision]]\ndate = 2015-02-01\nend = 2015-12-31\nreason = \"floods\"\n",
    );
    assert_eq!(windows(&read.plan("2015-01-31")), ["final 2014-12-30 2015-04-30 2015-07-30"]);
    assert_eq!(
        windows(&read.plan("2015-02-01")),
        ["mid-term 2015-02-01 2015-02-06 2015-07-02", "final 2015-07-02 2015-12-31 2016-03-31"]
    );
}

#[test]
fn annual_reviews_that_an_extension_brings_about_are_not_owed_for_years_gone_by() {
    let read = read(
        "[project]\nstart = 2010-01-01\nend = 2012-06-30\n[[revision]]\ndate = 2012-03-02\nend = 2014-12-31\nreason = \"more money\"\n",
    );
    let ids: Vec<String> = read.plan("2012-03-02").evaluations.iter().map(|one| one.id.clone()).collect();
    assert_eq!(ids, ["annual-review-3", "annual-review-4", "final"]);
}

#[test]
fn the_last_annual_review_gives_way_to_a_final_evaluation_near_by() {
    let ids = |end: &str| {
        let plan = read(&format!("[project]\nstart = 2010-01-01\nend = {end}\n")).plan("2010-01-01");
        plan.evaluations.iter().map(|one| one.id.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        ids("2013-02-28"),
        "annual-review-1 annual-review-2 final",
        "the third anniversary is two months before the end"
    );
    assert_eq!(
        ids("2013-03-31"),
        "annual-review-1 annual-review-2 final",
        "three months reach the day after the end"
    );
    assert_eq!(ids("2013-04-01"), "annual-review-1 annual-review-2 annual-review-3 final");
}

#[test]
fn an_independent_evaluation_is_laid_on_the_final_one_unless_another_is_independent() {
    let budget = "[budget]\ntotal = \"USD 480000\"\n";
    let level = |more: &str| {
        let plan = read(&format!("{TWO_YEARS}{budget}{more}")).plan("2014-01-01");
        plan.evaluations
            .iter()
            .map(|one| format!("{} {}", one.id, one.required_word().unwrap_or("-")))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(level(""), "mid-term -, final independent-internal");
    assert_eq!(
        level("[[evaluation]]\nid = \"halfway\"\ntiming = \"mid-term\"\nindependence = \"external\"\n"),
        "halfway independent-internal, final -"
    );
    assert_eq!(
        level("[[evaluation]]\nid = \"end\"\ntiming = \"final\"\nindependence = \"self\"\n"),
        "mid-term -, end independent-internal"
    );
}

#[test]
fn a_waiver_covers_its_last_day_and_then_says_that_it_lapsed() {
    let waiver = "[[waiver]]\nrule = \"mid-term-evaluation\"\nreason = \"cyclone\"\ngranted-by = \"focal point\"\nauthority = \"evaluation office\"\ngranted = 2014-06-01\nexpires = 2015-01-31\n";
    let read = read(&format!("{TWO_YEARS}{waiver}"));
    assert_eq!(said(&read.assess("2014-05-31"), "ilo-2005/mid-term-evaluation").0, Outcome::Gap);
    assert_eq!(said(&read.assess("2015-01-31"), "ilo-2005/mid-term-evaluation").0, Outcome::Waived);
    let late = read.assess("2015-02-01");
    assert_eq!(said(&late, "ilo-2005/mid-term-evaluation").0, Outcome::Gap);
    let idle: Vec<String> =
        idle_waivers(&late, &read.catalog).into_iter().map(|warning| warning.message).collect();
    assert!(idle.len() == 1 && idle[0].contains("lapsed"), "{idle:?}");
    let early: Vec<String> = idle_waivers(&read.assess("2014-05-31"), &read.catalog)
        .into_iter()
        .map(|warning| warning.message)
        .collect();
    assert!(early.len() == 1 && early[0].contains("not in force yet"), "{early:?}");
    assert!(
        idle_waivers(&read.assess("2015-01-31"), &read.catalog).is_empty(),
        "one that hides a gap is at work"
    );
}

#[test]
fn a_past_evaluation_is_overdue_or_merely_unrecorded() {
    let state = |open: &str| {
        let plan = read(&format!("{open}{TWO_YEARS}")).plan("2016-06-01");
        plan.evaluations.iter().map(|one| one.state).collect::<Vec<_>>()
    };
    assert_eq!(state(""), [State::Overdue, State::Overdue]);
    assert_eq!(state("open = [\"evaluations\"]\n"), [State::Unrecorded, State::Unrecorded]);
}

const PACK: &str = "format = 1\nid = \"many\"\ntitle = \"Many facts\"\nselection = \"joins\"\n[[document]]\nid = \"note\"\ntitle = \"A note\"\nissuer = \"an office\"\n";

#[test]
fn ten_missing_facts_are_listed_and_no_other() {
    let condition = "has(project.title) && project.status == active && project.committee && project.kind == project \
         && project.budget > usd(1000) && project.budget.monitoring > usd(10) && \"ZA\" in project.countries && \"skills\" in project.themes \
         && project.autonomy == workers && project.country-programme == \"x\" && project.approved < date(\"2014-01-01\") \
         && (project.budget.evaluation > usd(5) || project.budget.evaluation <= usd(5))";
    let rule = format!(
        "id = \"many-facts\"\ntitle = \"Many facts\"\nstatus = \"inferred\"\ncite = {{ source = \"note\", at = \"p. 1\" }}\n[check]\ncondition = '{condition}'\n"
    );
    let read =
        read_with("[project]\ntitle = \"T\"\n", &[("many/pack.toml", PACK), ("many/many-facts.toml", &rule)]);
    let assessment = read.assess("2014-01-01");
    let (outcome, needs) = said(&assessment, "many/many-facts");
    assert_eq!(outcome, Outcome::Undecided);
    let expected = [
        "project.kind",
        "project.approved",
        "project.status",
        "project.countries",
        "project.themes",
        "project.autonomy",
        "project.committee",
        "project.country-programme",
        "budget.total",
        "budget.monitoring",
    ];
    assert_eq!(needs, expected, "the evaluation budget matters to no answer");
}

#[test]
fn the_smallest_set_that_decides_comes_first() {
    let rule = "id = \"either-way\"\ntitle = \"Either way\"\nstatus = \"inferred\"\ncite = { source = \"note\", at = \"p. 1\" }\n[check]\n\
                condition = '(project.status == active && project.committee) || project.budget > usd(5)'\n";
    let read =
        read_with("[project]\ntitle = \"T\"\n", &[("many/pack.toml", PACK), ("many/either-way.toml", rule)]);
    let (outcome, needs) = said(&read.assess("2014-01-01"), "many/either-way");
    assert_eq!(outcome, Outcome::Undecided);
    assert_eq!(needs, ["budget.total", "project.status", "project.committee"]);
}
