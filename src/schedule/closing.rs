//! By when what is missing should be there: before the evaluation that a rule asks for begins, else before the project does.
//! Must not judge a finding, and must not move a date of the plan.

use super::plan::Schedule;
use super::reason;
use super::slot::Evaluation;
use super::state::State;
use crate::assess::{Assessment, Finding, Outcome};
use crate::checks::{Check, Verdict};
use crate::expr::Trace;
use crate::facts::Facts;
use crate::model::{Date, DateRange, FieldPath, Table, key};

/// How the day by which a finding should be closed lies to the day of the run, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Every day has passed.
    Overdue,
    /// A first day has passed; a later one, which counts now, is ahead.
    AtOnce,
    /// The day is ahead, or it is today.
    Ahead,
    /// No day is known.
    Unknown,
}

impl Urgency {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::AtOnce => "at-once",
            Self::Overdue => "overdue",
            Self::Unknown => "unknown",
        }
    }
}

/// By when a finding should be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The day, inside; a range where it is known only in part, and nothing where it is not known at all.
    pub by: Option<DateRange>,
    /// How that day lies to the day of the run.
    pub urgency: Urgency,
    /// Why that day, in words.
    pub because: String,
    /// The evaluation of the file that it hangs on, by its place from 0.
    pub row: Option<u32>,
}

/// A day that counts, with the words for it before it has passed and after.
struct Mark {
    day: DateRange,
    ahead: String,
    passed: String,
}

/// How much may be looked at to find the revision that brought a duty about: each one costs the elements that the rule looks at.
const MOST_STEPS: usize = 1 << 14;

/// By when a gap or an undecided rule should be closed; nothing for the others. The schedule is one whose tasks are dated.
#[must_use]
pub fn closing(finding: &Finding<'_>, schedule: &Schedule, assessment: &Assessment<'_>) -> Option<Closing> {
    if !matches!(finding.outcome, Outcome::Gap | Outcome::Undecided) {
        return None;
    }
    let as_of = assessment.as_of;
    // The day of what is done cannot be moved.
    if matches!(finding.rule.check, Check::Days(_))
        && rows(finding).iter().all(|(_, row)| is_done(schedule, *row))
    {
        return None;
    }
    let asked = asked(finding, schedule).map(|one| of_evaluation(one, as_of));
    // What a duty lacks is none of the elements that are there.
    let rows = if matches!(finding.rule.check, Check::Duty(_)) { Vec::new() } else { rows(finding) };
    let about = rows.into_iter().filter_map(|(table, row)| match table {
        Table::Evaluation => {
            schedule.evaluations.iter().find(|one| one.row == Some(row)).map(|one| of_evaluation(one, as_of))
        }
        _ => of_row((table, row), assessment),
    });
    // Of several elements that lack something the worst counts, wherever it stands in the file.
    let about = || about.min_by_key(|one| (one.urgency, one.by));
    let events = || event(finding, schedule).map(|marks| choose(&marks, as_of));
    let revised = || revised(finding, assessment).map(|marks| choose(&marks, as_of));
    asked.or_else(about).or_else(events).or_else(revised).or_else(|| Some(choose(&life(assessment), as_of)))
}

fn is_done(schedule: &Schedule, row: u32) -> bool {
    schedule.evaluations.iter().any(|one| one.row == Some(row) && one.state == State::Done)
}

/// Of a duty the first evaluation that it asks for and that is not done: what is there already is not what is missing.
fn asked<'s>(finding: &Finding<'_>, schedule: &'s Schedule) -> Option<&'s Evaluation> {
    let asked = schedule
        .evaluations
        .iter()
        .filter(|one| one.rules.contains(&finding.rule.id) && one.state != State::Done);
    // What the file lacks makes the gap, where there is such a one.
    asked.min_by_key(|one| {
        (one.row.is_some(), marks_of(one).first().map_or((true, None), |mark| (false, Some(mark.day))))
    })
}

/// The elements of the file that a finding is about: those that lack something, those whose facts are to be supplied, else the one
/// that it points at.
fn rows(finding: &Finding<'_>) -> Vec<(Table, u32)> {
    let row_of = |path: &FieldPath| match *path {
        FieldPath::Element(key, row) => Some((key.table, row)),
        FieldPath::Row(table, row) => Some((table, row)),
        FieldPath::Table(Table::Delivery) => Some((Table::Delivery, 0)),
        _ => None,
    };
    let Some((table, row)) = row_of(&finding.judgement.field) else { return Vec::new() };
    let lacking = finding.judgement.missing.iter().filter_map(|missing| Some((table, missing.row()?)));
    let asked = finding.needs.iter().filter_map(row_of).filter(|(of, _)| *of == table);
    let mut rows: Vec<(Table, u32)> = lacking.chain(asked).collect();
    if rows.is_empty() {
        rows.push((table, row));
    }
    rows
}

