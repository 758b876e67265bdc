//! Faults put into copies of the shipped packs are found by the proof, each with an example.

use evalplan::diag::Severity;
use evalplan::facts::Facts;
use evalplan::import;
use evalplan::model::{Date, Definition, Months};
use evalplan::policy::proof::{Apart, Found, Kind, MOST_CELLS, Proof, diff, prove, tell_apart};
use evalplan::policy::{Catalog, RuleFile, coverage};
use evalplan::source::{Sources, shipped_rules};

/// One change of a shipped file: its path, what stands there, and what takes its place.
type Change<'c> = (&'c str, &'c str, &'c str);

/// The shipped packs with some changes.
fn packs(changes: &[Change<'_>]) -> (Catalog, Sources) {
    let (catalog, sources, warnings) = load(changes);
    assert!(warnings.is_empty(), "{warnings:?}");
    (catalog, sources)
}

fn load(changes: &[Change<'_>]) -> (Catalog, Sources, Vec<String>) {
    let mut sources = Sources::default();
    let mut files = Vec::new();
    let mut done = 0;
    for (path, text) in shipped_rules("") {
        let mut text = text.to_owned();
        for (_, from, to) in changes.iter().filter(|(file, ..)| *file == path) {
            assert!(text.contains(from), "{path} has no `{from}`");
            text = text.replacen(from, to, 1);
            done += 1;
        }
        files.push(RuleFile { source: sources.add(path, text), shipped: true });
    }
    assert_eq!(done, changes.len(), "every change names a shipped file");
    let loaded = Catalog::load(&files, &sources);
    assert!(
        loaded.diagnostics.iter().all(|one| one.severity == Severity::Warning),
        "{:?}",
        loaded.diagnostics
    );
    let warnings = loaded.diagnostics.into_iter().map(|one| one.message).collect();
    (loaded.value, sources, warnings)
}

fn proof(changes: &[Change<'_>]) -> Proof {
    prove(&packs(changes).0, |_| true, MOST_CELLS)
}

/// The faults found, which there must be just so many of.
fn faults<const COUNT: usize>(changes: &[Change<'_>]) -> [Found; COUNT] {
    let faults: Vec<Found> = proof(changes).found().filter(|found| found.is_fault()).cloned().collect();
    faults.try_into().expect("as many faults as were put in")
}

/// The example, read like any definition, without a mistake.
fn example(found: &Found) -> Definition {
    let text = found.example.as_deref().expect("the finding has an example");
    let mut sources = Sources::default();
    let read = import::toml::read(
        &mut sources,
        "example.toml",
        text.as_bytes(),
        &evalplan::lexicon::Lexicon::default(),
    );
    assert!(read.diagnostics.is_empty(), "{text}\n{:?}", read.diagnostics);
    read.value.expect("the example can be read")
}

/// How many whole months the example runs, and whether to the day.
fn months(found: &Found) -> (u32, bool) {
    let definition = example(found);
    let length = Facts::new(&definition, Date::default()).length().expect("the example has a length");
    let whole = length.whole_months().0;
    (whole, length.compare(Months(whole)).equal)
}

const DURATION: &str = "rules/ilo-2002/evaluations-by-duration.toml";
const BUDGET: &str = "rules/ilo-2002/independent-evaluation-by-budget.toml";

#[test]
fn the_shipped_packs_are_proved_whole() {
    let proof = proof(&[]);
    assert_eq!(proof.diagnostics(), []);
    assert!(proof.packs.iter().all(|pack| pack.incomplete.is_empty()));
    assert!(proof.packs.iter().any(|pack| pack.tables > 0 && pack.cells > 0));
}

#[test]
fn a_hole_at_eighteen_months_is_found() {
    let [found] = faults(&[(DURATION, "min = \"18 months\"", "over = \"18 months\"")]);
    assert_eq!((found.kind, found.subject.as_str()), (Kind::Hole, "ilo-2002/evaluations-by-duration"));
    assert!(found.message.contains("exactly 18 months"), "{}", found.message);
    assert_eq!(months(&found), (18, true));
}

#[test]
fn an_overlap_at_thirty_months_is_found() {
    let [found] = faults(&[(DURATION, "over = \"30 months\"", "min = \"30 months\"")]);
    assert_eq!(found.kind, Kind::Overlap);
    assert!(
        found.message.contains("`eighteen-to-thirty-months` and `over-thirty-months`"),
        "{}",
        found.message
    );
    assert_eq!(months(&found), (30, true));
}

#[test]
fn a_hole_between_thirty_and_thirty_one_months_is_found() {
    let [found] = faults(&[(DURATION, "over = \"30 months\"", "min = \"31 months\"")]);
    assert_eq!(found.kind, Kind::Hole);
    assert!(found.message.contains("over 30 months and under 31 months"), "{}", found.message);
    assert_eq!(months(&found), (30, false));
}

#[test]
fn a_hole_that_runs_over_several_cells_is_one_finding() {
    let [found] = faults(&[(DURATION, "over = \"30 months\"", "over = \"31 months\"")]);
    assert!(found.message.contains("under 31 months, and exactly 31 months"), "{}", found.message);
}

#[test]
fn a_hole_at_the_threshold_of_the_budget_is_found() {
    let [found] = faults(&[(BUDGET, "max = \"USD 350000\"", "under = \"USD 350000\"")]);
    assert_eq!(found.kind, Kind::Hole);
    assert!(found.message.contains("exactly US$ 350,000"), "{}", found.message);
    assert!(found.example.is_some_and(|example| example.contains("total = \"USD 350000\"")));
}

#[test]
fn a_half_year_hole_between_two_editions_is_found() {
    let [found] = faults(&[("rules/ilo-2005/pack.toml", "from = 2005-11-01", "from = 2006-05-01")]);
    assert_eq!((found.kind, found.subject.as_str()), (Kind::HoleInTime, "ilo-2002"));
    let definition = example(&found);
    let start = Facts::new(&definition, Date::default())
        .start()
        .and_then(|start| start.exact())
        .expect("the example has a start");
    assert!(("2005-11-01"..="2006-04-30").contains(&start.to_string().as_str()), "{start}");
}

#[test]
fn editions_in_force_at_once_are_found() {
    let [found] = faults(&[("rules/ilo-2002/pack.toml", "until = 2005-11-01", "until = 2006-05-01")]);
    assert_eq!(found.kind, Kind::OverlapInTime);
}

#[test]
fn a_rule_that_no_definition_can_come_under_is_found() {
    let never = "title = \"At least one evaluation\"\nwhen = 'project.duration < months(6) && project.duration > months(12)'";
    let [found] =
        faults(&[("rules/ilo-2002/project-evaluation.toml", "title = \"At least one evaluation\"", never)]);
    assert_eq!((found.kind, found.subject.as_str()), (Kind::NeverFires, "ilo-2002/project-evaluation"));
}

#[test]
fn a_rule_for_starts_outside_the_days_of_its_edition_never_fires() {
    let early = "title = \"At least one evaluation\"\nwhen = 'project.start < date(\"2003-01-01\")'";
    let [found] =
        faults(&[("rules/ilo-2005/project-evaluation.toml", "title = \"At least one evaluation\"", early)]);
    assert_eq!(found.kind, Kind::NeverFires);
}

#[test]
fn a_band_that_holds_nowhere_is_found() {
    let found = faults::<3>(&[(
        DURATION,
        "min = \"18 months\", max = \"30 months\"",
        "min = \"30 months\", max = \"18 months\"",
    )]);
    assert!(
        found
            .iter()
            .any(|found| found.kind == Kind::NeverFires
                && found.message.contains("`eighteen-to-thirty-months`"))
    );
}

#[test]
fn a_condition_that_leaves_no_definition_out_is_said_to() {
    let always = "title = \"At least one evaluation\"\nwhen = 'project.duration < months(6) || project.duration >= months(6)'";
    let proof =
        proof(&[("rules/ilo-2002/project-evaluation.toml", "title = \"At least one evaluation\"", always)]);
    let found: Vec<&Found> =
        proof.found().filter(|found| found.kind == Kind::AlwaysFires && !found.is_meant).collect();
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(found.subject, "ilo-2002/project-evaluation");
}

#[test]
fn a_fact_that_is_not_cut_is_tried_both_ways() {
    let change = "partition = true\nwhen = 'project.parties.exists(p, p.name == project.title)'";
    let [found] = faults(&[
        (DURATION, "partition = true", change),
        (DURATION, "min = \"18 months\"", "over = \"18 months\""),
    ]);
    assert!(found.may_be_spurious);
}

#[test]
fn what_has_too_many_cells_is_incomplete_and_never_proved() {
    let proof = prove(&packs(&[]).0, |pack| &*pack.id == "ilo-2002", 2);
    let [pack] = proof.packs.as_slice() else { panic!("{proof:?}") };
    assert!(
        pack.incomplete.iter().any(|one| one == "ilo-2002/evaluations-by-duration"),
        "{:?}",
        pack.incomplete
    );
}

#[test]
fn spellings_of_toml_1_1_in_a_pack_are_warnings() {
    let (_, _, warnings) =
        load(&[("rules/ilo-2002/pack.toml", "kinds = [\"project\"]", "kinds = [\"\\x70roject\"]")]);
    assert!(warnings.iter().any(|warning| warning.contains("TOML 1.1")), "{warnings:?}");
}

#[test]
fn a_pack_does_not_differ_from_itself() {
    let (catalog, _) = packs(&[]);
    for pack in &catalog.packs {
        let differences = diff((pack, pack), MOST_CELLS);
        assert!(differences.found.is_empty(), "{differences:?}");
        assert!(pack.rules.is_empty() || differences.cells > 0);
    }
}

#[test]
fn a_moved_threshold_shows_in_the_cells_between() {
    let (old, _) = packs(&[]);
    let moved = [
        (DURATION, "under = \"18 months\"", "under = \"20 months\""),
        (DURATION, "min = \"18 months\"", "min = \"20 months\""),
    ];
    let (new, _) = packs(&moved);
    let pack = |catalog: &Catalog| catalog.pack("ilo-2002").expect("it is shipped").clone();
    let differences = diff((&pack(&old), &pack(&new)), MOST_CELLS);
    let [found] = differences.found.as_slice() else { panic!("{differences:?}") };
    assert_eq!(
        (&*found.rule, found.one.as_str(), found.two.as_str()),
        ("mid-term-evaluation", "asks for mid-term", "does not apply")
    );
    assert_eq!((found.cell.as_str(), found.cells), ("project.duration exactly 18 months", 2));
}

#[test]
fn a_moved_window_is_a_difference() {
    let (old, _) = packs(&[]);
    let (new, _) = packs(&[(DURATION, "earliest = \"0.40\"", "earliest = \"0.45\"")]);
    let rule =
        |catalog: &Catalog| catalog.rule("ilo-2002/mid-term-evaluation").expect("it is shipped").clone();
    let pack = old.pack("ilo-2002").expect("it is shipped");
    assert!(matches!(tell_apart(pack, &rule(&old), &rule(&new), MOST_CELLS), Apart::Differ(_)));
    assert!(matches!(tell_apart(pack, &rule(&old), &rule(&old), MOST_CELLS), Apart::Equal));
}

#[test]
fn coverage_names_every_rule_of_its_own_once() {
    let (catalog, _) = packs(&[]);
    for pack in &catalog.packs {
        let (documents, _) = coverage(&catalog, pack);
        let own = pack.rules.iter().filter(|rule| rule.inherited_from.is_none());
        for rule in own {
            let listed = documents
                .iter()
                .flat_map(|one| &one.clauses)
                .any(|clause| clause.rules.iter().any(|name| **name == *rule.local));
            let unlisted =
                documents.iter().flat_map(|one| &one.unlisted).filter(|one| one.id == rule.id).count();
            assert!(listed != (unlisted == 1), "{} is listed or cited, not both", rule.id);
        }
    }
}

#[test]
fn no_clause_names_a_rule_that_no_pack_has() {
    let (catalog, _) = packs(&[]);
    for pack in &catalog.packs {
        let (_, broken) = coverage(&catalog, pack);
        assert!(broken.is_empty(), "{}: {broken:?}", pack.id);
    }
}

#[test]
fn every_difference_has_a_definition_that_can_be_read() {
    let (catalog, _) = packs(&[]);
    let mut seen = 0;
    for pair in catalog.packs.windows(2) {
        for found in diff((&pair[0], &pair[1]), MOST_CELLS).found {
            seen += 1;
            let mut sources = Sources::default();
            let read = import::toml::read(
                &mut sources,
                "example.toml",
                found.example.as_bytes(),
                &evalplan::lexicon::Lexicon::default(),
            );
            let wrong: Vec<_> =
                read.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
            assert!(wrong.is_empty(), "{}: {}\n{wrong:?}", found.rule, found.example);
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn constants_at_the_ends_of_their_kinds_do_no_harm() {
    for when in [
        "project.budget > usd(9223372036854775807)",
        "project.budget < usd(0)",
        "project.duration > months(1200)",
        "project.duration >= months(0)",
        "project.start < date(\"0001-01-01\")",
        "project.end > date(\"9999-12-31\")",
    ] {
        let rule = format!("title = \"At least one evaluation\"\nwhen = '{when}'");
        let (catalog, _) = packs(&[(
            "rules/ilo-2002/project-evaluation.toml",
            "title = \"At least one evaluation\"",
            &rule,
        )]);
        let proof = prove(&catalog, |pack| &*pack.id == "ilo-2002", MOST_CELLS);
        assert!(proof.packs.iter().all(|pack| pack.incomplete.is_empty()), "{when}");
        let pack = catalog.pack("ilo-2002").expect("it is shipped");
        assert!(diff((pack, pack), MOST_CELLS).found.is_empty(), "{when}");
    }
}
