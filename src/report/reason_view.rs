//! Why a rule is met or not, as data for machines: a code that stays the same when words change, and what it is about.
//! Must not make sentences.

use crate::checks::{
    Bounds, DayAgainst, FoundAs, GroupShare, Judgement, Limit, Meetings, Missing, OnAxis, Reason, Review,
    Reviews,
};
use crate::expr::{Expr, Read};
use crate::facts::Word;
use crate::model::{Definition, FieldPath, INDEPENDENCE, KeyId, Range, TIMINGS, Table};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A reason as data.
#[derive(Debug, Clone, Default, Serialize, schemars::JsonSchema)]
pub struct ReasonView {
    /// The name of the reason.
    pub code: &'static str,
    /// What it is about.
    #[serde(flatten)]
    pub args: Map<String, Value>,
}

impl ReasonView {
    /// The reason of a judgement: what decides from outside of the rule, where something does, else what was found.
    pub(super) fn of(judgement: &Judgement, definition: &Definition) -> Self {
        let reason = judgement.outside.as_ref().unwrap_or(&judgement.reason);
        let mut args = match args(reason, definition) {
            Value::Object(args) => args,
            _ => Map::new(),
        };
        if let Some(axis) = judgement.axis.as_ref().filter(|_| judgement.outside.is_none()) {
            args.insert("axis".to_owned(), on_axis(axis));
        }
        Self { code: reason.code(), args }
    }
}

fn args(reason: &Reason, definition: &Definition) -> Value {
    let row = |table: Table, row: u32| definition.show(FieldPath::Row(table, row));
    match reason {
        Reason::Nothing | Reason::NotInAgreedPlan => Value::Null,
        Reason::Facts(condition) | Reason::Joins(condition) => json!({ "facts": facts(condition) }),
        Reason::Asked(asks) => json!({ "asks": &**asks }),
        Reason::Unknown { asks, condition } => json!({ "asks": &**asks, "facts": facts(condition) }),
        Reason::Lacks { asks, lacks } => json!({ "asks": &**asks, "lacks": texts(lacks) }),
        Reason::NoneMeant(table) | Reason::MayBeMore(table) => json!({ "table": table.spec().name }),
        Reason::HoldsForAll(table, count) | Reason::Cells(table, count, _) => {
            json!({ "table": table.spec().name, "listed": count })
        }
        Reason::ElementFacts { table, rows, condition, asks } => {
            let elements: Vec<String> = rows.iter().map(|one| row(*table, *one)).collect();
            json!({ "elements": elements, "facts": facts(condition), "asks": asks.as_deref() })
        }
        Reason::ElementsLack { table, rows, asks } => {
            let elements: Vec<Value> = rows
                .iter()
                .map(|(one, lacks)| json!({ "element": row(*table, *one), "lacks": texts(lacks) }))
                .collect();
            json!({ "elements": elements, "asks": &**asks })
        }
        Reason::Linked(count) => json!({ "results": count }),
        Reason::NotLinked(faults) => json!({ "results": ids(faults, definition) }),
        Reason::Shares { shares, min, max } => {
            let shares: Vec<Value> = shares.iter().map(|one| share(one, definition)).collect();
            json!({ "shares": shares, "min": min.map(|min| min.to_string()), "max": max.map(|max| max.to_string()) })
        }
        Reason::Evaluations { found, rows, level } => {
            let evaluations: Vec<String> = rows.iter().map(|one| row(Table::Evaluation, *one)).collect();
            let unlisted = matches!(found, FoundAs::None | FoundAs::MayBeMore);
            let evaluations = (!unlisted).then_some(evaluations);
            json!({ "evaluations": evaluations, "independence": level.map(|level| INDEPENDENCE[usize::from(level)]) })
        }
        Reason::Reviews(reviews) => of_reviews(reviews),
        Reason::Meetings(title, meetings) => match meetings {
            Meetings::NonePast(day) => json!({ "event": &**title, "day": day.to_string() }),
            Meetings::AllRecorded(past) => json!({ "event": &**title, "past": past }),
            _ => json!({ "event": &**title }),
        },
        Reason::Day(against) => of_day(against, definition),
        Reason::NoneApplies { kind, packs, rules } => {
            json!({ "kind": kind, "packs": texts(packs), "rules": rules })
        }
        Reason::Early { from, precision, start } => {
            json!({ "from": from.map(|from| from.to_string()), "precision": precision.as_deref(), "start": start.to_string() })
        }
    }
}

