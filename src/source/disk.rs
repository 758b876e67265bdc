//! Files on disk: what a folder holds, within bounds.
//! Must not read what is in them.

use super::ReadError;
use super::error::MAX_FILES;
use super::read::{shown, what};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// How deep folders are searched.
const MAX_DEPTH: usize = 32;

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
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for (number, entry) in WalkDir::new(path)
        .max_depth(MAX_DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
        .enumerate()
    {
        if number > MAX_FILES {
            listing.errors.push(ReadError::TooMany { path: shown(path) });
            break;
        }
        match entry {
            Ok(entry) if entry.file_type().is_dir() || !wanted(&entry.file_name().to_string_lossy()) => {}
            Ok(entry) if entry.file_type().is_file() => listing.files.push(entry.into_path()),
            Ok(entry) if !entry.path_is_symlink() => {
                let what = entry.metadata().map_or("something else", |data| what(&data));
                listing.errors.push(ReadError::NoFile { path: shown(entry.path()), what });
            }
            Ok(entry) if !entry.path().exists() => {
                listing.errors.push(ReadError::Astray { path: shown(entry.path()) })
            }
            Ok(_) => {}
            Err(error) => listing.errors.push(ReadError::Refused {
                path: error.path().map_or_else(|| shown(path), shown),
                cause: error
                    .into_io_error()
                    .unwrap_or_else(|| std::io::Error::other("the folder holds itself")),
            }),
        }
    }
    listing
}
