//! `evalplan.toml` at the root of a portfolio: what holds for every run there.

use super::args::{FailOn, Undecided};
use super::error::CliError;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The name of the file.
const NAME: &str = "evalplan.toml";

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
}

/// The configuration for some paths: of the first folder among them or above them that has one.
pub(crate) fn load(paths: &[PathBuf]) -> Result<Config, CliError> {
    let Some(file) = paths.iter().find_map(|path| find(path)) else { return Ok(Config::default()) };
    let bytes = evalplan::source::read_bytes(&file)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut config: Config = toml::from_str(&text).map_err(|error| {
        CliError::new(format!("`{}` cannot be read: {error}", file.display()))
            .hint("it may say `policy`, `rules`, `fail-on`, `undecided`, `deny`, `warn`, `allow` and `exit-zero`")
    })?;
    let folder = file.parent().unwrap_or(Path::new(""));
    config.rules = config.rules.iter().map(|rules| folder.join(rules)).collect();
    Ok(config)
}

/// The file in the folder of a path, or in one above it, up to the root of a repository.
fn find(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let start = if absolute.is_dir() { absolute.as_path() } else { absolute.parent()? };
    for folder in start.ancestors() {
        let file = folder.join(NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}
