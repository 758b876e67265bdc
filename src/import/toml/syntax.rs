//! Every syntax mistake of a TOML text.
//! Lines that the parser cannot get over are blanked, so that what follows is still read. Must not know keys.

use super::{complaints, plain};
use crate::toml::{DeTable, DeValue};
use crate::{
    diag::{Diagnostic, MAX_DIAGNOSTICS},
    source::{SourceId, Span, boundary},
};
use std::ops::Range;

/// How often a text is mended and parsed again, at most.
const MOST_ROUNDS: usize = 20;

/// A text that can be parsed, and what had to be said of it.
pub(super) struct Readable {
    /// The text, with spaces for the lines that the parser cannot get over; every other byte stands where it stood.
    pub(super) text: String,
    /// The syntax mistakes, at most one a line: what goes wrong later in a line mostly follows from the first.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Where the parser stumbled. Values there cannot be trusted.
    pub(super) broken: Vec<Span>,
}

/// One complaint of the parser.
#[derive(Clone)]
pub(super) struct Complaint {
    /// As the parser says it.
    pub(super) message: String,
    /// On character boundaries, inside the text.
    pub(super) place: Range<usize>,
}

/// Finds every syntax mistake of a text, in plain words.
pub(super) fn readable(source: SourceId, text: &str) -> Readable {
    if is_json(text) {
        return json(source, text);
    }
    let mut readable = text.to_owned();
    let mut complaints: Vec<Complaint> = Vec::new();
    let mut rounds = 0;
    loop {
        let (root, errors) = DeTable::parse_recoverable(&readable);
        let found: Vec<_> = errors.iter().map(|error| complaint(text, error)).collect();
        let blocking = first_of(&readable, root.get_ref(), &found);
        if blocking.is_empty() || rounds == MOST_ROUNDS || complaints.len() > MAX_DIAGNOSTICS {
            complaints.extend(found);
            let first = one_a_line(text, &mut complaints).into_iter();
            let explain = |complaint: &Complaint| plain::explain(source, text, root.get_ref(), complaint);
            let mistakes = first.filter_map(explain).collect();
            let broken = complaints.into_iter().map(|complaint| Span::new(complaint.place)).collect();
            drop(root);
            return Readable { text: readable, mistakes, broken };
        }
        let lines: Vec<_> = blocking.iter().map(|complaint| lines_to_blank(&readable, complaint)).collect();
        drop(root);
        readable = blanked(&readable, &lines);
        complaints.extend(blocking);
        rounds += 1;
    }
}

/// Whether a text looks like JSON.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The complaints to get over first: all of lines that are wrong by themselves, up to the first bracket, whose
/// complaint makes those behind it doubtful.
fn first_of(text: &str, root: &DeTable<'_>, found: &[Complaint]) -> Vec<Complaint> {
    let mut blocking: Vec<&Complaint> =
        found.iter().filter(|complaint| complaints::blocks(&complaint.message)).collect();
    blocking.sort_by_key(|complaint| complaint.place.start);
    let alone = blocking
        .iter()
        .take_while(|complaint| complaints::is_of_one_line(&complaint.message))
        .take(MAX_DIAGNOSTICS + 1);
    let alone: Vec<Complaint> = alone.map(|complaint| (*complaint).clone()).collect();
    if alone.is_empty() {
        return blocking
            .first()
            .map(|first| unclosed(text, root, first).unwrap_or_else(|| (*first).clone()))
            .into_iter()
            .collect();
    }
    alone
}

/// Nothing of JSON can be read as TOML, and nothing more needs to be said of it.
fn json(source: SourceId, text: &str) -> Readable {
    let start = text.find('{').unwrap_or_default();
    let place = Span::new(start..start + 1);
    let mistake = Diagnostic::error(source, place, "this looks like JSON");
    let mistake =
        mistake.hint("a definition is TOML: one `key = value` a line, below a line such as [project]");
    Readable { text: String::new(), mistakes: vec![mistake], broken: vec![place] }
}

fn complaint(text: &str, error: &crate::toml::Error) -> Complaint {
    let place = error.span().unwrap_or_default();
    let start = boundary(text, place.start);
    let end = boundary(text, place.end).max(start);
    Complaint { message: error.message().to_owned(), place: start..end }
}

