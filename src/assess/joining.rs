//! Why packs join a definition, which of them do not apply because their text is younger, and which would join if a remedy were
//! followed. Must not choose packs.

use super::choose::Chosen;
use super::{Assessment, Choice, Outcome};
use crate::expr::{Trace, Tri};
use crate::facts::{Facts, fields};
use crate::model::{Definition, FieldPath, KeyId, Kind, Record, Table, TableShape, Value};
use crate::policy::{Catalog, Pack, Selection};
use crate::source::Span;
use crate::words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A pack that joins, and why.
#[derive(Debug, Clone)]
pub struct Joined<'c> {
    /// The pack.
    pub pack: &'c Pack,
    /// What of the file makes it join; nothing where it joins every file of its kinds, or was named.
    pub because: Option<String>,
    /// Why it does not apply all the same: its text is younger than what the file is about.
    pub early: Option<String>,
}

/// The most reasons that are told of one pack.
const MOST_REASONS: usize = 3;

/// The packs that join, each with the reason.
pub(super) fn joined<'c>(chosen: &Chosen<'c>, facts: &Facts<'_>) -> Vec<Joined<'c>> {
    let one = |pack: &&'c Pack| Joined {
        pack,
        because: pack.joins.as_ref().filter(|_| !chosen.named.iter().any(|named| *named == *pack.id)).map(|joins| {
            let mut trace = Trace::new();
            joins.condition(facts, None, &mut trace);
            in_short(joins.first_reasons(facts, &trace, MOST_REASONS))
        }),
        early: chosen.early_of(pack).map(|early| words::reason(&early.reason(), facts)),
    };
    chosen.joined.iter().map(one).collect()
}

/// The first reasons of a condition as one clause: `the file has [[outcome]] and [[risk]]`.
fn in_short((reasons, more): (Vec<String>, Option<usize>)) -> String {
    const HAS: &str = "the file has ";
    let (tables, mut told): (Vec<String>, Vec<String>) = reasons.into_iter().partition(|reason| reason.starts_with(HAS));
    let mut tables: Vec<&str> = tables.iter().filter_map(|reason| reason.strip_prefix(HAS)).collect();
    let more = match more {
        Some(0) => None,
        Some(more) => Some(format!("{more} more")),
        None => Some("many more".to_owned()),
    };
    if tables.is_empty() {
        told.extend(more);
        return words::list(&told, "and");
    }
    tables.extend(more.as_deref());
    told.push(format!("{HAS}{}", words::list(&tables, "and")));
    words::list(&told, "and")
}

/// The one note of a file on the packs that join it; nothing where none joins for a reason of its own.
pub(super) fn note(joined: &[Joined<'_>]) -> Option<String> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for one in joined {
        let because = match (&one.because, &one.early) {
            (None, None) => continue,
            (Some(because), None) => format!("because {because}"),
            (because, Some(early)) => {
                let because = because.as_ref().map(|because| format!("because {because}, ")).unwrap_or_default();
                format!("{because}but does not apply: {early}")
            }
        };
        let id = format!("`{}`", one.pack.id);
        match reasons.iter_mut().find(|(known, _)| *known == because) {
            Some((_, packs)) => packs.push(id),
            None => reasons.push((because, vec![id])),
        }
    }
    let said = |(because, packs): &(String, Vec<String>)| {
        let (joins, because) = match packs.len() {
            1 => ("joins", because.clone()),
            _ => ("join", because.replace("but does not apply", "but do not apply").replace("its text is", "their text is")),
        };
        format!("{} {joins}{}{because}", words::list(packs, "and"), if because.starts_with("but") { ", " } else { " " })
    };
    (!reasons.is_empty()).then(|| reasons.iter().map(said).collect::<Vec<_>>().join("; "))
}

/// Adds to the remedy of a gap which packs join once the list or table that it asks for is in the file.
pub(super) fn tell_what_wakes(assessment: &mut Assessment<'_>, catalog: &Catalog, choice: &Choice) {
    if choice.only_named() {
        return;
    }
    let (definition, as_of) = (assessment.definition, assessment.as_of);
    let applied =
        |pack: &Pack| assessment.chosen.packs().chain(assessment.chosen.in_doubt.iter().copied()).any(|known| known.id == pack.id);
    let asleep: Vec<&Pack> = catalog.packs.iter().filter(|pack| pack.selection == Selection::Joins && !applied(pack)).collect();
    let mut known: BTreeMap<Table, Vec<Arc<str>>> = BTreeMap::new();
    for finding in assessment.findings.iter_mut().filter(|finding| finding.outcome == Outcome::Gap) {
        let Some(table) = table_of(finding.judgement.field).filter(|table| !is_there(definition, *table)) else { continue };
        let packs = known.entry(table).or_insert_with(|| woken(&with(definition, table), as_of, &asleep));
        finding.wakes = Some((table, packs.clone())).filter(|(_, packs)| !packs.is_empty());
    }
}

fn table_of(path: FieldPath) -> Option<Table> {
    match path {
        FieldPath::Key(key) => Some(key.table),
        FieldPath::Table(table) => Some(table),
        FieldPath::Element(..) | FieldPath::Row(..) | FieldPath::Rate(_) => None,
    }
}

fn is_there(definition: &Definition, table: Table) -> bool {
    match table.spec().shape {
        TableShape::Array { .. } => !definition.rows(table).is_empty(),
        TableShape::Single => fields(table).any(|(_, key)| definition.single(table).get(key).is_some()),
    }
}

/// The definition with one element of a list, or with one key of a table that stands once.
fn with(definition: &Definition, table: Table) -> Definition {
    let mut definition = definition.clone();
    let key = |key: &KeyId| matches!(key.spec().kind, Kind::Text | Kind::Name | Kind::Bool);
    match (table.spec().shape, fields(table).map(|(_, key)| key).find(key)) {
        (TableShape::Array { .. }, _) => definition.rows_mut(table).push(Record::empty(table)),
        (TableShape::Single, Some(key)) => {
            let value = if key.spec().kind == Kind::Bool { Value::Bool(true) } else { Value::Text(Arc::from("given")) };
            definition.single_mut(table).set(key, Some(value), Some(Span::new(0..0)));
        }
        (TableShape::Single, None) => {}
    }
    definition
}

/// Which packs join such a definition that did not before.
fn woken(definition: &Definition, as_of: crate::model::Date, asleep: &[&Pack]) -> Vec<Arc<str>> {
    let facts = Facts::new(definition, as_of);
    let joins = |pack: &&&Pack| super::choose::joins(pack, &facts) == Tri::True && super::choose::began_before(pack, &facts).is_none();
    asleep.iter().filter(joins).map(|pack| Arc::clone(&pack.id)).collect()
}
