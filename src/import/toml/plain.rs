//! The complaints of the TOML parser in plain words, with what to write instead.
//! Must not read values.

use super::complaints::blocks;
use super::wrong::{Next, shown};
use super::{dates, money, syntax::Complaint, unknown::header};
use crate::toml::{DeTable, DeValue, FORM};
use crate::{
    diag::Diagnostic,
    model::Table,
    source::{SourceId, Span},
};
use std::ops::Range;

/// Whether a character may stand in a key without quotes.
pub(super) fn in_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')
}

/// Whether a text may be a key without quotes.
pub(super) fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(in_key)
}

/// What is wrong with the line of a complaint.
struct Line<'t> {
    /// The text of the place.
    word: &'t str,
    /// What stands before `=`, where the line has one.
    key: &'t str,
    /// The whole line, trimmed.
    whole: &'t str,
    /// Where that begins.
    start: usize,
    /// What follows the place in the line.
    after: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, place: &Range<usize>) -> Self {
        let at =
            if place.start == text.len() && text.ends_with('\n') { place.start - 1 } else { place.start };
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        let whole = text[start..end].trim();
        let start = start + text[start..end].len() - text[start..end].trim_start().len();
        let key = whole.split_once('=').map_or("", |(key, _)| key.trim());
        Self {
            word: text[place.clone()].trim(),
            key: if is_key(key) { key } else { "key" },
            whole,
            start,
            after: text[place.end.min(end)..end].trim(),
        }
    }
}

/// The complaint in plain words; `None` where it only follows from another.
pub(super) fn explain(
    source: SourceId,
    text: &str,
    root: &DeTable<'_>,
    complaint: &Complaint,
) -> Option<Diagnostic> {
    let Complaint { message, place } = complaint;
    let line = Line::around(text, place);
    let span = Span::new(place.clone());
    let error = |message: String| Diagnostic::error(source, span, message);
    let starts = |start: &str| message.starts_with(start);
    if starts("duplicate key") || starts("cannot extend") {
        return duplicate(error(format!("`{}` is written twice", shown(line.word))), text, root, place);
    }
    Some(
        if starts("string values must be quoted")
            || starts("invalid boolean")
            || starts("unexpected leading zero")
        {
            unquoted(error, &line)
        } else if starts("invalid date") || starts("invalid time") {
            bad_date(error, &line, message)
        } else if starts("unexpected key or value") {
            too_much(error, &line)
        } else if starts("unclosed table") || starts("unclosed array table") {
            let right = bracketed(line.whole);
            error(format!("`{}` has no closing bracket", shown(line.whole)))
                .hint(format!("write {right} on a line of its own"))
        } else if let Some((what, hint)) = of_brackets(message) {
            error(what.to_owned()).hint(hint)
        } else if blocks(message) {
            no_pair(error(String::new()), &line)
        } else if starts("too few unicode") || starts("missing escaped") || starts("invalid escape") {
            let error = error("a backslash in a text means a special sign".to_owned());
            error.hint("write `/` instead, or put the text in single quotes: 'C:\\reports'")
        } else if starts("invalid basic string")
            || starts("invalid literal string")
            || starts("invalid multi-line")
        {
            bad_text(error, &line, message, long_text(text, root, place))
        } else {
            error(format!("this is not TOML: {}", message.replace(", expected nothing", ""))).hint(FORM)
        },
    )
}

/// A header with as many brackets behind as before.
fn bracketed(line: &str) -> String {
    let name = line.trim_matches(['[', ']', ' ']);
    let name = name.split([']', '#', ' ']).next().unwrap_or_default();
    if line.starts_with("[[") { format!("[[{}]]", shown(name)) } else { format!("[{}]", shown(name)) }
}

/// A text that is not closed, or holds what a text may not hold.
fn bad_text(
    error: impl Fn(String) -> Diagnostic,
    line: &Line<'_>,
    message: &str,
    long: Option<Range<usize>>,
) -> Diagnostic {
    if let Some(opening) = long {
        let mut unclosed = error("the text that begins here is not closed".to_owned())
            .hint("end it with three quotes, as it began");
        unclosed.span = Span::new(opening);
        return unclosed;
    }
    if message.ends_with("expected `\"`") || message.ends_with("expected `'`") {
        return error("the text has no closing quote".to_owned())
            .hint(format!("end it with the quote it began with: {} = \"...\"", line.key));
    }
    error("the text has a sign that may not stand in a text".to_owned())
        .hint("leave it out, or type the text anew")
}

/// The opening quotes of a text over several lines that ends at a place.
fn long_text(text: &str, table: &DeTable<'_>, place: &Range<usize>) -> Option<Range<usize>> {
    table.values().find_map(|value| match value.get_ref() {
        DeValue::Table(inner) => long_text(text, inner, place),
        DeValue::Array(items) => {
            items.iter().find_map(|item| long_text(text, item.get_ref().as_table()?, place))
        }
        DeValue::String(_) => {
            let span = value.span();
            let long = text[span.start..].starts_with("\"\"\"") || text[span.start..].starts_with("'''");
            (long && place.start == text.len() && span.end == place.start)
                .then_some(span.start..span.start + 3)
        }
        _ => None,
    })
}

