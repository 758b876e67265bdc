//! The waivers of a definition, each with what it is worth on a day.
//! Must not change a verdict.

use super::waive::names;
use super::{Assessment, Outcome};
use crate::model::{DateRange, Table, key};
use crate::source::Span;

/// What a waiver is worth on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It no longer covers the day.
    Lapsed,
    /// Another one covers the day, and more days to come.
    Renewed,
    /// It covers the day and a finding.
    InForce,
    /// It covers the day, and there is nothing to waive.
    Unused,
    /// It is granted for later.
    NotYet,
    /// The rule does not bind this definition.
    NotApplied,
}

impl Standing {
    /// The word for people and machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lapsed => "lapsed",
            Self::Renewed => "renewed",
            Self::InForce => "in-force",
            Self::Unused => "unused",
            Self::NotYet => "not-yet",
            Self::NotApplied => "not-applied",
        }
    }
}

/// One waiver of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The rule, as the file names it.
    pub rule: String,
    /// On what ground, in a word, where the file says so.
    pub ground: Option<&'static str>,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: String,
    /// By which authority.
    pub authority: String,
    /// The day it was granted.
    pub granted: Option<DateRange>,
    /// The last day it covers, inside.
    pub expires: Option<DateRange>,
    /// The days that are left after the day of the run, at the least; below zero where it lapsed.
    pub days_left: Option<i64>,
    /// What it is worth.
    pub standing: Standing,
    /// Where it stands.
    pub span: Option<Span>,
}

/// Every waiver of the definition, in the order of the file.
#[must_use]
pub fn ledger(assessment: &Assessment<'_>) -> Vec<Granted> {
    let as_of = assessment.as_of;
    let rows = assessment.definition.rows(Table::Waiver).iter();
    rows.map(|waiver| {
        let text = |key| waiver.text(key).unwrap_or_default().to_owned();
        let (granted, expires) = (waiver.date(key::waiver::GRANTED), waiver.date(key::waiver::EXPIRES));
        let mut of_rule = assessment.findings.iter().filter(|finding| names(waiver, finding.rule)).peekable();
        // Of several that cover the day, a finding holds the one that lasts longest.
        let mut lasting = of_rule
            .clone()
            .filter_map(|finding| finding.waived.as_ref())
            .filter(|waived| waived.in_force)
            .peekable();
        let covered = lasting.peek().is_some();
        let outlasted = expires.is_some_and(|expires| lasting.any(|waived| waived.expires.to > expires.to));
        let bound = of_rule.peek().is_some();
        let used = of_rule.any(|finding| finding.outcome == Outcome::Waived);
        let standing = match (granted, expires) {
            (_, Some(expires)) if expires.from < as_of => {
                if covered {
                    Standing::Renewed
                } else {
                    Standing::Lapsed
                }
            }
            (Some(granted), _) if as_of < granted.to => Standing::NotYet,
            _ if !bound => Standing::NotApplied,
            _ if used && outlasted => Standing::Renewed,
            _ if used => Standing::InForce,
            _ => Standing::Unused,
        };
        Granted {
            rule: text(key::waiver::RULE),
            ground: waiver.choice(key::waiver::GROUND),
            reason: text(key::waiver::REASON),
            granted_by: text(key::waiver::GRANTED_BY),
            authority: text(key::waiver::AUTHORITY),
            granted,
            expires,
            days_left: expires.map(|expires| (expires.from - as_of).num_days()),
            standing,
            span: waiver.span(key::waiver::RULE).or(waiver.header),
        }
    })
    .collect()
}
