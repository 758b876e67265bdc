//! `check --fix` and `--diff`: what would be mended, shown first, then written.
//! Must not decide what is mended: the library does.

use super::args::{CheckArgs, FixArgs};
use super::error::CliError;
use super::files::{shown, shown_from_here};
use super::output;
use super::run::{Drafts, Input, read_drafts};
use evalplan::fix::{Basis, Mend, Mended, Reach, codes, mend};
use evalplan::model::Definition;
use evalplan::report::{harmless_lines, mends, unified};
use evalplan::source::SourceId;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// How often codes are respelt: some are only looked at once the others are right.
const MOST_READINGS: usize = 4;

/// What would become of one file.
#[derive(Debug)]
pub(crate) struct Change {
    path: PathBuf,
    old: String,
    new: String,
    mends: Vec<Mend>,
    left: Vec<String>,
}

/// What can be mended in the definitions of a run, file by file.
pub(crate) fn changes(arguments: &CheckArgs, input: &Input) -> Result<Vec<Change>, CliError> {
    let texts = texts(input);
    let mut found: BTreeMap<PathBuf, Mended> = BTreeMap::new();
    let mut again = None;
    for _ in 0..MOST_READINGS {
        let respelt = respelt(again.as_ref().unwrap_or(input));
        if respelt.is_empty() {
            break;
        }
        for (path, respelt) in respelt {
            let known = found.entry(path).or_default();
            known.text = respelt.text;
            known.mends.extend(respelt.mends);
        }
        let drafts: Drafts = found.iter().map(|(path, respelt)| (path.clone(), respelt.text.clone())).collect();
        let read = read_drafts(&arguments.run.paths, &arguments.run.packs, &drafts)?;
        again = Some(Input { choice: input.choice.clone(), ..read });
    }
    for (path, mended) in mended(again.as_ref().unwrap_or(input), input, &arguments.fixes) {
        let known = found.entry(path).or_default();
        known.text = mended.text;
        known.mends.extend(mended.mends);
        known.left = mended.left;
    }
    let change = |(path, Mended { text: new, mends, left }): (PathBuf, Mended)| {
        let old = input.sources.text(*texts.get(&path)?).to_owned();
        (old != new || !left.is_empty()).then_some(Change { path, old, new, mends, left })
    };
    Ok(found.into_iter().filter_map(change).collect())
}

/// The texts of a run with their codes as they must be spelt, where they are not.
fn respelt(input: &Input) -> Vec<(PathBuf, Mended)> {
    let respelt = |(path, source)| Some((path, codes(source, input.sources.text(source), &input.diagnostics)?));
    texts(input).into_iter().filter_map(respelt).collect()
}

/// The texts of the definitions, sound or not.
fn texts(input: &Input) -> BTreeMap<PathBuf, SourceId> {
    let mentioned = input.diagnostics.iter().map(|diagnostic| diagnostic.source);
    let sources = input.definitions.iter().map(|definition| definition.source).chain(mentioned);
    let by_name: BTreeMap<&str, SourceId> = sources.map(|source| (input.sources.path(source), source)).collect();
    let of_file = |path: &PathBuf| Some((path.clone(), *by_name.get(shown(path).as_str())?));
    input.files.iter().filter_map(of_file).collect()
}

/// The sound definitions of a run, mended; `first` is the run before codes were respelt.
fn mended(input: &Input, first: &Input, arguments: &FixArgs) -> BTreeMap<PathBuf, Mended> {
    let reach = if arguments.unsafe_fixes { Reach::Unsafe } else { Reach::Safe };
    let texts = texts(input);
    let before = |definition: &Definition| first.definitions.iter().find(|one| one.path == definition.path).cloned();
    let mended = input.each("mending", |definition| {
        let before = before(definition).unwrap_or_else(|| definition.clone());
        mend(input.basis(), definition, &before, input.sources.text(definition.source), reach)
    });
    let paths = input.definitions.iter().map(|definition| texts.iter().find(|(_, source)| **source == definition.source));
    paths.zip(mended).filter_map(|(path, mended)| Some((path?.0.clone(), mended))).collect()
}

/// Shows the changes in words on the standard error, and as a patch: on the standard output where it is asked for, else beside the words.
pub(crate) fn show(changes: &[Change], arguments: &FixArgs, quiet: bool) -> Result<(), CliError> {
    let mut patches = String::new();
    for change in changes {
        // Programs that apply patches refuse paths from the root.
        let path = shown_from_here(&change.path);
        let patch = unified(&path, &change.old, &change.new);
        if !quiet {
            output::tell_drawn(&mends(&path, &change.mends, &change.left));
        }
        if arguments.diff {
            patches.push_str(&patch);
        } else if !quiet {
            output::tell_drawn(&harmless_lines(&patch));
        }
    }
    let next = match (changed(changes).count(), arguments.diff) {
        (0, _) if arguments.unsafe_fixes => "Nothing to mend without what only a person knows.\n".to_owned(),
        (0, _) => "Nothing to mend mechanically; `--unsafe-fixes` also makes changes that a person should decide.\n".to_owned(),
        (count, true) => format!("{} to mend, nothing written. Next: the same with --fix instead of --diff\n", definitions(count)),
        (_, false) => String::new(),
    };
    if !quiet {
        output::tell(&next);
    }
    output::print(&if io::stdout().is_terminal() { harmless_lines(&patches) } else { patches })
}

/// Those that change the text; the others only say why nothing is changed.
fn changed(changes: &[Change]) -> impl Iterator<Item = &Change> {
    changes.iter().filter(|change| change.old != change.new)
}

fn definitions(count: usize) -> String {
    if count == 1 { "1 definition".to_owned() } else { format!("{count} definitions") }
}

/// Writes the changes. What cannot be written is told, and the others are written all the same; false where that is so.
pub(crate) fn write(changes: &[Change], quiet: bool) -> bool {
    let (mut written, mut all) = (0, true);
    for change in changed(changes) {
        match write_one(change) {
            Ok(()) => written += 1,
            Err(error) => {
                output::report(&error);
                all = false;
            }
        }
    }
    if written > 0 && !quiet {
        output::tell_drawn(&format!("Mended {}.\n\n", definitions(written)));
    }
    all
}

fn write_one(change: &Change) -> Result<(), CliError> {
    if evalplan::source::read_bytes(&change.path)? != change.old.as_bytes() {
        let message = format!("`{}` was changed while it was read, and stays as it is", change.path.display());
        return Err(CliError::new(message).hint("run the command again"));
    }
    output::write_file(&change.path, change.new.as_bytes())
}

impl Input {
    /// What changes are held against.
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis { catalog: &self.catalog, choice: &self.choice, planner: &self.planner, as_of: self.as_of }
    }
}
