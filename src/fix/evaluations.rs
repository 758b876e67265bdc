//! Evaluations that are owed and that the file does not list: each with its timing and the day that the plan computes.
//! Must not say how independent one is, who takes part, or what it costs.

use super::draft::{Basis, Draft, Mend, gaps, verdict};
use crate::assess::{Assessment, Change, Filling, Outcome, edits};
use crate::checks::Verdict;
use crate::model::{Date, DateRange, Definition, FieldPath, Table, Value, key};
use crate::schedule::{Evaluation, Schedule};
use crate::source::Edit;
use std::sync::Arc;

/// An evaluation to be listed.
#[derive(Clone, Copy)]
pub(super) struct New<'s> {
    pub evaluation: &'s Evaluation,
    pub timing: u8,
    pub day: Date,
}

/// Evaluations that are listed together, since it takes all of them to close their gaps.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The rules that they make met, by their whole ids, sorted.
    pub rules: Vec<Arc<str>>,
    /// Each of them in words.
    pub mends: Vec<Mend>,
    /// The changes of the text.
    pub edits: Vec<Edit>,
}

/// What becomes of a definition with some evaluations listed.
struct Tried {
    edits: Vec<Edit>,
    better: (Definition, String),
    closed: Vec<Arc<str>>,
    unharmed: bool,
}

/// What of a plan can be listed in the definition, and which gaps that closes. `schedule` is dated; `text` holds the definition.
#[must_use]
pub fn planned(
    basis: Basis<'_>,
    assessment: &Assessment<'_>,
    schedule: &Schedule,
    text: &str,
) -> Vec<Listing> {
    if lacking(schedule, assessment).next().is_none() {
        return Vec::new();
    }
    let draft = Draft::new(basis, assessment.definition.clone(), text);
    let Some((all, tried)) = find(&draft, assessment, schedule) else { return Vec::new() };
    let parts = parts(&all, &tried.closed);
    if parts.len() > 1 {
        let alone = |part: &Vec<New<'_>>| {
            let tried_alone = attempt(&draft, assessment, part)?;
            let mut wanted = part.iter().flat_map(|one| closing(one, &tried.closed));
            let same = wanted.all(|rule| tried_alone.closed.contains(rule));
            (same && tried_alone.unharmed).then(|| listing(part, tried_alone))
        };
        if let Some(listings) = parts.iter().map(alone).collect() {
            return listings;
        }
    }
    vec![listing(&all, tried)]
}

/// Lists what can be listed.
pub(super) fn add(draft: &mut Draft<'_>) {
    let better = {
        let Some(assessment) = draft.assess() else { return };
        let schedule = draft.basis.schedule(&assessment);
        find(draft, &assessment, &schedule)
            .map(|(wanted, tried)| (mends(&wanted, &tried.closed), tried.better))
    };
    if let Some((mends, better)) = better {
        draft.take(better, mends);
    }
}

/// The evaluations that the file lacks, so that a rule is not met.
pub(super) fn lacking<'s>(
    schedule: &'s Schedule,
    assessment: &Assessment<'_>,
) -> impl Iterator<Item = &'s Evaluation> {
    let open: Vec<Arc<str>> = gaps(assessment).cloned().collect();
    schedule
        .evaluations
        .iter()
        .filter(move |one| one.row.is_none() && one.rules.iter().any(|rule| open.contains(rule)))
}

/// The evaluations that close a gap, listed; those that close none are left out. `None` where nothing does, or where something
/// else would be worse for it.
fn find<'s>(
    draft: &Draft<'_>,
    before: &Assessment<'_>,
    schedule: &'s Schedule,
) -> Option<(Vec<New<'s>>, Tried)> {
    let mut wanted: Vec<New<'_>> = lacking(schedule, before)
        .filter_map(|evaluation| {
            Some(New { evaluation, timing: evaluation.timing?, day: day(evaluation, before.as_of)? })
        })
        .collect();
    while !wanted.is_empty() {
        let tried = attempt(draft, before, &wanted)?;
        let number = wanted.len();
        wanted.retain(|one| one.evaluation.rules.iter().any(|rule| tried.closed.contains(rule)));
        if wanted.len() < number {
            continue;
        }
        match needless(draft, before, &wanted, &tried.closed) {
            Some(place) => drop(wanted.remove(place)),
            None => return tried.unharmed.then_some((wanted, tried)),
        }
    }
    None
}

