//! Entries written into a list that stands on several lines, so that its comments stay beside what they are about.
//! Must not judge.

use super::edit::Edit;
use crate::source::Span;
use std::ops::Range;
use toml::de::DeTable;

/// The entries of a list of texts, each with its place in the text of the list; `None` where it is none.
pub(in crate::assess) fn entries(list: &str) -> Option<Vec<(String, Range<usize>)>> {
    const KEY: &str = "x = ";
    let text = format!("{KEY}{list}");
    let root = DeTable::parse(&text).ok()?;
    let items = root.get_ref().get("x")?.get_ref().as_array()?;
    let place = |span: Range<usize>| span.start - KEY.len()..span.end - KEY.len();
    items.iter().map(|item| Some((item.get_ref().as_str()?.to_owned(), place(item.span())))).collect()
}

/// The edits that bring the entries of a written list into one on several lines; `None` where it is better replaced whole: it
/// stands on one line, holds no entry, or loses one.
pub(super) fn extended(text: &str, span: Span, written: &str) -> Option<Vec<Edit>> {
    let list = text.get(span.range()).filter(|list| list.contains('\n'))?;
    let (known, wanted) = (entries(list)?, entries(written)?);
    let last = known.last()?.1.end + span.range().start;
    known.iter().all(|(entry, _)| wanted.iter().any(|(other, _)| other == entry)).then_some(())?;
    let missing = wanted.iter().filter(|(entry, _)| !known.iter().any(|(other, _)| other == entry));
    let missing: Vec<&str> = missing.filter_map(|(_, place)| written.get(place.clone())).collect();
    Some(behind(text, (last, known.last()?.1.start + span.range().start), &missing))
}

/// Entries behind the last one of a list: on lines of their own where the last one ends its line, else beside it.
pub(super) fn behind(text: &str, (last, start): (usize, usize), added: &[&str]) -> Vec<Edit> {
    let insertion = |at: usize, text: String| Edit { span: Span::new(at..at), text };
    let rest = text.get(last..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let (comma, after) = line
        .trim_start()
        .strip_prefix(',')
        .map_or((false, line.trim_start()), |after| (true, after.trim_start()));
    if !(after.is_empty() || after.starts_with('#')) || !rest.contains('\n') {
        return vec![insertion(last, added.iter().map(|entry| format!(", {entry}")).collect())];
    }
    let begin = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent: String = text[begin..start].chars().take_while(|letter| letter.is_whitespace()).collect();
    let newline =
        if rest.split('\n').next().is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
    let end = last + rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let lines = added.iter().map(|entry| format!("{indent}{entry},{newline}")).collect();
    let mut edits = vec![insertion(end, lines)];
    if !comma {
        edits.insert(0, insertion(last, ",".to_owned()));
    }
    edits
}

/// Where the brackets of an empty list of a table end; `None` where the text has none.
pub(super) fn empty(text: &str, name: &str) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let list = root.get_ref().get(name)?;
    list.get_ref().as_array()?.is_empty().then(|| list.span().end - 1)
}
