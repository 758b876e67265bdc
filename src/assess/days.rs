//! The days of evaluations against the windows of the duties that ask for them: a finding of its own beside each duty, which is
//! met because the evaluation is listed. Must not plan anything, and must not judge a day that only a plan gives.

use super::decide::Decision;
use super::merge::Decided;
use super::obligation::Obligation;
use super::verdict::{self, Finding};
use super::waive::waiver;
use super::{Assessment, Outcome};
use crate::checks::{
    Check, DayAgainst, Days, Far, Judgement, Missing, Occurrence, Occurrences, Place, Reason, Subject,
    Verdict, Window, find, match_reviews, window_of,
};
use crate::expr::Tri;
use crate::facts::{Fact, Facts};
use crate::model::{DateRange, FieldPath, KeyId, Table, key};
use crate::policy::{Catalog, Rule, Severity, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The day of one evaluation against one window.
struct Judged<'c> {
    rule: &'c Rule,
    /// What its timing is worth.
    status: Status,
    window: Window,
    place: Place,
    /// The part of time that makes it an error, where it is one.
    grave: Option<Far>,
}

impl Judged<'_> {
    /// The worse, the greater.
    fn gravity(&self) -> u8 {
        match self.place {
            Place::Inside => 0,
            Place::Open => 1,
            Place::Early | Place::Late if self.grave.is_some() => 3,
            Place::Early | Place::Late => 2,
        }
    }
}

/// What is found of the days of all evaluations: one finding for each that lies outside, or may; else one that says so.
pub(super) fn findings<'c>(
    catalog: &'c Catalog,
    assessment: &Assessment<'c>,
    facts: &Facts<'_>,
) -> Vec<Finding<'c>> {
    let Some((rule, days)) = catalog.rules().find_map(|rule| match &rule.check {
        Check::Days(days) => Some((rule, days)),
        _ => None,
    }) else {
        return Vec::new();
    };
    let worst = judged(days, assessment, facts);
    let mut found: Vec<Finding<'c>> = worst
        .iter()
        .filter(|(_, judged)| judged.gravity() > 0)
        .map(|(row, judged)| outside(rule, *row, judged, facts))
        .collect();
    if found.is_empty() {
        let applies = Tri::from(!worst.is_empty());
        let verdict = Verdict::of(applies, Tri::True);
        let judgement = Judgement::new(applies, Tri::True, FieldPath::Table(Table::Evaluation));
        found.push(verdict::finding(
            Decided { rule, decision: decision(verdict, judgement, Vec::new()) },
            rule.severity,
            facts,
        ));
    }
    found
}

/// Each evaluation with a day of its own, by row, against the window that it meets worst.
fn judged<'c>(days: &Days, assessment: &Assessment<'c>, facts: &Facts<'_>) -> BTreeMap<u32, Judged<'c>> {
    let mut worst: BTreeMap<u32, Judged<'c>> = BTreeMap::new();
    let in_force = |rule: &Rule| waiver(rule, facts).is_none_or(|waived| !waived.in_force);
    let obligations = assessment.obligations.iter().filter(|one| in_force(one.rule));
    let pairs = obligations.flat_map(|one| {
        rows(one, assessment, facts).into_iter().map(move |(row, window)| (one, row, window))
    });
    for (obligation, row, window) in pairs {
        let Some((_, day)) = day_of(facts, row) else { continue };
        let place = window.place(day);
        let timing = match facts.element(key::evaluation::TIMING, row) {
            Fact::Choice(timing) => timing,
            _ => continue,
        };
        let grave =
            if matches!(place, Place::Early | Place::Late) { days.grave(timing, day, facts) } else { None };
        let judged = Judged { rule: obligation.rule, status: status(obligation), window, place, grave };
        match worst.get(&row) {
            Some(known) if known.gravity() >= judged.gravity() => {}
            _ => drop(worst.insert(row, judged)),
        }
    }
    worst
}

