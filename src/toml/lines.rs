//! Lines of a text: where they begin and end, and lines put between others.
//! Must not know TOML but its comments and headers.

use crate::source::{Edit, boundary};
use std::ops::Range;

/// How most lines of a text end.
#[must_use]
pub fn newline(text: &str) -> &'static str {
    let (all, windows) = (text.matches('\n').count(), text.matches("\r\n").count());
    if windows > 0 && windows * 2 >= all { "\r\n" } else { "\n" }
}

/// Where the line of an offset begins, behind a byte order mark.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

/// Where the line of an offset ends, behind its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// What stands before an offset in its line, where that is nothing but space.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let before = &text[line_start(text, at)..at];
    if before.trim().is_empty() { before } else { "" }
}

/// What follows an offset in its line, without the line end.
pub(super) fn rest_of_line(text: &str, at: usize) -> &str {
    text[at..].split('\n').next().unwrap_or_default().trim_end_matches('\r')
}

/// Whether what follows in a line is nothing, or a comment.
pub(super) fn is_idle(rest: &str) -> bool {
    matches!(rest.trim_start().chars().next(), None | Some('#'))
}

/// Behind the comments that stand right below a line: they belong to what is above them, unless they stand right above a table.
pub(super) fn behind_comments(text: &str, at: usize) -> usize {
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

/// Lines that go between others, with that line end where the last line has none.
pub(super) fn between(text: &str, at: usize, mut lines: String, newline: &str) -> Edit {
    if at == text.len() && !text.is_empty() && !text.ends_with(['\n', '\u{feff}']) {
        lines.insert_str(0, newline);
    }
    Edit::insert(at, lines)
}

/// A table that goes between others, with a blank line above it where there is none.
pub(super) fn table_between(text: &str, at: usize, table: &str, newline: &str) -> Edit {
    let above = &text[..boundary(text, at)];
    let last = above.strip_suffix('\n').map(|above| above.rsplit('\n').next().unwrap_or_default());
    let parted = last.is_some_and(|line| line.trim().is_empty());
    let gap = if parted { "" } else { newline };
    between(text, at, format!("{gap}{table}"), newline)
}

/// The whole lines of a place, where nothing else but a comment stands on them.
pub(super) fn own_lines(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let start = line_start(text, place.start);
    let alone = text[start..place.start].trim().is_empty() && is_idle(rest_of_line(text, place.end));
    alone.then(|| start..line_end(text, place.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::apply_edits;

    #[test]
    fn new_lines_end_as_most_lines_do() {
        assert_eq!(newline("a\nb\r\nc\n"), "\n");
        assert_eq!(newline("a\r\nb\r\nc\n"), "\r\n");
        assert_eq!(newline(""), "\n");
    }

    #[test]
    fn one_blank_line_parts_a_new_table_from_what_is_above_it() {
        let added = |text: &str| apply_edits(text, &[table_between(text, text.len(), "[[party]]\n", "\n")]);
        assert_eq!(added("a = 1\n"), "a = 1\n\n[[party]]\n");
        assert_eq!(added("a = 1\n\n"), "a = 1\n\n[[party]]\n");
        assert_eq!(added("a = 1"), "a = 1\n\n[[party]]\n");
        assert_eq!(added(""), "\n[[party]]\n");
    }
}
