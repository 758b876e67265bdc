//! What one definition comes to: findings, plan and, where they are asked for, repairs.
//! Must not read a file or draw anything.

use super::Scope;
use crate::assess::{Assessment, ahead, assess, beside, repairs};
use crate::fix::{Basis, Listing, dated, planned};
use crate::model::Definition;
use crate::schedule::{Conflict, Schedule, plan, unmet_by};

/// One definition with all that was found out about it.
#[derive(Debug, Clone)]
pub struct Assessed<'c> {
    /// What the rules say.
    pub assessment: Assessment<'c>,
    /// What it owes, and when.
    pub schedule: Schedule,
    /// What of that can be listed in the file without a person; none where repairs were not asked for.
    pub listings: Vec<Listing>,
}

/// Assesses and plans a definition, as far as is asked for. `text` is what it was read from.
///
/// # Errors
/// The name of a pack that is asked for and that is not there.
pub fn assessed<'c>(
    basis: Basis<'c>,
    definition: &'c Definition,
    (scope, text): (Scope, &str),
) -> Result<Assessed<'c>, String> {
    let mut assessment = assess(basis.catalog, definition, basis.as_of, basis.choice)?;
    if scope == Scope::Findings {
        return Ok(Assessed { assessment, schedule: Schedule::default(), listings: Vec::new() });
    }
    if scope >= Scope::Whole {
        assessment.beside = beside(basis.catalog, &assessment);
        assessment.ahead = ahead(basis.catalog, &assessment, basis.choice)?;
    }
    let mut schedule = plan(&assessment);
    if schedule.conflicts.is_empty() {
        let unmet = unmet_by(&schedule, &assessment).into_iter();
        schedule.conflicts.extend(
            unmet.map(|rule| Conflict { message: "no plan meets this rule".to_owned(), rules: vec![rule] }),
        );
    }
    basis.planner.date(&mut schedule, &assessment);
    let mut listings = Vec::new();
    if scope == Scope::Repairs {
        assessment.repairs = repairs(basis.catalog, &assessment, basis.choice, text);
        assessment.repairs = dated(basis, &assessment, &schedule, text);
        listings = planned(basis, &assessment, &schedule, text);
    }
    Ok(Assessed { assessment, schedule, listings })
}
