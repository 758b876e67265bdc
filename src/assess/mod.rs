//! A verdict for every rule that binds a definition, with the reason, the place and the facts to supply;
//! and the obligations that follow. Must not print, and must not plan tasks.

mod ahead;
mod assessed;
mod assessment;
mod beside;
mod bridge;
mod cases;
mod choose;
mod chosen;
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

pub use ahead::ahead;
pub use assessment::Assessment;
pub use beside::{Beside, Otherwise, beside, other_edition};
pub use cases::{CaseResult, Planned, Planner, PreparedCase, prepare, run_cases};
pub use choose::choose;
pub use chosen::{Choice, Chosen, ChosenBy, Era, IN_FORCE, Relation};
pub use explainer::Explainer;
pub use joining::Joined;
pub use ledger::{Granted, Standing, ledger};
pub use misspelt::{misspelt, vocabulary};
pub use mutate::{PackScore, Survivor, mutate};
pub use obligation::{Obligation, Open};
pub use portfolio::{Member, Members, carry_gathered, gathers};
pub use repair::{Change, Filling, Repair, TO_COMPLETE, edits, repairs, words_lacking};
pub use verdict::{Finding, Outcome, Owing};
pub use waive::{Waived, check_waivers, idle_waivers};

use crate::facts::Facts;
use crate::model::{Date, Definition};
use crate::policy::Catalog;

/// Assesses a definition as it is in effect on a day.
///
/// # Errors
/// The name of a pack that is asked for and that the catalog does not have.
pub fn assess<'c>(
    catalog: &'c Catalog,
    definition: &'c Definition,
    as_of: Date,
    choice: &Choice,
) -> Result<Assessment<'c>, String> {
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