fn of_brackets(message: &str) -> Option<(&'static str, &'static str)> {
    Some(match message.split(", expected").next()? {
        "unclosed array" => ("the list that begins here is not closed", "end it with `]`"),
        "unclosed inline table" => ("the table that begins here is not closed", "end it with `}`"),
        "missing comma between array elements" => {
            ("a comma is missing between two entries of the list", "write them like this: [\"ZA\", \"MZ\"]")
        }
        "missing comma between key-value pairs" => (
            "a comma is missing between two keys",
            "write them like this: { name = \"...\", group = \"...\" }",
        ),
        "extra comma in array" | "extra comma in inline table" => {
            ("there is a comma too many", "leave one of them out")
        }
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            ("this is nested too deeply", "a definition has tables, and values in tables; nothing deeper")
        }
        _ => return None,
    })
}

/// A value that only makes sense in quotes, or in another spelling.
fn unquoted(error: impl Fn(String) -> Diagnostic, line: &Line<'_>) -> Diagnostic {
    let (key, word) = (line.key, line.word);
    let quotes = ['“', '”', '„', '«', '»', '‘', '’'];
    if word.is_empty() {
        return error(format!("`{key}` has no value"))
            .hint("write the value after `=`, or leave the line out while it is not known");
    }
    if word.starts_with(quotes) {
        let plain = word.trim_matches(quotes);
        return error("curly quotes are not quotes of TOML".to_owned())
            .hint(format!("write straight quotes: {key} = \"{}\"", shown(plain)));
    }
    let full = line.whole.split_once('=').map_or(word, |(_, value)| value.trim());
    if let Some(day) = dates::guess(full) {
        return error(format!("`{}` is not a date", shown(full)))
            .hint(format!("write year, month and day, without quotes: {key} = {day}"));
    }
    if full.matches(['/', '-', '.']).count() == 2
        && !full.contains(|letter: char| letter.is_alphabetic() || letter == ' ')
    {
        return error(format!("`{}` is not a date", shown(full)))
            .hint(format!("write year, month and day: {key} = 2014-12-31"));
    }
    if word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit())
        || line.after.starts_with(|next: char| next.is_ascii_digit())
    {
        return error("a number does not begin with 0".to_owned())
            .hint(format!("if it is a text, such as a code, put it in quotes: {key} = \"{}\"", shown(full)));
    }
    if let Some(amount) = money::guess(full) {
        return error(format!("`{}` needs quotes", shown(full)))
            .hint(format!("an amount is written so: {key} = \"{amount}\""));
    }
    match word.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => {
            error(format!("`{word}` is not a value of TOML")).hint(format!("write {key} = true"))
        }
        "no" | "false" | "off" => {
            error(format!("`{word}` is not a value of TOML")).hint(format!("write {key} = false"))
        }
        "unknown" | "null" | "none" | "tbd" | "n/a" => {
            error(format!("`{}` is not a value of TOML", shown(word)))
                .hint("leave the line out while the value is not known")
        }
        _ if full.starts_with('[') && full.ends_with(']') => {
            let entries =
                full.trim_matches(['[', ']']).split(',').map(|entry| entry.trim().trim_matches(['"', '\'']));
            let entries: Vec<String> =
                entries.filter(|entry| !entry.is_empty()).map(|entry| format!("\"{entry}\"")).collect();
            error(format!("the entries of `{key}` need quotes"))
                .hint(format!("write {key} = [{}]", shown(&entries.join(", "))))
        }
        _ => error(format!("the text of `{key}` needs quotes"))
            .hint(format!("write {key} = \"{}\"", shown(full.trim_matches('"')))),
    }
}

fn bad_date(error: impl Fn(String) -> Diagnostic, line: &Line<'_>, message: &str) -> Diagnostic {
    let (key, word) = (line.key, line.word);
    if let Some(wrong) = dates::impossible(word) {
        let hint = match wrong.next {
            Next::Instead(day) => format!("did you mean {day}?"),
            _ => format!("a date is year, month and day: {key} = 2014-12-31"),
        };
        return error(wrong.what).hint(hint);
    }
    if let Ok(range) = dates::in_part(word) {
        return error(format!("`{word}` is only a part of a date"))
            .hint(format!("a date known in part stands in quotes: {key} = \"{range}\""));
    }
    if let Some(day) = dates::guess(word) {
        return error(format!("`{}` is not a date", shown(word)))
            .hint(format!("write year, month and day in full: {key} = {day}"));
    }
    let why = message
        .split_once("expected ")
        .map_or(String::new(), |(_, expected)| format!(": expected {expected}"));
    error(format!("`{}` is not a date{why}", shown(word)))
        .hint(format!("write year, month and day: {key} = 2014-12-31"))
}

