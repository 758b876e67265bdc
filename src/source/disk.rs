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
    files_within(path, wanted, MAX_FILES)
}

/// The files of a folder that are wanted; an error where it holds more than so many files, or so many folders.
fn files_within(path: &Path, wanted: impl Fn(&str) -> bool, most: usize) -> Listing {
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
    let (mut files, mut folders) = (0, 0);
    let entries = WalkDir::new(path).max_depth(MAX_DEPTH).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(visible) {
        let is_folder = entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir());
        let seen = if is_folder { &mut folders } else { &mut files };
        *seen += 1;
        if *seen > most {
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

#[cfg(test)]
mod tests {
    use super::files_within;

    #[test]
    fn files_are_counted_apart_from_the_folders_that_hold_them() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (sub, name) in [("a", "1.toml"), ("a", "2.toml"), ("b", "3.txt")] {
            std::fs::create_dir_all(folder.path().join(sub)).expect("a folder can be made");
            std::fs::write(folder.path().join(sub).join(name), "").expect("a file can be written");
        }
        let listed = |most| {
            let listing = files_within(folder.path(), |name| name.ends_with(".toml"), most);
            (listing.files.len(), listing.errors.len())
        };
        assert_eq!(listed(3), (2, 0), "three files, and three folders with the first");
        assert_eq!(listed(2).1, 1);
    }
}
