//! Texts by id, spans in them, and 1-based lines and columns.
//! Must not know TOML or any word of the domain.

mod disk;
mod embedded;
mod read;
mod stream;

pub use disk::{Listing, PORTFOLIO, definitions_in, rule_files_in};
pub use embedded::{shipped_rule_file, shipped_rules, template, templates_in};
pub use read::{ReadError, read_bytes, read_named, read_within, within};
pub use stream::{decoded, open_file};

use std::sync::{Arc, OnceLock};

/// A text of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// Bytes of a text, from `start` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of that range of bytes; offsets over 4 GiB are cut, which the size limit of inputs rules out.
    #[must_use]
    pub fn new(range: std::ops::Range<usize>) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(range.start), end: cut(range.end) }
    }

    /// The span as a range of bytes.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The offset, moved back to the end of the text and to the beginning of a character where it is not at one.
#[must_use]
pub fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A line and a column, both from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

#[derive(Debug)]
struct Text {
    path: Arc<str>,
    text: Arc<str>,
    /// Where each line but the first begins; found when a place is first asked for.
    lines: OnceLock<Box<[usize]>>,
    shown: bool,
}

/// The texts of a run. A text that stands at a path is kept as it was read, for snippets.
#[derive(Debug, Default)]
pub struct Sources {
    texts: Vec<Text>,
}

impl Sources {
    /// Keeps a text under the path that is shown to people.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.keep(Text { path: path.into(), text: text.into(), lines: OnceLock::new(), shown: true })
    }

    /// Keeps a text of which no line is shown: somebody else than the user has named its file, and it may be anything.
    pub fn add_withheld(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.keep(Text { path: path.into(), text: text.into(), lines: OnceLock::new(), shown: false })
    }

    fn keep(&mut self, text: Text) -> SourceId {
        let id = SourceId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text);
        id
    }

    /// Whether its lines may be shown.
    #[must_use]
    pub fn is_shown(&self, id: SourceId) -> bool {
        self.texts[id.0 as usize].shown
    }

    /// The path that is shown to people.
    #[must_use]
    pub fn path(&self, id: SourceId) -> &str {
        &self.texts[id.0 as usize].path
    }

    /// The text.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        &self.texts[id.0 as usize].text
    }

    /// The line and column of a byte. An offset behind the text, or inside a character, is moved back to a boundary.
    #[must_use]
    pub fn position(&self, id: SourceId, offset: u32) -> Position {
        let text = self.text(id);
        let offset = boundary(text, offset as usize);
        let starts = || text.match_indices('\n').map(|(newline, _)| newline + 1).collect();
        let lines = self.texts[id.0 as usize].lines.get_or_init(starts);
        let line = lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).map_or(0, |before| lines[before]);
        Position { line: line + 1, column: text[start..offset].chars().count() + 1 }
    }
}
