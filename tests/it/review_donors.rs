//! What the two donors' packs say of small definitions: whose money joins them, whom they bind, and from which day.

use super::review_cases::said;
use evalplan::assess::Outcome::{self, Gap, Met, NotApplicable, Undecided};
use evalplan::policy::Severity::{Error, Note, Warning};

fn of(text: &str, as_of: &str, rule: &str) -> Option<Outcome> {
    said(text, as_of, rule).map(|one| one.0)
}

fn union(head: &str, more: &str) -> String {
    format!("[project]\ntitle = \"T\"\nkind = \"union-programme\"\n{head}\n{more}")
}

const BELGIUM: &str = "[[donor]]\nname = \"Belgium\"\n";

#[test]
fn only_belgian_money_joins_the_belgian_pack_and_bodies_have_many_names() {
    let rule = "belgium-trade-unions/eligible-body";
    let with = |body: &str, donor: &str| {
        union(&format!("start = 2012-01-01\nend = 2016-12-31\nimplementer = \"{body}\""), donor)
    };
    assert_eq!(of(&with("A federation", "[[donor]]\nname = \"Norway\"\n"), "2012-01-01", rule), None);
    assert_eq!(of(&with("A federation", ""), "2012-01-01", rule), None, "nobody pays");
    assert_eq!(said(&with("Médecins", BELGIUM), "2012-01-01", rule), Some((Gap, Error)));
    for body in [
        "IFSI",
        "ISVI",
        "ifsi/isvi",
        "IFSI - ISVI",
        "International Trade Union Training Institute (IFSI)",
        "FOS, Solsoc and IFSI/ISVI",
    ] {
        assert_eq!(of(&with(body, BELGIUM), "2012-01-01", rule), Some(Met), "{body}");
    }
}

#[test]
fn a_start_before_the_agreement_joins_nothing_and_one_known_in_part_is_asked_for() {
    let rule = "belgium-trade-unions/final-evaluation";
    assert_eq!(of(&union("start = 2007-06-05\nend = 2011-12-31", BELGIUM), "2012-01-01", rule), None);
    let body = "belgium-trade-unions/eligible-body";
    assert_eq!(
        of(&union("start = 2007-06-06\nend = 2011-12-31", BELGIUM), "2012-01-01", body),
        Some(Undecided),
        "whose work it is"
    );
    for start in ["", "start = \"2007\""] {
        assert_eq!(of(&union(start, BELGIUM), "2012-01-01", body), Some(Undecided), "{start}");
    }
}

#[test]
fn actions_answer_for_kind_scope_and_plan() {
    let with = |action: &str| {
        union(
            "start = 2012-01-01\nend = 2016-12-31\nimplementer = \"IFSI\"",
            &format!("{BELGIUM}[[action]]\nid = \"a\"\n{action}"),
        )
    };
    let rule = |local: &str| format!("belgium-trade-unions/{local}");
    assert_eq!(of(&with("scope = [\"awareness\"]"), "2012-01-01", &rule("action-kind")), Some(Gap));
    assert_eq!(
        said(&with("kind = \"exchange\"\nscope = []"), "2012-01-01", &rule("action-scope")),
        Some((Gap, Error))
    );
    assert_eq!(
        of(&with("kind = \"exchange\"\nscope = [\"awareness\"]"), "2012-01-01", &rule("action-scope")),
        Some(Met)
    );
    assert_eq!(
        said(
            &with("kind = \"training\"\nscope = [\"awareness\"]"),
            "2012-01-01",
            &rule("national-action-plan")
        ),
        Some((Gap, Warning)),
        "a means, no condition"
    );
    // Equality of women and men stays with actions alone on file.
    assert!(
        of(
            &with("kind = \"exchange\"\nscope = [\"awareness\"]"),
            "2012-01-01",
            "ilo-gender/gender-mainstreaming"
        )
        .is_some()
    );
}

fn flemish(head: &str, channel: &str) -> String {
    format!(
        "[project]\ntitle = \"T\"\nstart = 2018-01-01\nend = 2019-12-31\n{head}\n[[donor]]\nname = \"Flanders\"\nchannel = \"{channel}\"\n"
    )
}

fn agreement(head: &str, more: &str) -> String {
    format!(
        "[project]\ntitle = \"T\"\nkind = \"donor-agreement\"\n{head}\n[[donor]]\nname = \"Vlaamse overheid\"\nchannel = \"trust-fund\"\n{more}"
    )
}

