//! The finding of one rule: verdict, waiver, reason, place and fingerprint.
//! Must not decide, and must not make sentences.

use super::decide::Decision;
use super::merge::Decided;
use super::waive::{Waived, waiver};
use crate::checks::{Check, Doubt, Judgement, Verdict};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{Definition, FieldPath, Table};
use crate::policy::{Rule, Severity, Status};
use std::sync::Arc;

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
    /// Whether something is to be done about it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Gap | Self::Undecided)
    }

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

impl serde::Serialize for Outcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// How a definition stands to an evaluation or event that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owing {
    /// Whether it is owed, planned or not.
    pub owed: Tri,
    /// Whether what is known of the plan, or of the record, meets it, owed or not.
    pub planned: Tri,
}

impl Owing {
    fn of(rule: &Rule, decision: &Decision) -> Option<Self> {
        let planned = match decision.verdict {
            Verdict::Gap => Tri::False,
            Verdict::Met if decision.applies != Tri::False => Tri::True,
            _ => decision.judgement.met,
        };
        matches!(rule.check, Check::Duty(_)).then_some(Self { owed: decision.applies, planned })
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
    /// What leaves it open beside what was found.
    pub doubt: Doubt,
    /// The packs that join once the file has the table that the gap asks for.
    pub wakes: Option<(Table, Vec<Arc<str>>)>,
    /// Of a rule that asks for an evaluation or event: whether it is owed, and whether what is known of the plan meets it.
    pub owing: Option<Owing>,
    /// The rule that asks for what is found wanting, where another rule than its own does.
    pub owed_by: Option<&'c Rule>,
}

/// The finding of a decision.
pub(super) fn finding<'c>(
    Decided { rule, decision }: Decided<'c>,
    severity: Severity,
    facts: &Facts<'_>,
) -> Finding<'c> {
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
        doubt: Doubt::of(rule, &decision),
        owing: Owing::of(rule, &decision),
        wakes: None,
        judgement: decision.judgement,
        needs: decision.needs,
        waived,
        owed_by: None,
    }
}

impl Finding<'_> {
    /// A mark that stays the same when lines move, keys change places, other elements come or go, or wording changes: made of the
    /// code, the rule and its subject, which is what a gap lacks (`workers at final`), so that another gap of the same rule has
    /// another mark. Elements without a name are only counted.
    #[must_use]
    pub fn fingerprint(&self, definition: &Definition) -> String {
        use std::hash::Hasher;
        let missing = if self.verdict == Verdict::Gap { self.judgement.missing.as_slice() } else { &[] };
        let mut subjects: Vec<String> = missing.iter().map(|one| one.id(definition)).collect();
        subjects.sort_unstable();
        let mut hasher = fnv::FnvHasher::default();
        for part in [definition.code(), &self.rule.id].into_iter().chain(subjects.iter().map(String::as_str))
        {
            hasher.write(part.as_bytes());
            hasher.write(b"\0");
        }
        format!("{:016x}", hasher.finish())
    }
}