/// By when what an evaluation lacks should be there.
fn of_evaluation(evaluation: &Evaluation, as_of: Date) -> Closing {
    let marks = marks_of(evaluation);
    let closing = after_all(evaluation, as_of).unwrap_or_else(|| {
        let why = evaluation.undated.as_deref().unwrap_or("nothing says when it is");
        if marks.is_empty() {
            unknown(format!("`{}` has no day, for {why}", evaluation.id))
        } else {
            choose(&marks, as_of)
        }
    });
    Closing { row: evaluation.row, ..closing }
}

fn unknown(because: String) -> Closing {
    Closing { by: None, urgency: Urgency::Unknown, because, row: None }
}

/// What an evaluation that is done lacks is late once the day has passed on which it was completed, however little is known of it.
fn after_all(evaluation: &Evaluation, as_of: Date) -> Option<Closing> {
    let day = evaluation.completed.filter(|_| evaluation.state == State::Done)?;
    let because = format!("`{}` was completed {} without it", evaluation.id, on(day));
    let urgency = if as_of <= day.from { Urgency::Ahead } else { Urgency::Overdue };
    Some(Closing { by: Some(day), urgency, because, row: None })
}

/// The days of an evaluation that is not done: its first task, then its end. The task counts as far as it can come before the end.
fn marks_of(evaluation: &Evaluation) -> Vec<Mark> {
    let id = &evaluation.id;
    let end = end_of(evaluation);
    let last = end.as_ref().map(|end| end.day.to);
    let first = evaluation.begins.filter(|first| last.is_none_or(|last| first.from <= last));
    let begins = first
        .map(|first| DateRange { from: first.from, to: last.map_or(first.to, |last| first.to.min(last)) })
        .map(|day| Mark {
            day,
            ahead: format!("the first task of `{id}` begins {}", on(day)),
            passed: format!("the first task of `{id}` should have begun {}", on(day)),
        });
    begins.into_iter().chain(end).collect()
}

/// The end of an evaluation: its planned report or the close of its window, whichever comes first. To plan it later moves no day
/// past the close. Where days known in part leave open which comes first, both are told.
fn end_of(evaluation: &Evaluation) -> Option<Mark> {
    let id = &evaluation.id;
    let closes = |day| Mark {
        day,
        ahead: format!("the window of `{id}` closes {}", on(day)),
        passed: format!("the window of `{id}` closed {}", on(day)),
    };
    let planned = |day| Mark {
        day,
        ahead: format!("the report of `{id}` is planned {}", on(day)),
        passed: format!("the report of `{id}` was planned {}", on(day)),
    };
    match (evaluation.date, evaluation.window.latest) {
        (None, None) => None,
        (None, Some(latest)) => Some(closes(latest)),
        (Some(date), None) => Some(planned(date)),
        (Some(date), Some(latest)) if date.from >= latest.to => Some(closes(latest)),
        (Some(date), Some(latest)) if date.to <= latest.from => Some(planned(date)),
        (Some(date), Some(latest)) => {
            let both = |planned: &str, closes: &str| {
                format!(
                    "the report of `{id}` {planned} planned {}, and its window {closes} {}",
                    on(date),
                    on(latest)
                )
            };
            let day = DateRange { from: date.from.min(latest.from), to: date.to.min(latest.to) };
            Some(Mark { day, ahead: both("is", "closes"), passed: both("was", "closed") })
        }
    }
}

/// By when what an element lacks should be there: the answer to a recommendation, what a meeting needs, what a year should bring.
fn of_row((table, row): (Table, u32), assessment: &Assessment<'_>) -> Option<Closing> {
    let definition = assessment.definition;
    let name = definition.show(FieldPath::Row(table, row));
    let record = definition.rows(table).get(row as usize)?;
    let (key, day, ahead, passed) = match table {
        Table::Recommendation => (
            key::recommendation::DUE,
            record.date(key::recommendation::DUE),
            format!("`{name}` is due"),
            format!("`{name}` was due"),
        ),
        Table::Meeting => (
            key::meeting::DATE,
            record.date(key::meeting::DATE),
            format!("`{name}` takes place"),
            format!("`{name}` took place"),
        ),
        Table::Delivery => {
            let years =
                definition.rows(table).iter().filter_map(|row| row.text(key::delivery::YEAR)?.parse().ok());
            let year = years.max()?;
            let last = Date::from_ymd_opt(year, 12, 31).map(DateRange::day);
            (key::delivery::YEAR, last, format!("the year {year} ends"), format!("the year {year} ended"))
        }
        _ => return None,
    };
    let Some(day) = day else {
        return Some(unknown(format!(
            "no day is known for it: give `{}`",
            definition.show(FieldPath::Element(key, row))
        )));
    };
    let mark = Mark { day, ahead: format!("{ahead} {}", on(day)), passed: format!("{passed} {}", on(day)) };
    Some(choose(&[mark], assessment.as_of))
}

