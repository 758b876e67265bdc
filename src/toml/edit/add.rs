//! An element added at the end of a list.

use super::{Change, EditError, Text, Work, list, names};
use crate::toml::layout::Form;
use crate::toml::lines::{behind_comments, indent, line_end};
use crate::toml::path::{KeyPath, Step};
use crate::toml::place::Place;
use crate::toml::write::{Entry, Value};

impl<'l> Text<'l> {
    /// Elements behind the last one of a list, in their order.
    pub(super) fn add(&self, path: &KeyPath, elements: &[&Value]) -> Result<Work, EditError> {
        let tables: Vec<&[Entry]> = elements.iter().filter_map(|element| element.entries()).collect();
        let are_tables = tables.len() == elements.len();
        match self.places.find(path.steps()) {
            Place::Value(node, _) => match &node.form {
                Form::List(items) => {
                    let written: Vec<String> = elements.iter().map(|element| element.written()).collect();
                    Ok(Work::Edits(list::more(self.text(), node, items, &written)))
                }
                _ => Err(EditError::NotAList(path.clone())),
            },
            Place::Spread if are_tables && self.places.count(path.steps()) > 0 => {
                Ok(Work::Last(vec![self.table(path.steps(), true, &tables)]))
            }
            Place::Spread | Place::Dotted(_) => Err(EditError::NotAList(path.clone())),
            Place::Missing => {
                let home = self.home(path.steps());
                if names(&path.steps()[home.path.len()..]).is_none() {
                    return Err(EditError::NotThere(path.clone()));
                }
                let spread = matches!(home.place, Place::Spread | Place::Missing);
                if are_tables && spread && self.has_header(&home.path) {
                    return Ok(Work::Last(vec![self.table(path.steps(), true, &tables)]));
                }
                let list = Value::List(elements.iter().map(|element| (*element).clone()).collect());
                Ok(Work::Instead(vec![Change::set(path.clone(), list)]))
            }
        }
    }

    /// Whether tables below a table can have headers: it is no list, and no key with dots makes it.
    fn has_header(&self, table: &[Step]) -> bool {
        self.places.below(table).next().is_some() && self.places.count(table) == 0
    }

    /// Where a new table goes, and how its header and its lines begin: behind the last element of its list, else at the end of
    /// the element that it is a part of, else at the end of the text.
    pub(super) fn end_for(&self, path: &[Step], several: bool) -> (usize, &'l str, &'l str) {
        let text = self.text();
        let section = |number: usize| &self.layout.sections[number];
        let within = |scope: &[Step]| {
            let ends = self.places.below(scope).filter_map(|number| section(number).end());
            ends.max().map(|end| behind_comments(text, line_end(text, end)))
        };
        let count = self.places.count(path);
        if let (true, Some(last)) = (several, count.checked_sub(1)) {
            let element = [path, &[Step::Element(last)]].concat();
            let own = self.places.section(&element).map(section);
            let header = own.and_then(|own| own.header.as_ref());
            let first = header.map_or("", |header| indent(text, header.place.start));
            let below =
                own.and_then(|own| own.pairs.last()).map_or(first, |pair| indent(text, pair.place.start));
            return (within(&element).unwrap_or(text.len()), first, below);
        }
        let scope = path.iter().rposition(|step| matches!(step, Step::Element(_)));
        (scope.and_then(|last| within(&path[..=last])).unwrap_or(text.len()), "", "")
    }
}
