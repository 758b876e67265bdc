//! From changes on the model to edits of the text, and to the lines of a patch.
//! Must not judge.

use super::change::{Change, Filling, to_complete};
use super::edit_list;
use crate::model::{Definition, FieldPath, KeyId, Record, Table, TableShape};
use crate::source::{Span, boundary};
use std::collections::BTreeMap;

/// One change of a text: what stands at the span gives way to the other text. An empty span is an insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that give way.
    pub span: Span,
    /// What takes their place.
    pub text: String,
}

/// One line of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchLine {
    /// The line of the old text, from 1, that it takes away or that it follows.
    pub line: usize,
    /// Whether it is added; else it is taken away.
    pub added: bool,
    /// The line.
    pub text: String,
}

/// Where another element of a list of tables goes: behind the last one, or at the end of the text; `None` where they stand in braces.
fn behind_elements(definition: &Definition, table: Table, text: &str) -> Option<usize> {
    let Some(last) = definition.rows(table).last() else { return Some(text.len()) };
    match tail(last, table, text)? {
        Tail::Lines(at) => Some(behind_comments(text, at)),
        Tail::Braces { .. } => None,
    }
}

/// The edits that bring changes into a text, in its order; `None` where the text is written in a way that they do not fit.
#[must_use]
pub fn edits(definition: &Definition, changes: &[Change], text: &str) -> Option<Vec<Edit>> {
    let newline = newline(text);
    // Keys first: where the last table of a file gets one, a new table behind it must not take it.
    let mut inserted: BTreeMap<usize, [String; 2]> = BTreeMap::new();
    let mut edits = Vec::new();
    let mut new_tables: BTreeMap<Table, String> = BTreeMap::new();
    let mut in_braces: BTreeMap<Table, Vec<String>> = BTreeMap::new();
    let mut braced: BTreeMap<Table, bool> = BTreeMap::new();
    for change in changes {
        match change {
            Change::Set { path, filling } => {
                let (key, record) = target(definition, *path)?;
                match (record.place(key), record.header) {
                    (Some(place), _) => {
                        let list = record
                            .span(key)
                            .and_then(|span| edit_list::extended(text, span, &filling.written(key)));
                        edits.extend(list.unwrap_or_else(|| vec![replaced(text, place, key, filling)]));
                    }
                    (None, Some(_)) => {
                        let (at, added) = match tail(record, key.table, text)? {
                            Tail::Lines(at) => (at, line(key, filling, newline)),
                            Tail::Braces { last } => (last, format!(", {}", inside(key, filling))),
                        };
                        inserted.entry(at).or_default()[0].push_str(&added);
                    }
                    (None, None) => {
                        let head = || format!("{newline}[{}]{newline}", key.table.spec().name);
                        new_tables
                            .entry(key.table)
                            .or_insert_with(head)
                            .push_str(&line(key, filling, newline));
                    }
                }
            }
            Change::Add { table, keys } => {
                if *braced.entry(*table).or_insert_with(|| is_in_braces(definition, *table, text)) {
                    let pairs: Vec<String> =
                        keys.iter().map(|(key, filling)| inside(*key, filling)).collect();
                    in_braces.entry(*table).or_default().push(format!("{{ {} }}", pairs.join(", ")));
                    continue;
                }
                let at = behind_elements(definition, *table, text)?;
                let lines: String = keys.iter().map(|(key, filling)| line(*key, filling, newline)).collect();
                inserted.entry(at).or_default()[1]
                    .push_str(&format!("{newline}[[{}]]{newline}{lines}", table.spec().name));
            }
        }
    }
    for (table, elements) in in_braces {
        edits.extend(listed(definition, table, text, &elements)?);
    }
    let tables: String = new_tables.into_values().collect();
    if !tables.is_empty() {
        inserted.entry(text.len()).or_default()[1].push_str(&tables);
    }
    edits.extend(inserted.into_iter().map(|(at, added)| insertion(text, at, added.concat(), newline)));
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    Some(edits)
}

