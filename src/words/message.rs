//! A verdict in one line.

use super::reason::{because, beside_found, found, tells};
use super::spoken::spoken;
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
pub fn message(
    title: &str,
    verdict: Verdict,
    judgement: &Judgement,
    doubt: &Doubt,
    facts: &Facts<'_>,
) -> String {
    let shown = |paths: &[FieldPath]| paths.iter().map(|path| need(*path, facts)).collect::<Vec<_>>();
    spoken(match (verdict, doubt) {
        (Verdict::Met, _) => format!("{title}: met"),
        (Verdict::NotApplicable, _) => format!("{title}: does not apply"),
        (Verdict::Undecided, Doubt::TooMany(needs)) => {
            format!("{title}: too many facts are missing to tell: supply {} first", some_of(&shown(needs)))
        }
        (Verdict::Undecided, Doubt::Applies(needs)) => {
            let are = if needs.len() == 1 { "is" } else { "are" };
            format!("{title}: cannot tell whether this applies: {} {are} missing", list(&shown(needs), "and"))
        }
        (Verdict::Undecided, Doubt::Plan) => match found(judgement, facts) {
            said if said.is_empty() => format!("{title}: owed; not decided by the facts at hand"),
            said => format!("{title}: owed; {said}"),
        },
        (Verdict::Gap | Verdict::Undecided, _) => match (found(judgement, facts), verdict) {
            (said, _) if !said.is_empty() => format!("{title}: {said}"),
            (_, Verdict::Gap) => format!("{title}: not met"),
            _ => format!("{title}: not decided by the facts at hand"),
        },
    })
}

/// Why, where the message does not say it already.
#[must_use]
pub fn more(verdict: Verdict, judgement: &Judgement, doubt: &Doubt, facts: &Facts<'_>) -> Option<String> {
    let is_told = match verdict {
        Verdict::Met | Verdict::NotApplicable => false,
        Verdict::Gap => true,
        Verdict::Undecided => matches!(doubt, Doubt::None | Doubt::Plan),
    };
    let why = if is_told && tells(&judgement.reason) {
        beside_found(judgement, facts)
    } else {
        Some(because(judgement, facts))
    };
    why.filter(|why| !why.is_empty())
}
