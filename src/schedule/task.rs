//! The dated tasks of one evaluation: a process laid on working days, backwards from the report and forwards after it.
//! Must not choose the process or the report date.

use super::calendar::Calendar;
use super::process::{Process, Step};
use super::reason;
use super::state::State;
use crate::model::Date;
use std::sync::Arc;

/// One dated task.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its id within the evaluation.
    pub id: Arc<str>,
    /// What is done.
    pub title: Arc<str>,
    /// Who does it.
    pub owner: Arc<str>,
    /// The first working day of it.
    pub start: Date,
    /// The last working day of it, inside.
    pub end: Date,
    /// How long it takes.
    pub working_days: u32,
    /// The ids of the tasks it waits for.
    pub after: Vec<Arc<str>>,
    /// Whether it lies on the longest path.
    pub critical: bool,
    /// By how many working days it can begin earlier (before the report) or end later (after it) without moving another.
    pub slack: u32,
    /// Whether it is the report itself.
    pub is_report: bool,
    /// Whether it leads to the report; the others follow from it.
    pub before_report: bool,
    /// How it stands on the day of the schedule.
    pub state: State,
    /// Why it stands there.
    pub because: String,
}

/// The working days around a report date.
#[derive(Debug)]
struct Days {
    /// The report date first, then the days before it.
    before: Vec<Date>,
    /// The days after it.
    after: Vec<Date>,
}

impl Days {
    /// The working day that stands so many after the end of the report; -1 is the report date itself.
    fn at(&self, place: i64) -> Option<Date> {
        let index = |place: i64| usize::try_from(place).ok();
        if place < 0 {
            self.before.get(index(-1 - place)?).copied()
        } else {
            self.after.get(index(place)?).copied()
        }
    }
}

/// Dates every task of a process around a report date, which is a working day. In the order of their beginnings.
/// `None` where the calendar has not enough working days.
#[must_use]
pub fn tasks(process: &Process, report: Date, calendar: &Calendar) -> Option<Vec<Task>> {
    let order = &process.order;
    let count = |days: i64| usize::try_from(days).ok();
    let days = Days {
        before: calendar.back(report, count(order.before)?.max(1))?,
        after: calendar.forward(report, count(order.after)?)?,
    };
    let mut dated: Vec<(Date, Date)> = Vec::with_capacity(process.steps.len());
    for stand in &order.stands {
        dated.push((days.at(stand.start)?, days.at(stand.end - 1)?));
    }
    let places = &order.sorted;
    let mut tasks: Vec<(usize, Task)> =
        places.iter().map(|place| (*place, task(process, *place, &dated, calendar))).collect();
    tasks.sort_by_key(|(place, task)| (task.start, task.end, *place));
    Some(tasks.into_iter().map(|(_, task)| task).collect())
}

fn task(process: &Process, place: usize, dated: &[(Date, Date)], calendar: &Calendar) -> Task {
    let step = &process.steps[place];
    let stand = process.order.stands[place];
    let before_report =
        place == process.anchor || stand.bound_by.is_some_and(|bound| dated[bound].0 > dated[place].1);
    Task {
        id: Arc::clone(&step.id),
        title: Arc::clone(&step.title),
        owner: Arc::clone(&step.owner),
        start: dated[place].0,
        end: dated[place].1,
        working_days: step.working_days,
        after: step.after.iter().map(|before| Arc::clone(&process.steps[*before].id)).collect(),
        critical: stand.critical,
        slack: u32::try_from(stand.slack).unwrap_or(0),
        is_report: place == process.anchor,
        before_report,
        state: State::Planned,
        because: because(process, place, dated, calendar),
    }
}

fn because(process: &Process, place: usize, dated: &[(Date, Date)], calendar: &Calendar) -> String {
    let (step, stand) = (&process.steps[place], process.order.stands[place]);
    let (start, end) = dated[place];
    let name = |place: usize| &process.steps[place].id;
    let (anchored, from, to) = match stand.bound_by {
        None => (format!("ends on the report date {}", reason::day(end)), start, end),
        Some(next) if dated[next].0 > end => (
            format!("ends before `{}` begins on {}", name(next), reason::day(dated[next].0)),
            start,
            dated[next].0,
        ),
        Some(last) => (
            format!("begins after `{}` ends on {}", name(last), reason::day(dated[last].1)),
            dated[last].1,
            end,
        ),
    };
    let mut told = format!("{anchored}; {}", length(step));
    let skipped: Vec<String> = calendar
        .skipped(from, to)
        .map(|holiday| format!("{} {}", holiday.name, reason::day(holiday.date)))
        .collect();
    if !skipped.is_empty() {
        told.push_str(&format!("; skips {}", skipped.join(", ")));
    }
    if stand.slack > 0 {
        let leads = stand.bound_by.is_some_and(|bound| dated[bound].0 > end);
        let side = if leads { "begin earlier" } else { "end later" };
        told.push_str(&format!("; can {side} by {} working days without moving another task", stand.slack));
    }
    told
}

fn length(step: &Step) -> String {
    let days = if step.working_days == 1 {
        "1 working day".to_owned()
    } else {
        format!("{} working days", step.working_days)
    };
    let status = step.status.to_string();
    let worth = if step.basis.contains(&status) { String::new() } else { format!("; {status}") };
    format!("{days} ({}{worth})", step.basis)
}
