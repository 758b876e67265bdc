//! A key, an element or a table taken out of a text.

use super::{EditError, Text, list};
use crate::source::Edit;
use crate::toml::layout::{Form, Node};
use crate::toml::lines::{line_end, line_start};
use crate::toml::path::{KeyPath, Step};
use crate::toml::place::{Holder, Place, is_below};
use std::ops::Range;

impl<'l> Text<'l> {
    pub(super) fn remove(&self, path: &KeyPath) -> Result<Vec<Edit>, EditError> {
        let missing = || EditError::NotThere(path.clone());
        match self.places.find(path.steps()) {
            Place::Value(_, Holder::Line(pair)) => Ok(vec![self.lines(pair.place.clone())]),
            Place::Value(_, Holder::Braces(node, number) | Holder::List(node, number)) => {
                let (places, commas) = items(node);
                Ok(list::less(self.text(), &places, commas, number))
            }
            Place::Dotted(braces) => self.dots(braces, path).ok_or_else(missing),
            Place::Spread if path.steps().is_empty() => Err(missing()),
            Place::Spread => Ok(self.spread(path.steps())),
            Place::Missing => Err(missing()),
        }
    }

    /// The lines of a place.
    fn lines(&self, place: Range<usize>) -> Edit {
        let text = self.text();
        Edit::replace(line_start(text, place.start)..line_end(text, place.end), "")
    }

    /// All that headers and keys with dots say of a table or a list.
    fn spread(&self, path: &[Step]) -> Vec<Edit> {
        let mut gone: Vec<Range<usize>> = Vec::new();
        let mut follows = false;
        for (number, section) in self.layout.sections.iter().enumerate() {
            let whole = self.places.sections[number].starts_with(path);
            if let (true, Some(header)) = (whole, &section.header) {
                let place = header.place.start..section.end().unwrap_or(header.place.end);
                match gone.last_mut().filter(|_| follows) {
                    // What stands between two of its parts goes with them.
                    Some(last) => last.end = place.end,
                    None => gone.push(place),
                }
            } else {
                let rest = path.strip_prefix(self.places.sections[number].as_slice());
                let inside =
                    section.pairs.iter().filter(|pair| rest.is_some_and(|rest| is_below(&pair.names, rest)));
                gone.extend(inside.map(|pair| pair.place.clone()));
            }
            follows = whole;
        }
        gone.into_iter().map(|place| self.block(place)).collect()
    }

    /// The lines of a place, and a blank line above it where one follows it too or nothing does.
    fn block(&self, place: Range<usize>) -> Edit {
        let text = self.text();
        let (mut start, end) = (line_start(text, place.start), line_end(text, place.end));
        let is_blank = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
        let is_table = text[place].starts_with('[');
        if is_table && start > self.layout.start() && is_blank(text[end..].lines().next()) {
            let above = line_start(text, start - 1);
            if text[above..start].trim().is_empty() {
                start = above;
            }
        }
        Edit::replace(start..end, "")
    }

    /// The keys with dots in braces that make a table.
    fn dots(&self, braces: &Node, path: &KeyPath) -> Option<Vec<Edit>> {
        let Form::Braces(pairs) = &braces.form else { return None };
        let depth = self.depth(braces, path.steps())?;
        let table = path.steps().get(depth..)?;
        let gone: Vec<usize> =
            (0..pairs.all.len()).filter(|number| is_below(&pairs.all[*number].names, table)).collect();
        // One at a time, from the last: each leaves the commas of those before it as they are.
        let (places, commas) = items(braces);
        let rest: Vec<&str> = (0..places.len())
            .filter(|number| !gone.contains(number))
            .map(|number| &self.text()[places[number].clone()])
            .collect();
        match gone.as_slice() {
            [only] => Some(list::less(self.text(), &places, commas, *only)),
            _ => Some(vec![Edit::replace(
                braces.place.start + 1..braces.place.end - 1,
                if rest.is_empty() { String::new() } else { format!(" {} ", rest.join(", ")) },
            )]),
        }
    }
}

/// Where the elements in brackets stand, and the commas behind them.
fn items(node: &Node) -> (Vec<Range<usize>>, &[usize]) {
    match &node.form {
        Form::Scalar => (Vec::new(), &[]),
        Form::List(items) => (items.all.iter().map(|item| item.place.clone()).collect(), &items.commas),
        Form::Braces(pairs) => (pairs.all.iter().map(|pair| pair.place.clone()).collect(), &pairs.commas),
    }
}
