//! Texts by id, spans in them, and 1-based lines and columns.
//! Must not know TOML or any word of the domain.

#[cfg(feature = "disk")]
mod disk;
mod edit;
mod embedded;
mod error;
#[cfg(feature = "disk")]
mod read;
mod stream;
mod text;
mod texts;

#[cfg(feature = "disk")]
pub use disk::{Listing, PORTFOLIO, definitions_in, rule_files_in};
pub use edit::{Edit, PatchLine, Revision, apply_edits, patch};
pub use embedded::{shipped_rule_file, shipped_rules, template, templates_in};
pub use error::ReadError;
#[cfg(feature = "disk")]
pub use read::{open_file, read_bytes, read_named, read_within, within};
pub use stream::decoded;
pub use text::{Saved, UTF8_HINT, text_of};
pub use texts::Sources;

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
