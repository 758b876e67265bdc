//! A verdict in one line.

use super::reason::found;
use super::values::{list, some_of};
use crate::checks::{Doubt, Judgement, Verdict};
use crate::facts::Facts;
use crate::model::FieldPath;

/// A fact to supply: a key, or what a list may have beside what the file knows.
#[must_use]
pub fn need(path: FieldPath, facts: &Facts<'_>) -> String {
    match path {
        FieldPath::Table(table) => format!("every [[{}]] there is", table.spec().name),
        _ => format!("`{}`", facts.definition().show(path)),
    }
}

/// What is so, in one line: the thing required, and what is missing or unknown.
#[must_use]
pub fn message(title: &str, verdict: Verdict, judgement: &Judgement, doubt: &Doubt, facts: &Facts<'_>) -> String {
    let shown = |paths: &[FieldPath]| paths.iter().map(|path| need(*path, facts)).collect::<Vec<_>>();
    match (verdict, doubt) {
        (Verdict::Met, _) => format!("{title}: met"),
        (Verdict::NotApplicable, _) => format!("{title}: does not apply"),
        (Verdict::Undecided, Doubt::TooMany(needs)) => {
            format!("{title}: too many facts are missing to tell: supply {} first", some_of(&shown(needs)))
        }
        (Verdict::Undecided, Doubt::Applies(needs)) => {
            let are = if needs.len() == 1 { "is" } else { "are" };
            format!("{title}: cannot tell whether this applies: {} {are} missing", list(&shown(needs), "and"))
        }
        (Verdict::Gap | Verdict::Undecided, _) => match (found(judgement, facts), verdict) {
            (said, _) if !said.is_empty() => format!("{title}: {said}"),
            (_, Verdict::Gap) => format!("{title}: not met"),
            _ => format!("{title}: not decided by the facts at hand"),
        },
    }
}
