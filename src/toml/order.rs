//! The keys of each table in the order in which they are best written. Each line moves with the comment above it and behind it.
//! Must not change a value, and must not move tables.

use super::layout::{Layout, Section};
use super::lines::{line_end, line_start, newline};
use super::path::KeyPath;
use super::place::Places;
use crate::source::Edit;
use std::ops::Range;

/// Keys below one header: where its line ends, and each key by its place in the best order with its place in the text.
struct Block {
    start: usize,
    keys: Vec<(usize, Range<usize>)>,
    /// Whether they stand above all tables.
    is_top: bool,
}

/// The edits that put keys in order, each with the path of its table. `order` says of the table at a path which keys it has, the
/// first first; nothing where it stays as it is.
#[must_use]
pub fn sorted<'o>(text: &str, order: impl Fn(&KeyPath) -> Option<Vec<&'o str>>) -> Vec<(KeyPath, Edit)> {
    let Some(layout) = Layout::of(text) else { return Vec::new() };
    let places = Places::of(&layout);
    let tables = layout.sections.iter().zip(&places.sections);
    let sorted = tables.filter_map(|(section, path)| {
        let path = KeyPath::from(path.as_slice());
        let block = Block::of(&layout, section, &order(&path)?);
        let wrong = !block.keys.is_sorted_by_key(|(place, _)| place);
        Some((path, block.sorted(text).filter(|_| wrong)?))
    });
    sorted.collect()
}

impl Block {
    fn of(layout: &Layout<'_>, section: &Section, order: &[&str]) -> Self {
        let key = |name: &str| order.iter().position(|known| *known == name);
        let pairs = section.pairs.iter().filter_map(|pair| match pair.names.as_slice() {
            [name] => Some((key(name)?, pair.place.clone())),
            _ => None,
        });
        let start = section.header.as_ref().map(|header| line_end(layout.text, header.place.end));
        let is_top = start.is_none();
        Self { start: start.unwrap_or(layout.start()), keys: pairs.collect(), is_top }
    }

    /// The lines of a block in order. What stands above its first key and a blank line belongs to the whole, and stays.
    fn sorted(&self, text: &str) -> Option<Edit> {
        let mut start = self.start + lead(text.get(self.start..self.keys.first()?.1.start)?);
        let whole = start;
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for (place, key) in &self.keys {
            let end = behind_continuation(text, key);
            // A line between two keys that is neither blank nor a comment is a key of dots, which stays where it is.
            let mut between = text.get(start..line_start(text, key.start).max(start))?.lines().map(str::trim);
            between.all(|line| line.is_empty() || line.starts_with('#')).then_some(())?;
            pieces.push((*place, text.get(start..end)?.to_owned()));
            start = end;
        }
        // A comment that may be about several keys is never put above another one: the keys then stay as they are. It may be so where
        // the key below its own has none.
        let heads = pieces.iter().map(|(_, piece)| heading(piece)).collect::<Vec<_>>();
        let over_several = heads.windows(2).any(|pair| pair == [Heading::Comment, Heading::None]);
        // What stands above the first key of a file may be about the whole file.
        let of_file = self.is_top && heads[0] != Heading::None;
        if over_several || of_file || heads.contains(&Heading::Group) {
            return None;
        }
        let unended = !pieces.last()?.1.ends_with('\n');
        if unended {
            pieces.last_mut()?.1.push_str(newline(text));
        }
        pieces.sort_by_key(|(place, _)| *place);
        let mut lines: String = pieces.into_iter().map(|(_, piece)| piece).collect();
        if unended {
            // The line that is last now may end in another way than the one that was.
            lines.truncate(lines.trim_end_matches(['\r', '\n']).len());
        }
        Some(Edit::replace(whole..start, lines))
    }
}

/// What stands above a key in its piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    None,
    /// A comment right above it.
    Comment,
    /// A comment with a blank line above it or below it, which may be about all that follows.
    Group,
}

fn heading(piece: &str) -> Heading {
    let above: Vec<&str> =
        piece.lines().map(str::trim).take_while(|line| line.is_empty() || line.starts_with('#')).collect();
    match (above.iter().any(|line| line.starts_with('#')), above.contains(&"")) {
        (true, true) => Heading::Group,
        (true, false) => Heading::Comment,
        (false, _) => Heading::None,
    }
}

/// Behind the line of a key, and behind comments below it that are indented more than it: they go on with what its line says.
fn behind_continuation(text: &str, key: &Range<usize>) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(&text[line_start(text, key.start)..key.end]);
    let mut end = line_end(text, key.end);
    for line in text[end..].split_inclusive('\n') {
        if !line.trim_start().starts_with('#') || indent(line) <= own {
            break;
        }
        end += line.len();
    }
    end
}

/// How much of what stands above a key ends in a blank line, or in a line that tells editors the schema.
fn lead(above: &str) -> usize {
    let mut lead = 0;
    let mut at = 0;
    for line in above.split_inclusive('\n') {
        at += line.len();
        if line.ends_with('\n') && (line.trim().is_empty() || line.starts_with("#:")) {
            lead = at;
        }
    }
    lead
}
