//! Editions that carry on another's rules: what is not written anew is inherited, with a status of its own and with what the pack
//! says of it in `[[inherited]]`. Must not choose an edition.

use super::pack::{Inherited, Pack};
use super::rule::{Rule, Status};
use crate::diag::{Diagnostic, nearest};
use crate::source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Gives every pack the rules that it inherits. A base that is missing or that extends the pack in turn is an error, and so is a word
/// on an inherited rule that says nothing, or makes an error of what is only remembered.
pub(super) fn inherit(packs: &mut [Pack]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut done = vec![false; packs.len()];
    for place in 0..packs.len() {
        match chain(packs, place) {
            // The base of the base comes first, so that each pack takes from its own base alone.
            Ok(chain) => {
                for place in chain.into_iter().rev() {
                    if !std::mem::replace(&mut done[place], true) {
                        diagnostics.extend(inherit_one(packs, place));
                    }
                }
            }
            Err((base, message)) => {
                let span = packs[place].extends.as_ref().map_or(Span::new(0..0), |(_, _, span)| *span);
                let near = nearest(&base, packs.iter().map(|pack| &*pack.id))
                    .map(|near| format!("did you mean `{near}`?"));
                let diagnostic = Diagnostic::error(packs[place].source, span, message);
                diagnostics.push(match near {
                    Some(near) => diagnostic.hint(near),
                    None => diagnostic,
                });
            }
        }
    }
    diagnostics
}

/// A pack and those that it builds on, nearest first; or the base that is wrong, and why.
fn chain(packs: &[Pack], start: usize) -> Result<Vec<usize>, (Arc<str>, String)> {
    let mut chain = vec![start];
    let mut place = start;
    while let Some((base, ..)) = &packs[place].extends {
        let wrong = |message: String| {
            (
                packs[start].extends.as_ref().map_or_else(|| Arc::clone(base), |(own, ..)| Arc::clone(own)),
                message,
            )
        };
        let next = packs.iter().position(|pack| pack.id == *base);
        let next = next.ok_or_else(|| wrong(format!("there is no pack `{base}` to extend")))?;
        if chain.contains(&next) {
            return Err(wrong(format!("`{}` extends itself by way of `{base}`", packs[start].id)));
        }
        chain.push(next);
        place = next;
    }
    Ok(chain)
}

/// Takes over what the base has, its own rules and those that it inherits itself.
fn inherit_one(packs: &mut [Pack], place: usize) -> Vec<Diagnostic> {
    let Some((base, worth, extends)) = packs[place].extends.clone() else { return Vec::new() };
    let Some(base) = packs.iter().find(|pack| pack.id == base) else { return Vec::new() };
    let pack = &packs[place];
    let own: BTreeSet<&str> = pack.rules.iter().map(|rule| &*rule.local).collect();
    let taken = base.rules.iter().filter(|rule| !own.contains(&*rule.local)).map(|rule| Rule {
        id: format!("{}/{}", pack.id, rule.local).into(),
        pack: Arc::clone(&pack.id),
        inherited_from: Some(rule.inherited_from.clone().unwrap_or_else(|| Arc::clone(&base.id))),
        status: rule.status.max(worth),
        ..rule.clone()
    });
    let mut taken: Vec<Rule> = taken.collect();
    let mut diagnostics = Vec::new();
    for (said, number) in pack.inherited.iter().zip(0..) {
        let before = pack.inherited.iter().take(number).any(|before| before.rule == said.rule);
        diagnostics.extend(apply(said, before, (pack, &mut taken)));
    }
    let remembered = taken.iter().find(|rule| rule.is_remembered_error() && worth == Status::Unconfirmed);
    if let Some(rule) = remembered.filter(|rule| pack.inherited.iter().all(|said| said.rule != rule.local)) {
        let message = format!("`{}` is an error, and here it would rest on what is unconfirmed", rule.local);
        let hint =
            "say otherwise in [[inherited]]: `severity = \"warning\"`, or the status of a text that was read";
        diagnostics.push(Diagnostic::error(pack.source, extends, message).hint(hint));
    }
    let pack = &mut packs[place];
    pack.rules.extend(taken);
    pack.rules.sort_by(|one, two| one.id.cmp(&two.id));
    diagnostics
}

/// Changes an inherited rule as the pack says; or what is wrong with what it says.
fn apply(said: &Inherited, before: bool, (pack, taken): (&Pack, &mut [Rule])) -> Option<Diagnostic> {
    let error =
        |message: String, hint: String| Some(Diagnostic::error(pack.source, said.span, message).hint(hint));
    if before {
        return error(
            format!("`{}` stands twice in [[inherited]]", said.rule),
            "say all of it at one place".to_owned(),
        );
    }
    if pack.rules.iter().any(|rule| rule.local == said.rule) {
        let message = format!("the pack has a rule `{}` of its own, and does not inherit it", said.rule);
        return error(message, "change the rule in its own file, or take that file out".to_owned());
    }
    let ids = taken.iter().map(|rule| rule.local.to_string()).collect::<Vec<_>>();
    let known = |rule: &&mut Rule| rule.is_called(&said.rule);
    let Some(rule) = taken.iter_mut().find(known) else {
        let near =
            nearest(&said.rule, ids.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let hint =
            near.unwrap_or_else(|| "only a rule of the pack that this one extends can be named".to_owned());
        return error(format!("the pack inherits no rule `{}`", said.rule), hint);
    };
    let changed = Rule {
        status: said.status.unwrap_or(rule.status),
        cite: said.cite.clone().unwrap_or_else(|| rule.cite.clone()),
        why: said.why.clone().or_else(|| rule.why.clone()),
        severity: said.severity.unwrap_or(rule.severity),
        ..rule.clone()
    };
    let same = |one: &Rule, two: &Rule| {
        one.status == two.status && one.cite == two.cite && one.why == two.why && one.severity == two.severity
    };
    if same(&changed, rule) {
        let hint = format!(
            "it is inherited with the status {} and the severity {}: take this out",
            rule.status, rule.severity
        );
        return error(format!("this changes nothing of `{}`", said.rule), hint);
    }
    if changed.is_remembered_error() {
        let hint = "give `severity = \"warning\"`, or the status of a text that was read".to_owned();
        return error(
            format!("`{}` is an error, and here it would rest on what is unconfirmed", said.rule),
            hint,
        );
    }
    *rule = changed;
    None
}
