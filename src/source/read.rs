//! The bytes of a file, within bounds, and of nothing that never ends or that nobody meant to be read.
//! Must not give meaning to them.

use super::ReadError;
use super::error::MAX_FILE;
use std::fs::{File, Metadata};
use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The bytes of a file.
///
/// # Errors
/// Where it is not there, is no ordinary file, cannot be read, or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    read(path, Metadata::is_file)
}

/// The bytes of a file that the user names in the command itself. It may also be a pipe or a device that the system holds ready,
/// such as `/dev/stdin`, or `/dev/fd/63` for `<(…)`: who starts what writes into it also ends it.
///
/// # Errors
/// Where it is not there, is no such file, cannot be read, or is too large.
pub fn read_named(path: &Path) -> Result<Vec<u8>, ReadError> {
    let ready = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
    read(path, |data| data.is_file() || (ready && !data.is_dir()))
}

/// The bytes of a file that lies [`within`] some folders.
///
/// # Errors
/// Where it lies elsewhere, is not there, is no ordinary file, cannot be read, or is too large.
pub fn read_within(path: &Path, folders: &[PathBuf]) -> Result<Vec<u8>, ReadError> {
    within(path, folders).and_then(|_| read_bytes(path))
}

/// The real path of what a stranger names: it lies in or below some folders, which are real paths. Links may lead to it and not
/// away from there. Of what lies elsewhere nothing is told, not even whether it is there.
///
/// # Errors
/// Where it lies elsewhere, or is not there.
pub fn within(path: &Path, folders: &[PathBuf]) -> Result<PathBuf, ReadError> {
    for part in path.ancestors() {
        let named = if part.as_os_str().is_empty() { Path::new(".") } else { part };
        match named.canonicalize() {
            Ok(real) if !folders.iter().any(|folder| real.starts_with(folder)) => break,
            Ok(real) if part == path => return Ok(real),
            Ok(_) => return Err(ReadError::Missing { path: shown(path) }),
            Err(_) if named.is_symlink() => break,
            Err(_) => {}
        }
    }
    Err(ReadError::Outside { path: shown(path) })
}

/// An ordinary file, to be read as a stream. `None` where nothing is there, and for devices and pipes, which hold nothing.
///
/// # Errors
/// Where it cannot be opened.
pub fn open_file(path: &Path) -> Result<Option<File>, ReadError> {
    // To open a pipe would wait for its writer.
    if path.metadata().is_ok_and(|data| !data.is_file()) {
        return Ok(None);
    }
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(ReadError::Refused { path: shown(path), cause }),
    }
}

fn read(path: &Path, may_be_read: impl Fn(&Metadata) -> bool) -> Result<Vec<u8>, ReadError> {
    let refused = |cause: Error| match cause.kind() {
        ErrorKind::NotFound => ReadError::Missing { path: shown(path) },
        _ => ReadError::Refused { path: shown(path), cause },
    };
    // A pipe must be known before it is opened: to open one waits for its other end.
    let data = path.metadata().map_err(refused)?;
    if !may_be_read(&data) {
        return Err(ReadError::NoFile { path: shown(path), what: what(&data) });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes)).map_err(refused)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: shown(path) });
    }
    Ok(bytes)
}

/// What is there instead of an ordinary file, in words.
pub(super) fn what(data: &Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = data.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    if data.is_dir() { "a folder" } else { "something else" }
}

/// A path as people are shown it: with forward slashes, without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
