//! Why packs join a definition, which of them do not apply because their text is younger, and which would join if a remedy were
//! followed. Must not choose packs.

use super::chosen::Chosen;
use super::{Assessment, Choice, Outcome};
use crate::checks::Reason;
use crate::expr::{Expr, Tri};
use crate::facts::{Facts, fields};
use crate::model::{Definition, FieldPath, KeyId, Kind, Record, Table, TableShape, Value};
use crate::policy::{Catalog, Pack, Selection};
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A pack that joins, and why.
#[derive(Debug, Clone)]
pub struct Joined<'c> {
    /// The pack.
    pub pack: &'c Pack,
    /// What of the file makes it join; nothing where it joins every file of its kinds, or was named.
    pub because: Option<&'c Expr>,
    /// Why it does not apply all the same: its text is younger than what the file is about.
    pub early: Option<Reason>,
}

/// The packs that join, each with the reason.
pub(super) fn joined<'c>(chosen: &Chosen<'c>) -> Vec<Joined<'c>> {
    let is_named = |pack: &Pack| chosen.named.iter().any(|named| *named == *pack.id);
    let one = |pack: &&'c Pack| Joined {
        pack,
        because: pack.joins.as_ref().filter(|_| !is_named(pack)),
        early: chosen.early_of(pack).map(|early| early.reason()),
    };
    chosen.joined.iter().map(one).collect()
}

/// Notes of each gap which packs join once the list or table that it asks for is in the file.
pub(super) fn tell_what_wakes(assessment: &mut Assessment<'_>, catalog: &Catalog, choice: &Choice) {
    if choice.only_named() {
        return;
    }
    let (definition, as_of) = (assessment.definition, assessment.as_of);
    let applied = |pack: &Pack| {
        assessment
            .chosen
            .packs()
            .chain(assessment.chosen.in_doubt.iter().copied())
            .any(|known| known.id == pack.id)
    };
    let asleep: Vec<&Pack> =
        catalog.packs.iter().filter(|pack| pack.selection == Selection::Joins && !applied(pack)).collect();
    let mut known: BTreeMap<Table, Vec<Arc<str>>> = BTreeMap::new();
    for finding in assessment.findings.iter_mut().filter(|finding| finding.outcome == Outcome::Gap) {
        let Some(table) = table_of(finding.judgement.field).filter(|table| !is_there(definition, *table))
        else {
            continue;
        };
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
            let value = if key.spec().kind == Kind::Bool {
                Value::Bool(true)
            } else {
                Value::Text(Arc::from("given"))
            };
            definition.single_mut(table).set(key, Some(value), Some(Span::new(0..0)));
        }
        (TableShape::Single, None) => {}
    }
    definition
}

/// Which packs join such a definition that did not before.
fn woken(definition: &Definition, as_of: crate::model::Date, asleep: &[&Pack]) -> Vec<Arc<str>> {
    let facts = Facts::new(definition, as_of);
    let joins = |pack: &&&Pack| {
        super::choose::joins(pack, &facts) == Tri::True && super::chosen::began_before(pack, &facts).is_none()
    };
    asleep.iter().filter(joins).map(|pack| Arc::clone(&pack.id)).collect()
}
