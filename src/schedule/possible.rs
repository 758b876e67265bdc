//! What may be owed beside the plan: everything that a duty may ask for of which it is not known whether it applies, or how often.
//! Must not decide anything.

use crate::assess::Assessment;
use crate::checks::{Check, Subject};
use crate::model::TIMINGS;
use crate::policy::Rule;

/// One thing that may be owed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Possible {
    /// An evaluation of this timing.
    Evaluation(&'static str),
    /// The event of the rule of this id within its pack.
    Event(String),
}

/// Everything that may be owed beside the plan, sorted, each once.
#[must_use]
pub fn possible(assessment: &Assessment<'_>) -> Vec<Possible> {
    let mut all: Vec<Possible> = assessment.open.iter().flat_map(|open| of(open.rule)).collect();
    all.sort();
    all.dedup();
    all
}

/// What a rule asks for in any of its bands.
fn of(rule: &Rule) -> Vec<Possible> {
    let Check::Duty(duty) = &rule.check else { return Vec::new() };
    let subjects = duty.bands.iter().filter_map(|band| Some(&band.requirement.as_ref()?.subject));
    let of_subject = |subject: &Subject| match subject {
        Subject::Evaluation(wanted) => {
            wanted.timings.iter().map(|timing| Possible::Evaluation(TIMINGS[usize::from(*timing)])).collect()
        }
        Subject::Event(_) => vec![Possible::Event(rule.local.to_string())],
    };
    subjects.flat_map(of_subject).collect::<Vec<_>>()
}