/// The day of the revision that brought a duty about, the last one if there are several: on the day before, the rule asked for
/// nothing that was not there.
fn revised(finding: &Finding<'_>, assessment: &Assessment<'_>) -> Option<Vec<Mark>> {
    let (rule, definition) = (finding.rule, assessment.definition);
    let tables = rule.tables();
    if !tables.iter().any(|table| table == Table::Revision) {
        return None;
    }
    let revisions = definition.rows(Table::Revision).iter();
    let mut days: Vec<DateRange> = revisions
        .filter_map(|row| row.date(key::revision::DATE))
        .filter(|day| day.from <= assessment.as_of)
        .collect();
    days.sort();
    days.dedup_by_key(|day| day.from);
    let mut trace = Trace::none();
    let mut was_open = |day: &DateRange| {
        let before =
            day.from.pred_opt().map(|before| rule.verdict(&Facts::new(definition, before), &mut trace));
        matches!(before, None | Some(Verdict::Gap | Verdict::Undecided))
    };
    let elements: usize = tables.iter().map(|table| definition.rows(table).len()).sum();
    let day = days.into_iter().rev().take(MOST_STEPS / (1 + elements)).find(|day| !was_open(day))?;
    let told = format!("it is owed since the project was revised {}", on(day));
    Some(vec![Mark { day, ahead: told.clone(), passed: told + "; close it at once" }])
}

/// The first event that the rule asks for and that the file does not record.
fn event(finding: &Finding<'_>, schedule: &Schedule) -> Option<Vec<Mark>> {
    // Of what is undecided, one whose record is known only in part may be the one in doubt.
    let in_doubt = |recorded: DateRange| finding.outcome == Outcome::Undecided && recorded.exact().is_none();
    let asked = schedule
        .events
        .iter()
        .filter(|event| event.rules.contains(&finding.rule.id) && event.recorded.is_none_or(in_doubt));
    let (day, event) = asked.filter_map(|event| Some((event.date?, event))).min_by_key(|(day, _)| *day)?;
    let mark = |verb: &str| format!("`{}` {verb} due {}", event.id, on(day));
    Some(vec![Mark { day, ahead: mark("is"), passed: mark("was") }])
}

/// The days of the project: a design is sound before it is approved, at the latest before it starts.
fn life(assessment: &Assessment<'_>) -> Vec<Mark> {
    let facts = Facts::new(assessment.definition, assessment.as_of);
    let approved =
        assessment.definition.single(Table::Project).date(key::project::APPROVED).map(|day| Mark {
            day,
            ahead: format!("before the project is approved {}", on(day)),
            passed: format!("it was due before the project was approved {}", on(day)),
        });
    let end = facts
        .end()
        .filter(|end| end.to < assessment.as_of)
        .map(|end| format!("the project ended {}", on(end)));
    let now = end.unwrap_or_else(|| "close it at once".to_owned());
    let start = facts.start().map(|day| Mark {
        day,
        ahead: format!("before the project starts {}", on(day)),
        passed: format!("it was due before the project started {}; {now}", on(day)),
    });
    // Once the project runs, its start says all that its approval does.
    let started = start.as_ref().is_some_and(|start| start.day.to < assessment.as_of);
    approved.filter(|_| !started).into_iter().chain(start).collect()
}

/// The first day that is not past, with what has passed before it; else the last one, which says all that those before it do.
fn choose(marks: &[Mark], as_of: Date) -> Closing {
    let passed = marks.iter().take_while(|mark| mark.day.to < as_of).count();
    let closing = |by, urgency, because| Closing { by, urgency, because, row: None };
    match (marks.get(passed), marks.last()) {
        (Some(next), _) if passed == 0 => closing(Some(next.day), Urgency::Ahead, next.ahead.clone()),
        (Some(next), _) => {
            let missed = marks[..passed].iter().map(|mark| mark.passed.as_str());
            let because = missed.chain([next.ahead.as_str()]).collect::<Vec<_>>().join("; ");
            closing(Some(next.day), Urgency::AtOnce, because)
        }
        (None, Some(last)) => closing(Some(last.day), Urgency::Overdue, last.passed.clone()),
        (None, None) => closing(
            None,
            Urgency::Unknown,
            "the file gives neither the start of the project nor its approval".to_owned(),
        ),
    }
}

/// When, as it follows a verb: on a day with its day of the week, or within what is known of it.
fn on(day: DateRange) -> String {
    if let Some(exact) = day.exact() {
        return format!("on {}", reason::day(exact));
    }
    let whole = day.to_string();
    if whole.contains(' ') { format!("between {} and {}", day.from, day.to) } else { format!("in {whole}") }
}
