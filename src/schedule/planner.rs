//! Dates a plan: for each evaluation its process, its report date on a working day, its tasks, its state.
//! Must not decide which evaluations there are.

use super::calendar::{Calendar, Calendars, OfficeCalendar};
use super::habits::Habits;
use super::limits::limits;
use super::plan::{Conflict, Schedule};
use super::process::{Process, Processes};
use super::slot::{Evaluation, Report};
use super::state::{self, State};
use super::task::tasks;
use super::{judge, reason, season};
use crate::assess::Assessment;
use crate::diag::{Diagnostic, nearest};
use crate::model::{Date, DateRange, Definition, FieldPath, INDEPENDENCE, Table, key};
use crate::source::Span;
use chrono::Datelike;
use std::sync::Arc;

/// Everything that dates hang on: processes, calendars, and how plans are judged.
#[derive(Debug, Clone)]
pub struct Planner {
    /// The task graphs.
    pub processes: Processes,
    /// The days off.
    pub calendars: Calendars,
    /// How plans are judged.
    pub habits: Habits,
}

impl Planner {
    /// What a definition says of its planning and cannot be used.
    #[must_use]
    pub fn check(&self, definition: &Definition) -> Vec<Diagnostic> {
        let mut found = season::problems(definition);
        for (record, row) in definition.rows(Table::Evaluation).iter().zip(0..) {
            let Some(name) = record.text(key::evaluation::PROCESS) else { continue };
            if self.processes.named(name).is_none() {
                let span = definition
                    .locate(FieldPath::Element(key::evaluation::PROCESS, row))
                    .unwrap_or(Span::new(0..0));
                let known = self.processes.all().iter().map(|process| &*process.id);
                let hint = match nearest(name, known.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {}", known.collect::<Vec<_>>().join(", ")),
                };
                found.push(
                    Diagnostic::error(definition.source, span, format!("there is no process `{name}`"))
                        .hint(hint),
                );
            }
        }
        found
    }

    /// Dates the tasks of every evaluation of a plan, sets the states and judges what is planned.
    pub fn date(&self, schedule: &mut Schedule, assessment: &Assessment<'_>) {
        let office = OfficeCalendar::of(assessment.definition, &self.calendars);
        let mut conflicts = Vec::new();
        for evaluation in &mut schedule.evaluations {
            conflicts.extend(self.date_one(evaluation, &office.calendar, assessment));
        }
        schedule.conflicts.extend(conflicts);
        schedule.days_off = office.told;
        schedule.notes.extend(office.notes);
        let limits = limits(schedule, &office.calendar);
        schedule.notes.extend(limits);
        schedule.calendar = office.calendar;
        schedule.warnings = judge::warnings(schedule, &self.habits, assessment);
    }

    fn date_one(
        &self,
        evaluation: &mut Evaluation,
        calendar: &Calendar,
        assessment: &Assessment<'_>,
    ) -> Option<Conflict> {
        let as_of = assessment.as_of;
        let (process, told) = self.process(evaluation, assessment.definition);
        evaluation.process = process.map(|process| Arc::clone(&process.id));
        let days = report_days(evaluation);
        evaluation.begins =
            process.zip(days).and_then(|(process, days)| begins(evaluation, process, days, calendar));
        evaluation.month = month_alone(evaluation);
        let day = days.and_then(DateRange::exact).or(evaluation.month.map(|month| month.to));
        let conflict = match (process, day) {
            (Some(process), Some(day)) => match report(evaluation, day, calendar) {
                Some(report) => lay(evaluation, process, report, (calendar, &told)),
                None => Some(no_working_day(evaluation)),
            },
            (process, day) => {
                evaluation.undated = undated(evaluation, process, day, assessment.definition);
                None
            }
        };
        evaluation.state = state::with_tasks(evaluation, as_of, self.habits.due_soon_days);
        let whole = evaluation.state;
        for task in &mut evaluation.tasks {
            task.state = state::of_task(task, whole, as_of, self.habits.due_soon_days);
        }
        conflict
    }

