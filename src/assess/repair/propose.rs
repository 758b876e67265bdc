//! Proposals for one rule, by its form: changes that may make it met. The search finds out whether they do.
//! Must not assess.

use super::change::Change;
use super::{fields, lists};
use crate::checks::Check;
use crate::facts::Facts;
use crate::model::{FieldPath, Kind};
use crate::policy::Rule;

/// Changes that may make a rule met, each on its own.
pub(super) fn proposals(rule: &Rule, facts: &Facts<'_>) -> Vec<Vec<Change>> {
    match &rule.check {
        Check::Assessed | Check::Days(_) | Check::PolicyNamed => Vec::new(),
        Check::Duty(duty) => lists::duty(duty, facts),
        Check::Grid(grid) => lists::grid(grid, &rule.judge(facts), facts),
        Check::Chain(chain) => lists::chain(chain, facts).into_iter().collect(),
        Check::Condition(check) => fields::condition(rule, &check.condition, facts),
        Check::Each(each) => super::each::each(each, facts).into_iter().collect(),
        Check::Share(share) => fields::share(share, facts).into_iter().collect(),
    }
}

/// The words that elements lack, of a rule that asks the same words of each; nothing of other rules.
#[must_use]
pub fn words_lacking(rule: &Rule, facts: &Facts<'_>) -> Vec<Change> {
    match &rule.check {
        Check::Grid(_) => proposals(rule, facts).into_iter().flatten().collect(),
        Check::Each(each) => {
            let words = |change: &Change| match change {
                Change::Set { path: FieldPath::Element(key, _), .. } => {
                    Some(*key) == each.field && key.spec().kind == Kind::Texts && !change.is_open()
                }
                _ => false,
            };
            proposals(rule, facts).into_iter().flatten().filter(words).collect()
        }
        _ => Vec::new(),
    }
}
