//! The rule packs of a run: the shipped ones, and those of folders of the user.
//! Must not read definitions.

use super::error::CliError;
use super::files::shown_from_here;
use super::planning;
use evalplan::assess::{Choice, IN_FORCE};
use evalplan::diag::{Diagnostic, Severity, nearest};
use evalplan::policy::proof::{MOST_CELLS_AT_LOAD, prove};
use evalplan::policy::{Catalog, Pack, RuleFile};
use evalplan::source::{Sources, Span, UTF8_HINT, read_bytes, rule_files_in, shipped_rules, text_of};
use std::path::PathBuf;

/// The shipped packs, with those of some folders, which are proved as far as that is quick. The shipped ones never change: a test
/// proves them whole, as `rules check` does.
pub(crate) fn load_catalog(
    folders: &[PathBuf],
    sources: &mut Sources,
) -> Result<(Catalog, Vec<Diagnostic>), CliError> {
    let (catalog, mut diagnostics) = read_catalog(folders, sources)?;
    diagnostics.extend(prove(&catalog, |pack| !pack.shipped, MOST_CELLS_AT_LOAD).diagnostics());
    Ok((catalog, diagnostics))
}

/// The shipped packs, with those of some folders, as they are.
pub(crate) fn read_catalog(
    folders: &[PathBuf],
    sources: &mut Sources,
) -> Result<(Catalog, Vec<Diagnostic>), CliError> {
    let mut files = Vec::new();
    for (path, text) in shipped_rules("") {
        files.push(RuleFile { source: sources.add(path, text), shipped: true });
    }
    let mut diagnostics = Vec::new();
    for folder in folders {
        let before = files.len();
        let mut planning = false;
        for path in rule_files_in(folder)? {
            if planning::is_planning(&path) {
                planning = true;
                continue;
            }
            let (text, saved) = text_of(&read_bytes(&path)?);
            let source = sources.add(shown_from_here(&path), text);
            if let Some(fault) = saved.fault() {
                let told = Diagnostic::error(source, Span::new(saved.place()), fault);
                diagnostics.push(told.hint(UTF8_HINT));
                continue;
            }
            files.push(RuleFile { source, shipped: false });
        }
        if files.len() == before && diagnostics.is_empty() && !planning {
            return Err(CliError::new(format!("`{}` holds no rule pack", folder.display()))
                .hint("a pack is a folder with a `pack.toml` in it"));
        }
    }
    let loaded = Catalog::load(&files, sources);
    diagnostics.extend(loaded.diagnostics);
    Ok((loaded.value, diagnostics))
}

/// A pack that is named must be there.
pub(crate) fn refuse_unknown(choice: &Choice, catalog: &Catalog) -> Result<(), CliError> {
    let mut named =
        choice.policy.iter().map(String::as_str).filter(|name| *name != IN_FORCE).chain(choice.pack_names());
    named.try_for_each(|name| pack(catalog, name).map(|_| ()))
}

/// The pack of that name, which must be there.
pub(crate) fn pack<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Pack, CliError> {
    catalog.pack(name).ok_or_else(|| {
        let error = CliError::new(format!("there is no pack `{name}`"));
        match nearest(name, catalog.packs.iter().map(|pack| &*pack.id)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`evalplan rules list` shows every pack"),
        }
    })
}

/// Whether any of these mistakes makes a file one that cannot be trusted.
pub(crate) fn is_broken(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
