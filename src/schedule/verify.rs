//! A plan is assessed again before it is shown: put into the definition, it must meet every duty.
//! Must not mend the plan.

use super::plan::Schedule;
use crate::assess::{Choice, Outcome, assess};
use crate::checks::Check;
use crate::model::{Date, Definition, Record, Table, Value, key};
use crate::policy::Catalog;
use std::sync::Arc;

/// The duties that the definition would still not meet with the whole plan put into it. None, unless rules conflict.
#[must_use]
pub fn unmet_by(schedule: &Schedule, definition: &Definition, catalog: &Catalog, (as_of, choice): (Date, &Choice)) -> Vec<Arc<str>> {
    let planned = with_plan(schedule, definition);
    let Ok(again) = assess(catalog, &planned, as_of, choice) else { return Vec::new() };
    let unmet = again.findings.iter().filter(|finding| finding.outcome == Outcome::Gap && matches!(finding.rule.check, Check::Duty(_)));
    unmet.map(|finding| Arc::clone(&finding.rule.id)).collect()
}

/// The definition with every evaluation of the plan in it, as independent as it must be.
fn with_plan(schedule: &Schedule, definition: &Definition) -> Definition {
    let mut planned = definition.clone();
    let rows = planned.rows_mut(Table::Evaluation);
    for evaluation in &schedule.evaluations {
        let mut added = Record::empty(Table::Evaluation);
        let record = match evaluation.row {
            Some(row) => &mut rows[row as usize],
            None => &mut added,
        };
        if evaluation.row.is_none() {
            record.set(key::evaluation::ID, Some(Value::Text(evaluation.id.as_str().into())), None);
            record.set(key::evaluation::TIMING, evaluation.timing.map(Value::Choice), None);
        }
        if evaluation.independence < evaluation.independence_required {
            record.set(key::evaluation::INDEPENDENCE, evaluation.independence_required.map(Value::Choice), None);
        }
        if evaluation.row.is_none() {
            rows.push(added);
        }
    }
    planned
}
