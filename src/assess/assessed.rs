//! Whether anything was looked at: a definition to which no rule applies has not passed.
//! Must not judge any other rule.

use super::chosen::Chosen;
use super::decide::Decision;
use super::merge::Decided;
use crate::checks::{Check, Judgement, Reason, Verdict};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{FieldPath, Table, key};
use crate::policy::Catalog;
use std::sync::Arc;

/// What is found where none of the rules that were asked applies; nothing where one does.
pub(super) fn not_assessed<'c>(
    catalog: &'c Catalog,
    chosen: &Chosen<'c>,
    decided: &[Decided<'c>],
    facts: &Facts<'_>,
) -> Option<Decided<'c>> {
    if chosen.has_early() || decided.iter().any(|one| one.decision.verdict != Verdict::NotApplicable) {
        return None;
    }
    let rule = catalog.rules().find(|rule| matches!(rule.check, Check::Assessed))?;
    let field = FieldPath::Key(key::project::KIND);
    let judgement = Judgement {
        reason: reason(chosen, decided.len(), facts),
        ..Judgement::new(Tri::True, Tri::False, field)
    };
    let decision = Decision {
        verdict: Verdict::Gap,
        judgement,
        needs: Vec::new(),
        applies: Tri::True,
        applies_needs: Vec::new(),
        too_many: false,
    };
    Some(Decided { rule, decision })
}

fn reason(chosen: &Chosen<'_>, rules: usize, facts: &Facts<'_>) -> Reason {
    let kind = facts.definition().single(Table::Project).choice(key::project::KIND).unwrap_or("project");
    Reason::NoneApplies { kind, packs: chosen.packs().map(|pack| Arc::clone(&pack.id)).collect(), rules }
}
