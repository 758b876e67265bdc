//! Where files may lie that definitions and `evalplan.toml` name: what a stranger writes leads to nothing that the user has not
//! asked to be read. Must not read anything.

use super::config::Config;
use std::path::{Path, PathBuf};

/// The folders that a run reads, as real paths.
#[derive(Debug)]
pub(crate) struct Grounds(Vec<PathBuf>);

impl Grounds {
    /// Those of the paths of a command, and that of the configuration that rules them.
    pub(crate) fn of(paths: &[PathBuf], config: &Config) -> Self {
        let folders = paths.iter().filter(|path| path.is_dir()).map(PathBuf::as_path);
        let ruling = config.file.as_deref().and_then(Path::parent);
        Self(folders.chain(ruling).filter_map(|folder| folder.canonicalize().ok()).collect())
    }

    /// The folder of a definition, and those of the run that hold it.
    pub(crate) fn around(&self, definition: &Path) -> Vec<PathBuf> {
        let Ok(own) = folder_of(definition).canonicalize() else { return Vec::new() };
        let holding = self.0.iter().filter(|folder| own.starts_with(folder)).cloned();
        std::iter::once(own.clone()).chain(holding).collect()
    }
}

/// The folder in which a file lies.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
