//! What may be owed beside the plan: duties that are undecided, and those of packs of which it is not known whether they join.
//! Must not decide anything.

use crate::assess::Assessment;
use crate::checks::{Check, Requirement, Subject};
use crate::model::TIMINGS;

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
    let open = assessment.open.iter().map(|open| (&*open.rule.local, open.requirement));
    let in_doubt = assessment.chosen.in_doubt.iter().flat_map(|pack| &pack.rules).flat_map(|rule| {
        let bands = match &rule.check {
            Check::Duty(duty) => duty.bands.as_slice(),
            _ => &[],
        };
        bands.iter().filter_map(|band| Some((&*rule.local, band.requirement.as_ref()?)))
    });
    let mut all: Vec<Possible> = open.chain(in_doubt).flat_map(|(rule, requirement)| of(rule, requirement)).collect();
    all.sort();
    all.dedup();
    all
}

fn of(rule: &str, requirement: &Requirement) -> Vec<Possible> {
    match &requirement.subject {
        Subject::Evaluation(wanted) => wanted.timings.iter().map(|timing| Possible::Evaluation(TIMINGS[usize::from(*timing)])).collect(),
        Subject::Event(_) => vec![Possible::Event(rule.to_owned())],
    }
}
