//! What is refused, where, and with which help.
//! Must not test what is accepted, but for the bounds.

use super::super::{ExprError, MAX_DEPTH, MAX_TEXT};
use super::*;
use proptest::prelude::*;

fn refused(text: &str) -> Vec<ExprError> {
    match compile_condition(text, &Scope::default()) {
        Err(errors) => errors,
        Ok(_) => panic!("`{text}` is accepted"),
    }
}

/// What is asked, and what is told.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("project.budgt > usd(350000)", "project.budgt", "did you mean `project.budget`?"),
    ("projct.budget > usd(350000)", "projct", "did you mean `project.budget`?"),
    ("budget > usd(350000)", "budget", "did you mean `project.budget`?"),
    ("project.budget > 350000", "project.budget > 350000", "write usd(350000)"),
    ("project.budget > 349999.99", "349999.99", "write usd(349999.99)"),
    ("project.duration > 18", "project.duration > 18", "write months(18)"),
    ("project.start > \"2003-01-01\"", "project.start > \"2003-01-01\"", "write date(\"2003-01-01\")"),
    ("project.autonomy == worker", "worker", "did you mean `workers`?"),
    ("project.autonomy == \"wokers\"", "\"wokers\"", "did you mean `workers`?"),
    (
        "project.evaluations.exists(e, e.independance == external)",
        "e.independance",
        "did you mean `e.independence`?",
    ),
    (
        "project.evaluations.exists(e, e.independence >= independent-intern)",
        "independent-intern",
        "did you mean `independent-internal`?",
    ),
    ("project.evaluations.exist(e, true)", "exist", "did you mean `exists`?"),
    ("sise(project.countries) > 1", "sise", "did you mean `size`?"),
    (
        "project.budget == null",
        "project.budget == null",
        "ask whether the file gives it: write has(project.budget), or !has(project.budget)",
    ),
    ("project.budget = usd(1)", "=", "write `==` to compare"),
    ("project.committee & true", "&", "write `&&` for and"),
    (
        "project.countries == 'ZA'",
        "project.countries == 'ZA'",
        "ask whether the list holds it: write `value in list`",
    ),
    (
        "project.evaluations.filter(e, true).exists(e, true)",
        "project.evaluations.filter(e, true).exists(e, true)",
        "put both conditions into one, joined by `&&`",
    ),
    ("has(project.budget", "", "`(` needs its `)`"),
    ("1.5 > 1", "1.5", "write a whole number, or usd(349999.99) for money"),
    ("1u == 1", "1u", "leave out the `u`"),
    ("b'x' == b'x'", "b", "write a text: \"...\""),
    ("project.title == 'a' + 'b'", "'a'", "conditions compare texts, they do not build them"),
    ("duration('1h') > project.duration", "duration", "write months(18)"),
    (
        "workers",
        "workers",
        "`workers` is a word of a list; compare it with its fact, such as `project.autonomy == workers`",
    ),
    // As one name it would bind more closely than a minus does: `3 * (a - b)`.
    ("[5].exists(a, [2].exists(b, 3*a-b == 13))", "a-b", "put a space on both sides of a minus"),
    ("[5].exists(a, [2].exists(b, -a-b == -7))", "a-b", "put a space on both sides of a minus"),
    (
        "project.evaluations.exists(e, [2].exists(b, e.independence == e-b))",
        "e-b",
        "put a space on both sides of a minus",
    ),
    ("[5].exists(n, n-x > 1)", "n-x", "put a space on both sides of a minus"),
];

#[test]
fn a_mistake_has_a_place_and_a_hint() {
    for (text, place, hint) in MISTAKES.iter().copied() {
        let errors = refused(text);
        let error = &errors[0];
        let got = (&text[error.span.clone()], error.hint.as_deref());
        assert_eq!(got, (place, Some(hint)), "{text}: {}", error.message);
    }
}

