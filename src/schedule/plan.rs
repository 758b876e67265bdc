//! Merges obligations into the smallest plan: what the file has is kept, what is missing is added once.
//! Must not compute windows.

use super::calendar::Calendar;
use super::judge::Warning;
use super::reason;
use super::slot::{Claim, Evaluation};
use super::state::{EventState, state};
use super::window::intersect;
use crate::assess::{Assessment, Obligation, Planned};
use crate::checks::{
    Found, Missing, Occurrence, Occurrences, Subject, Wanted, Window, find, match_reviews, meetings,
};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{DateRange, FieldPath, Table};
use std::sync::Arc;

/// A dated thing that is owed and is not an evaluation.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id within the schedule.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When: the day aimed at, else the last day.
    pub date: Option<DateRange>,
    /// The days on which it is in time.
    pub window: Window,
    /// The day on which it took place, where the file records it.
    pub recorded: Option<DateRange>,
    /// How it stands on the day of the plan.
    pub state: EventState,
    /// The rules that ask for it.
    pub rules: Vec<Arc<str>>,
}

/// Two rules that no plan can meet at once.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// What is so.
    pub message: String,
    /// The rules.
    pub rules: Vec<Arc<str>>,
}

/// An evaluation that may be owed.
#[derive(Debug, Clone)]
pub struct Undecided {
    /// The rule.
    pub rule: Arc<str>,
    /// The timing of the evaluation, or the title of the event.
    pub would_require: String,
    /// The facts that decide.
    pub needs: Vec<FieldPath>,
}

/// The plan of one definition.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// The evaluations, by date.
    pub evaluations: Vec<Evaluation>,
    /// Other dated events, by date.
    pub events: Vec<Event>,
    /// What no plan can meet.
    pub conflicts: Vec<Conflict>,
    /// What may be owed.
    pub undecided: Vec<Undecided>,
    /// The days off that its tasks go round.
    pub calendar: Arc<Calendar>,
    /// Whose days off they are, in words.
    pub days_off: String,
    /// What the reader should know of the dates.
    pub notes: Vec<String>,
    /// What about the plan should be looked at.
    pub warnings: Vec<Warning>,
}

