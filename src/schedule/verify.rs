//! A plan is assessed again before it is shown: put into the definition, it must meet every duty.
//! Must not mend the plan.

use super::plan::Schedule;
use crate::assess::{Assessment, Finding, Outcome};
use crate::checks::{Check, Verdict};
use crate::facts::Facts;
use crate::model::{Definition, Record, Table, Value, key};
use std::sync::Arc;

/// The duties that the definition would still not meet with the whole plan put into it. None, unless rules conflict.
#[must_use]
pub fn unmet_by(schedule: &Schedule, assessment: &Assessment<'_>) -> Vec<Arc<str>> {
    let planned = with_plan(schedule, assessment.definition);
    let facts = Facts::new(&planned, assessment.as_of);
    // An event is dated and not planned: one that is past and not on record is a finding, and no plan could change it.
    let is_planned = |finding: &&Finding<'_>| match &finding.rule.check {
        Check::Duty(duty) => !duty.is_of_events() && finding.outcome != Outcome::Waived,
        _ => false,
    };
    let duties = assessment.findings.iter().filter(is_planned);
    duties
        .filter(|finding| finding.rule.judge(&facts).verdict() == Verdict::Gap)
        .map(|finding| Arc::clone(&finding.rule.id))
        .collect()
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
            record.set(
                key::evaluation::INDEPENDENCE,
                evaluation.independence_required.map(Value::Choice),
                None,
            );
        }
        if evaluation.row.is_none() {
            rows.push(added);
        }
    }
    planned
}
