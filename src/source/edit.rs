//! Changes of a text as replacements of places in it: applied, joined one after another, and shown as the lines of a patch.
//! Must not know what the text means.

use super::{Span, boundary};
use std::ops::Range;

/// One change of a text: what stands at the span gives way to the other text. An empty span is an insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that give way.
    pub span: Span,
    /// What takes their place.
    pub text: String,
}

impl Edit {
    /// A text in place of another.
    #[must_use]
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { span: Span::new(range), text: text.into() }
    }

    /// A text between what stands before and behind a place.
    #[must_use]
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// The text with some edits in it, which stand in its order and not over another.
#[must_use]
pub fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut edited =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
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

/// A piece of a text that was edited: bytes of the text as it was, or new ones.
#[derive(Debug, Clone)]
enum Piece {
    Old(Range<usize>),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Old(range) => range.len(),
            Self::New(text) => text.len(),
        }
    }

    /// What stands before and behind an offset in it, which is on the boundary of a character.
    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Old(range) => {
                (Self::Old(range.start..range.start + at), Self::Old(range.start + at..range.end))
            }
            Self::New(mut text) => {
                let behind = text.split_off(at);
                (Self::New(text), Self::New(behind))
            }
        }
    }
}

/// A text that is edited step by step, where each step sees what those before it have left; all steps together are
/// edits of the text as it was.
#[derive(Debug, Clone)]
pub struct Revision<'t> {
    before: &'t str,
    now: String,
    pieces: Vec<Piece>,
}

impl<'t> Revision<'t> {
    /// A text that nothing was changed in yet.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { before: text, now: text.to_owned(), pieces: vec![Piece::Old(0..text.len())] }
    }

    /// The text as it is now.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.now
    }

    /// The text as it is now, and the edits of the text as it was that lead to it, in its order.
    #[must_use]
    pub fn finish(self) -> (String, Vec<Edit>) {
        let mut edits: Vec<Edit> = Vec::new();
        let (mut at, mut new) = (0, String::new());
        let end = self.before.len();
        for piece in self.pieces.into_iter().chain([Piece::Old(end..end)]) {
            match piece {
                Piece::New(text) => new.push_str(&text),
                Piece::Old(range) if range.is_empty() && range.start < end => {}
                Piece::Old(range) => {
                    if range.start > at || !new.is_empty() {
                        edits.push(Edit::replace(at..range.start, std::mem::take(&mut new)));
                    }
                    at = range.end;
                }
            }
        }
        (self.now, edits)
    }

    /// Makes edits of the text as it is now, which stand in its order and not over another.
    pub fn edit(&mut self, edits: &[Edit]) {
        // From the last to the first, so that the places of the others stay what they are.
        for edit in edits.iter().rev() {
            let range = edit.span.range();
            let (start, end) = (boundary(&self.now, range.start), boundary(&self.now, range.end));
            let end = end.max(start);
            self.now.replace_range(start..end, &edit.text);
            let first = self.cut(start);
            let behind = self.cut(end);
            let new = (!edit.text.is_empty()).then(|| Piece::New(edit.text.clone()));
            self.pieces.splice(first..behind, new);
        }
    }

    /// Cuts the pieces at an offset; the number of those before it. Of an empty piece at the offset it is the one behind.
    fn cut(&mut self, at: usize) -> usize {
        let mut start = 0;
        for place in 0..self.pieces.len() {
            let len = self.pieces[place].len();
            if at < start + len {
                if at == start {
                    return place;
                }
                let (before, behind) =
                    std::mem::replace(&mut self.pieces[place], Piece::Old(0..0)).split(at - start);
                self.pieces.splice(place..=place, [before, behind]);
                return place + 1;
            }
            start += len;
        }
        self.pieces.len()
    }
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

/// The edits as lines that are taken away and lines that are added.
#[must_use]
pub fn patch(text: &str, edits: &[Edit]) -> Vec<PatchLine> {
    let mut lines = Vec::new();
    let mut rest = edits;
    while let Some(first) = rest.first() {
        let at = boundary(text, first.span.range().start);
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end_of_line =
            |at: usize| text[boundary(text, at)..].find('\n').map_or(text.len(), |newline| at + newline + 1);
        let whole_lines = first.span.start == first.span.end && (at == start || at == text.len());
        let mut end = if whole_lines { start } else { end_of_line(first.span.range().end) };
        let mut count = 1;
        while let Some(next) = rest.get(count).filter(|next| next.span.range().start < end) {
            end = end.max(end_of_line(next.span.range().end));
            count += 1;
        }
        let (group, others) = rest.split_at(count);
        let number = text[..start].matches('\n').count() + 1;
        let moved = |edit: &Edit| {
            Edit::replace(edit.span.range().start - start..edit.span.range().end - start, edit.text.clone())
        };
        let old = &text[start..end];
        let new = if whole_lines {
            first.text.clone()
        } else {
            apply_edits(old, &group.iter().map(moved).collect::<Vec<_>>())
        };
        lines.extend(old.lines().zip(number..).map(|(line, number)| PatchLine {
            line: number,
            added: false,
            text: line.to_owned(),
        }));
        let after = if whole_lines { number.saturating_sub(1) } else { number };
        lines.extend(new.lines().map(|line| PatchLine { line: after, added: true, text: line.to_owned() }));
        rest = others;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Edits of a text of that many bytes, in its order.
    fn edits(places: &[(usize, usize, String)], text: &str) -> Vec<Edit> {
        let mut at = 0;
        let mut edits = Vec::new();
        for (skip, len, new) in places {
            let start = boundary(text, at + skip).max(at);
            let end = boundary(text, start + len).max(start);
            edits.push(Edit::replace(start..end, new.as_str()));
            at = end;
        }
        edits
    }

    proptest! {
        #[test]
        fn steps_together_are_edits_of_the_text_as_it_was(
            text in "[a\néb]{0,30}",
            steps in prop::collection::vec(prop::collection::vec((0usize..9, 0usize..5, "[xyé\n]{0,4}"), 0..4), 0..5),
        ) {
            let mut revision = Revision::of(&text);
            for step in &steps {
                let step = edits(step, revision.text());
                let expected = apply_edits(revision.text(), &step);
                revision.edit(&step);
                prop_assert_eq!(revision.text(), expected.as_str());
            }
            let (now, edits) = revision.finish();
            prop_assert_eq!(apply_edits(&text, &edits), now);
            prop_assert!(edits.windows(2).all(|pair| pair[0].span.end < pair[1].span.start));
        }
    }

    #[test]
    fn an_insertion_inside_a_line_changes_the_line() {
        let lines = patch("a = {b = 1}\nc = 2\n", &[Edit::insert(10, ", d = 3")]);
        let shown: Vec<String> =
            lines.iter().map(|line| format!("{}{}", if line.added { '+' } else { '-' }, line.text)).collect();
        assert_eq!(shown, ["-a = {b = 1}", "+a = {b = 1, d = 3}"]);
    }
}
