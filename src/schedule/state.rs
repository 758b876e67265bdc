//! How an evaluation stands on a day.
//! Must not ask the clock.

use super::slot::Evaluation;
use crate::model::Date;

/// How an evaluation stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its time has not come.
    Planned,
    /// Its last day is past, and it is not completed.
    Overdue,
    /// It is completed.
    Done,
    /// Its last day is past, the file does not list it, and the file says that it does not know all evaluations.
    Unrecorded,
}

impl State {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Overdue => "overdue",
            Self::Done => "done",
            Self::Unrecorded => "unrecorded",
        }
    }
}

/// How an evaluation stands on a day. A last day known in part is past when all of it is.
pub(super) fn state(evaluation: &Evaluation, as_of: Date, open: bool) -> State {
    if evaluation.completed.is_some_and(|day| day.from <= as_of) {
        return State::Done;
    }
    let past = evaluation.date.or(evaluation.window.latest).is_some_and(|last| last.to < as_of);
    match (past, open && evaluation.row.is_none()) {
        (false, _) => State::Planned,
        (true, true) => State::Unrecorded,
        (true, false) => State::Overdue,
    }
}
