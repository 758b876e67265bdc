//! The closed lists of words of packs and rules by the names that `templates/schema` calls them by, from the tables of
//! the model, the facts and the policy.
//! Must not write a list of its own.

use super::schema_values::words;
use crate::facts::{Type, fields, words as paths};
use crate::model::{DEFINITION_KINDS, INDEPENDENCE, Kind, MEETINGS, TIMINGS, Table, TableShape, meanings};
use crate::policy::{PRECISIONS, SELECTIONS, SEVERITIES, STATUSES, VERDICTS, Words};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// One of the words of that list.
pub(super) fn one_of(list: &str) -> Value {
    let known = |words_of: &[&str]| words(words_of, meanings(words_of));
    Value::Object(match list {
        "statuses" => of_packs(STATUSES),
        "severities" => of_packs(SEVERITIES),
        "selections" => of_packs(SELECTIONS),
        "precisions" => of_packs(PRECISIONS),
        "verdicts" => of_packs(VERDICTS),
        "timings" => known(TIMINGS),
        "independence" => known(INDEPENDENCE),
        "meetings" => known(MEETINGS),
        "kinds" => known(DEFINITION_KINDS),
        "lists" => {
            let (names, docs): (Vec<&str>, Vec<&str>) =
                lists().map(|table| (table.spec().name, table.spec().doc)).unzip();
            words(&names, &docs)
        }
        "keys" => {
            let keys: BTreeSet<&str> =
                lists().flat_map(|table| fields(table).map(|(name, _)| name)).collect();
            words(&keys.into_iter().collect::<Vec<_>>(), &[])
        }
        "dates" => with_type(|kind| kind == Type::Date),
        "axes" => with_type(|kind| matches!(kind, Type::Date | Type::Money | Type::Duration)),
        "paths" => with_type(|_| true),
        other => unreachable!("`templates/schema` names the list `{other}`, and a test reads it"),
    })
}

fn of_packs(list: Words) -> Map<String, Value> {
    let (known, meanings): (Vec<&str>, Vec<&str>) = list.iter().copied().unzip();
    words(&known, &meanings)
}

/// The tables that can stand several times.
fn lists() -> impl Iterator<Item = Table> {
    Table::ALL.iter().copied().filter(|table| table.spec().shape != TableShape::Single)
}

/// The words that conditions say, of some types.
fn with_type(wanted: impl Fn(Type) -> bool) -> Map<String, Value> {
    let found: Vec<&str> = paths().filter(|(_, word)| wanted(word.kind())).map(|(path, _)| path).collect();
    words(&found, &[])
}

/// The sides of a grid, for each list: its keys, and the words of those that choose from a closed list.
pub(super) fn sides() -> Value {
    let choices = lists().map(|table| {
        let side = side(table);
        json!({
            "if": { "properties": { "table": { "const": table.spec().name } }, "required": ["table"] },
            "then": { "properties": { "rows": side, "columns": side } },
        })
    });
    choices.collect()
}

fn side(table: Table) -> Value {
    let keys: Vec<&str> = fields(table).map(|(name, _)| name).collect();
    let closed = fields(table).filter_map(|(name, key)| match key.spec().kind {
        Kind::OneOf(words) | Kind::AnyOf(words) => Some((name, words)),
        _ => None,
    });
    let of_key = closed.map(|(name, known)| {
        json!({
            "if": { "properties": { "key": { "const": name } }, "required": ["key"] },
            "then": { "properties": { "words": { "items": Value::Object(words(known, meanings(known))) } } },
        })
    });
    let mut side = json!({ "properties": { "key": { "enum": keys } } });
    let of_key: Vec<Value> = of_key.collect();
    if !of_key.is_empty() {
        side["allOf"] = of_key.into();
    }
    side
}
