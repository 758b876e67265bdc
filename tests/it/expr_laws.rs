//! Laws of the condition language on generated input: the `cel` crate as a second opinion, and missing facts.

use evalplan::expr::{Scope, Trace, Tri, Value, compile, compile_condition};
use evalplan::facts::Facts;
use evalplan::model::{Amount, Currency, Date, DateRange, Definition, Range, Record, Table, key};
use evalplan::source::Sources;
use proptest::prelude::*;
use proptest::strategy::Union;

fn empty() -> Definition {
    Definition::empty(Sources::default().add("law.toml", ""), "law.toml")
}

fn of(options: Vec<BoxedStrategy<String>>) -> BoxedStrategy<String> {
    Union::new(options).boxed()
}

fn one_of(words: &'static [&'static str]) -> BoxedStrategy<String> {
    proptest::sample::select(words).prop_map(str::to_owned).boxed()
}

/// Expressions of whole numbers.
fn int(depth: u32) -> BoxedStrategy<String> {
    let leaf = one_of(&["0", "1", "2", "-3", "7", "0x10", "9223372036854775807", "-9223372036854775808"]);
    if depth == 0 {
        return leaf;
    }
    let pair = (int(depth - 1), one_of(&["+", "-", "*", "/", "%"]), int(depth - 1));
    of(vec![
        leaf,
        pair.prop_map(|(left, sign, right)| format!("({left} {sign} {right})")).boxed(),
        (bool(depth - 1), int(depth - 1), int(depth - 1))
            .prop_map(|(test, yes, no)| format!("({test} ? {yes} : {no})"))
            .boxed(),
        list(depth - 1).prop_map(|list| format!("size({list})")).boxed(),
        text().prop_map(|text| format!("size({text})")).boxed(),
        int(depth - 1).prop_map(|inner| format!("(-({inner}))")).boxed(),
    ])
}

fn text() -> BoxedStrategy<String> {
    one_of(&["''", "'a'", "\"ab\"", "'é'", "r'\\n'", "'\\n'", "'''b'''", "'\\u00e9'", "'abc'"])
}

/// Lists of whole numbers.
fn list(depth: u32) -> BoxedStrategy<String> {
    let literal = proptest::collection::vec(int(depth.saturating_sub(1)), 1..4);
    let literal = literal.prop_map(|items| format!("[{}]", items.join(", "))).boxed();
    if depth == 0 {
        return literal;
    }
    let bodies = one_of(&["n + 1", "n * n", "6 / n", "n % 2", "size([n])"]);
    let tests = one_of(&["n > 1", "n % 2 == 0", "6 / n > 1", "n in [1, 2]"]);
    of(vec![
        literal,
        (list(depth - 1), list(depth - 1)).prop_map(|(left, right)| format!("({left} + {right})")).boxed(),
        (list(depth - 1), bodies).prop_map(|(list, body)| format!("{list}.map(n, {body})")).boxed(),
        (list(depth - 1), tests).prop_map(|(list, body)| format!("{list}.filter(n, {body})")).boxed(),
    ])
}

/// Conditions.
fn bool(depth: u32) -> BoxedStrategy<String> {
    let leaf = one_of(&["true", "false"]);
    if depth == 0 {
        return leaf;
    }
    let compare = || one_of(&["<", "<=", ">", ">=", "==", "!="]);
    let tests = one_of(&["n > 1", "n % 2 == 0", "6 / n > 1", "n == 7", "true"]);
    let macros = one_of(&["exists", "all", "exists_one"]);
    let questions = one_of(&["startsWith", "endsWith", "contains"]);
    of(vec![
        leaf,
        (int(depth - 1), compare(), int(depth - 1))
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
            .boxed(),
        (text(), compare(), text())
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
            .boxed(),
        (bool(depth - 1), one_of(&["&&", "||", "==", "!="]), bool(depth - 1))
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
            .boxed(),
        bool(depth - 1).prop_map(|inner| format!("!({inner})")).boxed(),
        (bool(depth - 1), bool(depth - 1), bool(depth - 1))
            .prop_map(|(test, yes, no)| format!("({test} ? {yes} : {no})"))
            .boxed(),
        (int(depth - 1), list(depth - 1)).prop_map(|(item, list)| format!("({item} in {list})")).boxed(),
        (list(depth - 1), macros, tests)
            .prop_map(|(list, name, body)| format!("{list}.{name}(n, {body})"))
            .boxed(),
        (list(depth - 1), list(depth - 1)).prop_map(|(left, right)| format!("({left} == {right})")).boxed(),
        (text(), questions, text()).prop_map(|(whole, name, part)| format!("{whole}.{name}({part})")).boxed(),
    ])
}

