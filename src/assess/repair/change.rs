//! Changes of a definition on the model: a key that is set, an element that is added.
//! Must not know the text.

use crate::model::to_toml;
use crate::model::{Definition, FieldPath, KeyId, Kind, Record, Table, Value};
use crate::source::Span;
use crate::toml;

/// What stands where only a person can decide.
pub const TO_COMPLETE: &str = "TO COMPLETE";

/// What a key is filled with.
#[derive(Debug, Clone, PartialEq)]
pub struct Filling {
    /// The value; what stands in for it where a person must decide.
    pub value: Value,
    /// What the person must decide, where one must.
    pub to_complete: Option<String>,
    /// Whether the value itself is of use until then; else the mark takes its place.
    pub usable: bool,
}

/// One change of a definition.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A key of a table that stands once, or of an element, is set.
    Set {
        /// Which.
        path: FieldPath,
        /// To what.
        filling: Filling,
    },
    /// An element is added at the end of its list.
    Add {
        /// The list.
        table: Table,
        /// Its keys, in the order in which they are best written.
        keys: Vec<(KeyId, Filling)>,
    },
}

impl Filling {
    /// A value that is known.
    #[must_use]
    pub fn known(value: Value) -> Self {
        Self { value, to_complete: None, usable: true }
    }

    /// A value that only a person can give; `stand_in` is of the right type and keeps the rules content.
    pub(super) fn open(stand_in: Value, what: impl Into<String>) -> Self {
        Self { value: stand_in, to_complete: Some(what.into()), usable: false }
    }

    /// A value that would do, and that a person must settle.
    pub(super) fn suggested(value: Value, what: impl Into<String>) -> Self {
        Self { value, to_complete: Some(what.into()), usable: true }
    }

    /// As it is written for a key.
    pub(super) fn to_toml(&self, key: KeyId) -> toml::Value {
        if self.usable { to_toml(key, &self.value) } else { marked(key, TO_COMPLETE) }
    }

    /// What a person must decide, as it is written beside the value.
    pub(super) fn note(&self, key: KeyId) -> Option<toml::Note> {
        let what = self.to_complete.as_ref()?;
        let full = format!("{TO_COMPLETE}: {what}");
        let instead = marked(key, &full);
        Some(toml::Note { comment: if self.usable { full } else { what.clone() }, instead })
    }
}

/// A mark of what is to be completed, in the form of what the key holds.
fn marked(key: KeyId, mark: &str) -> toml::Value {
    match key.spec().kind {
        Kind::Texts | Kind::Countries | Kind::AnyOf(_) => toml::Value::List(vec![mark.into()]),
        _ => mark.into(),
    }
}

impl Change {
    /// How many keys it touches.
    pub(super) fn cost(&self) -> usize {
        match self {
            Self::Set { .. } => 1,
            Self::Add { keys, .. } => 1 + keys.len(),
        }
    }

    /// Whether it takes back what the file states, or says of what is done that it was done otherwise. A list that grows, an amount
    /// that is set aside and a higher independence of what is to come do not.
    pub(super) fn restates(&self, definition: &Definition) -> bool {
        let Self::Set { path, filling } = self else { return false };
        let done = |row| {
            definition.value(FieldPath::Element(crate::model::key::evaluation::COMPLETED, row)).is_some()
        };
        if matches!(path, FieldPath::Element(key, row) if key.table == Table::Evaluation && done(*row)) {
            return true;
        }
        let is_level =
            matches!(path, FieldPath::Element(key, _) if *key == crate::model::key::evaluation::INDEPENDENCE);
        match (definition.value(*path), &filling.value) {
            (None, _) | (Some(Value::Money(_)), Value::Money(_)) => false,
            (Some(Value::Choices(old)), Value::Choices(new)) => !old.iter().all(|word| new.contains(word)),
            (Some(Value::Texts(old)), Value::Texts(new)) => !old.iter().all(|text| new.contains(text)),
            (Some(old), new) => old != new && !is_level,
        }
    }

    /// Whether two changes set the same key.
    pub(super) fn meets(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Set { path: one, .. }, Self::Set { path: two, .. }) if one == two)
    }

    /// Whether a person must complete it.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Set { filling, .. } => filling.to_complete.is_some(),
            Self::Add { keys, .. } => keys.iter().any(|(_, filling)| filling.to_complete.is_some()),
        }
    }
}

/// The definition with some changes in it. New values have a place, so that they count as given.
pub(super) fn apply(definition: &Definition, changes: &[Change]) -> Definition {
    let mut definition = definition.clone();
    make(&mut definition, changes);
    definition
}