/// The smallest plan that meets every rule of the assessment.
#[must_use]
pub fn plan(assessment: &Assessment<'_>) -> Schedule {
    let facts = Facts::new(assessment.definition, assessment.as_of);
    let rows = assessment.definition.rows(Table::Evaluation).iter().zip(0..);
    let mut schedule = Schedule {
        evaluations: rows.map(|(record, row)| Evaluation::of_row(record, row)).collect(),
        ..Schedule::default()
    };
    let (numbered, single): (Vec<&Obligation<'_>>, Vec<_>) =
        assessment.obligations.iter().partition(|one| one.number.is_some());
    add_recurring(&numbered, &facts, &mut schedule);
    let (any_of, of_one): (Vec<&Obligation<'_>>, Vec<_>) =
        single.into_iter().partition(|one| wanted(one).is_some_and(|wanted| wanted.timings.len() > 1));
    for obligation in of_one {
        match &obligation.requirement.subject {
            Subject::Event(title) => add_event(obligation, title, &facts, &mut schedule),
            Subject::Evaluation(wanted) => add_of_one_timing(obligation, wanted, &facts, &mut schedule),
        }
    }
    for obligation in any_of {
        add_any_of(obligation, &facts, &mut schedule);
    }
    add_undecided(assessment, &mut schedule);
    let open = facts.is_open(Table::Evaluation);
    for evaluation in &mut schedule.evaluations {
        evaluation.rules.sort();
        evaluation.rules.dedup();
        evaluation.state = state(evaluation, assessment.as_of, open);
    }
    schedule.evaluations.sort_by_key(|evaluation| {
        (evaluation.day().map_or((true, None), |day| (false, Some(day))), evaluation.id.clone())
    });
    schedule.events.sort_by_key(|event| (event.date, event.id.clone()));
    schedule
}

/// The plan as the cases of rule files name it: evaluations by date, then events by date.
#[must_use]
pub fn planned(assessment: &Assessment<'_>) -> Vec<Planned> {
    let schedule = plan(assessment);
    let evaluations = schedule.evaluations.into_iter().map(|one| Planned { id: one.id, window: one.window });
    let events = schedule.events.into_iter().map(|one| Planned { id: one.id, window: one.window });
    evaluations.chain(events).collect()
}

fn wanted<'o>(obligation: &'o Obligation<'_>) -> Option<&'o Wanted> {
    match &obligation.requirement.subject {
        Subject::Evaluation(wanted) => Some(wanted),
        Subject::Event(_) => None,
    }
}

/// The times of a recurring duty, each with the evaluation of the file that stands for it.
fn add_recurring(obligations: &[&Obligation<'_>], facts: &Facts<'_>, schedule: &mut Schedule) {
    let mut done: Vec<&str> = Vec::new();
    for first in obligations {
        if done.contains(&&*first.rule.id) {
            continue;
        }
        done.push(&first.rule.id);
        let of_rule: Vec<&&Obligation<'_>> =
            obligations.iter().filter(|one| one.rule.id == first.rule.id).collect();
        match &first.requirement.subject {
            Subject::Evaluation(wanted) => add_reviews(&of_rule, wanted, facts, schedule),
            Subject::Event(title) => of_rule.iter().for_each(|one| add_event(one, title, facts, schedule)),
        }
    }
}

fn add_reviews(
    obligations: &[&&Obligation<'_>],
    wanted: &Wanted,
    facts: &Facts<'_>,
    schedule: &mut Schedule,
) {
    let sure = obligations
        .iter()
        .map(|one| Occurrence { number: one.number.unwrap_or(1), window: one.window })
        .collect();
    let times = Occurrences { sure, ..Occurrences::default() };
    let matched = match_reviews(&times, &find(wanted, facts), wanted, facts);
    for obligation in obligations {
        let number = obligation.number.unwrap_or(1);
        let place = match matched.row(number) {
            Some(row) => row as usize,
            None => add(schedule, Evaluation::of_timing(wanted.assigned_to, Some(number))),
        };
        take(schedule, place, obligation, true, facts);
    }
}

fn add(schedule: &mut Schedule, mut evaluation: Evaluation) -> usize {
    let base = evaluation.id.clone();
    let mut number = 2;
    while schedule.evaluations.iter().any(|known| known.id == evaluation.id) {
        evaluation.id = format!("{base}-{number}");
        number += 1;
    }
    schedule.evaluations.push(evaluation);
    schedule.evaluations.len() - 1
}

fn add_event(obligation: &Obligation<'_>, title: &str, facts: &Facts<'_>, schedule: &mut Schedule) {
    let once = obligation.number.map_or_else(
        || obligation.rule.local.to_string(),
        |number| format!("{}-{number}", obligation.rule.local),
    );
    let (window, count) = (obligation.window, obligation.requirement.count);
    let meetings =
        obligation.requirement.recorded_as.map(|kind| meetings(kind, &window, facts)).unwrap_or_default();
    let mut recorded = meetings.into_iter();
    for time in 1..=count {
        let took_place = recorded.next();
        schedule.events.push(Event {
            id: if count == 1 { once.clone() } else { format!("{once}-{time}") },
            title: title.to_owned(),
            date: window.target.or(window.latest),
            window,
            state: event_state(&window, took_place, obligation, facts),
            recorded: took_place,
            rules: vec![Arc::clone(&obligation.rule.id)],
        });
    }
}

/// How an event stands. It is not recorded where the finding of its rule says so.
fn event_state(
    window: &Window,
    recorded: Option<DateRange>,
    obligation: &Obligation<'_>,
    facts: &Facts<'_>,
) -> EventState {
    let is_past = window.latest.is_some_and(|latest| latest.to < facts.as_of());
    let this = obligation.number.unwrap_or(1);
    let judgement = &obligation.judgement;
    let is_missing = judgement.met == Tri::False
        && judgement
            .missing
            .iter()
            .any(|one| matches!(one, Missing::Meeting { number, .. } if *number == this));
    match (recorded, is_missing, is_past) {
        (Some(_), ..) => EventState::Recorded,
        (None, true, _) => EventState::NotRecorded,
        (None, false, true) => EventState::Past,
        (None, false, false) => EventState::Ahead,
    }
}

/// Evaluations of the right timing, the most fitting first, as many as are asked for.
fn add_of_one_timing(
    obligation: &Obligation<'_>,
    wanted: &Wanted,
    facts: &Facts<'_>,
    schedule: &mut Schedule,
) {
    let found = find(wanted, facts);
    let Found { sure, possible, too_low, .. } = found;
    let mut rows = sure.into_iter().chain(possible).chain(too_low);
    for _ in 0..obligation.requirement.count {
        let known = rows.next().map(|row| row as usize);
        let planned = || {
            schedule
                .evaluations
                .iter()
                .position(|one| one.row.is_none() && one.timing == Some(wanted.assigned_to))
        };
        let place = known.or_else(planned);
        let place = place.unwrap_or_else(|| add(schedule, Evaluation::of_timing(wanted.assigned_to, None)));
        take(schedule, place, obligation, true, facts);
    }
}

/// A duty that any of several timings can take: one of the file that meets it, else one that will, else the one it is assigned to.
fn add_any_of(obligation: &Obligation<'_>, facts: &Facts<'_>, schedule: &mut Schedule) {
    let Some(wanted) = wanted(obligation) else { return };
    let found = find(wanted, facts);
    let assigned =
        |schedule: &Schedule, place: &usize| schedule.evaluations[*place].timing == Some(wanted.assigned_to);
    let met: Vec<usize> = found.sure.iter().map(|row| *row as usize).collect();
    let meets = |one: &Evaluation| {
        one.timing.is_some_and(|timing| wanted.timings.contains(&timing))
            && one.independence_required >= wanted.independence
    };
    let will: Vec<usize> = schedule
        .evaluations
        .iter()
        .enumerate()
        .filter(|(_, one)| meets(one))
        .map(|(place, _)| place)
        .collect();
    let any =
        |places: &[usize]| places.iter().find(|place| assigned(schedule, place)).or(places.first()).copied();
    if let Some(place) = any(&met).or_else(|| any(&will)) {
        return take(schedule, place, obligation, false, facts);
    }
    let place = schedule.evaluations.iter().position(|one| one.timing == Some(wanted.assigned_to));
    let place = place.unwrap_or_else(|| add(schedule, Evaluation::of_timing(wanted.assigned_to, None)));
    take(schedule, place, obligation, true, facts);
}

/// Lays an obligation on an evaluation: its rule, its window and, where the evaluation is to be raised to it, its level.
fn take(schedule: &mut Schedule, place: usize, obligation: &Obligation<'_>, raise: bool, facts: &Facts<'_>) {
    let level = wanted(obligation).and_then(|wanted| wanted.independence);
    let evaluation = &mut schedule.evaluations[place];
    let cite = format!("{} {}", obligation.rule.cite.source, obligation.rule.cite.at);
    let claim = Claim { rule: Arc::clone(&obligation.rule.id), cite, level, window: obligation.window };
    match intersect(evaluation.window, obligation.window) {
        Some(window) => evaluation.window = window,
        None => {
            let conflict = clash(evaluation, &claim);
            schedule.conflicts.push(conflict);
        }
    }
    let evaluation = &mut schedule.evaluations[place];
    evaluation.claims.push(claim);
    evaluation.window_because.extend(reason::window(obligation, facts));
    let evaluation = &mut schedule.evaluations[place];
    if raise || evaluation.independence >= level {
        evaluation.independence_required = evaluation.independence_required.max(level);
    }
    evaluation.rules.push(Arc::clone(&obligation.rule.id));
}

/// Two rules that ask for days which do not meet, with the clause of each.
fn clash(evaluation: &Evaluation, claim: &Claim) -> Conflict {
    let told = |claim: &Claim| {
        let end =
            |day: Option<DateRange>| day.map_or_else(|| "a day not known".to_owned(), |day| day.to_string());
        format!(
            "`{}` ({}) from {} to {}",
            claim.rule,
            claim.cite,
            end(claim.window.earliest),
            end(claim.window.latest)
        )
    };
    let other = evaluation.claims.iter().find(|other| intersect(other.window, claim.window).is_none());
    let others: Vec<&Claim> = other.map_or_else(|| evaluation.claims.iter().collect(), |other| vec![other]);
    let both: Vec<String> = others.iter().copied().chain([claim]).map(told).collect();
    let message = format!(
        "`{}` cannot be in time for all of its rules: their windows do not meet: {}",
        evaluation.id,
        both.join("; ")
    );
    Conflict {
        message,
        rules: others.into_iter().chain([claim]).map(|claim| Arc::clone(&claim.rule)).collect(),
    }
}

fn add_undecided(assessment: &Assessment<'_>, schedule: &mut Schedule) {
    for open in &assessment.open {
        let would_require = match &open.requirement.subject {
            Subject::Evaluation(wanted) => wanted.timing().to_owned(),
            Subject::Event(title) => title.to_string(),
        };
        schedule.undecided.push(Undecided {
            rule: Arc::clone(&open.rule.id),
            would_require,
            needs: open.needs.clone(),
        });
    }
    schedule.undecided.sort_by(|one, two| one.rule.cmp(&two.rule));
}
