//! The lines of an iCalendar text: unfolded, taken apart, with the place of each.
//! Must not know events or holidays.

use crate::source::Span;
use std::borrow::Cow;

/// One line, unfolded: `NAME;PARAMETER=X:VALUE`.
#[derive(Debug, Clone)]
pub struct Line<'t> {
    /// The name, as written.
    pub name: Cow<'t, str>,
    /// The parameters, as written, each after its semicolon.
    pub parameters: Cow<'t, str>,
    /// The value, as written.
    pub value: Cow<'t, str>,
    /// Where it begins and ends in the text.
    pub span: Span,
}

impl Line<'_> {
    /// The whole line, unfolded.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}{}:{}", self.name, self.parameters, self.value)
    }

    /// The value as text, without the escapes.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                },
                other => text.push(other),
            }
        }
        text
    }
}

/// The lines of a text, unfolded; what is no line of iCalendar is passed over.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    every_line(text).filter_map(Result::ok)
}

/// The lines of a text, unfolded; of what is neither one of iCalendar nor blank, the place.
pub fn every_line(text: &str) -> impl Iterator<Item = Result<Line<'_>, Span>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        while rest < text.len() {
            let (line, next) = logical(text, rest);
            let span = Span::new(rest..next);
            rest = next;
            if !line.trim().is_empty() {
                return Some(split(line, span).ok_or(span));
            }
        }
        None
    })
}

/// One line with those that continue it, and where the next one begins.
fn logical(text: &str, from: usize) -> (Cow<'_, str>, usize) {
    let (first, mut next) = physical(text, from);
    let mut whole = Cow::Borrowed(first);
    while text[next..].starts_with([' ', '\t']) {
        let (more, after) = physical(text, next);
        whole.to_mut().push_str(&more[1..]);
        next = after;
    }
    (whole, next)
}

fn physical(text: &str, from: usize) -> (&str, usize) {
    let end = text[from..].find('\n').map_or(text.len(), |newline| from + newline + 1);
    (text[from..end].trim_end_matches(['\r', '\n']), end)
}

fn split(line: Cow<'_, str>, span: Span) -> Option<Line<'_>> {
    let colon = colon(&line)?;
    let name = line[..colon].find(';').unwrap_or(colon);
    Some(match line {
        Cow::Borrowed(line) => Line {
            name: line[..name].into(),
            parameters: line[name..colon].into(),
            value: line[colon + 1..].into(),
            span,
        },
        Cow::Owned(line) => Line {
            name: line[..name].to_owned().into(),
            parameters: line[name..colon].to_owned().into(),
            value: line[colon + 1..].to_owned().into(),
            span,
        },
    })
}

/// The colon that ends the name and the parameters: the first outside quotes.
fn colon(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })
}