/// The evaluations that stand for an obligation, each with the window in which it should lie. Where several timings can take one,
/// the evaluation that does has the window of its own duty.
fn rows(obligation: &Obligation<'_>, assessment: &Assessment<'_>, facts: &Facts<'_>) -> Vec<(u32, Window)> {
    let Subject::Evaluation(wanted) = &obligation.requirement.subject else { return Vec::new() };
    let found = find(wanted, facts);
    if let Some(number) = obligation.number {
        let of_rule = assessment.obligations.iter().filter(|one| one.rule.id == obligation.rule.id);
        let sure =
            of_rule.filter_map(|one| Some(Occurrence { number: one.number?, window: one.window })).collect();
        let times = Occurrences { sure, ..Occurrences::default() };
        let row = match_reviews(&times, &found, wanted, facts).row(number);
        return row.map(|row| (row, obligation.window)).into_iter().collect();
    }
    let [_] = wanted.timings.as_slice() else { return Vec::new() };
    let Some(window) = window_of(obligation.requirement.due.as_ref(), facts) else { return Vec::new() };
    let rows = found.sure.into_iter().chain(found.possible).chain(found.too_low);
    rows.filter(|row| wanted.has_timing(facts, *row) == Tri::True).map(|row| (row, window)).collect()
}

/// The day of an evaluation of the file, and where it stands: the one on which it was completed, else the planned one.
fn day_of(facts: &Facts<'_>, row: u32) -> Option<(KeyId, DateRange)> {
    [key::evaluation::COMPLETED, key::evaluation::DATE].into_iter().find_map(|key| {
        match facts.element(key, row) {
            Fact::Date(day) => Some((key, day)),
            _ => None,
        }
    })
}

/// What the days of an obligation are worth.
fn status(obligation: &Obligation<'_>) -> Status {
    let of_days = obligation.requirement.due_status.as_ref().and_then(|status| Status::parse(status));
    of_days.unwrap_or(obligation.rule.status)
}

fn outside<'c>(rule: &'c Rule, row: u32, judged: &Judged<'c>, facts: &Facts<'_>) -> Finding<'c> {
    let (key, day) = day_of(facts, row)
        .unwrap_or((key::evaluation::DATE, DateRange { from: facts.as_of(), to: facts.as_of() }));
    let path = FieldPath::Element(key, row);
    let open = judged.place == Place::Open;
    let (verdict, met) = if open { (Verdict::Undecided, Tri::Unknown) } else { (Verdict::Gap, Tri::False) };
    let needs = if open { needs(key, row, facts) } else { Vec::new() };
    let Judged { window, place, grave: far, .. } = *judged;
    let completed = key == key::evaluation::COMPLETED;
    let against = DayAgainst { row, completed, day, window, place, far, rule: Arc::clone(&judged.rule.id) };
    let mut judgement =
        Judgement { reason: Reason::Day(Box::new(against)), ..Judgement::new(Tri::True, met, path) };
    if !open {
        judgement.missing = vec![Missing::Day(row)];
    }
    let severity = if judged.grave.is_some() { Severity::Error } else { rule.severity };
    let decided = Decided { rule, decision: decision(verdict, judgement, needs) };
    Finding {
        owed_by: Some(judged.rule),
        status: judged.status,
        ..verdict::finding(decided, severity, facts)
    }
}

/// The day of the evaluation, and the dates on which its window rests, where they are not known to the day.
fn needs(key: KeyId, row: u32, facts: &Facts<'_>) -> Vec<FieldPath> {
    use crate::facts::Word;
    let of_project = [key::project::START, key::project::END]
        .into_iter()
        .flat_map(|key| facts.needs(Word::Key(key)).iter().collect::<Vec<_>>());
    let all: BTreeSet<FieldPath> = facts.element_needs(key, row).iter().chain(of_project).collect();
    all.into_iter().collect()
}

fn decision(verdict: Verdict, judgement: Judgement, needs: Vec<FieldPath>) -> Decision {
    Decision {
        verdict,
        applies: judgement.applies,
        judgement,
        needs,
        applies_needs: Vec::new(),
        too_many: false,
    }
}

impl Assessment<'_> {
    /// What is found of the day of an evaluation of the file that lies outside its window, unless a waiver covers it.
    pub fn out_of_window(&self) -> impl Iterator<Item = &Finding<'_>> {
        self.findings
            .iter()
            .filter(|one| matches!(one.rule.check, Check::Days(_)) && one.outcome == Outcome::Gap)
    }
}
