//! Editions that are chosen by date: in every cell of time, from the first on, exactly one is in force.
//! Must not choose an edition.

use super::pieces::{Setting, days};
use super::{Found, Kind};
use crate::model::written_definition;
use crate::model::{DEFINITION_KINDS, Date, Definition, Table, Value, key};
use crate::policy::catalog::Catalog;
use crate::policy::pack::{Pack, Selection};
use crate::source::Span;
use crate::words;
use std::collections::BTreeSet;

/// The editions for any kind of definition that a pack is for, oldest first.
pub(super) fn chain<'c>(catalog: &'c Catalog, pack: &Pack) -> Vec<&'c Pack> {
    let shares = |other: &Pack| DEFINITION_KINDS.iter().any(|kind| is_for(pack, kind) && is_for(other, kind));
    sorted(
        catalog.packs.iter().filter(|other| other.selection == Selection::ByDate && shares(other)).collect(),
    )
}

fn is_for(pack: &Pack, kind: &str) -> bool {
    pack.kinds.is_empty() || pack.kinds.iter().any(|known| **known == *kind)
}

fn sorted(mut packs: Vec<&Pack>) -> Vec<&Pack> {
    packs.retain(|pack| pack.from.is_some());
    packs.sort_by_key(|pack| (pack.from, pack.id.clone()));
    packs
}

/// Runs the cells of time of every kind of definition for which some wanted pack is an edition.
pub(super) fn prove(catalog: &Catalog, wanted: &impl Fn(&Pack) -> bool) -> Vec<Found> {
    let mut chains: Vec<Vec<&Pack>> = Vec::new();
    for kind in DEFINITION_KINDS {
        let editions =
            catalog.packs.iter().filter(|pack| pack.selection == Selection::ByDate && is_for(pack, kind));
        let chain = sorted(editions.collect());
        let is_known =
            |known: &Vec<&Pack>| known.iter().map(|pack| &pack.id).eq(chain.iter().map(|pack| &pack.id));
        if chain.iter().any(|pack| wanted(pack)) && !chains.iter().any(is_known) {
            chains.push(chain);
        }
    }
    chains.iter().flat_map(|chain| prove_chain(chain)).collect()
}

fn prove_chain(chain: &[&Pack]) -> Vec<Found> {
    let spans: Vec<(&Pack, Date, Date)> = chain
        .iter()
        .enumerate()
        .filter_map(|(place, pack)| {
            let next = chain.get(place + 1).and_then(|next| next.from);
            Some((*pack, pack.from?, pack.until.or(next).unwrap_or(Date::MAX)))
        })
        .collect();
    let (Some((_, first, _)), Some((_, _, last))) = (spans.first(), spans.last()) else { return Vec::new() };
    let cuts: BTreeSet<Date> =
        spans.iter().flat_map(|(_, from, until)| [*from, *until]).filter(|day| *day != Date::MAX).collect();
    let mut found: Vec<Found> = Vec::new();
    for piece in days(&cuts, (Some(*first), Some(*last)), *first) {
        let Setting::Value(Value::Date(day)) = &piece.setting else { continue };
        let in_force: Vec<&Pack> = spans
            .iter()
            .filter(|(_, from, until)| *from <= day.from && day.from < *until)
            .map(|(pack, ..)| *pack)
            .collect();
        if in_force.len() == 1 {
            continue;
        }
        let before = spans
            .iter()
            .filter(|(_, from, _)| *from <= day.from)
            .map(|(pack, ..)| *pack)
            .next_back()
            .unwrap_or(chain[0]);
        found.push(finding(&in_force, before, &piece.words, day.from));
    }
    found.dedup_by(|second, first| {
        let same = second.kind == first.kind && second.subject == first.subject;
        if same {
            first.example = second.example.take().or_else(|| first.example.take());
        }
        same
    });
    found
}

fn finding(in_force: &[&Pack], before: &Pack, words: &str, day: Date) -> Found {
    let names: Vec<String> = in_force.iter().map(|pack| format!("`{}`", pack.id)).collect();
    let until = before.until.map(|until| until.to_string()).unwrap_or_default();
    let (kind, message) = if names.is_empty() {
        (
            Kind::HoleInTime,
            format!(
                "no edition is in force for a project that starts {words}: this one ends before {until}, and the next begins later"
            ),
        )
    } else {
        (
            Kind::OverlapInTime,
            format!("{} are in force at once for a project that starts {words}", words::list(&names, "and")),
        )
    };
    let mut definition = Definition::empty(before.source, "");
    let project = definition.single_mut(Table::Project);
    project.set(key::project::START, Some(Value::Date(crate::model::DateRange::day(day))), None);
    Found {
        kind,
        subject: before.id.to_string(),
        message,
        source: before.source,
        span: Span::new(0..0),
        example: Some(written_definition(&definition)),
        may_be_spurious: false,
        is_meant: false,
    }
}