/// How most lines of a text end.
#[must_use]
pub fn newline(text: &str) -> &'static str {
    let (all, windows) = (text.matches('\n').count(), text.matches("\r\n").count());
    if windows > 0 && windows * 2 >= all { "\r\n" } else { "\n" }
}

fn target(definition: &Definition, path: FieldPath) -> Option<(KeyId, &Record)> {
    match path {
        FieldPath::Key(key) => Some((key, definition.single(key.table))),
        FieldPath::Element(key, row) => Some((key, definition.rows(key.table).get(row as usize)?)),
        _ => None,
    }
}

/// A value in place of another. Where the rest of the line leaves no room for the mark, it takes the place of the value.
fn replaced(text: &str, span: Span, key: KeyId, filling: &Filling) -> Edit {
    let rest = text.get(span.range().end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let text = match &filling.to_complete {
        Some(what) if !rest.trim().is_empty() => to_complete(key, &format!("{}: {what}", super::TO_COMPLETE)),
        Some(what) => format!("{}{}", filling.written(key), mark(filling, what)),
        None => filling.written(key),
    };
    Edit { span, text }
}

fn line(key: KeyId, filling: &Filling, newline: &str) -> String {
    let mark = filling.to_complete.as_ref().map(|what| mark(filling, what)).unwrap_or_default();
    format!("{} = {}{mark}{newline}", key.spec().name, filling.written(key))
}

fn mark(filling: &Filling, what: &str) -> String {
    let what = what.replace(['\n', '\r'], " ");
    if filling.usable { format!("   # {}: {what}", super::TO_COMPLETE) } else { format!("   # {what}") }
}

/// A key in a table in braces, where no comment can stand.
fn inside(key: KeyId, filling: &Filling) -> String {
    let value = match &filling.to_complete {
        Some(what) => to_complete(key, &format!("{}: {what}", super::TO_COMPLETE)),
        None => filling.written(key),
    };
    format!("{} = {value}", key.spec().name)
}

/// Whether the elements of a list stand in braces, or would: its brackets are there and empty.
fn is_in_braces(definition: &Definition, table: Table, text: &str) -> bool {
    match definition.rows(table).last().and_then(|last| last.header) {
        Some(header) => text.get(header.range().start..).is_some_and(|rest| rest.starts_with('{')),
        None => edit_list::empty(text, table.spec().name).is_some(),
    }
}

/// Elements in braces, behind the last of their list.
fn listed(definition: &Definition, table: Table, text: &str, elements: &[String]) -> Option<Vec<Edit>> {
    let Some(last) = definition.rows(table).last() else {
        let at = edit_list::empty(text, table.spec().name)?;
        return Some(vec![Edit { span: Span::new(at..at), text: elements.join(", ") }]);
    };
    let place = last.header?.range();
    let elements: Vec<&str> = elements.iter().map(String::as_str).collect();
    Some(edit_list::behind(text, (place.end, place.start), &elements))
}

/// Behind the comments that stand right below a line: they belong to what is above them, unless they stand right above a table.
fn behind_comments(text: &str, at: usize) -> usize {
    let mut end = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        match line.trim_start() {
            comment if comment.starts_with('#') => end += line.len(),
            header if header.starts_with('[') => return at,
            _ => break,
        }
    }
    end
}

/// Where more can be written behind what a table holds.
enum Tail {
    /// A table with a header of its own: behind its last line.
    Lines(usize),
    /// A table in braces: behind its last value.
    Braces { last: usize },
}

