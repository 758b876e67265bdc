//! What rules say of small definitions where a first reading of the texts went wrong: whom a paragraph binds, how strictly, and when.

use evalplan::assess::Explainer;
use evalplan::assess::Outcome::{self, Gap, Met, NotApplicable, Undecided};
use evalplan::engine::{Engine, Request};
use evalplan::policy::Severity::{self, Error, Note, Warning};
use std::sync::LazyLock;

pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::shipped);

/// What one rule says of a definition on a day, and how bad a gap is; `None` where it does not bind.
pub(crate) fn said(text: &str, as_of: &str, rule: &str) -> Option<(Outcome, Severity)> {
    let request = Request::on(as_of.parse().expect("a day"));
    ENGINE.check("case.toml", format!("format = 1\n{text}").as_bytes(), &request, |outcome| {
        let assessed = outcome.assessed.unwrap_or_else(|| panic!("{:?} in\n{text}", outcome.diagnostics));
        let finding = assessed.assessment.findings.iter().find(|finding| *finding.rule.id == *rule)?;
        Some((finding.outcome, finding.severity))
    })
}

/// A project with the three parties and sound evaluations, some lines changed.
fn project(head: &str, evaluations: &str, more: &str) -> String {
    let parties: String = [("Ministry", "government"), ("Federation", "employers"), ("Congress", "workers")]
        .iter()
        .map(|(name, group)| {
            format!("[[party]]\nname = \"{name}\"\ngroup = \"{group}\"\nstages = [\"needs-assessment\", \"design\", \"implementation\", \"monitoring\", \"evaluation\"]\n")
        })
        .collect();
    format!("[project]\ntitle = \"T\"\n{head}\n{more}\n{evaluations}\n{parties}")
}

fn evaluation(timing: &str, more: &str) -> String {
    format!(
        "[[evaluation]]\nid = \"{timing}-x\"\ntiming = \"{timing}\"\nparticipants = [\"government\", \"employers\", \"workers\"]\n{more}\n"
    )
}

const TWO_YEARS: &str = "start = 2006-03-01\nend = 2008-02-29";
const FOUR_YEARS: &str = "start = 2006-03-01\nend = 2010-02-28";

#[test]
fn a_yearly_evaluation_of_the_office_is_no_fault_of_one_programme() {
    let programme = |start: &str, evaluations: &str| {
        format!(
            "[project]\ntitle = \"T\"\nkind = \"thematic-programme\"\nstart = {start}\nend = 2011-12-31\n{evaluations}"
        )
    };
    let thematic = |day: &str| {
        format!(
            "[[evaluation]]\nid = \"t{day}\"\ntiming = \"thematic\"\nindependence = \"external\"\ncompleted = {day}\n"
        )
    };
    let rule = "ilo-thematic/thematic-evaluation-schedule";
    let scheduled = programme("2006-01-01", &(thematic("2008-05-01") + &thematic("2011-05-01")));
    assert_eq!(said(&scheduled, "2012-01-01", rule), Some((Met, Warning)), "not every March");
    assert_eq!(said(&programme("2006-01-01", ""), "2006-06-01", rule), Some((Gap, Warning)));
    let budget = "ilo-thematic/thematic-budget";
    assert_eq!(
        said(&programme("2003-01-01", ""), "2006-06-01", budget).map(|one| one.0),
        Some(NotApplicable),
        "its text is of 2005"
    );
}

#[test]
fn independence_counts_wherever_the_plan_has_it() {
    let large = |evaluations: &str| {
        project(FOUR_YEARS, evaluations, "[budget]\ntotal = \"USD 500000\"\nevaluation = \"USD 30000\"")
    };
    let rule = "ilo-2005/independent-evaluation";
    for level in ["independent-internal", "independent", "external"] {
        let review = evaluation("mid-term-review", &format!("independence = \"{level}\""))
            + &evaluation("final", "independence = \"internal\"");
        assert_eq!(said(&large(&review), "2007-01-01", rule), Some((Met, Error)), "{level}");
    }
    let inside = evaluation("mid-term-review", "independence = \"internal\"")
        + &evaluation("final", "independence = \"internal\"");
    assert_eq!(said(&large(&inside), "2007-01-01", rule), Some((Gap, Error)));
    // A review that nobody agreed is not owed, and not met either.
    let none = evaluation("final", "independence = \"external\"");
    assert_eq!(
        said(&large(&none), "2007-01-01", "ilo-2005/mid-term-review").map(|one| one.0),
        Some(NotApplicable)
    );
}