/// More than a value or a header in a line.
fn too_much(error: impl Fn(String) -> Diagnostic, line: &Line<'_>) -> Diagnostic {
    if line.whole.starts_with('[') {
        return error(format!("`{}` stands behind the name of this table", shown(line.after)))
            .hint(format!("write {} on a line of its own", bracketed(line.whole)));
    }
    let value = line.whole.split_once('=').map_or("", |(_, value)| value.trim());
    if let Some(amount) = money::guess(value) {
        return error(format!("`{}` is not an amount", shown(value)))
            .hint(format!("write the currency, then the number, in quotes: {} = \"{amount}\"", line.key));
    }
    if let Some(day) = dates::guess(value) {
        return error(format!("`{}` is not a date", shown(value)))
            .hint(format!("write year, month and day: {} = {day}", line.key));
    }
    let inner = value.starts_with('\'') || value.starts_with('"');
    let hint = if line.word.starts_with(',') || line.after.starts_with(',') {
        "leave out the comma: a line ends without one"
    } else if inner {
        "where a text has a quote inside, use the other kind of quote around it: \"the workers' side\" or 'the \"new\" plan'"
    } else {
        "a line has one value; a remark behind it begins with `#`"
    };
    error(format!("`{}` stands behind the end of the value", shown(line.after))).hint(hint)
}

/// A line that is not `key = value`; what the message names is marked.
fn no_pair(mut error: Diagnostic, line: &Line<'_>) -> Diagnostic {
    let whole = line.whole;
    let before = |sign: char| whole.split_once(sign).map(|(key, value)| (key.trim(), shown(value.trim())));
    let (named, message, hint) = if let Some((key, value)) = before('=') {
        let joined = key.split_whitespace().collect::<Vec<_>>().join("-");
        if key.is_empty() {
            let value = if value.contains(char::is_alphanumeric) { value } else { "\"...\"".to_owned() };
            (
                "=",
                "a key is missing before `=`".to_owned(),
                format!("write what the value is: title = {value}"),
            )
        } else if is_key(&joined) && joined != key {
            (
                key,
                format!("`{}` has a space; a key has none", shown(key)),
                format!("write {joined} = {value}"),
            )
        } else {
            let hint = "a key has letters, digits and hyphens only, such as `target-groups`".to_owned();
            (key, format!("`{}` cannot be a key", shown(key)), hint)
        }
    } else if whole.starts_with('[') && whole.chars().all(|sign| matches!(sign, '[' | ']' | ' ')) {
        (
            whole,
            format!("`{}` names no table", shown(whole)),
            "write its name between the brackets: [project]".to_owned(),
        )
    } else if let Some(table) = whole.strip_suffix(':').and_then(|name| Table::named(name.trim())) {
        (
            whole,
            format!("`{}` is no line of TOML", shown(whole)),
            format!("a table begins with the line {}", header(table)),
        )
    } else if let Some((key, value)) = before(':').filter(|(key, _)| is_key(key)) {
        let value = if value.contains(char::is_alphanumeric) { value } else { "\"...\"".to_owned() };
        (key, format!("`{}` is followed by `:` instead of `=`", shown(key)), format!("write {key} = {value}"))
    } else if is_key(whole) {
        let hint = format!("write {whole} = and its value, or leave the line out while it is not known");
        (whole, format!("`{}` has no value", shown(whole)), hint)
    } else {
        (whole, format!("`{}` is not `key = value`", shown(whole)), FORM.to_owned())
    };
    error.message = message;
    error.span = Span::new(line.start..line.start + named.len());
    error.hint(hint)
}

/// A key or table that is there twice, with the first place. A table that is there twice brings its keys twice, which
/// is not said again.
fn duplicate(error: Diagnostic, text: &str, root: &DeTable<'_>, place: &Range<usize>) -> Option<Diagnostic> {
    let name = text[place.clone()].trim();
    let header = Line::around(text, place).whole.starts_with('[');
    let first =
        if header { header_before(text, place.start, name) } else { key_before(root, place.start, name) };
    if let Some(first) = first.clone().filter(|_| !header)
        && text[first.end..place.start].lines().any(|line| line.starts_with('['))
    {
        return None;
    }
    let error = match first {
        Some(first) => error.label("again here").also(Span::new(first), "first here"),
        None => error,
    };
    let many = Table::named(name).is_some_and(|table| table.plural().is_some());
    Some(error.hint(match (header, many) {
        (true, true) => format!("write each of them as [[{name}]], with two brackets"),
        (true, false) => format!("put the lines of both under one [{}]", shown(name)),
        (false, _) => "a table has every key once: leave one of them out".to_owned(),
    }))
}

fn header_before(text: &str, until: usize, name: &str) -> Option<Range<usize>> {
    let mut start = 0;
    text[..until].split_inclusive('\n').find_map(|line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let inside = line.trim().trim_start_matches('[').split(']').next()?.trim();
        (line.trim_start().starts_with('[') && inside == name && range.end < until).then_some(range)
    })
}

fn key_before(table: &DeTable<'_>, until: usize, name: &str) -> Option<Range<usize>> {
    let own =
        table.keys().filter(|key| key.get_ref() == name && key.span().end <= until).map(|key| key.span());
    let below = table.values().flat_map(|value| match value.get_ref() {
        DeValue::Table(inner) => vec![inner],
        DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
        _ => Vec::new(),
    });
    own.chain(below.filter_map(|inner| key_before(inner, until, name))).max_by_key(|place| place.start)
}
