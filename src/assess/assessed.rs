//! Whether anything was looked at: a definition to which no rule applies has not passed.
//! Must not judge any other rule.

use super::choose::Chosen;
use super::decide::Decision;
use super::merge::Decided;
use crate::checks::{Check, Judgement, Verdict, words};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{FieldPath, Table, key};
use crate::policy::Catalog;

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
    let because = reason(chosen, decided.len(), facts);
    let field = FieldPath::Key(key::project::KIND);
    let judgement = Judgement { said: because.clone(), because, ..Judgement::new(Tri::True, Tri::False, field) };
    let decision =
        Decision { verdict: Verdict::Gap, judgement, needs: Vec::new(), applies: Tri::True, applies_needs: Vec::new(), too_many: false };
    Some(Decided { rule, decision })
}

fn reason(chosen: &Chosen<'_>, rules: usize, facts: &Facts<'_>) -> String {
    let kind = facts.definition().single(Table::Project).choice(key::project::KIND).unwrap_or("project");
    let packs: Vec<String> = chosen.pack_ids().into_iter().map(|pack| format!("`{pack}`")).collect();
    if packs.is_empty() {
        return format!("no rule pack is for this definition, which is of the kind `{kind}`");
    }
    let of = words::some_of(&packs);
    if rules == 1 { format!("the only rule of {of} does not apply") } else { format!("none of the {rules} rules of {of} applies") }
}
