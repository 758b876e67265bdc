//! Proposals for duties, grids and chains: an evaluation to add or to make more independent, a word to add to a list, a result to link.
//! Must not assess.

use super::change::{Change, Filling, free_name};
use crate::checks::{
    Chain, Due, Duty, Grid, Judgement, Missing, Requirement, Side, Subject, Wanted, find, match_reviews,
    times,
};
use crate::facts::{Fact, Facts};
use crate::model::{FieldPath, KeyId, Kind, Record, Table, Value, key};
use std::sync::Arc;

/// Evaluations to add, or one to make more independent.
pub(super) fn duty(duty: &Duty, facts: &Facts<'_>) -> Vec<Vec<Change>> {
    let mut proposals = Vec::new();
    for owed in duty.owed(facts) {
        let Subject::Evaluation(wanted) = &owed.requirement.subject else { continue };
        let found = find(wanted, facts);
        let level = wanted.independence.map(|level| Filling::known(Value::Choice(level)));
        // What an evaluation was is settled once it is completed.
        let is_done = |row: &u32| facts.element(key::evaluation::COMPLETED, *row) != Fact::Unknown;
        let mut low: Vec<u32> =
            found.too_low.iter().chain(&found.possible).copied().filter(|row| !is_done(row)).collect();
        low.sort_by_key(|row| {
            facts.element(key::evaluation::TIMING, *row) != Fact::Choice(wanted.assigned_to)
        });
        if let Some(filling) = level {
            let raised = |row| Change::Set {
                path: FieldPath::Element(key::evaluation::INDEPENDENCE, row),
                filling: filling.clone(),
            };
            proposals.extend(low.into_iter().map(|row| vec![raised(row)]));
        }
        let names: Vec<String> = match &owed.requirement.due {
            Some(due @ Due::Every { .. }) => {
                let times = times(&owed, due, facts);
                let matched = match_reviews(&times, &found, wanted, facts);
                matched
                    .unmet(&times.sure)
                    .iter()
                    .map(|number| format!("{}-{number}", wanted.timing()))
                    .collect()
            }
            _ => names(owed.requirement, wanted, found.sure.len(), facts),
        };
        // Where the one that it would be is done already, another one like it is no way out.
        let is_over = found.too_low.iter().any(|row| {
            is_done(row) && facts.element(key::evaluation::TIMING, *row) == Fact::Choice(wanted.assigned_to)
        });
        if !names.is_empty() && !is_over {
            proposals.push(names.iter().map(|name| evaluation(name, wanted)).collect());
        }
    }
    proposals
}

/// The names of the evaluations that are lacking.
fn names(requirement: &Requirement, wanted: &Wanted, listed: usize, facts: &Facts<'_>) -> Vec<String> {
    let lacking = (requirement.count as usize).saturating_sub(listed);
    let first = free_name(facts.definition(), Table::Evaluation, wanted.timing());
    match lacking {
        0 => Vec::new(),
        1 => vec![first],
        many => (1..=many)
            .map(|number| free_name(facts.definition(), Table::Evaluation, &format!("{first}-{number}")))
            .collect(),
    }
}

fn evaluation(name: &str, wanted: &Wanted) -> Change {
    let mut keys = vec![
        (key::evaluation::ID, Filling::known(Value::Text(name.into()))),
        (key::evaluation::TIMING, Filling::known(Value::Choice(wanted.assigned_to))),
    ];
    keys.extend(
        wanted
            .independence
            .map(|level| (key::evaluation::INDEPENDENCE, Filling::known(Value::Choice(level)))),
    );
    Change::Add { table: Table::Evaluation, keys }
}

/// Words to add to elements of a grid, and elements to add where none has the word of a column.
pub(super) fn grid(grid: &Grid, judgement: &Judgement, facts: &Facts<'_>) -> Vec<Vec<Change>> {
    let cell = |missing: &'_ Missing| match missing {
        Missing::Cell { column, row } => Some((Arc::clone(column), Arc::clone(row))),
        _ => None,
    };
    let missing: Vec<(Arc<str>, Arc<str>)> = judgement.missing.iter().filter_map(cell).collect();
    let changes = match &grid.rows {
        Some(rows) => cells(grid, rows, &missing, facts),
        None => elements(grid, facts),
    };
    if changes.is_empty() { Vec::new() } else { vec![changes] }
}

/// Each element is a row: it is given the words that it lacks.
fn elements(grid: &Grid, facts: &Facts<'_>) -> Vec<Change> {
    let rows = facts.definition().rows(grid.table).iter().zip(0..);
    let lacking = rows.filter_map(|(record, row)| {
        let value = with_words(record, grid.columns.key, &grid.columns.words, facts)?;
        Some(Change::Set { path: FieldPath::Element(grid.columns.key, row), filling: Filling::known(value) })
    });
    lacking.collect()
}

/// Rows are words: an element of the right column takes those that are missing there.
fn cells(grid: &Grid, rows: &Side, missing: &[(Arc<str>, Arc<str>)], facts: &Facts<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for column in &grid.columns.words {
        let lacking: Vec<Arc<str>> = rows
            .words
            .iter()
            .filter(|row| missing.iter().any(|(one, at)| one == column && at == *row))
            .cloned()
            .collect();
        if lacking.is_empty() {
            continue;
        }
        let of_column = |record: &Record| record.choice(grid.columns.key) == Some(&**column);
        let records =
            facts.definition().rows(grid.table).iter().zip(0..).filter(|(record, _)| of_column(record));
        let fullest = records.max_by_key(|(record, row)| (count(record, rows.key), std::cmp::Reverse(*row)));
        let change = match fullest {
            Some((record, row)) => with_words(record, rows.key, &lacking, facts).map(|value| Change::Set {
                path: FieldPath::Element(rows.key, row),
                filling: Filling::known(value),
            }),
            None => new_element(grid, rows, column, &lacking, facts),
        };
        changes.extend(change);
    }
    changes
}

