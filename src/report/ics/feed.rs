//! An older feed: a stream that is read twice, first for what it holds, then piece by piece while the next one is written.
//! Must not decide what becomes of an entry.

use super::index::Index;
use super::pieces::Pieces;
use crate::source::decoded;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// A feed that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The stream fails.
    #[error("it cannot be read: {0}")]
    Read(io::Error),
    /// What it is written to fails.
    #[error("{0}")]
    Write(io::Error),
    /// It is no iCalendar.
    #[error("it is not a calendar")]
    NotACalendar,
    /// Something in it has no end, or no beginning: what it remembers is not whole.
    #[error("line {line}: the calendar is damaged here")]
    Damaged {
        /// The line, from 1.
        line: usize,
    },
    /// A line or an entry is larger than any that is written.
    #[error("line {line}: this is longer than any entry of a calendar feed")]
    TooLong {
        /// The line, from 1.
        line: usize,
    },
}

/// What a feed is read from.
pub(super) trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// An older feed. Of its entries only ids and numbers are held.
pub struct Feed {
    stream: Box<dyn Stream>,
    /// Where it ended when it was opened; what is added later is not read.
    length: u64,
    pub(super) index: Index,
}

impl Feed {
    /// Reads what a feed holds, from the beginning of a stream. Nothing where that is blank.
    ///
    /// # Errors
    /// Where it is no whole calendar, or holds what no feed does.
    pub fn read(stream: impl Read + Seek + 'static) -> Result<Option<Self>, FeedError> {
        let mut stream: Box<dyn Stream> = Box::new(stream);
        let length = stream.seek(SeekFrom::End(0)).map_err(FeedError::Read)?;
        let mut feed = Self { stream, length, index: Index::default() };
        let mut index = Index::default();
        let mut pieces = feed.pieces()?;
        while let Some(piece) = pieces.next()? {
            index.take(&piece);
        }
        let blank = pieces.is_blank();
        drop(pieces);
        feed.index = index;
        Ok((!blank).then_some(feed))
    }

    /// Its pieces, from the first one.
    pub(super) fn pieces(&mut self) -> Result<Pieces<impl BufRead>, FeedError> {
        pieces(&mut *self.stream, self.length)
    }

    /// Its pieces, beside what it holds.
    pub(super) fn split(&mut self) -> Result<(&Index, Pieces<impl BufRead>), FeedError> {
        Ok((&self.index, pieces(&mut *self.stream, self.length)?))
    }
}

fn pieces(stream: &mut dyn Stream, length: u64) -> Result<Pieces<impl BufRead>, FeedError> {
    stream.seek(SeekFrom::Start(0)).map_err(FeedError::Read)?;
    Ok(Pieces::new(decoded(stream.take(length)).map_err(FeedError::Read)?))
}
