//! What a condition costs: ours with its trace, the same by hand in Rust, and the `cel` crate.
//!
//! Required as medians of one run: ours at most 15 times the closure, and the `cel` crate at least 40 times ours.
#![expect(clippy::disallowed_types, reason = "the crate that we compare with takes maps of this kind")]

use chrono::Months;
use divan::{Bencher, black_box};
use evalplan::expr::{Expr, Scope, Trace, Tri, compile_condition};
use evalplan::facts::Facts;
use evalplan::model::{Amount, Currency, Date, DateRange, Definition, Range, Record, Table, Value, key};
use evalplan::source::Sources;
use rust_decimal::Decimal;
use std::collections::HashMap;

const CONDITION: &str = "project.budget > usd(350000) && project.duration > months(30) \
    && project.evaluations.exists(e, e.independence >= independent-internal)";

fn main() {
    divan::main();
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn definition() -> Definition {
    let mut definition = Definition::empty(Sources::default().add("bench.toml", ""), "bench.toml");
    let total = Amount { currency: Currency::USD, range: Range::exactly(Decimal::from(590_000)) };
    definition.single_mut(Table::Budget).set(key::budget::TOTAL, Some(Value::Money(total)), None);
    let project = definition.single_mut(Table::Project);
    let date = |date| Some(Value::Date(DateRange::day(date)));
    project.set(key::project::START, date(day(2013, 1, 1)), None);
    project.set(key::project::END, date(day(2016, 12, 31)), None);
    for place in [0, 1, 2] {
        let mut record = Record::empty(Table::Evaluation);
        record.set(key::evaluation::INDEPENDENCE, Some(Value::Choice(place)), None);
        definition.rows_mut(Table::Evaluation).push(record);
    }
    definition
}

#[divan::bench(sample_size = 1000, sample_count = 500)]
fn a_ours_with_trace(bencher: Bencher) {
    let definition = definition();
    let facts = Facts::original(&definition);
    let expr: Expr = compile_condition(CONDITION, &Scope::default()).expect("the condition is sound");
    let mut trace = Trace::new();
    assert_eq!(expr.condition(&facts, None, &mut trace), Tri::True);
    bencher.bench_local(|| black_box(&expr).condition(black_box(&facts), None, &mut trace));
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Independence {
    Own,
    Internal,
    IndependentInternal,
}

struct Evaluation {
    independence: Independence,
}

struct Project {
    budget: Decimal,
    start: Date,
    after_end: Date,
    evaluations: Vec<Evaluation>,
}

#[divan::bench(sample_size = 1000, sample_count = 500)]
fn b_closure_over_plain_structs(bencher: Bencher) {
    let all = [Independence::Own, Independence::Internal, Independence::IndependentInternal];
    let project = Project {
        budget: Decimal::from(590_000),
        start: day(2013, 1, 1),
        after_end: day(2017, 1, 1),
        evaluations: all.map(|independence| Evaluation { independence }).into(),
    };
    let threshold = Decimal::from(350_000);
    let condition = |project: &Project, threshold: Decimal, months: u32| {
        project.budget > threshold
            && project
                .start
                .checked_add_months(Months::new(months))
                .is_some_and(|limit| project.after_end > limit)
            && project.evaluations.iter().any(|e| e.independence >= Independence::IndependentInternal)
    };
    assert!(condition(&project, threshold, 30));
    bencher.bench_local(|| condition(black_box(&project), black_box(threshold), black_box(30)));
}

#[divan::bench(sample_size = 100, sample_count = 500)]
fn c_cel_crate(bencher: Bencher) {
    let evaluations: Vec<HashMap<&str, i64>> =
        [0, 1, 2].map(|place| HashMap::from([("independence", place)])).into();
    let project: HashMap<&str, cel::Value> = HashMap::from([
        ("budget", cel::Value::Int(59_000_000)),
        ("duration", cel::Value::Int(48)),
        ("evaluations", evaluations.into()),
    ]);
    let mut context = cel::Context::default();
    context.add_variable_from_value("project", project);
    let text = "project.budget > 35000000 && project.duration > 30 && project.evaluations.exists(e, e.independence >= 2)";
    let program = cel::Program::compile(text).expect("the condition is sound");
    assert_eq!(program.execute(&context).expect("it has a value"), cel::Value::Bool(true));
    bencher.bench_local(|| black_box(&program).execute(black_box(&context)));
}