#[test]
fn money_for_evaluation_is_there_enough_and_inside_the_budget() {
    let with = |money: &str| {
        let both = evaluation("mid-term", "independence = \"external\"\nbudget = \"USD 9000\"")
            + &evaluation("final", "independence = \"external\"\nbudget = \"USD 15000\"");
        project(TWO_YEARS, &both, &format!("[budget]\ntotal = \"USD 400000\"\n{money}"))
    };
    let of = |money: &str, rule: &str| said(&with(money), "2006-03-01", &format!("ilo-2005/{rule}"));
    assert_eq!(of("", "evaluation-budget"), Some((Gap, Error)), "nothing said is a gap");
    assert_eq!(of("evaluation = \"USD 0\"", "evaluation-budget"), Some((Gap, Error)));
    assert_eq!(of("evaluation = \"USD 1\"", "evaluation-budget-enough").map(|one| one.0), Some(Gap));
    assert_eq!(of("evaluation = \"USD 24000\"", "evaluation-budget-enough").map(|one| one.0), Some(Met));
    assert_eq!(of("evaluation = \"USD 23999.99\"", "evaluation-budget-enough").map(|one| one.0), Some(Gap));
    assert_eq!(
        of("evaluation = \"USD 400001\"", "evaluation-budget-within-total").map(|one| one.0),
        Some(Gap)
    );
    assert_eq!(
        of("evaluation = \"EUR 30000\"", "evaluation-budget-enough").map(|one| one.0),
        Some(Undecided),
        "no rate"
    );
}

#[test]
fn constituents_take_part_in_evaluations_proper_and_in_no_others() {
    let rule = "ilo-tripartism/constituents-in-evaluations";
    for (timing, expected) in [
        ("mid-term", Gap),
        ("final", Gap),
        ("ex-post", Gap),
        ("mid-term-review", Gap),
        ("annual-review", NotApplicable),
        ("evaluability", NotApplicable),
    ] {
        let alone = format!("[[evaluation]]\nid = \"e\"\ntiming = \"{timing}\"\nparticipants = []\n");
        assert_eq!(
            said(&project(TWO_YEARS, &alone, ""), "2006-03-01", rule).map(|one| one.0),
            Some(expected),
            "{timing}"
        );
    }
    let autonomous = "[project]\ntitle = \"T\"\nautonomy = \"workers\"\nstart = 2006-03-01\nend = 2008-02-29\n[[evaluation]]\nid = \"e\"\ntiming = \"final\"\nparticipants = []\n";
    assert_eq!(said(autonomous, "2006-03-01", rule), Some((Gap, Error)), "the one party still takes part");
    let with = autonomous.replace("participants = []", "participants = [\"workers\"]");
    assert_eq!(said(&with, "2006-03-01", rule).map(|one| one.0), Some(Met));
}

#[test]
fn criteria_are_asked_of_evaluations_and_not_of_reviews() {
    let of = |timing: &str| {
        said(
            &project(TWO_YEARS, &evaluation(timing, "criteria = [\"relevance\"]"), ""),
            "2006-03-01",
            "ilo-2005/evaluation-criteria",
        )
    };
    assert_eq!(of("final"), Some((Gap, Warning)));
    assert_eq!(of("annual-review").map(|one| one.0), Some(NotApplicable));
    assert_eq!(of("evaluability").map(|one| one.0), Some(NotApplicable));
}

#[test]
fn a_final_evaluation_is_one_of_a_country_programme_too() {
    let programme = |timing: &str| {
        format!(
            "[project]\ntitle = \"T\"\nkind = \"country-programme\"\nstart = 2006-01-01\nend = 2009-12-31\n{}",
            evaluation(timing, "date = 2009-11-02")
        )
    };
    let rule = "ilo-country-programme/country-programme-evaluation";
    assert_eq!(said(&programme("final"), "2007-01-01", rule).map(|one| one.0), Some(Met));
    assert_eq!(said(&programme("country-programme"), "2007-01-01", rule).map(|one| one.0), Some(Met));
    assert_eq!(said(&programme("annual-review"), "2007-01-01", rule).map(|one| one.0), Some(Gap));
}

