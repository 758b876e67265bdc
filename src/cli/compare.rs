//! Whether what would be written stands in a file already.
//! Must not write it.

use super::error::CliError;
use super::output;
use evalplan::source::open_file;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// A stream that compares what is written to it with a file, and keeps nothing.
pub(crate) struct Compared {
    /// What stands in the file behind what was compared; nothing where there is no file.
    rest: Option<BufReader<File>>,
    same: bool,
}

impl Compared {
    /// To compare with a file, which may not be there.
    pub(crate) fn with(path: &Path) -> Result<Self, CliError> {
        let file = ordinary(path)?;
        Ok(Self { same: file.is_some(), rest: file.map(BufReader::new) })
    }

    /// Whether the file is there.
    pub(crate) fn is_there(&self) -> bool {
        self.rest.is_some()
    }

    /// Whether the file holds what was written, and nothing behind it.
    pub(crate) fn is_same(&mut self) -> bool {
        self.same && self.rest.as_mut().is_some_and(|rest| rest.fill_buf().is_ok_and(<[u8]>::is_empty))
    }
}

impl Write for Compared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut left = bytes;
        while let (true, Some(rest), false) = (self.same, &mut self.rest, left.is_empty()) {
            // What cannot be read is not the same.
            let there = rest.fill_buf().unwrap_or_default();
            let count = there.len().min(left.len());
            self.same = count > 0 && there[..count] == left[..count];
            rest.consume(count);
            left = &left[count..];
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file that is there. A device or a pipe holds nothing.
pub(crate) fn ordinary(path: &Path) -> Result<Option<File>, CliError> {
    if output::is_device(path) { Ok(None) } else { Ok(open_file(path)?) }
}
