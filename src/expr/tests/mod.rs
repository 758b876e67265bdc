//! Unit tests of the condition language, by what they show.

mod answers;
mod errors;
mod mutation;
mod unknown;

use super::{Scope, Trace, Tri, Value, compile, compile_condition};
use crate::facts::Facts;
use crate::model::{Amount, Currency, Date, DateRange, Definition, KeyId, Kind, Range, Record, Table, key};
use crate::source::{Sources, Span};
use rust_decimal::Decimal;
use std::sync::Arc;

type Given = crate::model::Value;

/// A definition in which nothing is known.
fn empty() -> Definition {
    Definition::empty(Sources::default().add("port.toml", ""), "port.toml")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day of the calendar")
}

fn usd(min: i64, max: i64) -> Given {
    let range = Range { min: min.into(), max: max.into() };
    Given::Money(Amount { currency: Currency::USD, range })
}

fn dates(from: &str, to: &str) -> Given {
    Given::Date(DateRange { from: day(from), to: day(to) })
}

fn word(key: KeyId, word: &str) -> Given {
    let (Kind::OneOf(words) | Kind::AnyOf(words)) = key.spec().kind else {
        unreachable!("the tests ask for words of lists only")
    };
    let place = words.iter().position(|known| *known == word);
    Given::Choice(u8::try_from(place.expect("a word of the list")).expect("lists are short"))
}

fn text(text: &str) -> Given {
    Given::Text(text.into())
}

fn texts(texts: &[&str]) -> Given {
    Given::Texts(texts.iter().map(|text| Arc::from(*text)).collect())
}

fn set(definition: &mut Definition, key: KeyId, value: Given) {
    let span = Some(Span::new(0..1));
    definition.single_mut(key.table).set(key, Some(value), span);
}

fn add(definition: &mut Definition, table: Table, values: Vec<(KeyId, Given)>) {
    let mut record = Record::empty(table);
    for (key, value) in values {
        record.set(key, Some(value), Some(Span::new(0..1)));
    }
    definition.rows_mut(table).push(record);
}

/// A project of 2013 to 2016 for US$ 590,000 with a mid-term and an external final evaluation, and workers at design.
fn port() -> Definition {
    let mut port = empty();
    set(&mut port, key::budget::TOTAL, usd(590_000, 590_000));
    set(&mut port, key::project::START, dates("2013-01-01", "2013-01-01"));
    set(&mut port, key::project::END, dates("2016-12-31", "2016-12-31"));
    set(&mut port, key::project::COUNTRIES, texts(&["ZA", "MZ"]));
    set(&mut port, key::project::AUTONOMY, word(key::project::AUTONOMY, "workers"));
    set(&mut port, key::project::COMMITTEE, Given::Bool(true));
    for (id, independence) in [("mid-term", "internal"), ("final", "external")] {
        let independence = word(key::evaluation::INDEPENDENCE, independence);
        let timing = word(key::evaluation::TIMING, id);
        let values = vec![
            (key::evaluation::ID, text(id)),
            (key::evaluation::TIMING, timing),
            (key::evaluation::INDEPENDENCE, independence),
        ];
        add(&mut port, Table::Evaluation, values);
    }
    let party = vec![
        (key::party::NAME, text("dockers")),
        (key::party::GROUP, word(key::party::GROUP, "workers")),
        (key::party::STAGES, Given::Choices(Arc::from([1u8, 3]))),
    ];
    add(&mut port, Table::Party, party);
    port
}

fn value(definition: &Definition, text: &str) -> Value {
    let expr = compile(text, &Scope::default()).unwrap_or_else(|errors| panic!("`{text}`: {errors:?}"));
    expr.evaluate(&Facts::original(definition), None, &mut Trace::new())
}

fn tri(definition: &Definition, text: &str) -> Tri {
    let expr =
        compile_condition(text, &Scope::default()).unwrap_or_else(|errors| panic!("`{text}`: {errors:?}"));
    expr.condition(&Facts::original(definition), None, &mut Trace::new())
}

fn needs(definition: &Definition, text: &str) -> Vec<String> {
    let expr = compile(text, &Scope::default()).unwrap_or_else(|errors| panic!("`{text}`: {errors:?}"));
    expr.needs(&Facts::original(definition), None).into_iter().map(|path| definition.show(path)).collect()
}

fn explain(definition: &Definition, text: &str) -> String {
    let expr = compile(text, &Scope::default()).unwrap_or_else(|errors| panic!("`{text}`: {errors:?}"));
    let facts = Facts::original(definition);
    let mut trace = Trace::new();
    expr.evaluate(&facts, None, &mut trace);
    expr.explain(&facts, &trace)
}

/// The cent next to an amount, for the tests at a threshold.
fn cents(cents: i64) -> Given {
    let range = Range::exactly(Decimal::new(cents, 2));
    Given::Money(Amount { currency: Currency::USD, range })
}