/// Our value in the type of the oracle; `None` for an error.
fn as_cel(value: &Value) -> Option<cel::Value> {
    Some(match value {
        Value::Bool(value) => cel::Value::Bool(*value),
        Value::Int(value) => cel::Value::Int(*value),
        Value::Text(text) => cel::Value::String(text.clone().into()),
        Value::List(items) => cel::Value::List(items.iter().map(as_cel).collect::<Option<Vec<_>>>()?.into()),
        _ => return None,
    })
}

/// A comparison of one fact with one constant, or a quantifier.
fn atom() -> BoxedStrategy<String> {
    one_of(&[
        "project.budget > usd(350000)",
        "project.budget <= usd(100)",
        "project.duration > months(18)",
        "project.autonomy == workers",
        "project.committee",
        "has(project.committee)",
        "project.start >= date('2014-06-01')",
        "project.evaluations.exists(e, e.independence >= external)",
        "project.evaluations.all(e, e.timing == final)",
        "size(project.evaluations) >= 2",
        "project.evaluations.exists_one(e, e.timing == final)",
    ])
}

fn condition(depth: u32) -> BoxedStrategy<String> {
    if depth == 0 {
        return atom();
    }
    of(vec![
        atom(),
        (condition(depth - 1), one_of(&["&&", "||"]), condition(depth - 1))
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
            .boxed(),
        condition(depth - 1).prop_map(|inner| format!("!({inner})")).boxed(),
    ])
}

type Filled = (i64, u32, u8, bool, Vec<(u8, u8)>);

fn filled() -> impl Strategy<Value = Filled> {
    let evaluations = proptest::collection::vec((0u8..8, 0u8..4), 0..3);
    (0i64..700_000, 1u32..1_500, 0u8..2, any::<bool>(), evaluations)
}

/// A definition of which `hide` says which facts are missing.
fn definition((total, days, autonomy, committee, evaluations): &Filled, hide: u8) -> Definition {
    use evalplan::model::Value as Given;
    let mut definition = empty();
    let shown = |bit: u8| hide >> bit & 1 == 0;
    if shown(0) {
        let amount = Amount { currency: Currency::USD, range: Range::exactly((*total).into()) };
        definition.single_mut(Table::Budget).set(key::budget::TOTAL, Some(Given::Money(amount)), None);
    }
    let project = definition.single_mut(Table::Project);
    let start = Date::from_ymd_opt(2014, 1, 31).expect("a day");
    let day = |day: Date| Some(Given::Date(DateRange::day(day)));
    if shown(1) {
        project.set(key::project::START, day(start), None);
    }
    if shown(2) {
        project.set(key::project::END, day(start + chrono::Days::new(u64::from(*days))), None);
    }
    if shown(3) {
        project.set(key::project::AUTONOMY, Some(Given::Choice(*autonomy)), None);
    }
    if shown(4) {
        project.set(key::project::COMMITTEE, Some(Given::Bool(*committee)), None);
    }
    for (timing, independence) in evaluations.iter().take(if shown(5) { 9 } else { 1 }) {
        let mut record = Record::empty(Table::Evaluation);
        if shown(6) {
            record.set(key::evaluation::TIMING, Some(Given::Choice(*timing)), None);
        }
        if shown(7) {
            record.set(key::evaluation::INDEPENDENCE, Some(Given::Choice(*independence)), None);
        }
        definition.rows_mut(Table::Evaluation).push(record);
    }
    definition.set_open(Table::Evaluation, !shown(5));
    definition
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expressions_are_worth_what_the_cel_crate_says(text in prop_oneof![bool(3), int(3), list(2)]) {
        let definition = empty();
        let ours = compile(&text, &Scope::default());
        let ours = ours.map_err(|errors| TestCaseError::fail(format!("{text}: {errors:?}")))?;
        let value = ours.evaluate(&Facts::original(&definition), None, &mut Trace::new());
        let program = cel::Program::compile(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        match (as_cel(&value), program.execute(&cel::Context::default())) {
            (Some(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs, "{}", text),
            (None, Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{}: {:?} and {:?}", text, ours, theirs),
        }
    }

    #[test]
    fn what_is_known_with_facts_missing_stays_so_when_they_come(text in condition(3), filled in filled(), hide in any::<u8>()) {
        let (whole, partly) = (definition(&filled, 0), definition(&filled, hide));
        let expr = compile_condition(&text.replace("has(project.committee)", "true"), &Scope::default()).expect("the text is sound");
        let (whole, partly) = (Facts::original(&whole), Facts::original(&partly));
        let mut trace = Trace::new();
        let known = expr.condition(&partly, None, &mut trace);
        if known.is_known() {
            prop_assert_eq!(known, expr.condition(&whole, None, &mut trace), "{}", text);
            prop_assert!(expr.needs(&partly, None).is_empty());
        } else {
            prop_assert!(!expr.needs(&partly, None).is_empty(), "{}", text);
            prop_assert!(!expr.explain(&partly, &trace).is_empty(), "{}", text);
        }
        prop_assert!(expr.condition(&whole, None, &mut trace) != Tri::Unknown, "{}", text);
    }
}
