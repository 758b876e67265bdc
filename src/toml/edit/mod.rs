//! A text of TOML edited by the paths of its keys: values are set, added and removed where they stand, in the way in which the text
//! is written. Comments, order, line ends, indentation, and whatever is not touched stay byte for byte.
//! Must not decide what is edited.

mod add;
mod list;
mod remove;
mod set;

use super::layout::Layout;
use super::path::{KeyPath, Step};
use super::place::{Place, Places};
use super::write::{Entry, Note, Value};
use crate::source::{Edit, Revision};

/// One change of a text. Of several, each sees the text as those before it have left it.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A value takes the place of the one that stands there, or is written where it belongs. A table that headers make gets these
    /// keys and loses all others.
    Set {
        /// Where.
        path: KeyPath,
        /// What.
        value: Value,
        /// What is said beside it.
        note: Option<Note>,
    },
    /// An element more at the end of a list. A list that is not there begins with it: a table under a header of its own.
    Add {
        /// The list.
        list: KeyPath,
        /// Its new element.
        element: Value,
    },
    /// A key with its value, an element, or a whole table goes, with the comments on its lines and inside it. A table that only keys
    /// with dots make goes with the last of them.
    Remove {
        /// What.
        path: KeyPath,
    },
}

impl Change {
    /// A value set with nothing beside it.
    #[must_use]
    pub fn set(path: KeyPath, value: impl Into<Value>) -> Self {
        Self::Set { path, value: value.into(), note: None }
    }
}

/// Why a text cannot be changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The text is not TOML.
    #[error("the text is not TOML")]
    Unreadable,
    /// There is nothing at that path.
    #[error("there is no `{0}`")]
    NotThere(KeyPath),
    /// A key cannot be set in what is no table.
    #[error("`{0}` is not a table")]
    NotATable(KeyPath),
    /// Nothing can be added to what is no list.
    #[error("`{0}` is not a list")]
    NotAList(KeyPath),
    /// Headers make a table or a list of tables, and the new value is none.
    #[error("`{0}` is a table under a header, which no single value can replace")]
    UnderHeader(KeyPath),
    /// The text that was given as TOML is not one value.
    #[error("`{0}` is not one value of TOML")]
    NotAValue(String),
    /// The text is written in a way into which the change does not fit.
    #[error("`{0}` does not fit into the way in which the text is written")]
    DoesNotFit(KeyPath),
}

/// The text with some changes in it.
///
/// # Errors
/// Where a change has no place in it. Then nothing is changed.
pub fn apply(text: &str, changes: &[Change]) -> Result<String, EditError> {
    Ok(revised(text, changes)?.finish().0)
}

/// The replacements in a text that some changes make, in its order.
///
/// # Errors
/// Where a change has no place in it.
pub fn edits(text: &str, changes: &[Change]) -> Result<Vec<Edit>, EditError> {
    Ok(revised(text, changes)?.finish().1)
}

fn revised<'t>(text: &'t str, changes: &[Change]) -> Result<Revision<'t>, EditError> {
    let mut revision = Revision::of(text);
    for change in changes {
        change.check()?;
        make(&mut revision, change)?;
    }
    match changes.last() {
        Some(last) if Layout::of(revision.text()).is_none() => {
            Err(EditError::DoesNotFit(last.path().clone()))
        }
        _ => Ok(revision),
    }
}

/// Makes one change, in as many steps as it needs.
fn make(revision: &mut Revision<'_>, change: &Change) -> Result<(), EditError> {
    let step = {
        let layout = Layout::of(revision.text()).ok_or(EditError::Unreadable)?;
        let text = Text { layout: &layout, places: Places::of(&layout) };
        match change {
            Change::Set { path, value, note } => text.set(path, value, note.as_ref())?,
            Change::Add { list, element } => text.add(list, element)?,
            Change::Remove { path } => Work::Edits(text.remove(path)?),
        }
    };
    match step {
        Work::Edits(edits) => revision.edit(&edits),
        Work::Instead(changes) => {
            for change in &changes {
                make(revision, change)?;
            }
        }
    }
    Ok(())
}

/// What a change is in a text.
enum Work {
    /// Replacements.
    Edits(Vec<Edit>),
    /// Smaller changes, one after another.
    Instead(Vec<Change>),
}

/// A text that a change is to be made in.
struct Text<'l> {
    layout: &'l Layout<'l>,
    places: Places<'l>,
}

/// The innermost table that is there on the way to a path.
struct Home<'l> {
    /// Its path; what is left of the way to the path behind it.
    path: Vec<Step>,
    place: Place<'l>,
}

impl<'l> Text<'l> {
    fn text(&self) -> &'l str {
        self.layout.text
    }

    /// The innermost thing that is there above a path.
    fn home(&self, path: &[Step]) -> Home<'l> {
        let above = (0..path.len()).rev().map(|length| (length, self.places.find(&path[..length])));
        let found = above.into_iter().find(|(_, place)| !matches!(place, Place::Missing));
        let (length, place) = found.unwrap_or((0, Place::Spread));
        Home { path: path[..length].to_vec(), place }
    }
}

/// The names of steps that all are keys; `None` where an element is among them.
fn names(steps: &[Step]) -> Option<Vec<String>> {
    let name = |step: &Step| match step {
        Step::Key(name) => Some(name.clone()),
        Step::Element(_) => None,
    };
    steps.iter().map(name).collect()
}

/// An entry for the last of some names, in as many tables as the others are.
fn nested(names: &[String], value: &Value, note: Option<&Note>) -> Option<Entry> {
    let (last, outer) = names.split_last()?;
    let entry = Entry { key: last.clone(), value: value.clone(), note: note.cloned() };
    Some(outer.iter().rev().fold(entry, |inner, name| Entry::new(name, Value::Table(vec![inner]))))
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
