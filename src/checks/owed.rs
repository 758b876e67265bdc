//! An obligation: what a rule asks for in a part of its axis, and when that is due for a definition.
//! Must not judge.

use super::{Bounds, Due, Occurrence, Wanted, Window};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::Date;
use std::sync::Arc;

/// What an obligation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An evaluation.
    Evaluation(Wanted),
    /// Another dated event, by its title.
    Event(Arc<str>),
}

/// One obligation, as the rule states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What is owed.
    pub subject: Subject,
    /// How many are owed, where it does not recur.
    pub count: u32,
    /// When it is due; `None`: whenever the evaluation that takes it is.
    pub due: Option<Due>,
    /// The kind of meeting under which the file records an event that has taken place, as a place in [`crate::model::MEETINGS`].
    pub recorded_as: Option<u8>,
    /// What the timing is worth, where it is worth less than the rule.
    pub due_status: Option<Arc<str>>,
}

/// A part of the axis, and what is owed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its id within the table.
    pub id: Arc<str>,
    /// The part of the axis.
    pub bounds: Bounds,
    /// What is owed there for this duty.
    pub requirement: Option<Requirement>,
}

/// An obligation as it stands for one definition.
#[derive(Debug, Clone)]
pub struct Owed<'r> {
    /// The band that owes it.
    pub band: &'r Band,
    /// What it asks.
    pub requirement: &'r Requirement,
    /// Whether it is owed.
    pub applies: Tri,
    /// The first day of a duty that a revision triggered.
    pub since: Option<Date>,
}

/// The times of a recurring obligation that a definition owes, the earliest left out where a revision triggered it.
#[must_use]
pub fn times(one: &Owed<'_>, due: &Due, facts: &Facts<'_>) -> super::Occurrences {
    let mut times = due.occurrences(facts);
    if let Some(since) = one.since {
        let still = |time: &Occurrence| time.window.latest.is_none_or(|latest| latest.to >= since);
        times.sure.retain(still);
        times.possible.retain(still);
    }
    times
}

/// The window of an obligation that falls once, not before the day of the revision that triggered it.
#[must_use]
pub fn window(one: &Owed<'_>, facts: &Facts<'_>) -> Window {
    let window = one.requirement.due.as_ref().map_or_else(Window::default, |due| due.window(facts));
    one.since.map_or(window, |since| window.not_before(since))
}
