//! Which files a run reads, each once, and how their paths are told.
//! Must not read what is in them.

use evalplan::diag::{Diagnostic, nearest};
use evalplan::source::{ReadError, Sources, Span, definitions_in};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// The definitions at some paths, sorted, each once however it is named. What is not there is a mistake, and does not keep the
/// others from being read.
pub(crate) fn list(
    paths: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PathBuf> {
    let mut files = BTreeSet::new();
    for path in paths {
        let listing = definitions_in(path);
        files.extend(listing.files.iter().map(|file| plain(file)));
        for error in listing.errors {
            let at = if let ReadError::Astray { path } | ReadError::NoFile { path, .. } = &error {
                Path::new(path)
            } else {
                path
            };
            let source = sources.add(shown(at), "");
            let diagnostic = Diagnostic::error(source, Span::new(0..0), error.to_string());
            diagnostics.push(match hint(path, &error) {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic,
            });
        }
    }
    // In one folder, where links are not followed, no file is found twice.
    if paths.len() == 1 {
        return files.into_iter().collect();
    }
    let mut seen = BTreeSet::new();
    files
        .into_iter()
        .filter(|file| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())))
        .collect()
}

/// What may have been meant by a path at which there is nothing.
fn hint(path: &Path, error: &ReadError) -> Option<String> {
    if !matches!(error, ReadError::Missing { .. }) {
        return None;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name()?.to_string_lossy().into_owned();
    let mut beside: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    beside.sort();
    let near = nearest(&name, beside.iter().map(String::as_str))?;
    Some(format!("did you mean `{}`?", shown(&path.with_file_name(near))))
}

/// A path without steps to where it already is.
pub(crate) fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// A path as people are shown it.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// A path as people are shown it, from the folder that the run is in where it is below that.
pub(crate) fn shown_from_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    shown(path.strip_prefix(&here).unwrap_or(path))
}

/// The names of the folder that the run is in: what the system calls it, and what the user does where links lead there.
pub(crate) fn roots() -> Vec<String> {
    let here = std::env::current_dir().ok();
    let named = std::env::var_os("PWD").map(PathBuf::from);
    let same = named
        .filter(|named| named.canonicalize().ok() == here.as_ref().and_then(|here| here.canonicalize().ok()));
    let mut roots: Vec<String> = here.iter().chain(&same).map(|folder| shown(folder)).collect();
    roots.dedup();
    roots
}
