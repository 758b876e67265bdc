//! Why a file cannot be read, and how large it may be.
//! Must not open files.

use std::io::Error;

/// The most bytes that are read of any file: 8 MiB. Readers of a format have lower bounds of their own.
pub(super) const MAX_FILE: u64 = 8 * 1024 * 1024;

/// The most files that are looked at in one folder.
pub(super) const MAX_FILES: usize = 100_000;

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
    /// What is there is no ordinary file: to read it may never end.
    #[error("`{path}` is {what}, not a file: it is not read")]
    NoFile {
        /// The path as given.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// It lies elsewhere than it may, or nobody can tell where its links lead.
    #[error("`{path}` leads out of the folder that is read")]
    Outside {
        /// The path as given.
        path: String,
    },
    /// The system refuses.
    #[error("`{path}` cannot be read: {cause}")]
    Refused {
        /// The path as given.
        path: String,
        /// Why.
        cause: Error,
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
