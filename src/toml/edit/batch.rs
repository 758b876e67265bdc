//! Changes made one after another, as many at once as do not touch: each sees the text as those before it have left it, and a text
//! is laid out anew only where one may depend on another.

use super::{Change, EditError, Text};
use crate::source::{Edit, Revision};
use crate::toml::layout::{Layout, is_toml};
use crate::toml::lines::newline;
use crate::toml::path::{KeyPath, Step};
use crate::toml::place::Places;
use crate::toml::write::{Note, Value};
use std::collections::{BTreeSet, VecDeque};

/// What a change is in a text.
pub(super) enum Work {
    /// Replacements.
    Edits(Vec<Edit>),
    /// Replacements that others may depend on.
    Last(Vec<Edit>),
    /// Smaller changes, one after another.
    Instead(Vec<Change>),
}

/// One change; elements that are added to one list one after another are one.
enum Move<'c> {
    Set(&'c KeyPath, &'c Value, Option<&'c Note>),
    Add(&'c KeyPath, Vec<&'c Value>),
    Remove(&'c KeyPath),
}

/// A text with changes in it.
pub(super) fn revised<'t>(text: &'t str, changes: &[Change]) -> Result<Revision<'t>, EditError> {
    let mut revision = Revision::of(text);
    let Some(last) = changes.last() else { return Ok(revision) };
    changes.iter().try_for_each(Change::check)?;
    if !is_toml(text) {
        return Err(EditError::Unreadable);
    }
    make(&mut revision, changes, newline(text))?;
    if is_toml(revision.text()) { Ok(revision) } else { Err(EditError::DoesNotFit(last.path().clone())) }
}

fn make(revision: &mut Revision<'_>, changes: &[Change], newline: &'static str) -> Result<(), EditError> {
    let mut moves = moves(changes);
    while let Some(first) = moves.front() {
        let path = first.path().clone();
        let (edits, instead) = {
            let layout = Layout::of(revision.text()).ok_or_else(|| EditError::DoesNotFit(path.clone()))?;
            let text = Text { layout: &layout, places: Places::of(&layout), newline };
            let mut batch = Batch::default();
            batch.fill(&text, &mut moves)?;
            (batch.edits, batch.instead)
        };
        revision.edit(&edits);
        make(revision, &instead, newline)?;
    }
    Ok(())
}

fn moves(changes: &[Change]) -> VecDeque<Move<'_>> {
    let mut moves: VecDeque<Move<'_>> = VecDeque::new();
    for change in changes {
        match (change, moves.back_mut()) {
            (Change::Add { list, element }, Some(Move::Add(known, elements))) if *known == list => {
                elements.push(element);
            }
            (Change::Add { list, element }, _) => moves.push_back(Move::Add(list, vec![element])),
            (Change::Set { path, value, note }, _) => moves.push_back(Move::Set(path, value, note.as_ref())),
            (Change::Remove { path }, _) => moves.push_back(Move::Remove(path)),
        }
    }
    moves
}

/// Changes that do not touch.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<Vec<Step>>,
    /// In the order of the text, none over another.
    edits: Vec<Edit>,
    /// What is to be made behind them instead of the change that ended it.
    instead: Vec<Change>,
}

impl Batch {
    /// Takes the first moves, as many as do not touch; always one.
    fn fill(&mut self, text: &Text<'_>, moves: &mut VecDeque<Move<'_>>) -> Result<(), EditError> {
        while let Some(next) = moves.front() {
            let first = self.paths.is_empty();
            if !first && (matches!(next, Move::Remove(_)) || self.knows(next.path().steps())) {
                break;
            }
            let (edits, last) = match next.work(text) {
                Ok(Work::Edits(edits)) => (edits, matches!(next, Move::Remove(_))),
                Ok(Work::Last(edits)) => (edits, true),
                Ok(Work::Instead(changes)) => {
                    if first {
                        self.instead = changes;
                        moves.pop_front();
                    }
                    break;
                }
                Err(error) if first => return Err(error),
                // What it needs may come with the changes before it.
                Err(_) => break,
            };
            if !self.take(edits, text.text().len()) {
                break;
            }
            self.paths.insert(next.path().steps().to_vec());
            moves.pop_front();
            if last {
                break;
            }
        }
        Ok(())
    }

    /// Whether a path leads to or through one of those that are changed, or they through it.
    fn knows(&self, path: &[Step]) -> bool {
        let above = (0..=path.len()).any(|length| self.paths.contains(&path[..length]));
        above || self.paths.range(path.to_vec()..).next().is_some_and(|other| other.starts_with(path))
    }

    /// Takes edits, where they are apart from those that are there. Insertions at one place stand in the order of their changes,
    /// but for the end of the text, which may lack the end of its last line.
    fn take(&mut self, edits: Vec<Edit>, end: usize) -> bool {
        let mut places = Vec::with_capacity(edits.len());
        for edit in &edits {
            let (start, stop) = (edit.span.start, edit.span.end);
            let place = self.edits.partition_point(|other| other.span.start <= start);
            let before = place.checked_sub(1).map(|before| self.edits[before].span);
            let same =
                |other: crate::source::Span| other.start == start && other.end == stop && start == stop;
            let clear =
                before.is_none_or(|other| other.end < start || (same(other) && (start as usize) < end));
            let behind = self.edits.get(place).is_none_or(|other| stop < other.span.start);
            if !clear || !behind {
                return false;
            }
            places.push(place);
        }
        for (edit, place) in edits.into_iter().zip(places).rev() {
            self.edits.insert(place, edit);
        }
        true
    }
}

impl Move<'_> {
    fn path(&self) -> &KeyPath {
        match self {
            Self::Set(path, ..) | Self::Add(path, _) | Self::Remove(path) => path,
        }
    }

    fn work(&self, text: &Text<'_>) -> Result<Work, EditError> {
        match self {
            Self::Set(path, value, note) => text.set(path, value, *note),
            Self::Add(list, elements) => text.add(list, elements),
            Self::Remove(path) => Ok(Work::Edits(text.remove(path)?)),
        }
    }
}

impl Change {
    fn path(&self) -> &KeyPath {
        match self {
            Self::Set { path, .. } | Self::Remove { path } => path,
            Self::Add { list, .. } => list,
        }
    }

    /// Whether every value that is given as TOML is one value.
    fn check(&self) -> Result<(), EditError> {
        match self {
            Self::Set { value, note, .. } => {
                check(value)?;
                note.as_ref().map_or(Ok(()), |note| check(&note.instead))
            }
            Self::Add { element, .. } => check(element),
            Self::Remove { .. } => Ok(()),
        }
    }
}

fn check(value: &Value) -> Result<(), EditError> {
    match value {
        Value::Spelt(spelt) => {
            let text = format!("x = {spelt}");
            let layout = Layout::of(&text);
            let one = layout.is_some_and(|layout| match layout.sections.as_slice() {
                [only] => matches!(only.pairs.as_slice(), [pair] if pair.place == (0..text.len())),
                _ => false,
            });
            if one { Ok(()) } else { Err(EditError::NotAValue(spelt.clone())) }
        }
        Value::List(items) => items.iter().try_for_each(check),
        Value::Table(entries) => entries.iter().try_for_each(|entry| {
            check(&entry.value)?;
            entry.note.as_ref().map_or(Ok(()), |note| check(&note.instead))
        }),
        Value::Text(_) | Value::Boolean(_) | Value::Day(_) => Ok(()),
    }
}
