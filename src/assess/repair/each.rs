//! Proposals for conditions on elements: for each that fails, keys set to values that the rule asks for.
//! Must not assess, and looks once at elements that a rule cannot tell apart.

use super::change::{Change, Filling, Scratch};
use super::fields::{MOST_TRIES, additions, combine, is_given, reads, sets, tries};
use crate::checks::{Each, Tables};
use crate::expr::{Read, Trace, Tri};
use crate::facts::Facts;
use crate::model::{FieldPath, KeyId, Value};

/// The most elements that one patch changes: nobody reads a longer one, and each is tried on a definition of its own.
const MOST_ELEMENTS: usize = 200;

/// For every element that fails, values that make the condition hold for it; `None` where one has none, or where too many fail.
/// What was found for one serves every other that says the same of what the condition reads.
pub(super) fn each(each: &Each, facts: &Facts<'_>) -> Option<Vec<Change>> {
    let mut search = Search {
        each,
        facts,
        scratch: Scratch::new(facts.definition()),
        trace: Trace::none(),
        known: Vec::new(),
    };
    let mut others = Tables::default();
    each.only.iter().chain([&each.condition]).for_each(|condition| others.add(condition));
    // One element of the table itself is looked at, and all of those that the condition asks about.
    let mut left = MOST_ELEMENTS * tries(others.iter().filter(|table| *table != each.table), facts);
    let mut changes = Vec::new();
    let mut failing = 0;
    for row in (0..facts.count(each.table)).filter(|row| search.fails(*row)).collect::<Vec<_>>() {
        failing += 1;
        if failing > MOST_ELEMENTS {
            return None;
        }
        changes.extend(search.mended(row, &mut left)?);
    }
    (!changes.is_empty()).then_some(changes)
}

/// What an element says of all that the rule reads of it.
type Says = Vec<Option<Value>>;

/// The search for values, element by element.
struct Search<'s, 'a> {
    each: &'s Each,
    facts: &'s Facts<'a>,
    scratch: Scratch<'a>,
    trace: Trace,
    /// What elements say of what the condition reads, and the values that make it hold for such a one.
    known: Vec<(Says, Vec<(KeyId, Filling)>)>,
}

impl Search<'_, '_> {
    fn fails(&mut self, row: u32) -> bool {
        let (each, bound) = (self.each, Some((self.each.table, row)));
        let asked =
            each.only.as_ref().map_or(Tri::True, |only| only.condition(self.facts, bound, &mut self.trace));
        asked != Tri::False && each.condition.condition(self.facts, bound, &mut self.trace) != Tri::True
    }

    fn mended(&mut self, row: u32, left: &mut usize) -> Option<Vec<Change>> {
        let says = self.says(row);
        if let Some((_, found)) = self.known.iter().find(|(known, _)| *known == says) {
            let set = |(key, filling): &(KeyId, Filling)| Change::Set {
                path: FieldPath::Element(*key, row),
                filling: filling.clone(),
            };
            return Some(found.iter().map(set).collect());
        }
        let changes = self.found(row, left)?;
        let set = |change: &Change| match change {
            Change::Set { path: FieldPath::Element(key, of), filling } if *of == row => {
                Some((*key, filling.clone()))
            }
            _ => None,
        };
        if let Some(found) = changes.iter().map(set).collect() {
            self.known.push((says, found));
        }
        Some(changes)
    }

    /// What an element says of everything that the rule reads of it.
    fn says(&self, row: u32) -> Says {
        let record = &self.facts.definition().rows(self.each.table)[row as usize];
        let read = self.each.only.iter().chain([&self.each.condition]).flat_map(reads);
        let own = read.filter_map(|read| if let Read::Field(key) = read { Some(key) } else { None });
        own.filter(|key| key.table == self.each.table).map(|key| record.get(key).cloned()).collect()
    }

    fn found(&mut self, row: u32, left: &mut usize) -> Option<Vec<Change>> {
        let (each, facts) = (self.each, self.facts);
        let keys = reads(&each.condition).into_iter().filter_map(|read| match read {
            Read::Field(key) if key.table == each.table && !is_given(key) => Some(key),
            _ => None,
        });
        let mut targets: Vec<Vec<Change>> =
            keys.map(|key| sets(FieldPath::Element(key, row), key, each.condition.atoms(), facts)).collect();
        let name = each
            .table
            .name_key()
            .and_then(|key| facts.definition().rows(each.table).get(row as usize)?.text(key));
        let others = each
            .condition
            .tables()
            .into_iter()
            .map(|(table, _)| additions(table, &each.condition, facts, name));
        targets.extend(others);
        let (scratch, trace, bound) = (&mut self.scratch, &mut self.trace, Some((each.table, row)));
        let holds = |changes: &[Change]| {
            scratch.with(changes, |changed| {
                let facts = Facts::new(changed, facts.as_of());
                let met = each.condition.condition(&facts, bound, trace) == Tri::True;
                met && each
                    .only
                    .as_ref()
                    .is_none_or(|only| only.condition(&facts, bound, trace) != Tri::False)
            })
        };
        let mut some = MOST_TRIES.min(*left);
        *left -= some;
        let mut found = combine(&targets, &mut some, holds);
        *left += some;
        found.sort_by_key(|changes| {
            (
                restated(changes, facts),
                changes.iter().filter(|change| change.is_open()).count(),
                changes.len(),
            )
        });
        found.into_iter().next()
    }
}

/// How many words of the file changes take back: better to leave a gap for a person to fill.
fn restated(changes: &[Change], facts: &Facts<'_>) -> usize {
    changes.iter().filter(|change| change.restates(facts.definition())).count()
}
