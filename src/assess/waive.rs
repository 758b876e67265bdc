//! Waivers: a rule that need not be met, by whose word and until when.
//! Must not change a verdict in silence: what a waiver does is said.

use crate::diag::{Diagnostic, nearest};
use crate::facts::Facts;
use crate::model::{Date, DateRange, Definition, Record, Table, key};
use crate::policy::{Catalog, Rule};
use crate::source::Span;

/// What a waiver does on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// Its place among the waivers of the file, from 0.
    pub row: u32,
    /// Whether it covers the day.
    pub in_force: bool,
    /// The last day it covers, inside.
    pub expires: DateRange,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: String,
}

/// The waiver of a rule: one in force before one that lapsed.
pub(super) fn waiver(rule: &Rule, facts: &Facts<'_>) -> Option<Waived> {
    let waivers = facts.definition().rows(Table::Waiver).iter().zip(0..);
    let found = waivers.filter(|(waiver, _)| names(waiver, rule)).filter_map(|(waiver, row)| read(waiver, row, facts.as_of()));
    found.max_by_key(|waived| (waived.in_force, waived.expires.to))
}

/// Whether a waiver names a rule: by its whole id, by its id within the pack, or by a name it bore before.
pub(super) fn names(waiver: &Record, rule: &Rule) -> bool {
    let Some(name) = waiver.text(key::waiver::RULE) else { return false };
    let (pack, local) = name.split_once('/').map_or((None, name), |(pack, local)| (Some(pack), local));
    let same_rule = local == &*rule.local || rule.aliases.iter().any(|alias| local == &**alias);
    same_rule && pack.is_none_or(|pack| pack == &*rule.pack || Some(pack) == rule.inherited_from.as_deref())
}

/// A waiver covers a day where it was surely granted by then and has surely not lapsed.
fn read(waiver: &Record, row: u32, as_of: Date) -> Option<Waived> {
    let expires = waiver.date(key::waiver::EXPIRES)?;
    let granted = waiver.date(key::waiver::GRANTED)?;
    let text = |key| waiver.text(key).unwrap_or_default().to_owned();
    Some(Waived {
        row,
        in_force: granted.to <= as_of && as_of <= expires.from,
        expires,
        reason: text(key::waiver::REASON),
        granted_by: text(key::waiver::GRANTED_BY),
    })
}

/// Waivers of rules that no pack has, and of rules that cannot be waived.
#[must_use]
pub fn check_waivers(definition: &Definition, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for waiver in definition.rows(Table::Waiver) {
        let (Some(name), Some(span)) = (waiver.text(key::waiver::RULE), waiver.span(key::waiver::RULE)) else { continue };
        let known: Vec<&Rule> = catalog.rules().filter(|rule| names(waiver, rule)).collect();
        if known.is_empty() {
            diagnostics.push(unknown_rule(definition, name, span, catalog));
        } else if known.iter().any(|rule| !rule.waivable) {
            let diagnostic = Diagnostic::error(definition.source, span, format!("the rule `{name}` cannot be waived"));
            diagnostics.push(diagnostic.hint("take the waiver out, and close the gap"));
        }
    }
    diagnostics
}

fn unknown_rule(definition: &Definition, name: &str, span: Span, catalog: &Catalog) -> Diagnostic {
    let diagnostic = Diagnostic::error(definition.source, span, format!("no pack has a rule `{name}`"));
    let ids = catalog.rules().map(|rule| if name.contains('/') { &*rule.id } else { &*rule.local });
    match nearest(name, ids) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic.hint("`evalplan rules list` shows every rule"),
    }
}
