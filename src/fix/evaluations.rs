//! Evaluations that are owed and that the file does not list: each with its timing and the day that the plan computes.
//! Must not say how independent one is, who takes part, or what it costs.

use super::draft::{Basis, Draft, Mend, gaps, verdict};
use crate::assess::{Assessment, Change, Filling};
use crate::checks::Verdict;
use crate::model::{Date, DateRange, Definition, FieldPath, Table, Value, key};
use crate::schedule::{Evaluation, Schedule};
use std::sync::Arc;

/// An evaluation to be listed.
struct New<'s> {
    evaluation: &'s Evaluation,
    timing: u8,
    day: Date,
}

/// A definition and its text with what was done.
type Better = ((Definition, String), Vec<Mend>);

/// What of a plan can be listed in the definition, and which gaps that closes. `schedule` is dated; `text` holds the definition.
#[must_use]
pub fn planned(basis: Basis<'_>, assessment: &Assessment<'_>, schedule: &Schedule, text: &str) -> Vec<Mend> {
    if !schedule.evaluations.iter().any(|one| is_lacking(one, assessment)) {
        return Vec::new();
    }
    let draft = Draft::new(basis, assessment.definition.clone(), text);
    find(&draft, assessment, schedule).map(|(_, mends)| mends).unwrap_or_default()
}

/// Lists what can be listed.
pub(super) fn add(draft: &mut Draft<'_>) {
    let better = {
        let Some(assessment) = draft.assess() else { return };
        find(draft, &assessment, &draft.basis.schedule(&assessment))
    };
    if let Some((better, mends)) = better {
        draft.take(better, mends);
    }
}

/// Whether the file lacks an evaluation, so that a rule is not met.
fn is_lacking(evaluation: &Evaluation, assessment: &Assessment<'_>) -> bool {
    evaluation.row.is_none() && gaps(assessment).any(|rule| evaluation.rules.contains(rule))
}

/// The evaluations that close a gap, listed; those that close none are left out. `None` where nothing does, or where something
/// else would be worse for it.
fn find(draft: &Draft<'_>, before: &Assessment<'_>, schedule: &Schedule) -> Option<Better> {
    let lacking = schedule.evaluations.iter().filter(|one| is_lacking(one, before));
    let mut wanted: Vec<New<'_>> = lacking
        .filter_map(|evaluation| Some(New { evaluation, timing: evaluation.timing?, day: day(evaluation, before.as_of)? }))
        .collect();
    while !wanted.is_empty() {
        let changes: Vec<Change> = wanted.iter().map(listed).collect();
        let better = draft.changed(&changes)?;
        let after = draft.basis.assess(&better.0)?;
        let closed: Vec<Arc<str>> = gaps(before).filter(|rule| verdict(&after, rule) == Some(Verdict::Met)).cloned().collect();
        let number = wanted.len();
        wanted.retain(|one| one.evaluation.rules.iter().any(|rule| closed.contains(rule)));
        if wanted.len() == number {
            let unharmed = is_unharmed(before, &after);
            let mends = wanted.iter().map(|one| mend(one, &closed)).collect();
            return unharmed.then_some((better, mends));
        }
    }
    None
}

fn listed(new: &New<'_>) -> Change {
    let keys = vec![
        (key::evaluation::ID, Filling::known(Value::Text(new.evaluation.id.as_str().into()))),
        (key::evaluation::TIMING, Filling::known(Value::Choice(new.timing))),
        (key::evaluation::DATE, Filling::known(Value::Date(DateRange::day(new.day)))),
    ];
    Change::Add { table: Table::Evaluation, keys }
}

fn mend(new: &New<'_>, closed: &[Arc<str>]) -> Mend {
    let evaluation = new.evaluation;
    let rules = evaluation.rules.iter().filter(|rule| closed.contains(rule)).cloned().collect();
    Mend { rules, said: format!("plans `{}` by {}", evaluation.id, new.day), because: evaluation.window_because.join("; ") }
}

/// The day by which a report is planned: the working day that the plan computes, else the day aimed at, else the last one, the
/// first of them that lies in the window and is still ahead; none where all are past, for only a person knows what took place.
pub(super) fn day(evaluation: &Evaluation, as_of: Date) -> Option<Date> {
    let window = evaluation.window;
    let (opens, closes) = (window.earliest.and_then(DateRange::exact), window.latest.and_then(DateRange::exact));
    let in_time = |day: &Date| opens.is_none_or(|opens| *day >= opens) && closes.is_none_or(|closes| *day <= closes);
    let computed = evaluation.report.as_ref().map(|report| report.date);
    let days = [computed, window.target.and_then(DateRange::exact), closes];
    days.into_iter().flatten().filter(in_time).find(|day| *day >= as_of)
}

/// Whether no rule stands worse than before, but for what is not said yet: nobody knows who takes part in an evaluation that
/// was added, nor how independent it is.
pub(super) fn is_unharmed(before: &Assessment<'_>, after: &Assessment<'_>) -> bool {
    let known = before.definition.rows(Table::Evaluation).len();
    let of_new = |path: FieldPath| match path {
        FieldPath::Element(key, row) => key.table == Table::Evaluation && row as usize >= known,
        FieldPath::Row(table, row) => table == Table::Evaluation && row as usize >= known,
        _ => false,
    };
    after
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Gap)
        .all(|finding| verdict(before, &finding.rule.id) == Some(Verdict::Gap) || of_new(finding.judgement.field))
}