#[test]
fn each_private_donor_has_a_record_of_its_own_name() {
    let donors = |records: &str, kind: &str| {
        format!(
            "[project]\ntitle = \"T\"\nkind = \"{kind}\"\nstart = 2007-01-01\nend = 2008-02-29\n[[donor]]\nname = \"Quarry Holdings\"\nkind = \"private\"\n[[donor]]\nname = \"Green Foundation\"\nkind = \"private\"\n{records}"
        )
    };
    let record =
        |name: &str| format!("[[partner]]\nname = \"{name}\"\nkind = \"foundation\"\nreputable = true\n");
    let rule = "private-partner/partner-record";
    let one = donors(&record("Green Foundation"), "project");
    assert_eq!(said(&one, "2007-01-01", rule).map(|one| one.0), Some(Gap), "the other one has none");
    let both = donors(&(record("Green Foundation") + &record("Quarry Holdings")), "project");
    assert_eq!(said(&both, "2007-01-01", rule).map(|one| one.0), Some(Met));
    assert_eq!(
        said(&donors("", "thematic-programme"), "2007-01-01", rule).map(|one| one.0),
        Some(Gap),
        "programmes too"
    );
}

#[test]
fn reviews_with_donors_have_the_bureaux_by_group_or_by_name() {
    let agreement = |participants: &str, kind: &str| {
        format!(
            "[project]\ntitle = \"T\"\nkind = \"donor-agreement\"\nstart = 2007-01-01\nend = 2010-12-31\n[[donor]]\nname = \"Norway\"\n[[party]]\nname = \"Bureau E\"\ngroup = \"act-emp\"\nstages = [\"monitoring\"]\n[[party]]\nname = \"Bureau W\"\ngroup = \"actrav\"\nstages = [\"monitoring\"]\n[[meeting]]\nid = \"m\"\nkind = \"{kind}\"\ndate = 2008-05-05\nparticipants = [{participants}]\n"
        )
    };
    let rule = "donor-framework/bureaux-in-donor-reviews";
    for kind in ["cooperation-review", "joint-review"] {
        assert_eq!(
            said(&agreement("\"Bureau E\", \"actrav\"", kind), "2009-01-01", rule).map(|one| one.0),
            Some(Met),
            "{kind}"
        );
        assert_eq!(
            said(&agreement("\"Bureau E\"", kind), "2009-01-01", rule).map(|one| one.0),
            Some(Gap),
            "{kind}"
        );
    }
}

#[test]
fn an_appraisal_comes_before_the_approval() {
    let with = |day: &str| {
        let appraisal = format!("[[meeting]]\nid = \"a\"\nkind = \"appraisal\"\ndate = {day}\n");
        project(
            "approved = 2013-05-01\nstart = 2014-01-01\nend = 2016-12-31",
            "",
            &format!("[budget]\ntotal = \"USD 5000001\"\n{appraisal}"),
        )
    };
    let rule = "ilo-2012/evaluation-plan-appraisal";
    let of = |day: &str| {
        said(&format!("policy = \"ilo-2012\"\n{}", with(day)), "2015-01-01", rule).map(|one| one.0)
    };
    assert_eq!(of("2013-05-01"), Some(Met));
    assert_eq!(of("2013-05-02"), Some(Gap), "after the approval, though before the start");
    assert_eq!(of("2009-01-01"), Some(Met), "no day is too early");
}

#[test]
fn a_text_binds_nobody_before_its_day() {
    let early = "[project]\ntitle = \"T\"\nstart = 1994-01-01\nend = 1997-06-30\n[[evaluation]]\nid = \"f\"\ntiming = \"final\"\nparticipants = []\n";
    assert_eq!(said(early, "1998-01-01", "ilo-tripartism/constituents-at-every-stage"), Some((Gap, Warning)));
    assert_eq!(said(early, "1998-01-01", "ilo-tripartism/constituents-in-evaluations"), Some((Gap, Warning)));
    let later = early.replace("1994-01-01", "1999-06-01").replace("1997-06-30", "2001-06-30");
    assert_eq!(said(&later, "1998-01-01", "ilo-tripartism/constituents-at-every-stage"), Some((Gap, Error)));
    let unknown = early.replace("start = 1994-01-01\nend = 1997-06-30\n", "");
    assert_eq!(
        said(&unknown, "1998-01-01", "ilo-tripartism/constituents-at-every-stage"),
        Some((Gap, Error)),
        "a missing start weakens nothing"
    );
}

