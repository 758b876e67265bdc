//! What conditions answer when facts are missing, what they need, and how they say it.
//! Must not test messages of refused expressions.

use super::*;

fn partly() -> Definition {
    let mut partly = empty();
    set(&mut partly, key::budget::TOTAL, usd(400_000, 500_000));
    set(&mut partly, key::project::START, dates("2014-01-01", "2014-12-31"));
    set(&mut partly, key::project::END, dates("2016-01-01", "2016-12-31"));
    add(&mut partly, Table::Evaluation, vec![(key::evaluation::ID, text("final"))]);
    partly
}

#[test]
fn ranges_decide_where_all_of_them_agrees() {
    let partly = partly();
    for (condition, want) in [
        ("project.budget > usd(350000)", Tri::True),
        ("project.budget > usd(500000)", Tri::False),
        ("project.budget >= usd(500000)", Tri::Unknown),
        ("project.budget == usd(450000)", Tri::Unknown),
        ("project.budget == usd(350000)", Tri::False),
        ("project.budget != usd(350000)", Tri::True),
        ("project.start < date('2015-01-01')", Tri::True),
        ("project.start < date('2014-07-01')", Tri::Unknown),
        ("project.duration >= months(12)", Tri::True),
        ("project.duration > months(36)", Tri::False),
        ("project.duration > months(18)", Tri::Unknown),
        ("project.autonomy == workers", Tri::Unknown),
        ("'ZA' in project.countries", Tri::Unknown),
        ("size(project.countries) > 0", Tri::Unknown),
        ("has(project.autonomy)", Tri::False),
        ("project.autonomy == workers && false", Tri::False),
        ("project.autonomy == workers || true", Tri::True),
        ("project.committee ? 1 == 1 : 2 == 2", Tri::True),
        ("project.committee ? true : false", Tri::Unknown),
        ("project.evaluations.exists(e, e.independence == external)", Tri::Unknown),
        ("project.parties.exists(p, p.group == workers)", Tri::False),
        ("project.parties.all(p, p.group == workers)", Tri::True),
        ("size(project.parties) == 0", Tri::True),
    ] {
        assert_eq!(tri(&partly, condition), want, "{condition}");
    }
}

#[test]
fn an_open_list_stays_open() {
    let mut open = port();
    open.set_open(Table::Evaluation, true);
    for (condition, want) in [
        ("project.evaluations.exists(e, e.independence == external)", Tri::True),
        ("project.evaluations.exists(e, e.independence == self)", Tri::Unknown),
        ("project.evaluations.all(e, e.independence > self)", Tri::Unknown),
        ("project.evaluations.all(e, e.independence == external)", Tri::False),
        ("project.evaluations.exists_one(e, e.independence == external)", Tri::Unknown),
        ("project.evaluations.exists_one(e, e.independence > self)", Tri::False),
        ("size(project.evaluations) >= 2", Tri::True),
        ("size(project.evaluations) >= 3", Tri::Unknown),
        ("size(project.evaluations) < 2", Tri::False),
        ("size(project.evaluations) + 1 >= 3", Tri::True),
        ("size(project.evaluations.filter(e, e.timing == final)) >= 1", Tri::True),
        ("size(project.evaluations.filter(e, e.timing == final)) == 1", Tri::Unknown),
        ("has(project.evaluations)", Tri::True),
    ] {
        assert_eq!(tri(&open, condition), want, "{condition}");
    }
}

#[test]
fn what_is_needed_is_what_the_result_hangs_on() {
    let mut partly = partly();
    partly.set_open(Table::Party, true);
    for (condition, want) in [
        ("project.budget > usd(350000)", &[] as &[&str]),
        ("project.budget > usd(450000)", &["budget.total"]),
        ("project.duration > months(18)", &["project.start", "project.end"]),
        (
            "project.duration > months(18) && project.budget > usd(450000)",
            &["project.start", "project.end", "budget.total"],
        ),
        ("project.duration > months(18) && project.budget > usd(900000)", &[]),
        ("project.duration > months(18) && project.budget > usd(350000)", &["project.start", "project.end"]),
        ("!(project.autonomy == workers)", &["project.autonomy"]),
        ("project.evaluations.exists(e, e.independence == external)", &["evaluation.final.independence"]),
        ("project.parties.exists(p, p.group == workers)", &["party"]),
        ("size(project.parties) >= 2", &["party"]),
        (
            "project.committee ? project.autonomy == workers : false",
            &["project.autonomy", "project.committee"],
        ),
        ("'ZA' in project.countries", &["project.countries"]),
        ("project.start < project.end", &[]),
        ("project.start <= project.approved", &["project.approved", "project.start"]),
        ("project.committee", &["project.committee"]),
        ("size(project.parties.filter(p, p.group == workers)) > 0", &["party"]),
        ("project.evaluations.all(e, has(e.date))", &[]),
    ] {
        assert_eq!(needs(&partly, condition), want, "{condition}");
    }
}

/// What is asked, and what is told.
const EXPLANATIONS: &[(&str, &str)] = &[
    ("project.budget > usd(350000)", "`budget.total` is US$ 590,000: over US$ 350,000"),
    ("project.budget > usd(600000)", "`budget.total` is US$ 590,000: not over US$ 600,000"),
    ("project.budget.evaluation > usd(1)", "`budget.evaluation` is not given"),
    ("project.duration <= months(18)", "`project.duration` is 48 months: over 18 months"),
    ("months(18) < project.duration", "`project.duration` is 48 months: over 18 months"),
    ("project.autonomy == workers", "`project.autonomy` is workers"),
    ("project.autonomy == employers", "`project.autonomy` is workers, not employers"),
    ("project.start < date('2010-01-01')", "`project.start` is 2013-01-01: not before 2010-01-01"),
    (
        "project.budget > usd(1) && project.autonomy == employers",
        "`project.autonomy` is workers, not employers",
    ),
    ("project.budget > usd(1) || project.autonomy == employers", "`budget.total` is US$ 590,000: over US$ 1"),
    ("!has(project.budget.evaluation)", "`budget.evaluation` is not given"),
    (
        "project.evaluations.exists(e, e.independence >= independent-internal)",
        "`evaluation.final.independence` is external: at least independent-internal",
    ),
    (
        "project.evaluations.exists(e, e.independence == self)",
        "`evaluation.mid-term.independence` is internal, not self; `evaluation.final.independence` is external, not self",
    ),
    ("project.revisions.exists(r, has(r.end))", "the file has no revisions"),
    ("project.donors.exists(d, d.kind == public)", "there may be more donors than the file knows"),
    ("size(project.evaluations) >= 3", "`size(project.evaluations)` is 2: under 3"),
    ("project.committee", "`project.committee` is true"),
    ("'US' in project.countries", "`project.countries` has no \"US\""),
];

#[test]
fn explanations_tell_only_the_steps_that_decide() {
    let mut port = port();
    port.set_open(Table::Donor, true);
    for (condition, want) in EXPLANATIONS.iter().copied() {
        assert_eq!(explain(&port, condition), want, "{condition}");
    }
    let mut range = empty();
    set(&mut range, key::budget::TOTAL, usd(300_000, 500_000));
    assert_eq!(
        explain(&range, "project.budget > usd(350000)"),
        "`budget.total` is US$ 300,000 to US$ 500,000, which may or may not be over US$ 350,000"
    );
}