/// A bracket that is not closed goes wrong only where the next key follows; people must look at its beginning.
fn unclosed(text: &str, root: &DeTable<'_>, complaint: &Complaint) -> Option<Complaint> {
    let at = complaint.place.start;
    let opening = enclosing(text, root, at)?;
    let line = line_around(text, at);
    let elsewhere = line_around(text, opening).start != line.start;
    if !(text[at..].trim().is_empty() || elsewhere && begins_anew(&text[line])) {
        return None;
    }
    let message = if text[opening..].starts_with('{') {
        complaints::UNCLOSED_BRACE
    } else {
        complaints::UNCLOSED_BRACKET
    };
    Some(Complaint { message: message.to_owned(), place: opening..opening + 1 })
}

/// Where the outermost bracketed value around a place begins.
fn enclosing(text: &str, table: &DeTable<'_>, at: usize) -> Option<usize> {
    table.values().find_map(|value| {
        let span = value.span();
        let around = span.start < at && at <= span.end && text[span.start..].starts_with(['[', '{']);
        match value.get_ref() {
            DeValue::Array(items) if items.first().is_some_and(|item| item.span() == span) => {
                items.iter().find_map(|item| enclosing(text, item.get_ref().as_table()?, at))
            }
            DeValue::Array(_) if around => Some(span.start),
            DeValue::Table(inner) => enclosing(text, inner, at)
                .or((around && text[span.start..].starts_with('{')).then_some(span.start)),
            _ => None,
        }
    })
}

/// The line of an offset with its end. The end of the text belongs to the last line.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let offset = if offset == text.len() && text.ends_with('\n') { offset - 1 } else { offset };
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline + 1);
    start..end
}

/// The lines that a complaint spoils: with the header of a table its lines too, with a bracket that is not closed the
/// lines that carry it on.
fn lines_to_blank(text: &str, complaint: &Complaint) -> Range<usize> {
    let Range { start, mut end } = line_around(text, complaint.place.start);
    let header = text[start..end].trim_start().starts_with('[');
    let bracket =
        [complaints::UNCLOSED_BRACKET, complaints::UNCLOSED_BRACE].contains(&complaint.message.as_str());
    while end < text.len() && (header || bracket) {
        let next = line_around(text, end);
        let line = &text[next.clone()];
        if if header { line.trim_start().starts_with('[') } else { begins_anew(line) } {
            break;
        }
        end = next.end;
    }
    start..end
}

/// Whether a line surely does not carry on the value before it.
fn begins_anew(line: &str) -> bool {
    let line = line.trim();
    let key = line.split_once('=').is_some_and(|(key, _)| plain::is_key(key.trim()));
    let header = line
        .strip_prefix('[')
        .is_some_and(|rest| rest.trim_start_matches('[').trim_end_matches(']').chars().all(plain::in_key));
    line.is_empty() || line.starts_with('#') || key || header
}

/// The text with spaces for those lines, so that every other offset stays what it was.
fn blanked(text: &str, lines: &[Range<usize>]) -> String {
    let mut blank = String::with_capacity(text.len());
    for lines in lines.iter().filter(|lines| !lines.is_empty()) {
        let start = lines.start.max(blank.len());
        blank.push_str(&text[blank.len()..start]);
        let space = |byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
        blank.extend(text[start..lines.end.max(start)].bytes().map(space));
    }
    blank.push_str(&text[blank.len()..]);
    blank
}

/// The first complaint of every line, as many as are shown and one more.
fn one_a_line<'c>(text: &str, complaints: &'c mut [Complaint]) -> Vec<&'c Complaint> {
    complaints.sort_by_key(|complaint| complaint.place.start);
    let mut kept = Vec::new();
    let mut line_end = 0;
    for complaint in complaints.iter() {
        if kept.is_empty() || complaint.place.start >= line_end {
            kept.push(complaint);
            line_end = line_around(text, complaint.place.start).end;
        }
        if kept.len() > MAX_DIAGNOSTICS {
            break;
        }
    }
    kept
}