#[test]
fn women_and_youth_are_a_focus_by_any_word_for_them() {
    let rule = "donor-flanders/women-and-youth";
    for groups in ["women", "girls", "young people", "Women workers", "female and young workers", "youth"] {
        let text = flemish(&format!("target-groups = [\"{groups}\"]"), "trust-fund");
        assert_eq!(of(&text, "2018-01-01", rule), Some(Met), "{groups}");
    }
    for groups in ["[]", "[\"fishers\"]"] {
        let text = flemish(&format!("target-groups = {groups}"), "trust-fund");
        assert_eq!(
            said(&text, "2018-01-01", rule),
            Some((Gap, Warning)),
            "a focus and a priority, no condition: {groups}"
        );
    }
    let unasked = agreement("start = 2016-03-07\nend = 2021-03-06\ntarget-groups = []", "");
    assert_eq!(of(&unasked, "2018-01-01", rule), Some(NotApplicable), "an agreement has no target groups");
    let earlier = flemish("approved = 2015-12-01\ntarget-groups = [\"fishers\"]", "trust-fund");
    assert_eq!(of(&earlier, "2018-01-01", rule), Some(NotApplicable), "approved before the agreement");
    let partly = flemish("approved = \"2016\"\ntarget-groups = [\"fishers\"]", "trust-fund");
    assert_eq!(of(&partly, "2018-01-01", rule), Some(Undecided));
}

#[test]
fn themes_and_channels_are_those_of_the_sources() {
    let rule = "donor-flanders/fields-of-competence";
    for theme in [
        "agriculture",
        "social economy",
        "health care",
        "labour standards",
        "gender",
        "SMEs",
        "green jobs",
        "skills",
    ] {
        let text = flemish(&format!("themes = [\"{theme}\"]"), "trust-fund");
        assert_eq!(of(&text, "2018-01-01", rule), Some(Met), "{theme}");
    }
    assert_eq!(
        said(&flemish("themes = [\"space travel\"]", "trust-fund"), "2018-01-01", rule),
        Some((Gap, Note))
    );
    assert_eq!(of(&flemish("", "other"), "2018-01-01", "donor-flanders/two-channels"), Some(Gap));
    assert_eq!(of(&flemish("", "bilateral"), "2018-01-01", "donor-flanders/two-channels"), Some(Met));
    let bilateral = |country: &str| flemish(&format!("countries = [\"{country}\"]"), "bilateral");
    assert_eq!(of(&bilateral("MW"), "2018-01-01", "donor-flanders/bilateral-country"), Some(Met));
    assert_eq!(of(&bilateral("PE"), "2018-01-01", "donor-flanders/bilateral-country"), Some(Gap));
}

#[test]
fn the_agreement_of_2016_is_evaluated_near_its_fourth_anniversary() {
    let with = |day: &str| {
        agreement(
            "start = 2016-03-07\nend = 2021-12-31",
            &format!(
                "[[evaluation]]\nid = \"cooperation-1\"\ntiming = \"cooperation\"\nindependence = \"external\"\n{day}\n"
            ),
        )
    };
    let (duty, days) = ("donor-flanders/cooperation-evaluation", "evalplan/evaluation-days");
    assert_eq!(of(&with("completed = 2020-12-15"), "2021-06-01", duty), Some(Met), "the one that took place");
    assert_eq!(of(&with("completed = 2020-12-15"), "2021-06-01", days), Some(Met));
    assert_eq!(
        said(&with("completed = 2016-04-01"), "2021-06-01", days),
        Some((Gap, Warning)),
        "a month after the agreement began"
    );
    let none = agreement("start = 2016-03-07\nend = 2021-12-31", "");
    assert_eq!(said(&none, "2021-06-01", duty), Some((Gap, Error)));
    assert_eq!(
        of(&agreement("start = 1997-01-01\nend = 2001-12-31", ""), "2021-06-01", duty),
        Some(NotApplicable),
        "an earlier agreement"
    );
    assert_eq!(
        of(
            &agreement("start = 1997-01-01\nend = 2000-12-31", ""),
            "2021-06-01",
            "donor-flanders/joint-review"
        ),
        Some(NotApplicable)
    );
    assert_eq!(
        of(&agreement("start = 2016-03-07", ""), "2021-06-01", "donor-flanders/joint-review"),
        Some(Undecided),
        "no end"
    );
}
