//! Waivers: a rule that need not be met, by whose word and until when.
//! Must not change a verdict in silence: what a waiver does is said.

use super::{Assessment, ChosenBy, Finding};
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
    waivers(rule, facts).max_by_key(|waived| (waived.in_force, waived.expires.to))
}

/// Every waiver of a rule, in the order of the file.
fn waivers(rule: &Rule, facts: &Facts<'_>) -> impl Iterator<Item = Waived> {
    let rows = facts.definition().rows(Table::Waiver).iter().zip(0..);
    rows.filter(|(waiver, _)| names(waiver, rule))
        .filter_map(|(waiver, row)| read(waiver, row, facts.as_of()))
}

/// Whether a waiver names a rule: by its whole id, by its id within the pack, or by a name it bore before.
pub(super) fn names(waiver: &Record, rule: &Rule) -> bool {
    let Some(name) = waiver.text(key::waiver::RULE) else { return false };
    let (pack, local) = name.split_once('/').map_or((None, name), |(pack, local)| (Some(pack), local));
    rule.is_called(local)
        && pack.is_none_or(|pack| pack == &*rule.pack || Some(pack) == rule.inherited_from.as_deref())
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
        let (Some(name), Some(span)) = (waiver.text(key::waiver::RULE), waiver.span(key::waiver::RULE))
        else {
            continue;
        };
        let known: Vec<&Rule> = catalog.rules().filter(|rule| names(waiver, rule)).collect();
        if known.is_empty() && catalog.retired(name).is_some() {
            // It is told in a note: see `retired`.
        } else if known.is_empty() {
            diagnostics.push(unknown_rule(definition, name, span, catalog));
        } else if known.iter().any(|rule| !rule.waivable) {
            let diagnostic =
                Diagnostic::error(definition.source, span, format!("the rule `{name}` cannot be waived"));
            diagnostics.push(diagnostic.hint("take the waiver out, and close the gap"));
        }
    }
    diagnostics
}

/// Waivers of rules that a pack had and has no more: they cover nothing, and are no mistake.
pub(super) fn retired(definition: &Definition, catalog: &Catalog) -> Vec<String> {
    let names = definition.rows(Table::Waiver).iter().filter_map(|waiver| waiver.text(key::waiver::RULE));
    let told = names.filter_map(|name| {
        let (pack, retired) = catalog.retired(name)?;
        Some(format!("the waiver of `{name}` covers nothing any more: {}", retired.told(pack)))
    });
    told.collect()
}

/// Waivers that hide nothing on the day, though somebody may think that they do: lapsed, not begun, with nothing to waive, or of a
/// rule that does not bind. A rule of another edition than the user asks for in this run is no waiver in vain.
#[must_use]
pub fn idle_waivers(assessment: &Assessment<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let definition = assessment.definition;
    let facts = Facts::new(definition, assessment.as_of);
    let idle = assessment.findings.iter().flat_map(|finding| {
        // One that is in force makes those that lapsed before it no matter.
        let in_force = finding.waived.as_ref().is_some_and(|waived| waived.in_force);
        let all = waivers(finding.rule, &facts)
            .filter(|waived| !in_force || finding.waived.as_ref() == Some(waived));
        let told = all.filter_map(|waived| {
            let (why, hint) = idle(finding, &waived, assessment.as_of)?;
            told(
                definition,
                definition.rows(Table::Waiver).get(waived.row as usize)?,
                (&finding.rule.id, &why, hint),
            )
        });
        told.collect::<Vec<_>>()
    });
    let unbound = definition
        .rows(Table::Waiver)
        .iter()
        .filter(|waiver| !assessment.findings.iter().any(|one| names(waiver, one.rule)));
    // What no pack has is a mistake already.
    let unbound = unbound.filter(|waiver| catalog.rules().any(|rule| names(waiver, rule)));
    let unbound = unbound.filter(|_| assessment.chosen.by != ChosenBy::Option).filter_map(|waiver| {
        let why = "is not used: its rule does not bind this definition";
        told(
            definition,
            waiver,
            (waiver.text(key::waiver::RULE)?, why, "take it out, or name the rule that is meant"),
        )
    });
    idle.chain(unbound).collect()
}

/// Why a waiver of a finding hides nothing on a day, and what to do.
fn idle(finding: &Finding<'_>, waived: &Waived, as_of: Date) -> Option<(String, &'static str)> {
    let open = finding.verdict.gravity() > 0;
    match (waived.in_force, open) {
        (false, true) if as_of > waived.expires.to => Some((
            format!("lapsed after {} and no longer hides the finding", waived.expires),
            "close the gap, or have it granted anew: evalplan waive",
        )),
        (false, true) if as_of > waived.expires.from => Some((
            format!(
                "may have lapsed, for its last day is known only as {}, and hides nothing",
                waived.expires
            ),
            "give the day on which it expires",
        )),
        (false, true) => Some((
            format!("is not in force yet: it begins on {}", waived.granted.to),
            "until then the finding counts",
        )),
        (true, false) => Some((
            "is not used: there is nothing to waive".to_owned(),
            "take it out, so that nobody relies on it",
        )),
        _ => None,
    }
}

/// A waiver that hides nothing, at its place. It is known again by its rule, for days and people change.
fn told(
    definition: &Definition,
    waiver: &Record,
    (rule, why, hint): (&str, &str, &str),
) -> Option<Diagnostic> {
    let span = waiver.span(key::waiver::RULE).or(waiver.header)?;
    let by = waiver.text(key::waiver::GRANTED_BY).unwrap_or_default();
    let message = format!("the waiver of `{rule}` granted by {by} {why}");
    Some(
        Diagnostic::warning(definition.source, span, message)
            .hint(hint)
            .known_as(format!("the waiver of `{rule}`")),
    )
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
