//! The texts of a run by their ids, with the lines in them.
//! Must not open files.

use super::{Position, SourceId, boundary};
use std::sync::Arc;

#[derive(Debug)]
struct Text {
    path: Arc<str>,
    text: Arc<str>,
    shown: bool,
    /// Where each line begins.
    lines: Vec<u32>,
}

impl Text {
    fn new(path: Arc<str>, text: Arc<str>, shown: bool) -> Self {
        let behind = text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
        let lines = std::iter::once(0).chain(behind).collect();
        Self { path, text, shown, lines }
    }
}

/// The texts of a run. A text that stands at a path is kept as it was read, for snippets.
#[derive(Debug, Default)]
pub struct Sources {
    texts: Vec<Text>,
}

impl Sources {
    /// Keeps a text under the path that is shown to people.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.keep(Text::new(path.into(), text.into(), true))
    }

    /// Keeps a text of which no line is shown: somebody else than the user has named its file, and it may be anything.
    pub fn add_withheld(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.keep(Text::new(path.into(), text.into(), false))
    }

    /// The id of the first text that is kept.
    #[must_use]
    pub fn first(&self) -> SourceId {
        SourceId(0)
    }

    /// Takes in the texts of others; what an id of theirs is from now on.
    pub fn absorb(&mut self, others: Self) -> impl Fn(SourceId) -> SourceId {
        let before = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.extend(others.texts);
        move |id| SourceId(id.0.saturating_add(before))
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
        let Text { text, lines, .. } = &self.texts[id.0 as usize];
        let at = boundary(text, offset as usize);
        let line = lines.partition_point(|begins| *begins as usize <= at);
        let begins = lines[line.saturating_sub(1)] as usize;
        Position { line, column: text[begins..at].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, Sources};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_told_as_it_is_counted(text in "[a\né\r]{0,40}", offset in 0u32..100) {
            let mut sources = Sources::default();
            let id = sources.add("a", text.as_str());
            let before = &text[..super::boundary(&text, offset as usize)];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            prop_assert_eq!(sources.position(id, offset), Position { line, column });
        }
    }
}