/// The end of a table; `None` for one with keys by dots, and for empty braces.
fn tail(record: &Record, table: Table, text: &str) -> Option<Tail> {
    let header = record.header?.range();
    let bracket = match table.spec().shape {
        TableShape::Single => "[",
        TableShape::Array { .. } => "[[",
    };
    let keys = table.spec().keys.iter().filter_map(|key| record.place(table.key(key.name)?));
    let last = keys.map(|span| span.range().end).max();
    let whole = text.get(header.start..)?;
    if whole.starts_with(bracket) {
        let last = last.unwrap_or(0).max(header.end);
        return Some(Tail::Lines(
            text.get(last..)?.find('\n').map_or(text.len(), |newline| last + newline + 1),
        ));
    }
    whole.starts_with('{').then_some(Tail::Braces { last: last? })
}

/// Lines that go between others, each on a line of its own.
fn insertion(text: &str, at: usize, mut added: String, newline: &str) -> Edit {
    if at == text.len() && !text.is_empty() && !text.ends_with('\n') {
        added.insert_str(0, newline);
    }
    // A blank line that is there already parts a new table from what is above it.
    let last = text[..boundary(text, at)]
        .strip_suffix('\n')
        .map(|above| above.rsplit('\n').next().unwrap_or_default());
    if added.starts_with(newline) && last.is_some_and(|line| line.trim().is_empty()) {
        added.drain(..newline.len());
    }
    Edit { span: Span::new(at..at), text: added }
}

/// The text with some edits in it, which stand in its order and not over another.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::new();
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        let (start, end) = (boundary(text, range.start).max(at), boundary(text, range.end));
        edited.push_str(&text[at..start]);
        edited.push_str(&edit.text);
        at = end.max(start);
    }
    edited.push_str(&text[at..]);
    edited
}

/// The edits as lines that are taken away and lines that are added.
#[must_use]
pub fn patch(text: &str, edits: &[Edit]) -> Vec<PatchLine> {
    let mut lines = Vec::new();
    let mut rest = edits;
    while let Some(first) = rest.first() {
        let start =
            text[..boundary(text, first.span.range().start)].rfind('\n').map_or(0, |newline| newline + 1);
        let end_of_line =
            |at: usize| text[boundary(text, at)..].find('\n').map_or(text.len(), |newline| at + newline + 1);
        let mut end =
            if first.span.start == first.span.end { start } else { end_of_line(first.span.range().end) };
        let mut count = 1;
        while let Some(next) = rest.get(count).filter(|next| next.span.range().start < end) {
            end = end.max(end_of_line(next.span.range().end));
            count += 1;
        }
        let (group, others) = rest.split_at(count);
        let number = text[..start].matches('\n').count() + 1;
        let insertion = end == start;
        let moved = |edit: &Edit| Edit {
            span: Span::new(edit.span.range().start - start..edit.span.range().end - start),
            ..edit.clone()
        };
        let old = &text[start..end];
        let new = if insertion {
            first.text.clone()
        } else {
            apply(old, &group.iter().map(moved).collect::<Vec<_>>())
        };
        lines.extend(old.lines().zip(number..).map(|(line, number)| PatchLine {
            line: number,
            added: false,
            text: line.to_owned(),
        }));
        let after = if insertion { number.saturating_sub(1) } else { number };
        lines.extend(new.lines().map(|line| PatchLine { line: after, added: true, text: line.to_owned() }));
        rest = others;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_end_as_most_lines_do() {
        assert_eq!(newline("a\nb\r\nc\n"), "\n");
        assert_eq!(newline("a\r\nb\r\nc\n"), "\r\n");
        assert_eq!(newline(""), "\n");
    }

    #[test]
    fn one_blank_line_parts_a_new_table_from_what_is_above_it() {
        let added = |text: &str| {
            let edit = insertion(text, text.len(), "\n[[party]]\n".to_owned(), "\n");
            apply(text, &[edit])
        };
        assert_eq!(added("a = 1\n"), "a = 1\n\n[[party]]\n");
        assert_eq!(added("a = 1\n\n"), "a = 1\n\n[[party]]\n");
        assert_eq!(added("a = 1"), "a = 1\n\n[[party]]\n");
        assert_eq!(added(""), "\n[[party]]\n");
    }
}
