//! What conditions answer when the facts are known.
//! Must not test messages.

use super::*;
use serde_json::json;

#[test]
fn the_conditions_of_the_policy_hold_for_the_port() {
    let port = port();
    for condition in [
        "project.budget > usd(350000)",
        "project.duration >= months(18)",
        "project.duration > months(30) && project.duration <= months(48)",
        "project.evaluations.exists(e, e.independence >= independent-internal)",
        "project.autonomy == workers",
        "project.autonomy == \"workers\"",
        "workers == project.autonomy",
        "\"ZA\" in project.countries",
        "!('US' in project.countries)",
        "project.parties.exists(p, p.group == workers && design in p.stages)",
        "project.parties.exists(p, p.stages.exists(s, s == monitoring))",
        "size(project.evaluations) >= 1",
        "size(project.evaluations) == 2 && project.evaluations.size() < 3",
        "size(project.evaluations.filter(e, e.independence == external)) == 1",
        "project.evaluations.exists_one(e, e.timing in [final, ex-post])",
        "project.evaluations.all(e, e.independence > self)",
        "!has(project.budget.evaluation)",
        "has(project.budget) && has(project.duration) && has(project.evaluations)",
        "project.evaluations.all(e, !has(e.date))",
        "project.start >= date(\"2003-01-01\") && project.end < date('2017-01-01')",
        "project.committee && project.committee == true",
        "size(project.countries) == 2",
        "project.countries == ['ZA', 'MZ']",
        "project.autonomy == (project.committee ? workers : employers)",
        "project.committee ? project.autonomy == workers : false",
        "project.evaluations.exists(e, project.evaluations.exists(f, e.independence < f.independence))",
        "months(30) < project.duration",
        "usd(349999.99) < project.budget && project.budget == usd(\"590000.00\")",
        "project.country-programme == 'x' || true",
    ] {
        assert_eq!(tri(&port, condition), Tri::True, "{condition}");
        assert_eq!(tri(&port, &format!("!({condition})")), Tri::False, "{condition}");
    }
}

#[test]
fn questions_about_lists_are_told_in_plain_words() {
    let port = port();
    for (condition, words) in [
        ("project.countries.exists(c, c in [\"ZA\", \"MW\"])", "`project.countries` has \"ZA\""),
        (
            "project.countries.exists(c, c in [\"KE\", \"MW\"])",
            "`project.countries` has none of \"KE\", \"MW\"",
        ),
        (
            "project.countries.all(c, c in [\"ZA\", \"MZ\", \"MW\"])",
            "`project.countries` has nothing but \"ZA\", \"MZ\"",
        ),
        (
            "project.countries.all(c, c in [\"ZA\"])",
            "`project.countries` has \"MZ\", beside what is meant: \"ZA\"",
        ),
        ("\"ZA\" in project.countries", "`project.countries` has \"ZA\""),
        ("\"KE\" in project.countries", "`project.countries` has no \"KE\""),
        ("project.autonomy in [workers]", "`project.autonomy` is workers: one of workers"),
        ("project.autonomy in [employers]", "`project.autonomy` is workers: not one of employers"),
    ] {
        assert_eq!(explain(&port, condition), words, "{condition}");
    }
}

#[test]
fn thresholds_are_exact_to_the_cent_and_the_day() {
    let mut at = empty();
    for (amount, over) in [(35_000_000, Tri::False), (35_000_001, Tri::True), (34_999_999, Tri::False)] {
        set(&mut at, key::budget::TOTAL, cents(amount));
        assert_eq!(tri(&at, "project.budget > usd(350000)"), over, "{amount}");
    }
    set(&mut at, key::project::START, dates("2014-01-01", "2014-01-01"));
    for (end, over, within) in [
        ("2015-06-30", Tri::False, Tri::True),
        ("2015-07-01", Tri::True, Tri::True),
        ("2015-06-29", Tri::False, Tri::False),
    ] {
        set(&mut at, key::project::END, dates(end, end));
        assert_eq!(tri(&at, "project.duration > months(18)"), over, "{end}");
        assert_eq!(tri(&at, "project.duration >= months(18)"), within, "{end}");
    }
}

#[test]
fn an_element_can_be_bound_from_outside() {
    let port = port();
    let facts = Facts::original(&port);
    let scope = Scope { bindings: &[("e", Table::Evaluation)] };
    let expr = compile_condition("e.independence >= external && size(project.evaluations) > 1", &scope)
        .expect("sound");
    let mut trace = Trace::new();
    assert_eq!(expr.condition(&facts, Some((Table::Evaluation, 0)), &mut trace), Tri::False);
    assert_eq!(
        expr.explain(&facts, &trace),
        "`evaluation.mid-term.independence` is internal: under external"
    );
    assert_eq!(expr.condition(&facts, Some((Table::Evaluation, 1)), &mut trace), Tri::True);
    assert_eq!(expr.condition(&facts, Some((Table::Evaluation, 7)), &mut trace), Tri::Unknown);
    assert_eq!(expr.condition(&facts, None, &mut trace), Tri::Unknown);
}

