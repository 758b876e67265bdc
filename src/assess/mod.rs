//! A verdict for every rule that binds a definition, with the reason, the place and the facts to supply;
//! and the obligations that follow. Must not print, and must not plan tasks.

mod assessed;
mod beside;
mod bridge;
mod cases;
mod choose;
mod dates;
mod days;
mod decide;
mod events;
mod explainer;
mod joining;
mod ledger;
mod merge;
mod misspelt;
mod mutate;
mod needs;
mod obligation;
mod portfolio;
mod question;
mod repair;
mod standing;
mod steps;
mod suppose;
mod verdict;
mod waive;

pub use beside::{Beside, Otherwise, beside, other_edition};
pub use cases::{CaseResult, Planned, Planner, PreparedCase, prepare, run_cases};
pub use choose::{Choice, Chosen, ChosenBy, Era, IN_FORCE, Relation, choose};
pub use explainer::Explainer;
pub use joining::Joined;
pub use ledger::{Granted, Standing, ledger};
pub use misspelt::{misspelt, vocabulary};
pub use mutate::{PackScore, Survivor, mutate};
pub use obligation::{Obligation, Open};
pub use portfolio::{carry_gathered, gather, gathers};
pub use repair::{
    Change, Edit, Filling, PatchLine, Repair, TO_COMPLETE, apply as apply_edits, edits, newline, patch, repairs, words_lacking,
};
pub use verdict::{Finding, Outcome};
pub use waive::{Waived, check_waivers, idle_waivers};

use crate::checks::Verdict;
use crate::facts::Facts;
use crate::model::{Date, Definition};
use crate::policy::Catalog;

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
    /// How gaps can be closed; none where [`repairs`] was not asked.
    pub repairs: Vec<Repair>,
    /// What another edition would say; nothing where [`beside()`] was not asked.
    pub beside: Option<Beside<'c>>,
}

impl<'c> Assessment<'c> {
    /// What was decided under some packs, worded.
    fn under(chosen: Chosen<'c>, definition: &'c Definition, facts: &Facts<'_>, decided: Vec<merge::Decided<'c>>) -> Self {
        let (notes, as_of) = (chosen.notes.clone(), facts.as_of());
        let (findings, obligations, open, joined) = (Vec::new(), Vec::new(), Vec::new(), joining::joined(&chosen));
        let mut assessment =
            Self { definition, as_of, joined, notes, chosen, findings, obligations, open, retired: Vec::new(), repairs: Vec::new(), beside: None };
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
            || self.findings.iter().any(|finding| finding.verdict != Verdict::NotApplicable && !finding.rule.check.is_of_run())
    }
}

/// Assesses a definition as it is in effect on a day.
///
/// # Errors
/// The name of a pack that is asked for and that the catalog does not have.
pub fn assess<'c>(catalog: &'c Catalog, definition: &'c Definition, as_of: Date, choice: &Choice) -> Result<Assessment<'c>, String> {
    let facts = Facts::new(definition, as_of);
    let chosen = choose(catalog, &facts, choice)?;
    let mut decided = merge::decide_all(&chosen, &facts, &steps::Steps::default());
    decided.retain(|one| !one.rule.check.is_of_run());
    decided.extend(assessed::not_assessed(catalog, &chosen, &decided, &facts));
    let mut assessment = Assessment::under(chosen, definition, &facts, decided);
    let of_days = days::findings(catalog, &assessment, &facts);
    assessment.findings.extend(of_days);
    assessment.findings.sort_by(|one, two| one.rule.id.cmp(&two.rule.id));
    assessment.retired = waive::retired(definition, catalog);
    joining::tell_what_wakes(&mut assessment, catalog, choice);
    Ok(assessment)
}
