//! `evalplan.toml` at the root of a portfolio: what holds for every run there.

use super::args::{FailOn, Undecided};
use super::error::CliError;
use super::files::shown_from_here;
use super::grounds::folder_of;
use super::thresholds::near_or_all;
use evalplan::diag::Diagnostic;
use evalplan::policy::Catalog;
use evalplan::report::{Level, Levels};
use evalplan::source::{
    PORTFOLIO, ReadError, SourceId, Sources, Span, UTF8_HINT, read_within, text_of, within,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a portfolio says for itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    /// The edition to apply where a definition names none.
    pub policy: Option<String>,
    /// Folders of rule packs, beside the file.
    #[serde(default)]
    pub rules: Vec<PathBuf>,
    /// The least grave level that ends a check with 1.
    pub fail_on: Option<FailOn>,
    /// What an undecided rule counts as.
    pub undecided: Option<Undecided>,
    /// Rules whose gaps are errors.
    #[serde(default)]
    pub deny: Vec<String>,
    /// Rules whose gaps are warnings.
    #[serde(default)]
    pub warn: Vec<String>,
    /// Rules whose gaps do not count.
    #[serde(default)]
    pub allow: Vec<String>,
    /// Whether a check ends with 0 even where there are gaps.
    pub exit_zero: Option<bool>,
    /// Where it was read from.
    #[serde(skip)]
    pub file: Option<PathBuf>,
    /// Its text.
    #[serde(skip)]
    pub source: Option<SourceId>,
}

/// The configuration for some paths: of the first folder at each of them or above it that has one. They must agree on which.
/// A file with mistakes says nothing, and its mistakes are noted.
pub(crate) fn load(
    paths: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Config, CliError> {
    let mut found: Vec<PathBuf> = paths.iter().filter_map(|path| find(path)).collect();
    found.sort();
    found.dedup();
    let file = match found.as_slice() {
        [] => return Ok(Config::default()),
        [file] => file,
        [first, second, ..] => {
            return Err(CliError::new(format!(
                "two portfolios speak for these paths: `{}` and `{}`",
                first.display(),
                second.display()
            ))
            .hint("run the command once for each"));
        }
    };
    let path = shown_from_here(file);
    let folder = folder_of(file);
    let real: Vec<PathBuf> = folder.canonicalize().into_iter().collect();
    let (text, refused) = match read_within(file, &real).map(|bytes| text_of(&bytes)) {
        Ok((text, saved)) => match saved.fault() {
            None => (text, None),
            Some(fault) => (String::new(), Some((fault, Some(UTF8_HINT)))),
        },
        Err(error) => (String::new(), Some((error.to_string(), None))),
    };
    let source = sources.add(path, &*text);
    if let Some((message, hint)) = refused {
        let error = Diagnostic::error(source, Span::new(0..0), message);
        diagnostics.push(hint.iter().fold(error, |error, hint| error.hint(*hint)));
    }
    let mut config: Config = evalplan::toml::read(source, &text).unwrap_or_else(|told| {
        diagnostics.extend(told);
        Config::default()
    });
    config.file = Some(file.clone());
    config.source = Some(source);
    diagnostics.extend(config.keep_within(folder, &real, sources));
    Ok(config)
}

impl Config {
    /// The folders of rules as real paths, so that places in them are told from the folder of the run. What leads out of the folder of
    /// the file is left out: whoever changes the file is not always who runs the command.
    fn keep_within(&mut self, folder: &Path, real: &[PathBuf], sources: &Sources) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        for written in std::mem::take(&mut self.rules) {
            match within(&folder.join(&written), real) {
                Ok(there) => self.rules.push(there),
                Err(ReadError::Outside { .. }) => {
                    let name = written.to_string_lossy();
                    let hint = "packs lie beside this file or below; name others in the command: --rules DIR";
                    told.extend(self.mistake(
                        &name,
                        format!("`{name}` leads out of the folder of this file"),
                        hint.to_owned(),
                        sources,
                    ));
                }
                Err(_) => self.rules.push(folder.join(written)),
            }
        }
        told
    }

    /// A folder of rules that is not there, or holds none.
    pub(crate) fn no_pack(&self, folder: &Path, sources: &Sources) -> Option<Diagnostic> {
        let written = folder
            .strip_prefix(self.file.as_ref()?.parent()?)
            .unwrap_or(folder)
            .to_string_lossy()
            .into_owned();
        let hint =
            "a pack is a folder with a `pack.toml` in it; the path starts from the folder of this file";
        self.mistake(&written, format!("`{written}` holds no rule pack"), hint.to_owned(), sources)
    }

    /// Rules in the file that no pack has.
    pub(crate) fn unknown_rules(&self, catalog: &Catalog, sources: &Sources) -> Vec<Diagnostic> {
        let named = [&self.allow, &self.warn, &self.deny].into_iter().flatten();
        let unknown = named.filter_map(|rule| {
            let (message, near) = Levels::default().set(rule, Level::None, catalog).err()?;
            self.mistake(rule, message, near_or_all(near), sources)
        });
        unknown.collect()
    }

    /// A name in the file that means nothing, at its place.
    pub(crate) fn mistake(
        &self,
        name: &str,
        message: String,
        hint: String,
        sources: &Sources,
    ) -> Option<Diagnostic> {
        let source = self.source?;
        let at = sources.text(source).find(&format!("\"{name}\"")).map_or(0..0, |at| at..at + name.len() + 2);
        Some(Diagnostic::error(source, Span::new(at), message).hint(hint))
    }
}

/// The configurations between a run and its definitions: they do not count, and the user should know.
pub(crate) fn passed_over(files: &[PathBuf], config: &Config, sources: &mut Sources) -> Vec<Diagnostic> {
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let nearest = folders
        .into_iter()
        .filter_map(|folder| find(if folder == Path::new("") { Path::new(".") } else { folder }));
    let passed: BTreeSet<PathBuf> = nearest.filter(|file| config.file.as_ref() != Some(file)).collect();
    let told = passed.iter().map(|file| {
        let path = shown_from_here(file);
        let folder = path.strip_suffix(PORTFOLIO).map_or(".", |folder| folder.trim_end_matches('/')).to_owned();
        Diagnostic::warning(sources.add(path, ""), Span::new(0..0), "what this file says does not count in this run")
            .hint(format!("only the one at the paths of the command or above them does; run the command with `{folder}` alone to use it"))
    });
    told.collect()
}

/// The file in the folder of a path, or in one above it, up to the root of a repository.
fn find(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let start = if absolute.is_dir() { absolute.as_path() } else { absolute.parent()? };
    for folder in start.ancestors() {
        let file = folder.join(PORTFOLIO);
        // What is there and cannot be read is a mistake, not as good as nothing.
        if file.symlink_metadata().is_ok_and(|data| !data.is_dir()) {
            return Some(file);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}