#[test]
fn what_a_rule_asks_for_wakes_no_others_unannounced() {
    let large = |more: &str| {
        format!(
            "policy = \"ilo-2020\"\n{}",
            project(
                "start = 2021-01-01\nend = 2024-12-31",
                "",
                &format!("[budget]\ntotal = \"USD 6000000\"\n{more}")
            )
        )
    };
    assert_eq!(said(&large(""), "2021-01-01", "ilo-2020/risk-register"), Some((Gap, Warning)));
    let assumption = "[[risk]]\nid = \"a\"\ntitle = \"It rains\"\nkind = \"assumption\"\n";
    assert_eq!(
        said(&large(assumption), "2021-01-01", "ilo-2020/risk-register").map(|one| one.0),
        Some(Gap),
        "an assumption is no risk"
    );
    let request = Request::on("2021-01-01".parse().expect("a day"));
    ENGINE.check("case.toml", format!("format = 1\n{}", large("")).as_bytes(), &request, |outcome| {
        let explainer = Explainer::new(&outcome.assessed.as_ref().expect("it is sound").assessment);
        let remedies: Vec<String> = outcome
            .gaps()
            .filter(|gap| &*gap.rule.local == "risk-register")
            .filter_map(|gap| explainer.remedy(gap))
            .collect();
        assert!(
            remedies.concat().contains("`ilo-design`"),
            "it says that `ilo-design` joins then: {remedies:?}"
        );
    });
    let active = project(&format!("status = \"active\"\n{TWO_YEARS}"), "", "");
    assert_eq!(said(&active, "2006-03-01", "ilo-project-document/design-on-file"), Some((Gap, Note)));
    assert_eq!(said(&active, "2006-03-01", "ilo-design/outcomes"), None, "nothing of the design is on file");
    assert_eq!(
        said(
            &format!("{active}[sustainability]\ncapacity-assessed = false\n"),
            "2006-03-01",
            "ilo-design/capacity-assessment"
        )
        .map(|one| one.0),
        Some(Gap)
    );
}

#[test]
fn standards_that_are_none_are_not_taken_for_some() {
    let with = |standards: &str| {
        format!(
            "[project]\ntitle = \"T\"\nstatus = \"pipeline\"\nstart = 2006-03-01\nend = 2008-02-29\nstandards = {standards}\n"
        )
    };
    let rule = "ilo-design/standards";
    assert_eq!(said(&with("[]"), "2006-03-01", rule).map(|one| one.0), Some(Gap));
    assert_ne!(said(&with("[\"apple\"]"), "2006-03-01", rule).map(|one| one.0), Some(Met));
    assert_eq!(said(&with("[\"C29\"]"), "2006-03-01", rule).map(|one| one.0), Some(Met));
}

#[test]
fn involvement_is_of_each_party_and_not_of_a_ministry_alone() {
    let with = |parties: &str| {
        format!("[project]\ntitle = \"T\"\ncommittee = true\nstart = 2006-03-01\nend = 2008-02-29\n{parties}")
    };
    let party = |group: &str| {
        format!("[[party]]\nname = \"{group}\"\ngroup = \"{group}\"\nstages = [\"monitoring\"]\n")
    };
    let rule = "ilo-tripartism/involvement-beyond-committee";
    assert_eq!(said(&with(&party("government")), "2006-03-01", rule).map(|one| one.0), Some(Gap));
    let three = ["government", "employers", "workers"].map(party).concat();
    assert_eq!(said(&with(&three), "2006-03-01", rule).map(|one| one.0), Some(Met));
    assert_eq!(
        said(&with(""), "2006-03-01", "ilo-tripartism/bureaux-at-every-stage").map(|one| one.0),
        Some(Gap),
        "no party at all"
    );
}
