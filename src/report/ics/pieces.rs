//! An older feed as a stream of its pieces, each of them bounded: lines of its head, entries, and what else stands in it.
//! Must not know what is done with them.

use super::entry::Entry;
use super::feed::FeedError;
use super::text::clean;
use std::io::{BufRead, Read};

/// The most bytes of one line, unfolded. What this tool writes is far below it.
const MOST_LINE: usize = 1024 * 1024;

/// The most bytes of one piece.
const MOST_PIECE: usize = 4 * 1024 * 1024;

/// A piece of a feed, its lines unfolded and without control characters.
#[derive(Debug)]
pub(super) enum Piece {
    /// A line of the calendar itself.
    Head(String),
    /// An event or a to-do.
    Entry(Entry),
    /// Another component, such as a time zone, with its first and its last line.
    Other(Vec<String>),
}

/// The pieces of a stream.
pub(super) struct Pieces<R> {
    input: R,
    /// The line that was read last, from 1.
    line: usize,
    /// Whether a calendar has begun and has not ended.
    inside: bool,
    /// Whether one has begun at all.
    begun: bool,
}

impl<R: BufRead> Pieces<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 0, inside: false, begun: false }
    }

    /// Whether the stream has held nothing but blank lines.
    pub(super) fn is_blank(&self) -> bool {
        !self.begun
    }

    /// The next piece; nothing where the stream ends after a whole calendar.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, FeedError> {
        while let Some(line) = self.logical()? {
            let inside = self.inside;
            match keyword(&line) {
                _ if line.trim().is_empty() => {}
                Some(("BEGIN", name)) if !inside && name.eq_ignore_ascii_case("VCALENDAR") => {
                    (self.inside, self.begun) = (true, true)
                }
                _ if !inside => {
                    return Err(if self.begun { self.damaged() } else { FeedError::NotACalendar });
                }
                Some(("END", name)) if name.eq_ignore_ascii_case("VCALENDAR") => self.inside = false,
                Some(("BEGIN", name)) if !name.eq_ignore_ascii_case("VCALENDAR") => {
                    return self.component(name.to_ascii_uppercase(), line.clone()).map(Some);
                }
                Some(_) => return Err(self.damaged()),
                None if line.contains(':') => return Ok(Some(Piece::Head(line))),
                None => {}
            }
        }
        if self.inside { Err(self.damaged()) } else { Ok(None) }
    }

    /// A component, up to its end.
    fn component(&mut self, kind: String, first: String) -> Result<Piece, FeedError> {
        let mut lines = vec![first];
        let mut open = vec![kind];
        let mut size = 0;
        while let Some(name) = open.last() {
            let line = self.logical()?.ok_or_else(|| self.damaged())?;
            size += line.len();
            if size > MOST_PIECE {
                return Err(FeedError::TooLong { line: self.line });
            }
            match keyword(&line) {
                Some(("BEGIN", inner)) => open.push(inner.to_ascii_uppercase()),
                Some((_, ended)) if ended.eq_ignore_ascii_case(name) => {
                    if open.len() == 1 {
                        break;
                    }
                    open.pop();
                }
                Some(_) => return Err(self.damaged()),
                // No line of iCalendar: a mark of a merge, for example.
                None if !line.contains(':') => continue,
                None => {}
            }
            lines.push(line);
        }
        let kind = open.swap_remove(0);
        if kind == "VEVENT" || kind == "VTODO" {
            lines.remove(0);
            return Ok(Piece::Entry(Entry::new(kind, lines)));
        }
        lines.push(format!("END:{kind}"));
        Ok(Piece::Other(lines))
    }

    fn damaged(&self) -> FeedError {
        FeedError::Damaged { line: self.line }
    }

    /// A line with those that continue it. It is put together before it is read as text: other programs fold inside letters.
    fn logical(&mut self) -> Result<Option<String>, FeedError> {
        let Some(mut whole) = self.physical()? else { return Ok(None) };
        while self
            .input
            .fill_buf()
            .map_err(FeedError::Read)?
            .first()
            .is_some_and(|first| matches!(first, b' ' | b'\t'))
        {
            let Some(more) = self.physical()? else { break };
            whole.extend_from_slice(&more[1..]);
            if whole.len() > MOST_LINE {
                return Err(FeedError::TooLong { line: self.line });
            }
        }
        Ok(Some(clean(&String::from_utf8_lossy(&whole))))
    }

    fn physical(&mut self) -> Result<Option<Vec<u8>>, FeedError> {
        let mut line = Vec::new();
        let most = MOST_LINE as u64 + 1;
        let count = self.input.by_ref().take(most).read_until(b'\n', &mut line).map_err(FeedError::Read)?;
        self.line += 1;
        if line.len() > MOST_LINE {
            return Err(FeedError::TooLong { line: self.line });
        }
        while line.last().is_some_and(|last| matches!(last, b'\r' | b'\n')) {
            line.pop();
        }
        Ok((count > 0).then_some(line))
    }
}

/// What begins or ends where a line says so.
fn keyword(line: &str) -> Option<(&'static str, &str)> {
    let (word, name) = line.split_once(':')?;
    let word = ["BEGIN", "END"].into_iter().find(|known| word.eq_ignore_ascii_case(known))?;
    Some((word, name.trim()))
}
