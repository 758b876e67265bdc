//! A file in the place of another, whole or not at all: written beside its target, then moved there.
//! Must not write over what is no file, and must not remove what this tool has not made.

use std::collections::BTreeSet;
use std::fs::{File, Metadata, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::NamedTempFile;

/// How the name of a file begins that is being written.
const PREFIX: &str = ".evalplan-";

/// How many letters and digits stand behind it.
const RANDOM: usize = 6;

/// How often a file is begun anew where another run takes it for one that was left behind.
const MOST_TRIES: usize = 8;

/// A file that is being written, beside the one whose place it is to take.
pub(super) struct Replacement {
    file: io::BufWriter<NamedTempFile>,
    target: PathBuf,
    there: Option<Metadata>,
}

impl Replacement {
    /// Begins a file that takes the place of the target, with the owner and mode that that has where it is there; else as the system
    /// makes files. What runs that were stopped have left beside it is removed.
    pub(super) fn begin(target: PathBuf, there: Option<Metadata>) -> io::Result<Self> {
        let folder = super::grounds::folder_of(&target);
        sweep(folder);
        let file = io::BufWriter::new(begin(folder, there.is_some())?);
        Ok(Self { file, target, there })
    }

    /// Puts what was written in its place.
    pub(super) fn put(self) -> io::Result<()> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        if let Some(there) = &self.there {
            keep(file.as_file(), there);
        }
        file.persist(&self.target).map(drop).map_err(|error| error.error)
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A new file of this run. It is locked as long as the run lives: by that others know that it is not left behind.
fn begin(folder: &Path, private: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).rand_bytes(RANDOM);
    if !private {
        as_usual(&mut builder);
    }
    for _ in 0..MOST_TRIES {
        let file = builder.tempfile_in(folder)?;
        let mine = !matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Between making and locking it another run may have removed it.
        if mine && file.path().symlink_metadata().is_ok() {
            return Ok(file);
        }
    }
    Err(io::Error::other("other runs take away what is written"))
}

/// The folders that have been swept.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes what runs that were stopped have left in a folder, once a run. Only files with a name of ours count that nobody has
/// locked: the system unlocks them when their run ends, however it ends.
fn sweep(folder: &Path) {
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        return;
    }
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let ours = entry.file_name().to_str().is_some_and(is_ours)
            && entry.file_type().is_ok_and(|kind| kind.is_file());
        if ours && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn is_ours(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).unwrap_or_default();
    random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A new file is one that the system makes as it makes others: it takes away what the user's mask says.
#[cfg(unix)]
fn as_usual(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn as_usual(_: &mut tempfile::Builder<'_, '_>) {}

/// Owner and mode of the file that is replaced, as far as the system lets them be kept. A group that cannot be kept leaves the new
/// one no more than everybody has.
#[cfg(unix)]
fn keep(file: &File, there: &Metadata) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let (user, group) = (there.uid(), there.gid());
    let kept = fchown(file, Some(user), Some(group)).is_ok() || fchown(file, None, Some(group)).is_ok();
    let mode = there.mode() & 0o7777;
    let mode = if kept { mode } else { mode & !0o070 | (mode & 0o007) << 3 };
    let _ = file.set_permissions(std::fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn keep(file: &File, there: &Metadata) {
    let _ = file.set_permissions(there.permissions());
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_names_that_this_tool_gives_are_swept() {
        assert!(is_ours(".evalplan-aB3xYz"));
        let others = [
            ".evalplan-",
            ".evalplan-aB3xY",
            ".evalplan-aB3xYz1",
            ".evalplan-notes.",
            "evalplan-aB3xYz",
            ".evalplan-a/3xYz",
            ".evalplan.toml",
        ];
        assert!(others.iter().all(|name| !is_ours(name)));
    }
}
