//! Editions that carry on another's rules: what is not written anew is inherited with a status of its own.
//! Must not choose an edition.

use super::pack::Pack;
use super::rule::{Rule, Status};
use crate::diag::{Diagnostic, nearest};
use std::sync::Arc;

/// Gives every pack the rules that it inherits. A base that is missing or that extends the pack in turn is an error.
pub(super) fn inherit(packs: &mut [Pack]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for place in 0..packs.len() {
        let Some((base, ..)) = packs[place].extends.clone() else { continue };
        match ancestors(packs, place) {
            Ok(chain) => {
                for (ancestor, status) in chain {
                    inherit_from(packs, place, ancestor, status);
                }
            }
            Err(message) => {
                let (_, _, span) = packs[place].extends.clone().expect("it was just read");
                let near = nearest(&base, packs.iter().map(|pack| &*pack.id)).map(|near| format!("did you mean `{near}`?"));
                let diagnostic = Diagnostic::error(packs[place].source, span, message);
                diagnostics.push(match near {
                    Some(near) => diagnostic.hint(near),
                    None => diagnostic,
                });
            }
        }
        packs[place].rules.sort_by(|one, two| one.id.cmp(&two.id));
    }
    diagnostics
}

/// The packs that this one builds on, nearest first, each with what its rules are worth here.
fn ancestors(packs: &[Pack], start: usize) -> Result<Vec<(usize, Status)>, String> {
    let mut chain = Vec::new();
    let mut place = start;
    let mut worth = Status::Confirmed;
    while let Some((base, status, _)) = &packs[place].extends {
        let next = packs.iter().position(|pack| pack.id == *base).ok_or_else(|| format!("there is no pack `{base}` to extend"))?;
        if next == start || chain.iter().any(|(known, _)| *known == next) {
            return Err(format!("`{}` extends itself by way of `{base}`", packs[start].id));
        }
        worth = worth.max(*status);
        chain.push((next, worth));
        place = next;
    }
    Ok(chain)
}

fn inherit_from(packs: &mut [Pack], place: usize, ancestor: usize, worth: Status) {
    let own: Vec<Arc<str>> = packs[place].rules.iter().map(|rule| Arc::clone(&rule.local)).collect();
    let id = Arc::clone(&packs[place].id);
    let inherited: Vec<Rule> = packs[ancestor]
        .rules
        .iter()
        .filter(|rule| rule.inherited_from.is_none() && !own.contains(&rule.local))
        .map(|rule| Rule {
            id: format!("{id}/{}", rule.local).into(),
            pack: Arc::clone(&id),
            inherited_from: Some(Arc::clone(&packs[ancestor].id)),
            status: rule.status.max(worth),
            ..rule.clone()
        })
        .collect();
    packs[place].rules.extend(inherited);
}
