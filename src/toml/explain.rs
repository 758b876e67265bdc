//! What the reader of TOML says of a file with known keys, in plain words, with what to write instead.
//! Must not give meaning to values.

use super::spelt::spelt;
use crate::diag::{Diagnostic, nearest};
use crate::source::{SourceId, Span};
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

/// What a line of TOML is.
pub const FORM: &str =
    "every line is `key = value`, `[table]` or a comment after `#`; texts stand in \"quotes\"";

/// A value where it stands: the key that holds it, and whether it is an entry of a list.
struct Place<'t> {
    key: &'t str,
    entry: bool,
    value: &'t DeValue<'t>,
}

/// A mistake that the reader of TOML found.
pub(super) fn explain(
    source: SourceId,
    text: &str,
    table: &DeTable<'_>,
    error: &toml::de::Error,
) -> Diagnostic {
    let span = error.span().unwrap_or(0..text.len().min(1));
    let message = error.message();
    let place = find(table, &span);
    let error = |message: String| Diagnostic::error(source, Span::new(span.clone()), message);
    if let Some((key, known)) = unknown_key(message) {
        let error = error(format!("unknown key `{key}`"));
        return match nearest(key, known.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("known here: {}", known.join(", "))),
        };
    }
    if let Some(key) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        let home = place.map_or_else(|| "this file".to_owned(), |place| format!("`{}`", place.key));
        return error(format!("{home} has no `{key}`")).hint(format!("add `{key}`: it cannot be left out"));
    }
    match (message.split_once(", expected ").filter(|_| message.starts_with("invalid ")), place) {
        (Some((_, expected)), Some(place)) => mistyped(error, &place, expected),
        _ => error(format!("this is not TOML: {}", one_line(message))).hint(FORM),
    }
}

/// A value of another type than its key holds.
fn mistyped(error: impl Fn(String) -> Diagnostic, place: &Place<'_>, expected: &str) -> Diagnostic {
    let Place { key, entry, value } = *place;
    let (wanted, example) = match expected {
        "a string" => ("a text", "\"…\""),
        "a boolean" => ("true or false", "true"),
        "i64" => ("a whole number", "1"),
        "u32" => ("a whole number of zero or more", "1"),
        "a sequence" => ("a list", "[…]"),
        _ if expected.contains("datetime") => ("a day", "2014-12-31"),
        _ => ("a table", "{ … }"),
    };
    let several = wanted == "a list";
    match value {
        DeValue::Table(_) if several && !entry => {
            return error(format!("there can be several `{key}`, so it is written with two brackets"))
                .hint(format!("write [[{key}]], once for each"));
        }
        DeValue::Table(_) if entry => {
            return error(format!("there is only one `{key}`"))
                .hint(format!("write [{key}], with one bracket on each side, once"));
        }
        _ => {}
    }
    let message = format!(
        "expected {wanted} for {}`{key}`, found {}",
        if entry { "an entry of " } else { "" },
        named(value)
    );
    error(message).hint(match value {
        DeValue::String(text) if several => format!("put it in brackets: {key} = [\"{}\"]", one_line(text)),
        DeValue::Datetime(day) if wanted == "a text" => format!("put it in quotes: {key} = \"{day}\""),
        DeValue::Integer(number) if wanted == "a text" => {
            format!("put it in quotes: {key} = \"{}\"", spelt(number))
        }
        DeValue::Float(number) if wanted == "a text" => {
            format!("put it in quotes: {key} = \"{}\"", number.as_str())
        }
        DeValue::String(text) if wanted == "a day" => {
            format!("leave out the quotes: {key} = {}", one_line(text))
        }
        _ if entry => format!("write it like this: {key} = [{example}]"),
        _ => format!("write it like this: {key} = {example}"),
    })
}

/// What a value is, in words.
fn named(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "a text".to_owned(),
        DeValue::Integer(number) => format!("the number {}", spelt(number)),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// The texts that say nothing. The facts of cases are definitions, which are read elsewhere.
pub(super) fn empty_texts(source: SourceId, table: &DeTable<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    each(table, &mut |place, span| {
        if matches!(place.value, DeValue::String(text) if text.trim().is_empty()) {
            let what = if place.entry {
                format!("an entry of `{}` is empty", place.key)
            } else {
                format!("`{}` is empty", place.key)
            };
            found.push(
                Diagnostic::error(source, span, what)
                    .hint("write it, or leave it out where it may be missing"),
            );
        }
    });
    found.sort_by_key(|one| one.span.start);
    found
}

/// The value at a place of the text; of several, the innermost.
fn find<'t>(table: &'t DeTable<'t>, span: &std::ops::Range<usize>) -> Option<Place<'t>> {
    let mut found = None;
    each(table, &mut |place, at| {
        if at == Span::new(span.clone()) {
            found = Some(place);
        }
    });
    found
}

/// Every value but the facts of cases, each before those inside it.
fn each<'t>(table: &'t DeTable<'t>, with: &mut impl FnMut(Place<'t>, Span)) {
    for (key, item) in table.iter().filter(|(key, _)| key.get_ref() != "given") {
        visit(key.get_ref(), false, item, with);
    }
}

fn visit<'t>(
    key: &'t str,
    entry: bool,
    item: &'t Spanned<DeValue<'t>>,
    with: &mut impl FnMut(Place<'t>, Span),
) {
    let value = item.get_ref();
    with(Place { key, entry, value }, Span::new(item.span()));
    match value {
        DeValue::Table(inner) => each(inner, with),
        DeValue::Array(items) => items.iter().for_each(|item| visit(key, true, item, with)),
        _ => {}
    }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes ``unknown field `a`, expected one of `b`, `c` `` apart.
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let mut words = message.strip_prefix("unknown field `")?.split('`');
    let key = words.next()?;
    Some((key, words.skip(1).step_by(2).collect()))
}