fn make(definition: &mut Definition, changes: &[Change]) {
    for change in changes {
        match change {
            Change::Set { path: FieldPath::Key(key), filling } => {
                set(definition.single_mut(key.table), *key, filling)
            }
            Change::Set { path: FieldPath::Element(key, row), filling } => {
                if let Some(record) = definition.rows_mut(key.table).get_mut(*row as usize) {
                    set(record, *key, filling);
                }
            }
            Change::Set { .. } => {}
            Change::Add { table, keys } => {
                let mut record = Record::empty(*table);
                keys.iter().for_each(|(key, filling)| set(&mut record, *key, filling));
                definition.rows_mut(*table).push(record);
            }
        }
    }
}

/// A definition in which changes are tried one after another and taken back, without a copy for each.
pub(super) struct Scratch<'d> {
    base: &'d Definition,
    definition: Definition,
}

impl<'d> Scratch<'d> {
    /// A scratch of that definition.
    pub(super) fn new(base: &'d Definition) -> Self {
        Self { base, definition: base.clone() }
    }

    /// What is seen in the definition with some changes in it.
    pub(super) fn with<T>(&mut self, changes: &[Change], look: impl FnOnce(&Definition) -> T) -> T {
        make(&mut self.definition, changes);
        let seen = look(&self.definition);
        for change in changes {
            match change {
                Change::Set { path: FieldPath::Key(key), .. } => {
                    restore(self.definition.single_mut(key.table), self.base.single(key.table), *key);
                }
                Change::Set { path: FieldPath::Element(key, row), .. } => {
                    let known = self.base.rows(key.table).get(*row as usize);
                    if let Some((changed, known)) =
                        self.definition.rows_mut(key.table).get_mut(*row as usize).zip(known)
                    {
                        restore(changed, known, *key);
                    }
                }
                Change::Set { .. } => {}
                Change::Add { table, .. } => {
                    self.definition.rows_mut(*table).truncate(self.base.rows(*table).len())
                }
            }
        }
        seen
    }
}

fn restore(record: &mut Record, known: &Record, key: KeyId) {
    record.copy(key, known);
}

fn set(record: &mut Record, key: KeyId, filling: &Filling) {
    let span = record.span(key).unwrap_or(Span::new(0..0));
    record.set(key, Some(filling.value.clone()), Some(span));
}

/// Some changes and then more: what is set in an element that was added becomes a part of it. `base` is the definition before both.
pub(super) fn join(base: &Definition, first: &[Change], more: Vec<Change>) -> Vec<Change> {
    let mut joined = first.to_vec();
    for change in more {
        match added(base, &joined, &change) {
            Some((place, key, filling)) => {
                if let Change::Add { keys, .. } = &mut joined[place] {
                    keys.retain(|(known, _)| *known != key);
                    keys.push((key, filling));
                    keys.sort_by_key(|(key, _)| *key);
                }
            }
            None => {
                let same = |known: &&mut Change| matches!((&**known, &change), (Change::Set { path: one, .. }, Change::Set { path: two, .. }) if one == two);
                match joined.iter_mut().find(same) {
                    Some(known) => *known = change,
                    None => joined.push(change),
                }
            }
        }
    }
    joined
}

/// Where a change sets a key of an element that earlier changes add: the place of that addition.
pub(super) fn added(
    base: &Definition,
    earlier: &[Change],
    change: &Change,
) -> Option<(usize, KeyId, Filling)> {
    let Change::Set { path: FieldPath::Element(key, row), filling } = change else { return None };
    let number = (*row as usize).checked_sub(base.rows(key.table).len())?;
    let mut additions = earlier
        .iter()
        .enumerate()
        .filter(|(_, one)| matches!(one, Change::Add { table, .. } if *table == key.table));
    additions.nth(number).map(|(place, _)| (place, *key, filling.clone()))
}

/// A name for a new element that no other has: the base, else the base with a number.
pub(super) fn free_name(definition: &Definition, table: Table, base: &str) -> String {
    let taken = |name: &str| {
        table
            .name_key()
            .is_some_and(|key| definition.rows(table).iter().any(|row| row.text(key) == Some(name)))
    };
    let numbered = std::iter::once(base.to_owned()).chain((2..).map(|number| format!("{base}-{number}")));
    numbered.into_iter().find(|name| !taken(name)).unwrap_or_else(|| base.to_owned())
}
