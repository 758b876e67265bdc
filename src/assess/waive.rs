//! Waivers: a rule that need not be met, by whose word and until when.
//! Must not change a verdict in silence: what a waiver does is said.

use super::Assessment;
use crate::diag::{Diagnostic, nearest, same_letters};
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
    /// The day it is granted.
    pub granted: DateRange,
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
        granted,
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

/// Waivers that hide nothing on the day, though somebody may think that they do: lapsed, not begun, or with nothing to waive.
#[must_use]
pub fn idle_waivers(assessment: &Assessment<'_>) -> Vec<Diagnostic> {
    let definition = assessment.definition;
    let waived = assessment.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_ref()?)));
    let idle = waived.filter_map(|(finding, waived)| {
        let what = format!("the waiver of `{}` granted by {}", finding.rule.id, waived.granted_by);
        let open = finding.verdict.gravity() > 0;
        let (message, hint) = match (waived.in_force, open) {
            (false, true) if assessment.as_of > waived.expires.from => (
                format!("{what} lapsed after {} and no longer hides the finding", waived.expires),
                "close the gap, or have it granted anew: evalplan waive",
            ),
            (false, true) => (format!("{what} is not in force yet on {}", assessment.as_of), "until then the finding counts"),
            (true, false) => (format!("{what} is not used: there is nothing to waive"), "take it out, so that nobody relies on it"),
            _ => return None,
        };
        let span = definition.rows(Table::Waiver).get(waived.row as usize).and_then(|row| row.span(key::waiver::RULE).or(row.header))?;
        Some(Diagnostic::warning(definition.source, span, message).hint(hint))
    });
    idle.collect()
}

fn unknown_rule(definition: &Definition, name: &str, span: Span, catalog: &Catalog) -> Diagnostic {
    let diagnostic = Diagnostic::error(definition.source, span, format!("no pack has a rule `{name}`"));
    let ids = || catalog.rules().map(|rule| if name.contains('/') { &*rule.id } else { &*rule.local });
    match (ids().find(|id| same_letters(id, name)), nearest(name, ids())) {
        (Some(same), _) => diagnostic.hint(format!("did you mean `{same}`?")).instead(format!("\"{same}\"")),
        (None, Some(near)) => diagnostic.hint(format!("did you mean `{near}`?")),
        (None, None) => diagnostic.hint("`evalplan rules list` shows every rule"),
    }
}
