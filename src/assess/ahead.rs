//! Revisions that are dated ahead: what each will change once it is in effect. Until then it changes no finding.

use super::{Assessment, Choice, assess};
use crate::checks::{Ahead, Reason, Verdict};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{Date, DateRange, Definition, Record, Table, Value, key};
use crate::policy::Catalog;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is looked at before and after a revision: the duties owed for certain, and the evaluations outside their windows.
struct Standing {
    owed: BTreeMap<Arc<str>, String>,
    outside: Vec<u32>,
}

/// Every revision that is dated ahead, in the order of their days, each on top of those before it.
///
/// # Errors
/// The name of a pack that is asked for and that the catalog does not have.
pub fn ahead(catalog: &Catalog, assessment: &Assessment<'_>, choice: &Choice) -> Result<Vec<Ahead>, String> {
    let as_of = assessment.as_of;
    let mut rows: Vec<(DateRange, usize)> = assessment
        .definition
        .rows(Table::Revision)
        .iter()
        .enumerate()
        .filter_map(|(row, record)| Some((record.date(key::revision::DATE)?, row)))
        .filter(|(date, _)| date.from > as_of)
        .collect();
    rows.sort_by_key(|(date, row)| (date.from, *row));
    let mut definition = assessment.definition.clone();
    let mut before = standing(assessment);
    let mut found = Vec::new();
    for (date, row) in rows {
        let facts = Facts::new(&definition, as_of);
        let (end, total) = (facts.end(), facts.total());
        let with = in_effect(&definition, row, as_of);
        let after = standing(&assess(catalog, &with, as_of, choice)?);
        let record = &with.rows(Table::Revision)[row];
        found.push(Ahead {
            date,
            end: record.date(key::revision::END).map(|then| (end, then)),
            total: record.money(key::revision::TOTAL).map(|then| (total, then)),
            newly_owed: beside(&after.owed, &before.owed),
            no_longer_owed: beside(&before.owed, &after.owed),
            outside: after.outside.iter().copied().filter(|row| !before.outside.contains(row)).collect(),
        });
        (definition, before) = (with, after);
    }
    Ok(found)
}

/// The definition with a revision in effect today: what it sets, no other one sets beside it.
fn in_effect(definition: &Definition, row: usize, as_of: Date) -> Definition {
    let mut with = definition.clone();
    let revisions = with.rows_mut(Table::Revision);
    for key in [key::revision::END, key::revision::TOTAL] {
        if revisions[row].get(key).is_none() {
            continue;
        }
        let is_past =
            |record: &Record| record.date(key::revision::DATE).is_some_and(|date| date.from <= as_of);
        let others =
            revisions.iter_mut().enumerate().filter(|(other, record)| *other != row && is_past(record));
        others.for_each(|(_, record)| record.set(key, None, None));
    }
    revisions[row].set(key::revision::DATE, Some(Value::Date(DateRange::day(as_of))), None);
    with
}

fn standing(assessment: &Assessment<'_>) -> Standing {
    let owed =
        assessment.findings.iter().filter(|one| one.owing.is_some_and(|owing| owing.owed == Tri::True));
    let outside = assessment.findings.iter().filter(|one| one.verdict == Verdict::Gap);
    Standing {
        owed: owed.map(|one| (Arc::clone(&one.rule.id), one.rule.title.clone())).collect(),
        outside: outside
            .filter_map(|one| match &one.judgement.reason {
                Reason::Day(against) => Some(against.row),
                _ => None,
            })
            .collect(),
    }
}

/// Those of the one that are not among the other.
fn beside(one: &BTreeMap<Arc<str>, String>, other: &BTreeMap<Arc<str>, String>) -> Vec<(Arc<str>, String)> {
    one.iter()
        .filter(|(id, _)| !other.contains_key(*id))
        .map(|(id, title)| (Arc::clone(id), title.clone()))
        .collect()
}
