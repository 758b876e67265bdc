//! The finding of one rule: verdict, waiver, message, remedy, place and fingerprint.
//! Must not decide: it words what was decided.

use super::decide::Decision;
use super::merge::Decided;
use super::remedy;
use super::waive::{Waived, waiver};
use crate::checks::{Judgement, Verdict, words};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::FieldPath;
use crate::policy::{Rule, Severity, Status};

/// What the reader is told of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It is met.
    Met,
    /// It is not met.
    Gap,
    /// It does not apply.
    NotApplicable,
    /// The facts do not decide.
    Undecided,
    /// It would be a gap or undecided, and a waiver covers it.
    Waived,
}

impl Outcome {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Gap => "gap",
            Self::NotApplicable => "not-applicable",
            Self::Undecided => "undecided",
            Self::Waived => "waived",
        }
    }
}

/// What one rule says of one definition.
#[derive(Debug, Clone)]
pub struct Finding<'c> {
    /// The rule.
    pub rule: &'c Rule,
    /// What the reader is told.
    pub outcome: Outcome,
    /// What the rule said before waivers.
    pub verdict: Verdict,
    /// The waiver that covers it, or that did until it lapsed.
    pub waived: Option<Waived>,
    /// How bad a gap is here.
    pub severity: Severity,
    /// What the citation is worth here.
    pub status: Status,
    /// What explains it.
    pub judgement: Judgement,
    /// The facts to supply.
    pub needs: Vec<FieldPath>,
    /// What is so, in one line.
    pub message: String,
    /// How to close the gap.
    pub remedy: Option<String>,
    /// The rule that asks for what is found wanting, where another rule than its own does.
    pub owed_by: Option<&'c Rule>,
}

/// Words a decision.
pub(super) fn finding<'c>(decided: &Decided<'c>, severity: Severity, facts: &Facts<'_>) -> Finding<'c> {
    let Decided { rule, decision } = decided;
    let waived = waiver(rule, facts);
    let open = matches!(decision.verdict, Verdict::Gap | Verdict::Undecided);
    let outcome = match (decision.verdict, &waived) {
        (_, Some(waived)) if open && waived.in_force => Outcome::Waived,
        (Verdict::Met, _) => Outcome::Met,
        (Verdict::Gap, _) => Outcome::Gap,
        (Verdict::NotApplicable, _) => Outcome::NotApplicable,
        (Verdict::Undecided, _) => Outcome::Undecided,
    };
    Finding {
        rule,
        outcome,
        verdict: decision.verdict,
        severity,
        status: rule.status_for(&decision.judgement, facts),
        message: message(rule, decision, facts),
        remedy: (open).then(|| remedy::render(rule, decided, facts)).flatten(),
        judgement: decision.judgement.clone(),
        needs: decision.needs.clone(),
        waived,
        owed_by: None,
    }
}

/// A fact that is missing, in words: a key, or what a list may have beside what the file knows.
fn need(path: FieldPath, facts: &Facts<'_>) -> String {
    match path {
        FieldPath::Table(table) => format!("every [[{}]] there is", table.spec().name),
        _ => format!("`{}`", facts.definition().show(path)),
    }
}

/// What is so, in one line: the thing, and what is missing or unknown.
fn message(rule: &Rule, decision: &Decision, facts: &Facts<'_>) -> String {
    let (title, judgement) = (&rule.title, &decision.judgement);
    match decision.verdict {
        Verdict::Met => format!("{title}: met"),
        Verdict::NotApplicable => format!("{title}: does not apply"),
        Verdict::Undecided if decision.too_many => {
            let needs: Vec<String> = decision.needs.iter().map(|path| need(*path, facts)).collect();
            format!("{title}: too many facts are missing to tell: supply {} first", words::some_of(&needs))
        }
        Verdict::Undecided if decision.applies == Tri::Unknown && !decision.applies_needs.is_empty() => {
            let needs: Vec<String> = decision.applies_needs.iter().map(|path| need(*path, facts)).collect();
            let are = if needs.len() == 1 { "is" } else { "are" };
            format!("{title}: cannot tell whether this applies: {} {are} missing", words::list(&needs, "and"))
        }
        Verdict::Gap if judgement.said.is_empty() => format!("{title}: not met"),
        Verdict::Undecided if judgement.said.is_empty() => format!("{title}: not decided by the facts at hand"),
        Verdict::Gap | Verdict::Undecided => format!("{title}: {}", judgement.said),
    }
}

impl Finding<'_> {
    /// A mark that stays the same when lines move, keys change places, other elements come or go, or wording changes: made of the
    /// code, the rule and its subject, which is what a gap lacks (`workers at final`), so that another gap of the same rule has
    /// another mark. Elements without a name are only counted.
    #[must_use]
    pub fn fingerprint(&self, code: &str) -> String {
        use std::hash::Hasher;
        let missing = if self.verdict == Verdict::Gap { self.judgement.missing.as_slice() } else { &[] };
        let mut subjects: Vec<&str> = missing.iter().map(|one| one.mark.as_str()).collect();
        subjects.sort_unstable();
        let mut hasher = fnv::FnvHasher::default();
        for part in [code, &self.rule.id].into_iter().chain(subjects) {
            hasher.write(part.as_bytes());
            hasher.write(b"\0");
        }
        format!("{:016x}", hasher.finish())
    }
}
