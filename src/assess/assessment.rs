//! Everything that the rules say of one definition on one day.
//! Must not decide.

use super::merge::Decided;
use super::{Beside, Chosen, Finding, Joined, Obligation, Open, Repair, joining, obligation, verdict};
use crate::checks::{Ahead, Verdict};
use crate::facts::Facts;
use crate::model::{Date, Definition};

/// Everything that the rules say of one definition on one day.
#[derive(Debug, Clone)]
pub struct Assessment<'c> {
    /// The definition.
    pub definition: &'c Definition,
    /// The day.
    pub as_of: Date,
    /// The packs that bind it.
    pub chosen: Chosen<'c>,
    /// The packs that join, each with the reason.
    pub joined: Vec<Joined<'c>>,
    /// What the reader should know of the choice of packs.
    pub notes: Vec<String>,
    /// What the reader should know of waivers of rules that are no more.
    pub retired: Vec<String>,
    /// The finding of every rule, sorted by rule.
    pub findings: Vec<Finding<'c>>,
    /// What is owed for certain.
    pub obligations: Vec<Obligation<'c>>,
    /// What may be owed, and the facts that decide.
    pub open: Vec<Open<'c>>,
    /// How gaps can be closed; none where [`super::repairs`] was not asked.
    pub repairs: Vec<Repair>,
    /// The revisions that are dated ahead, and what each will change; none where [`super::ahead()`] was not asked.
    pub ahead: Vec<Ahead>,
    /// What another edition would say; nothing where [`super::beside()`] was not asked.
    pub beside: Option<Beside<'c>>,
}

impl<'c> Assessment<'c> {
    /// What was decided under some packs, worded.
    pub(super) fn under(
        chosen: Chosen<'c>,
        definition: &'c Definition,
        facts: &Facts<'_>,
        decided: Vec<Decided<'c>>,
    ) -> Self {
        let (notes, as_of) = (chosen.notes.clone(), facts.as_of());
        let (findings, obligations, open, joined) =
            (Vec::new(), Vec::new(), Vec::new(), joining::joined(&chosen));
        let mut assessment = Self {
            definition,
            as_of,
            joined,
            notes,
            chosen,
            findings,
            obligations,
            open,
            retired: Vec::new(),
            repairs: Vec::new(),
            ahead: Vec::new(),
            beside: None,
        };
        for one in decided {
            obligation::collect(&one, facts, &mut assessment);
            let severity = assessment.chosen.severity(one.rule, facts);
            assessment.findings.push(verdict::finding(one, severity, facts));
        }
        assessment.findings.sort_by(|one, two| one.rule.id.cmp(&two.rule.id));
        assessment
    }

    /// Whether any rule applies to the definition, or may.
    #[must_use]
    pub fn is_assessed(&self) -> bool {
        self.chosen.has_early()
            || self
                .findings
                .iter()
                .any(|finding| finding.verdict != Verdict::NotApplicable && !finding.rule.check.is_of_run())
    }
}