/// An evaluation that a waiver covers or that is allowed to be missing, and without which the others close the same gaps.
fn needless(
    draft: &Draft<'_>,
    before: &Assessment<'_>,
    wanted: &[New<'_>],
    closed: &[Arc<str>],
) -> Option<usize> {
    let waived = |rule: &Arc<str>| {
        let is_waived =
            before.findings.iter().any(|one| one.outcome == Outcome::Waived && one.rule.id == *rule);
        is_waived || draft.basis.choice.allowed.contains(&**rule)
    };
    let mut covered = wanted
        .iter()
        .zip(0..)
        .filter(|(one, _)| one.evaluation.rules.iter().any(waived))
        .map(|(_, place)| place);
    covered.find(|place| {
        let others: Vec<New<'_>> =
            wanted.iter().zip(0..).filter(|(_, other)| other != place).map(|(one, _)| *one).collect();
        let tried = if others.is_empty() { None } else { attempt(draft, before, &others) };
        tried.is_some_and(|tried| closed.iter().all(|rule| tried.closed.contains(rule)))
    })
}

/// The definition with some evaluations listed, and the gaps that this closes.
fn attempt(draft: &Draft<'_>, before: &Assessment<'_>, wanted: &[New<'_>]) -> Option<Tried> {
    let edits = edits(&draft.definition, &wanted.iter().map(listed).collect::<Vec<_>>(), &draft.text)?;
    let better = draft.edited(&edits)?;
    let (closed, unharmed) = {
        let after = draft.basis.assess(&better.0)?;
        let closed =
            gaps(before).filter(|rule| verdict(&after, rule) == Some(Verdict::Met)).cloned().collect();
        (closed, is_unharmed(before, &after))
    };
    Some(Tried { edits, better, closed, unharmed })
}

/// The evaluations in parts that close no gap together with another.
fn parts<'s>(all: &[New<'s>], closed: &[Arc<str>]) -> Vec<Vec<New<'s>>> {
    let mut parts: Vec<Vec<New<'s>>> = Vec::new();
    for one in all {
        let shares = |part: &Vec<New<'_>>| {
            part.iter().any(|other| closing(other, closed).any(|rule| one.evaluation.rules.contains(rule)))
        };
        let (joined, others): (Vec<_>, Vec<_>) = parts.into_iter().partition(shares);
        parts = others;
        parts.push(joined.into_iter().flatten().chain([*one]).collect());
    }
    parts
}

/// The rules of an evaluation that are closed.
fn closing<'n>(new: &'n New<'_>, closed: &'n [Arc<str>]) -> impl Iterator<Item = &'n Arc<str>> {
    new.evaluation.rules.iter().filter(|rule| closed.contains(rule))
}

fn listing(wanted: &[New<'_>], tried: Tried) -> Listing {
    Listing { mends: mends(wanted, &tried.closed), rules: tried.closed, edits: tried.edits }
}

pub(super) fn listed(new: &New<'_>) -> Change {
    let keys = vec![
        (key::evaluation::ID, Filling::known(Value::Text(new.evaluation.id.as_str().into()))),
        (key::evaluation::TIMING, Filling::known(Value::Choice(new.timing))),
        (key::evaluation::DATE, Filling::known(Value::Date(DateRange::day(new.day)))),
    ];
    Change::Add { table: Table::Evaluation, keys }
}

fn mends(wanted: &[New<'_>], closed: &[Arc<str>]) -> Vec<Mend> {
    let mend = |one: &New<'_>| {
        let rules = closing(one, closed).cloned().collect();
        let evaluation = one.evaluation;
        Mend {
            rules,
            said: format!("plans `{}` by {}", evaluation.id, one.day),
            because: because(evaluation, one.day),
        }
    };
    let mut mends: Vec<Mend> = wanted.iter().map(mend).collect();
    // A rule that asks for any evaluation may be met by one that is listed for another.
    let besides: Vec<_> =
        closed.iter().filter(|rule| !mends.iter().any(|mend| mend.rules.contains(rule))).cloned().collect();
    if let Some(first) = mends.first_mut() {
        first.rules.extend(besides);
        first.rules.sort_unstable();
    }
    mends
}

/// The day by which a report is planned: the working day that the plan computes, else the last working day of the window; where
/// the window has none, the day aimed at, else the last one. The first of them that lies in the window and is still ahead; none
/// where all are past, for only a person knows what took place.
pub(super) fn day(evaluation: &Evaluation, as_of: Date) -> Option<Date> {
    let window = evaluation.window;
    let days = [
        computed(evaluation),
        evaluation.last_report,
        window.target.and_then(DateRange::exact),
        window.latest.and_then(DateRange::exact),
    ];
    days.into_iter().flatten().filter(|day| evaluation.is_in_window(*day)).find(|day| *day >= as_of)
}

/// The working day that the plan computes.
fn computed(evaluation: &Evaluation) -> Option<Date> {
    evaluation.report.as_ref().map(|report| report.date)
}

/// Why an evaluation is planned by a day.
pub(super) fn because(evaluation: &Evaluation, day: Date) -> String {
    let window = evaluation.window_because.join("; ");
    if computed(evaluation) == Some(day) {
        window
    } else if evaluation.last_report == Some(day) {
        format!("the day aimed at is past, and this is the last working day of the window: {window}")
    } else {
        format!("no day of the window that is ahead is a working day: {window}")
    }
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
    after.findings.iter().filter(|finding| finding.verdict == Verdict::Gap).all(|finding| {
        verdict(before, &finding.rule.id) == Some(Verdict::Gap) || of_new(finding.judgement.field)
    })
}