    /// The process of an evaluation, and why it is that one.
    fn process(&self, evaluation: &Evaluation, definition: &Definition) -> (Option<&Arc<Process>>, String) {
        let rows = definition.rows(Table::Evaluation);
        let word = |level: u8| INDEPENDENCE[usize::from(level)];
        let named = evaluation.row.and_then(|row| rows.get(row as usize)?.text(key::evaluation::PROCESS));
        if let Some(process) = named.and_then(|name| self.processes.named(name)) {
            return (Some(process), format!("process `{}`, which the file names", process.id));
        }
        let usual = |asked: u8| self.habits.where_asked.get(&asked).copied().unwrap_or(asked).max(asked);
        let (level, why) = match (evaluation.independence, evaluation.independence_required) {
            (None, None) => {
                let level = self.habits.usual_independence;
                (level, format!("no independence level is given; assuming {}", word(level)))
            }
            (None, Some(asked)) => {
                let level = usual(asked);
                let more = if level == asked {
                    String::new()
                } else {
                    format!(" at least; planned as {}, the usual way", word(level))
                };
                (level, format!("{} is owed{more}", word(asked)))
            }
            (Some(said), Some(asked)) if asked > said => (usual(asked), format!("{} is owed", word(asked))),
            (Some(said), Some(asked)) if asked == said => (said, format!("{} is owed", word(asked))),
            (Some(said), _) => (said, format!("the file says {}", word(said))),
        };
        let process = evaluation.timing.and_then(|timing| self.processes.of(timing, level));
        (process, process.map(|process| format!("process `{}`: {why}", process.id)).unwrap_or_default())
    }
}

/// The day by which the report is planned or was done, else the day aimed at, as far as it is known.
fn report_days(evaluation: &Evaluation) -> Option<DateRange> {
    if evaluation.state == State::Done {
        return evaluation.completed;
    }
    evaluation.date.or(evaluation.window.target).or(evaluation.window.latest)
}

/// The month that the file plans for an evaluation that is not done, where it gives no day.
fn month_alone(evaluation: &Evaluation) -> Option<DateRange> {
    let days = evaluation.date.filter(|days| days.exact().is_none() && evaluation.state != State::Done)?;
    let month = |day: Date| (day.year(), day.month());
    (month(days.from) == month(days.to)).then_some(days)
}

/// On which day the first task begins: for the first and the last day on which the report may be due.
fn begins(
    evaluation: &Evaluation,
    process: &Process,
    days: DateRange,
    calendar: &Calendar,
) -> Option<DateRange> {
    let count = usize::try_from(process.order.before).ok()?.max(1);
    let inside = evaluation.date.is_none().then_some(evaluation.window);
    let first_task = |pick: fn(DateRange) -> Date| {
        let bounds =
            inside.map(|window| (window.earliest.map(pick), window.latest.map(pick))).unwrap_or_default();
        calendar.back(working_day(pick(days), bounds, calendar)?.0, count)?.pop()
    };
    let begins = || Some(DateRange { from: first_task(|days| days.from)?, to: first_task(|days| days.to)? });
    if evaluation.state == State::Done { None } else { begins() }
}

/// The day itself, else the working day before it; where that is before the first of two bounds, the one after it if that is not
/// past the last; and whether the one before was too early.
fn working_day(
    day: Date,
    (opens, closes): (Option<Date>, Option<Date>),
    calendar: &Calendar,
) -> Option<(Date, bool)> {
    let before = calendar.on_or_before(day)?;
    let is_early = opens.is_some_and(|opens| before < opens);
    let after =
        calendar.on_or_after(day).filter(|after| is_early && closes.is_none_or(|closes| *after <= closes));
    Some((after.unwrap_or(before), is_early))
}

