//! The days of evaluations that a repair adds: those of the plan, so that the patch shown beside a gap says when.
//! Must not change what a repair closes.

use super::draft::{Basis, verdict};
use super::evaluations::day;
use crate::assess::{Assessment, Change, Filling, Repair, edits};
use crate::checks::Verdict;
use crate::model::{DateRange, KeyId, Table, Value, key};
use crate::schedule::{Evaluation, Schedule};

/// The repairs of an assessment, each evaluation that they add with its day where the plan knows one that is still ahead.
/// `schedule` is dated; `text` holds the definition.
#[must_use]
pub fn dated(basis: Basis<'_>, assessment: &Assessment<'_>, schedule: &Schedule, text: &str) -> Vec<Repair> {
    let dated = |repair: &Repair| {
        let changes: Vec<Change> =
            repair.changes.iter().map(|change| with_day(change, schedule, basis)).collect();
        let edits = edits(assessment.definition, &changes, text).filter(|_| changes != repair.changes)?;
        let dated = Repair { changes, edits, ..repair.clone() };
        let after = dated.applied(assessment.definition);
        let after = basis.assess(&after)?;
        dated.rules.iter().all(|rule| verdict(&after, rule) == Some(Verdict::Met)).then(|| dated.clone())
    };
    assessment.repairs.iter().map(|repair| dated(repair).unwrap_or_else(|| repair.clone())).collect()
}

fn with_day(change: &Change, schedule: &Schedule, basis: Basis<'_>) -> Change {
    let Change::Add { table: Table::Evaluation, keys } = change else { return change.clone() };
    let is_given = keys.iter().any(|(key, _)| *key == key::evaluation::DATE);
    let Some(day) =
        planned(keys, schedule).filter(|_| !is_given).and_then(|evaluation| day(evaluation, basis.as_of))
    else {
        return change.clone();
    };
    let mut keys = keys.clone();
    let place =
        keys.iter().position(|(key, _)| key.index > key::evaluation::DATE.index).unwrap_or(keys.len());
    keys.insert(place, (key::evaluation::DATE, Filling::known(Value::Date(DateRange::day(day)))));
    Change::Add { table: Table::Evaluation, keys }
}

/// The evaluation of the plan that a new one stands for: the one of its name, else the only one of its timing that the file lacks.
fn planned<'s>(keys: &[(KeyId, Filling)], schedule: &'s Schedule) -> Option<&'s Evaluation> {
    let value = |wanted| keys.iter().find(|(key, _)| *key == wanted).map(|(_, filling)| &filling.value);
    let is_named = |one: &&Evaluation| matches!(value(key::evaluation::ID), Some(Value::Text(name)) if **name == *one.id);
    let is_timed = |one: &&Evaluation| matches!(value(key::evaluation::TIMING), Some(Value::Choice(timing)) if one.timing == Some(*timing));
    let lacking = || schedule.evaluations.iter().filter(|one| one.row.is_none()).filter(is_timed);
    let only = || lacking().next().filter(|_| lacking().count() == 1);
    lacking().find(is_named).or_else(only)
}