#[test]
fn values_are_told_as_json() {
    let mut port = port();
    set(&mut port, key::budget::MONITORING, usd(1000, 2000));
    set(&mut port, key::project::APPROVED, dates("2012-01-01", "2012-12-31"));
    for (text, want) in [
        ("project.budget", json!("USD 590000")),
        ("project.budget.monitoring", json!("USD 1000..2000")),
        ("project.budget.evaluation", json!(null)),
        ("project.start", json!("2013-01-01")),
        ("project.approved", json!({ "from": "2012-01-01", "to": "2012-12-31" })),
        ("project.duration", json!("48 months")),
        ("months(18)", json!("18 months")),
        ("project.countries", json!(["ZA", "MZ"])),
        ("project.autonomy", json!("workers")),
        ("[1, 'a', null, true]", json!([1, "a", null, true])),
        ("project.countries.map(c, c == 'ZA')", json!([true, false])),
        ("size(project.countries) * 3 - 1", json!(5)),
        ("project.budget > usd(1)", json!(true)),
    ] {
        assert_eq!(value(&port, text).to_json(), want, "{text}");
    }
}

#[test]
fn integers_overflow_into_errors_that_and_and_or_absorb() {
    use super::super::Fault;
    let empty = empty();
    assert_eq!(value(&empty, "9223372036854775807 + 1"), Value::Error(Fault::Overflow));
    assert_eq!(value(&empty, "-9223372036854775808 % -1"), Value::Error(Fault::Overflow));
    assert_eq!(value(&empty, "1 / 0"), Value::Error(Fault::DivisionByZero));
    assert_eq!(value(&empty, "[1][1]"), Value::Error(Fault::NoSuchPlace));
    assert_eq!(value(&empty, "false && 1 / 0 > 0"), Value::Bool(false));
    assert_eq!(value(&empty, "1 / 0 > 0 || true"), Value::Bool(true));
    assert_eq!(value(&empty, "true && 1 / 0 > 0"), Value::Error(Fault::DivisionByZero));
    assert_eq!(value(&empty, "project.committee && 1 / 0 > 0"), Value::Unknown);
}

#[test]
fn a_minus_binds_as_in_cel_where_it_stands_between_spaces() {
    let empty = empty();
    for text in [
        "[5].exists(a, [2].exists(b, 3 * a - b == 13))",
        "[5].exists(a, [2].exists(b, -a - b == -7))",
        "[5].exists(a, [2].exists(b, a - b - b == 1 && a - 1 == 4 && a -1 == 4))",
    ] {
        assert_eq!(tri(&empty, text), Tri::True, "{text}");
    }
}

#[test]
fn lists_cannot_grow_without_bounds() {
    let empty = empty();
    let grow = ".map(x, [x, x, x, x])".repeat(12);
    let text = format!("size([[1]]{grow}) == 1 || [[1]]{grow} == [[1]]{grow}");
    assert!(!matches!(value(&empty, &text), Value::Unknown));
    let nested = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(a, ".repeat(8) + "true" + &")".repeat(8);
    assert_eq!(value(&empty, &nested), Value::Error(super::super::Fault::TooCostly));
}

#[test]
fn dates_move_by_months_and_days() {
    let mut at = empty();
    set(&mut at, key::project::START, dates("2014-01-31", "2014-01-31"));
    for (moved, day) in [
        ("+ months(1)", "2014-02-28"),
        ("+ months(13)", "2015-02-28"),
        ("- months(2)", "2013-11-30"),
        ("+ days(1)", "2014-02-01"),
        ("- days(31)", "2013-12-31"),
        ("+ days(1) + months(1)", "2014-03-01"),
        ("+ months(1) - days(1)", "2014-02-27"),
        ("+ months(0)", "2014-01-31"),
    ] {
        assert_eq!(value(&at, &format!("project.start {moved}")).to_string(), day, "{moved}");
        assert_eq!(tri(&at, &format!("project.start {moved} == date(\"{day}\")")), Tri::True, "{moved}");
    }
    assert_eq!(value(&at, "date(\"2012-02-29\") + months(12)").to_string(), "2013-02-28");
    // A date known in part moves with both of its ends.
    set(&mut at, key::project::START, dates("2014-01-01", "2014-12-31"));
    assert_eq!(tri(&at, "project.start + months(12) >= date(\"2015-01-01\")"), Tri::True);
    assert_eq!(tri(&at, "project.start + months(12) > date(\"2015-12-31\")"), Tri::False);
    assert_eq!(tri(&at, "project.start + days(1) > date(\"2014-06-01\")"), Tri::Unknown);
    assert_eq!(needs(&at, "project.start + days(1) > date(\"2014-06-01\")"), ["project.start"]);
    assert_eq!(
        needs(&at, "project.approved + days(1) > project.start"),
        ["project.approved", "project.start"]
    );
    // The calendar has an end.
    assert!(matches!(
        value(&at, "date(\"9999-12-31\") + months(1200) + days(36600)"),
        Value::Error(_) | Value::Date(_)
    ));
}