fn count(record: &Record, key: KeyId) -> usize {
    match record.get(key) {
        Some(Value::Choices(places)) => places.len(),
        Some(Value::Texts(texts)) => texts.len(),
        _ => 0,
    }
}

fn new_element(
    grid: &Grid,
    rows: &Side,
    column: &str,
    lacking: &[Arc<str>],
    facts: &Facts<'_>,
) -> Option<Change> {
    let record = Record::empty(grid.table);
    let column = with_words(&record, grid.columns.key, &[column.into()], facts)?;
    let row = with_words(&record, rows.key, lacking, facts)?;
    let mut keys = vec![(grid.columns.key, Filling::known(column)), (rows.key, Filling::known(row))];
    keys.extend(grid.table.name_key().map(|name| {
        let stand_in = free_name(facts.definition(), grid.table, super::TO_COMPLETE);
        (name, Filling::open(Value::Text(stand_in.into()), name.spec().doc))
    }));
    keys.sort_by_key(|(key, _)| *key);
    Some(Change::Add { table: grid.table, keys })
}

/// The value of a key with some words added behind its own; `None` where it has them all or cannot hold them.
fn with_words(record: &Record, key: KeyId, words: &[Arc<str>], facts: &Facts<'_>) -> Option<Value> {
    match (key.spec().kind, record.get(key)) {
        (Kind::OneOf(known), None) => {
            let place = known.iter().position(|known| words.first().is_some_and(|word| **known == **word))?;
            Some(Value::Choice(u8::try_from(place).ok()?))
        }
        (Kind::AnyOf(known), current) => {
            let mut places: Vec<u8> = match current {
                Some(Value::Choices(places)) => places.to_vec(),
                _ => Vec::new(),
            };
            let before = (places.len(), current.is_some());
            let wanted = words
                .iter()
                .filter_map(|word| u8::try_from(known.iter().position(|known| **known == **word)?).ok());
            let in_order = places.is_sorted();
            places.extend(wanted.filter(|place| !places.contains(place)).collect::<Vec<_>>());
            if in_order {
                places.sort_unstable();
            }
            (before != (places.len(), true)).then(|| Value::Choices(places.into()))
        }
        (Kind::Texts, current) => {
            let mut texts: Vec<Arc<str>> = match current {
                Some(Value::Texts(texts)) => texts.to_vec(),
                _ => Vec::new(),
            };
            let before = (texts.len(), current.is_some());
            let lacking = words
                .iter()
                .filter(|word| !texts.iter().any(|text| text == *word || stands_for(facts, text, word)));
            let lacking: Vec<Arc<str>> = lacking.cloned().collect();
            texts.extend(lacking);
            (before != (texts.len(), true)).then(|| Value::Texts(texts.into()))
        }
        _ => None,
    }
}

/// Whether a text names a party of that group.
fn stands_for(facts: &Facts<'_>, name: &str, group: &str) -> bool {
    let parties = facts.definition().rows(Table::Party);
    parties.iter().any(|party| {
        party.text(key::party::NAME) == Some(name) && party.choice(key::party::GROUP) == Some(group)
    })
}

/// Children linked to a parent, and parents given a child.
pub(super) fn chain(chain: &Chain, facts: &Facts<'_>) -> Option<Vec<Change>> {
    let definition = facts.definition();
    let parents: Vec<&str> =
        definition.rows(chain.parents).iter().filter_map(|parent| parent.text(chain.name)).collect();
    let mut changes = Vec::new();
    for (child, row) in definition.rows(chain.key.table).iter().zip(0..) {
        if child.text(chain.key).is_some_and(|name| parents.contains(&name)) {
            continue;
        }
        let value = Value::Text((*parents.first()?).into());
        let filling = if parents.len() == 1 {
            Filling::known(value)
        } else {
            Filling::suggested(value, chain.key.spec().doc)
        };
        changes.push(Change::Set { path: FieldPath::Element(chain.key, row), filling });
    }
    for parent in &parents {
        let named =
            |table: Table, key: KeyId| definition.rows(table).iter().any(|row| row.text(key) == Some(parent));
        let below =
            named(chain.key.table, chain.key) || chain.above.is_some_and(|above| named(chain.parents, above));
        if !below && !changes.iter().any(|change| names_parent(change, parent)) {
            changes.push(new_child(chain, parent, facts));
        }
    }
    (!changes.is_empty()).then_some(changes)
}

fn names_parent(change: &Change, parent: &str) -> bool {
    matches!(change, Change::Set { filling, .. } if filling.value == Value::Text(parent.into()))
}

fn new_child(chain: &Chain, parent: &str, facts: &Facts<'_>) -> Change {
    let table = chain.key.table;
    let mut keys = vec![(chain.key, Filling::known(Value::Text(parent.into())))];
    keys.extend(table.name_key().map(|name| {
        let free = free_name(facts.definition(), table, &format!("{parent}-{}", table.spec().name));
        (name, Filling::known(Value::Text(free.into())))
    }));
    keys.extend(
        table
            .key("title")
            .map(|title| (title, Filling::open(Value::Text(super::TO_COMPLETE.into()), title.spec().doc))),
    );
    keys.sort_by_key(|(key, _)| *key);
    Change::Add { table, keys }
}
