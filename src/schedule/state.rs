//! How an evaluation or a task stands on a day.
//! Must not ask the clock.

use super::slot::Evaluation;
use super::task::Task;
use crate::model::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// How an evaluation stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its time has not come.
    Planned,
    /// Its first task begins soon.
    DueSoon,
    /// A task should have begun, and it is not completed.
    AtRisk,
    /// Its last day is past, and it is not completed.
    Overdue,
    /// It is completed.
    Done,
    /// Its last day is past, and the file cannot be expected to say whether it was done.
    Unrecorded,
}

impl State {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::DueSoon => "due-soon",
            Self::AtRisk => "at-risk",
            Self::Overdue => "overdue",
            Self::Done => "done",
            Self::Unrecorded => "unrecorded",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How an event stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventState {
    /// The file records it.
    Recorded,
    /// Its last day is past, and the file, which would record it, does not.
    NotRecorded,
    /// Its last day is past, and the file cannot be expected to say whether it took place.
    Past,
    /// Its last day is not past.
    Ahead,
}

/// How an evaluation stands on a day: its last day is the planned one, and at the latest the last one of its window. A day known
/// in part is past when all of it is.
pub(super) fn state(evaluation: &Evaluation, as_of: Date, open: bool) -> State {
    if evaluation.completed.is_some_and(|day| day.from <= as_of) {
        return State::Done;
    }
    let past = [evaluation.date, evaluation.window.latest].into_iter().flatten().any(|last| last.to < as_of);
    match (past, open && evaluation.row.is_none()) {
        (false, _) => State::Planned,
        (true, true) => State::Unrecorded,
        (true, false) => State::Overdue,
    }
}

/// How an evaluation stands once the beginning of its first task is known: it may be near, or past. A day known in part is near
/// when the first of it is, and past when all of it is.
pub(super) fn with_tasks(evaluation: &Evaluation, as_of: Date, soon: i64) -> State {
    if evaluation.state != State::Planned {
        return evaluation.state;
    }
    if evaluation.begins.is_some_and(|begins| begins.to < as_of) {
        return State::AtRisk;
    }
    match evaluation.begins.or(evaluation.day()) {
        Some(begins) if (begins.from - as_of).num_days() <= soon => State::DueSoon,
        _ => State::Planned,
    }
}

/// How a task stands, given how its evaluation does. Nobody records tasks: what should be past is at risk or late.
pub(super) fn of_task(task: &Task, evaluation: State, as_of: Date, soon: i64) -> State {
    let begins = (task.start - as_of).num_days();
    match evaluation {
        State::Done if task.before_report => State::Done,
        State::Done | State::Unrecorded if task.end < as_of => State::Unrecorded,
        _ if task.end < as_of => State::Overdue,
        _ if begins < 0 => State::AtRisk,
        _ if begins <= soon => State::DueSoon,
        _ => State::Planned,
    }
}