/// The report date, on a working day, and why it is that one.
fn report(evaluation: &Evaluation, day: Date, calendar: &Calendar) -> Option<Report> {
    let (what, inside) = match (evaluation.state, evaluation.date) {
        (State::Done, _) => ("the day on which it was completed", None),
        (_, Some(_)) => ("the day that the file plans", None),
        _ => ("the day aimed at", Some(evaluation.window)),
    };
    let opens = inside.and_then(|window| window.earliest?.exact());
    let closes = inside.and_then(|window| window.latest?.exact());
    let (found, is_early) = working_day(day, (opens, closes), calendar)?;
    if let Some(DateRange { from, to }) = evaluation.month {
        let because = format!(
            "{} is the last working day of the month that the file gives; any day from {from} to {to} is possible",
            reason::day(found)
        );
        return Some(Report { date: found, because });
    }
    let because = if found == day {
        format!("{} is {what}", reason::day(day))
    } else {
        let off = calendar.holiday(day).map_or("a weekend".to_owned(), str::to_owned);
        let side = match (found < day, is_early) {
            (true, false) => "before",
            (true, true) => "before, because no day of the window is one",
            (false, _) => "after, because the one before is not in the window",
        };
        let skipped: Vec<String> = calendar
            .skipped(found, day)
            .filter(|holiday| holiday.date != day)
            .map(|holiday| format!("{} {}", holiday.name, reason::day(holiday.date)))
            .collect();
        let skipped =
            if skipped.is_empty() { String::new() } else { format!(", skipping {}", skipped.join(", ")) };
        format!("{what}, {}, is {off}: moved to the working day {side}{skipped}", reason::day(day))
    };
    Some(Report { date: found, because })
}

/// Lays the tasks on working days. What was done keeps only what follows from it.
fn lay(
    evaluation: &mut Evaluation,
    process: &Process,
    mut report: Report,
    (calendar, told): (&Calendar, &str),
) -> Option<Conflict> {
    let Some(mut tasks) = tasks(process, report.date, calendar) else {
        return Some(no_working_day(evaluation));
    };
    evaluation.last_report =
        evaluation.window.latest.and_then(DateRange::exact).and_then(|latest| calendar.on_or_before(latest));
    let last = evaluation
        .last_report
        .and_then(|latest| calendar.back(latest, usize::try_from(process.order.before).ok()?)?.pop());
    evaluation.last_start = last.filter(|_| evaluation.state != State::Done);
    if evaluation.state == State::Done {
        tasks.retain(|task| task.start > report.date);
    }
    report.because = format!("{}; {told}", report.because);
    evaluation.tasks = tasks;
    evaluation.report = Some(report);
    None
}

fn no_working_day(evaluation: &Evaluation) -> Conflict {
    let message = format!(
        "`{}` finds no working days for its tasks: its calendar has too many days off",
        evaluation.id
    );
    Conflict { message, rules: evaluation.rules.clone() }
}

/// Why an evaluation has no tasks.
fn undated(
    evaluation: &Evaluation,
    process: Option<&Arc<Process>>,
    day: Option<Date>,
    definition: &Definition,
) -> Option<String> {
    if matches!(evaluation.state, State::Done | State::Unrecorded) {
        return None;
    }
    if process.is_none() && day.is_some() {
        return Some(match evaluation.timing {
            None => format!("the file does not say its timing: give `evaluation.{}.timing`", evaluation.id),
            Some(_) => "no process is for evaluations of this kind".to_owned(),
        });
    }
    if evaluation.date.is_some() {
        return Some(format!(
            "its day is known only in part: give `evaluation.{}.date` to the day",
            evaluation.id
        ));
    }
    let project = definition.single(Table::Project);
    let exact = |key| project.date(key).and_then(DateRange::exact).is_some();
    let needs: Vec<&str> = [(key::project::START, "`project.start`"), (key::project::END, "`project.end`")]
        .into_iter()
        .filter(|(key, _)| !exact(*key))
        .map(|(_, name)| name)
        .collect();
    let supply = if needs.is_empty() {
        format!("give `evaluation.{}.date`", evaluation.id)
    } else {
        format!("supply {}", needs.join(" and "))
    };
    Some(format!("its dates are known only in part: {supply}"))
}
