//! The keys of each table in the order in which they are best written, that of the table of keys. Each line moves with the
//! comment above it and behind it.
//! Must not change a value, and must not move tables.

use super::draft::{Draft, Mend};
use crate::assess::{Edit, newline};
use crate::import::toml::TOP_KEYS;
use crate::model::{Definition, Record, Table, TableShape};
use crate::policy::written_definition;
use crate::source::Span;
use std::ops::Range;
use toml::de::DeTable;

/// Where keys stand that are in no table.
const TOP: &str = "above the tables";

/// Keys that stand under one header: where its line ends, and each key by its place in the best order with its value.
struct Block {
    header: String,
    start: usize,
    keys: Vec<(usize, Range<usize>)>,
}

/// Puts the keys in order, where they are not.
pub(super) fn sort(draft: &mut Draft<'_>) {
    let mut blocks = tables(&draft.definition, &draft.text);
    blocks.extend(top(&draft.text));
    blocks.retain(|block| !block.keys.is_sorted_by_key(|(place, _)| place));
    blocks.sort_by_key(|block| block.start);
    let sorted = blocks.iter().filter_map(|block| Some((block.header.as_str(), sorted(block, &draft.text)?)));
    let (mut headers, edits): (Vec<&str>, Vec<Edit>) = sorted.unzip();
    let better = draft
        .edited(&edits)
        .filter(|(definition, _)| written_definition(definition) == written_definition(&draft.definition));
    if let Some(better) = better.filter(|_| !edits.is_empty()) {
        headers.dedup();
        let said = format!("puts the keys {} in order", crate::words::list(&headers, "and"));
        draft.take(better, [Mend { rules: Vec::new(), said, because: String::new() }]);
    }
}

/// The tables that have a line of their own as header; those in braces or with keys by dots stay as they are.
fn tables(definition: &Definition, text: &str) -> Vec<Block> {
    let all = Table::ALL
        .iter()
        .flat_map(|table| definition.rows(*table).iter().map(move |record| (*table, record)));
    all.filter_map(|(table, record)| block(table, record, text)).collect()
}

fn block(table: Table, record: &Record, text: &str) -> Option<Block> {
    let header = record.header?.range();
    let name = table.spec().name;
    let (opening, header_text) = match table.spec().shape {
        TableShape::Single => ("[", format!("of [{name}]")),
        TableShape::Array { .. } => ("[[", format!("of [[{name}]]")),
    };
    text.get(header.start..)?.starts_with(opening).then_some(())?;
    let spans = table
        .spec()
        .keys
        .iter()
        .zip(0..)
        .filter_map(|(key, place)| Some((place, record.place(table.key(key.name)?)?.range())));
    let mut keys: Vec<(usize, Range<usize>)> = spans.collect();
    keys.sort_by_key(|(_, span)| span.start);
    Some(Block { header: header_text, start: end_of_line(text, header.end), keys })
}

/// The keys above all tables.
fn top(text: &str) -> Option<Block> {
    let root = DeTable::parse(text).ok()?;
    let place = |name: &str| TOP_KEYS.iter().position(|key| *key == name);
    let mut keys: Vec<(usize, Range<usize>)> = root
        .get_ref()
        .iter()
        .filter_map(|(name, value)| Some((place(name.get_ref())?, value.span())))
        .collect();
    keys.sort_by_key(|(_, span)| span.start);
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Some(Block { header: TOP.to_owned(), start: mark, keys })
}

fn end_of_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// The lines of a block in order. What stands above its first key and a blank line belongs to the whole, and stays.
fn sorted(block: &Block, text: &str) -> Option<Edit> {
    let newline = newline(text);
    let mut start = block.start + lead(text.get(block.start..block.keys.first()?.1.start)?);
    let whole = start;
    let mut pieces: Vec<(usize, String)> = Vec::new();
    for (place, span) in &block.keys {
        let end = behind_continuation(text, span);
        // A line between two keys that is neither blank nor a comment is a key of dots, which stays where it is.
        let line = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1).max(start);
        let mut between = text.get(start..line)?.lines().map(str::trim);
        between.all(|line| line.is_empty() || line.starts_with('#')).then_some(())?;
        pieces.push((*place, text.get(start..end)?.to_owned()));
        start = end;
    }
    // A comment that may be about several keys is never put above another one: the keys then stay as they are. It may be so where
    // the key below its own has none.
    let heads = pieces.iter().map(|(_, piece)| heading(piece)).collect::<Vec<_>>();
    let over_several = heads.windows(2).any(|pair| pair == [Heading::Comment, Heading::None]);
    // What stands above the first key of a file may be about the whole file.
    let of_file = block.header == TOP && heads[0] != Heading::None;
    if over_several || of_file || heads.contains(&Heading::Group) {
        return None;
    }
    let unended = !pieces.last()?.1.ends_with('\n');
    if unended {
        pieces.last_mut()?.1.push_str(newline);
    }
    pieces.sort_by_key(|(place, _)| *place);
    let mut lines: String = pieces.into_iter().map(|(_, piece)| piece).collect();
    if unended {
        // The line that is last now may end in another way than the one that was.
        lines.truncate(lines.trim_end_matches(['\r', '\n']).len());
    }
    Some(Edit { span: Span::new(whole..start), text: lines })
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

/// Behind the line of a value, and behind comments below it that are indented more than its key: they go on with what its line says.
fn behind_continuation(text: &str, value: &Range<usize>) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let begin = text[..value.start].rfind('\n').map_or(0, |newline| newline + 1);
    let own = indent(&text[begin..value.start]);
    let mut end = end_of_line(text, value.end);
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