fn texts(texts: &[Arc<str>]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

fn ids(missing: &[Missing], definition: &Definition) -> Vec<String> {
    missing.iter().map(|one| one.id(definition)).collect()
}

fn key(key: KeyId) -> String {
    format!("{}.{}", key.table.spec().name, key.spec().name)
}

fn word(word: Word) -> String {
    match word {
        Word::Duration => key(crate::model::key::project::DURATION),
        Word::Key(of) => key(of),
        Word::Table(table) => table.spec().name.to_owned(),
    }
}

/// The facts that a condition reads.
fn facts(condition: &Expr) -> BTreeSet<String> {
    let name = |read: Read| match read {
        Read::Word(of) => word(of),
        Read::Field(of) => key(of),
    };
    condition.atoms().iter().map(|atom| name(atom.read)).collect()
}

fn on_axis(axis: &OnAxis) -> Value {
    json!({ "fact": word(axis.word), "bands": axis.bands.iter().map(band).collect::<Vec<_>>() })
}

fn band(band: &Bounds) -> Value {
    let limit = |limit: Limit| match limit {
        Limit::Months(months) => json!({ "months": months.0 }),
        Limit::Money(usd) => json!({ "usd": usd.normalize().to_string() }),
        Limit::Date(day) => json!({ "date": day.to_string() }),
    };
    let side = |(inside, name, other): (bool, &'static str, &'static str)| if inside { name } else { other };
    let lower = band.lower.map(|(low, inside)| (side((inside, "min", "over")), limit(low)));
    let upper = band.upper.map(|(high, inside)| (side((inside, "max", "under")), limit(high)));
    lower.into_iter().chain(upper).map(|(name, limit)| (name.to_owned(), limit)).collect::<Map<_, _>>().into()
}

fn share(one: &GroupShare, definition: &Definition) -> Value {
    let amount = |range: Option<Range>| {
        range.map(|range| match range.exact() {
            Some(amount) => json!(amount.normalize().to_string()),
            None => {
                json!({ "min": range.min.normalize().to_string(), "max": range.max.normalize().to_string() })
            }
        })
    };
    let group = one.group.map(|(key, row)| Missing::Group(key, row).id(definition));
    json!({ "group": group, "part": amount(one.part), "whole": amount(one.whole) })
}

fn of_reviews(reviews: &Reviews) -> Value {
    let review = |one: &Review| json!({ "number": one.number, "day": one.day.map(|day| day.to_string()), "listed": one.listed });
    let all = |reviews: &[Review]| reviews.iter().map(review).collect::<Vec<_>>();
    json!({
        "timing": TIMINGS[usize::from(reviews.timing)],
        "owed": all(&reviews.sure),
        "perhaps-owed": all(&reviews.possible),
        "gives-way": reviews.yielded.as_ref().map(review),
        "all-known": !reviews.unbounded,
    })
}

fn of_day(against: &DayAgainst, definition: &Definition) -> Value {
    use crate::checks::Place;
    let place = match against.place {
        Place::Inside => "inside",
        Place::Early => "early",
        Place::Late => "late",
        Place::Open => "open",
    };
    json!({
        "evaluation": definition.show(FieldPath::Row(Table::Evaluation, against.row)),
        "completed": against.completed,
        "day": against.day.to_string(),
        "earliest": against.window.earliest.map(|day| day.to_string()),
        "latest": against.window.latest.map(|day| day.to_string()),
        "place": place,
        "rule": &*against.rule,
    })
}