#[test]
fn a_message_says_what_there_is() {
    for (text, message) in [
        (
            "project.autonomy == government",
            "`government` is no word of `autonomy`, which knows workers, employers",
        ),
        ("project.office.calender == 'x'", "there is no `project.office.calender`"),
        ("project.budget", "a rule asks for a condition that is true or false, and this is money"),
        (
            "project.evaluations",
            "`project.evaluations` is a list of evaluations, which is no value by itself",
        ),
        (
            "project.evaluations.date > date('2003-01-01')",
            "`project.evaluations` is a list, and `project.evaluations.date` could be that of any of its elements",
        ),
        ("1 == '1'", "a whole number cannot be compared with text"),
        ("project.start > project.budget", "a date cannot be compared with money"),
        (
            "project.duration + months(3) > months(2)",
            "only a date can be moved by months or days, and this is a duration",
        ),
        (
            "project.budget - days(1) > usd(2)",
            "only a date can be moved by months or days, and this is money",
        ),
        (
            "project.start + 3 > date('2003-01-01')",
            "`+` works on whole numbers and lists, and this is a date",
        ),
        ("days(1) < days(2)", "a number of days has no order, so `<` cannot compare it"),
        ("days(-1) == days(2)", "`days` takes a whole number from 0 to 36600"),
        ("project.start == days(2)", "a date cannot be compared with a number of days"),
        ("1 < true", "a whole number cannot be compared with true or false"),
        ("", "the expression is empty"),
        ("1 ==", "the expression ends where a value should follow"),
        ("if == 1", "`if` is a reserved word and cannot be a name"),
        ("'abc", "this text is not closed"),
        (r"'\q' == ''", r"`\q` is no escape that a text can hold"),
        (r"'\ud800' == ''", r"`\u` is no escape that a text can hold"),
        ("99999999999999999999 > 1", "this number is too large"),
    ] {
        assert_eq!(refused(text)[0].message, message, "{text}");
    }
}

#[test]
fn every_mistake_is_told_in_the_order_of_the_text() {
    let errors = refused("project.budgt > usd(1) && project.duraton > months(1) || project.budget > 5");
    let starts: Vec<usize> = errors.iter().map(|error| error.span.start).collect();
    assert_eq!(starts, [0, 26, 57]);
}

#[test]
fn bounds_give_errors_and_never_overflow_the_stack() {
    let deep = MAX_DEPTH + 4;
    for text in [
        "(".repeat(100_000),
        "(".repeat(9_000),
        "!".repeat(9_000),
        "-".repeat(9_000),
        "[".repeat(9_000),
        "a.".repeat(4_000),
        "true ? ".repeat(1_400),
        "size(".repeat(1_900),
        "true || ".repeat(1_200) + "true",
        "(".repeat(deep) + "true" + &")".repeat(deep),
        " ".repeat(MAX_TEXT + 1),
        "[1].exists(a, ".repeat(9) + "true" + &")".repeat(9),
    ] {
        assert!(!refused(&text)[0].message.is_empty());
    }
    let fits = "(".repeat(MAX_DEPTH - 1) + "true" + &")".repeat(MAX_DEPTH - 1);
    assert_eq!(tri(&empty(), &fits), Tri::True);
    let chain = "true && ".repeat(MAX_DEPTH - 1) + "true";
    assert_eq!(tri(&empty(), &chain), Tri::True);
    let lists = "[".repeat(MAX_DEPTH - 1) + &"]".repeat(MAX_DEPTH - 1);
    assert!(matches!(value(&empty(), &lists), Value::List(_)));
}

#[test]
fn an_empty_text_is_a_value() {
    probe("''");
    probe("\"\"");
}

fn probe(text: &str) {
    let scope = Scope { bindings: &[("e", Table::Evaluation)] };
    let definition = port();
    let facts = Facts::original(&definition);
    match compile(text, &scope) {
        Ok(expr) => {
            let mut trace = Trace::new();
            let value = expr.evaluate(&facts, Some((Table::Evaluation, 0)), &mut trace);
            // Only nothing and the empty text are shown as nothing.
            let json = value.to_json();
            assert!(json.is_null() || json == "" || !value.to_string().is_empty(), "{text:?}");
            assert!(expr.explain(&facts, &trace).len() < 100_000);
            assert!(expr.needs(&Facts::original(&empty()), None).len() < 1_000);
            assert!(expr.mutants().len() < 10_000);
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                assert!(text.get(error.span.clone()).is_some(), "{text:?} {error:?}");
            }
        }
    }
}

const SOUP: &[&str] = &[
    "project",
    ".",
    "budget",
    "duration",
    "evaluations",
    "countries",
    "exists",
    "all",
    "filter",
    "map",
    "size",
    "has",
    "usd",
    "months",
    "date",
    "(",
    ")",
    "[",
    "]",
    ",",
    "e",
    "x",
    "independence",
    "external",
    "a-b",
    "e-x",
    ">",
    "<=",
    "==",
    "!=",
    "&&",
    "||",
    "!",
    "-",
    "+",
    "/",
    "%",
    "?",
    ":",
    "in",
    "1",
    "0",
    "9223372036854775808",
    "350000",
    "1.5",
    "'ZA'",
    "\"2003-01-01\"",
    "r'\\'",
    "true",
    "null",
    "'",
    "\\",
    "é",
    " ",
    "project.budget",
    "usd(350000)",
    "project.evaluations.exists(e,",
    "e.independence",
    "months(18)",
    "project.duration",
    "project.committee",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        probe(&text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        probe(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_soup_of_words_makes_it_panic(words in proptest::collection::vec(proptest::sample::select(SOUP), 0..24)) {
        probe(&words.concat());
        probe(&words.join(" "));
    }
}
