//! Files on disk: what a folder holds, and the bytes of a file, both within bounds.
//! Must not give meaning to them.

use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The most bytes that are read of any file: 8 MiB. Readers of a format have lower bounds of their own.
pub(super) const MAX_FILE: u64 = 8 * 1024 * 1024;

/// The most files that are looked at in one folder.
pub(super) const MAX_FILES: usize = 100_000;

/// How deep folders are searched.
const MAX_DEPTH: usize = 32;

/// A file or folder that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("there is no file or folder `{path}`")]
    Missing {
        /// The path as given.
        path: String,
    },
    /// A link that leads nowhere.
    #[error("`{path}` is a link to a file that is not there")]
    Astray {
        /// The path as given.
        path: String,
    },
    /// The system refuses.
    #[error("`{path}` cannot be read: {cause}")]
    Refused {
        /// The path as given.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// It is larger than anything that is meant to be read.
    #[error("`{path}` is larger than {} MiB", MAX_FILE / 1024 / 1024)]
    TooLarge {
        /// The path as given.
        path: String,
    },
    /// A folder holds more files than are looked at.
    #[error("`{path}` holds more than {MAX_FILES} files")]
    TooMany {
        /// The path as given.
        path: String,
    },
}

/// The bytes of a file.
///
/// # Errors
/// Where it is not there, cannot be read, or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let shown = || shown(path);
    let refused = |cause: std::io::Error| match cause.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing { path: shown() },
        _ => ReadError::Refused { path: shown(), cause },
    };
    let file = std::fs::File::open(path).map_err(refused)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: shown() });
    }
    Ok(bytes)
}

/// The name of the file that says what holds for a portfolio; it is no definition.
pub const PORTFOLIO: &str = "evalplan.toml";

/// What a path holds: the files that can be read, and what cannot.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files, sorted.
    pub files: Vec<PathBuf>,
    /// What is not there or cannot be looked into. It does not keep the rest from being read.
    pub errors: Vec<ReadError>,
}

/// The definitions at a path: the file itself, or every `*.toml` in the folder and below it, sorted. [`PORTFOLIO`] is none,
/// and names that begin with a dot are passed over. Links are not followed.
#[must_use]
pub fn definitions_in(path: &Path) -> Listing {
    let mut listing = files_in(path, has_ending);
    listing.files.retain(|file| file.file_name().is_none_or(|name| name != PORTFOLIO));
    listing
}

/// The pack and rule files in a folder and below it, sorted. Links are not followed.
///
/// # Errors
/// Where nothing is there, or a folder cannot be read.
pub fn rule_files_in(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let listing = files_in(path, has_ending);
    listing.errors.into_iter().next().map_or(Ok(listing.files), Err)
}

fn has_ending(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

fn files_in(path: &Path, wanted: impl Fn(&str) -> bool) -> Listing {
    let mut listing = Listing::default();
    let is_link = path.is_symlink();
    if !path.exists() {
        let path = shown(path);
        listing.errors.push(if is_link { ReadError::Astray { path } } else { ReadError::Missing { path } });
        return listing;
    }
    if !path.is_dir() {
        listing.files.push(path.to_owned());
        return listing;
    }
    let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for (number, entry) in WalkDir::new(path).max_depth(MAX_DEPTH).sort_by_file_name().into_iter().filter_entry(visible).enumerate() {
        if number > MAX_FILES {
            listing.errors.push(ReadError::TooMany { path: shown(path) });
            break;
        }
        match entry {
            Ok(entry) if entry.file_type().is_file() && wanted(&entry.file_name().to_string_lossy()) => {
                listing.files.push(entry.into_path());
            }
            Ok(entry) if entry.path_is_symlink() && wanted(&entry.file_name().to_string_lossy()) && !entry.path().exists() => {
                listing.errors.push(ReadError::Astray { path: shown(entry.path()) });
            }
            Ok(_) => {}
            Err(error) => listing.errors.push(ReadError::Refused {
                path: error.path().map_or_else(|| shown(path), shown),
                cause: error.into_io_error().unwrap_or_else(|| std::io::Error::other("the folder holds itself")),
            }),
        }
    }
    listing
}

/// A path as people are shown it: with forward slashes, without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
