//! An element added at the end of a list.

use super::{Change, EditError, Text, Work, list, names};
use crate::toml::layout::Form;
use crate::toml::lines::{behind_comments, indent, line_end};
use crate::toml::path::{KeyPath, Step};
use crate::toml::place::Place;
use crate::toml::write::Value;

impl<'l> Text<'l> {
    pub(super) fn add(&self, path: &KeyPath, element: &Value) -> Result<Work, EditError> {
        match self.places.find(path.steps()) {
            Place::Value(node, _) => match &node.form {
                Form::List(items) => {
                    Ok(Work::Edits(list::more(self.text(), node, items, &element.written())))
                }
                _ => Err(EditError::NotAList(path.clone())),
            },
            Place::Spread if self.places.count(path.steps()) > 0 => match element {
                Value::Table(entries) => Ok(Work::Edits(vec![self.table(path.steps(), true, entries)])),
                _ => Err(EditError::NotAList(path.clone())),
            },
            Place::Spread | Place::Dotted(_) => Err(EditError::NotAList(path.clone())),
            Place::Missing => self.begun(path, element),
        }
    }

    /// A list that begins with an element.
    fn begun(&self, path: &KeyPath, element: &Value) -> Result<Work, EditError> {
        let home = self.home(path.steps());
        if names(&path.steps()[home.path.len()..]).is_none() {
            return Err(EditError::NotThere(path.clone()));
        }
        let spread = matches!(home.place, Place::Spread | Place::Missing);
        match element {
            Value::Table(entries) if spread && self.has_header(&home.path) => {
                Ok(Work::Edits(vec![self.table(path.steps(), true, entries)]))
            }
            _ => Ok(Work::Instead(vec![Change::set(path.clone(), Value::List(vec![element.clone()]))])),
        }
    }

    /// Whether tables below a table can have headers: it is no list, and no key with dots makes it.
    fn has_header(&self, table: &[Step]) -> bool {
        let below = self.places.sections.iter().any(|section| section.starts_with(table));
        below && self.places.count(table) == 0
    }

    /// Where a new table goes, and how its header and its lines begin: behind the last element of its list, else at the end of
    /// the element that it is a part of, else at the end of the text.
    pub(super) fn end_for(&self, path: &[Step], several: bool) -> (usize, &'l str, &'l str) {
        let text = self.text();
        let sections = || self.layout.sections.iter().zip(&self.places.sections);
        let within = |scope: &[Step]| {
            let inside = sections().filter(|(_, path)| path.starts_with(scope));
            inside.filter_map(|(section, _)| section.end()).next_back().map(|end| line_end(text, end))
        };
        let count = self.places.count(path);
        if let (true, Some(last)) = (several, count.checked_sub(1)) {
            let element = [path, &[Step::Element(last)]].concat();
            let at = within(&element).map_or(text.len(), |at| behind_comments(text, at));
            let own = sections().find(|(_, path)| **path == element).map(|(section, _)| section);
            let header = own.and_then(|section| section.header.as_ref());
            let first = header.map_or("", |header| indent(text, header.place.start));
            let below =
                own.and_then(|own| own.pairs.last()).map_or(first, |pair| indent(text, pair.place.start));
            return (at, first, below);
        }
        let scope = path.iter().rposition(|step| matches!(step, Step::Element(_)));
        let at = scope.and_then(|last| within(&path[..=last])).map(|at| behind_comments(text, at));
        (at.unwrap_or(text.len()), "", "")
    }
}
