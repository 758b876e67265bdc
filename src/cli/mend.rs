//! `check --fix` and `--diff`: what would be mended, shown first, then written.
//! Must not decide what is mended: the library does.

use super::args::{CheckArgs, FixArgs};
use super::error::CliError;
use super::files::{shown, shown_from_here};
use super::output;
use super::run::Run;
use evalplan::engine::Outcome;
use evalplan::fix::{Mend, Mended, Reach};
use evalplan::report::{harmless_lines, mends, unified};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

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
pub(crate) fn changes(arguments: &CheckArgs, run: &Run) -> Vec<Change> {
    let reach = if arguments.fixes.unsafe_fixes { Reach::Unsafe } else { Reach::Safe };
    let paths: BTreeMap<String, &PathBuf> = run.files.iter().map(|path| (shown(path), path)).collect();
    let (portfolio, mut changes) = (run.portfolio(), Vec::new());
    let made = |outcome: Outcome<'_>| {
        let path = paths.get(outcome.sources.path(outcome.source))?;
        let Mended { text: new, mends, left } = portfolio.fixed(&outcome, reach)?;
        Some(Change {
            path: (*path).clone(),
            old: outcome.sources.text(outcome.source).to_owned(),
            new,
            mends,
            left,
        })
    };
    run.each("mending", made, |entry| {
        changes.extend(entry.made);
    });
    changes.sort_by(|one, two| one.path.cmp(&two.path));
    changes
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
        (0, _) => {
            "Nothing to mend mechanically; `--unsafe-fixes` also makes changes that a person should decide.\n"
                .to_owned()
        }
        (count, true) => format!(
            "{} to mend, nothing written. Next: the same with --fix instead of --diff\n",
            definitions(count)
        ),
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
        let message =
            format!("`{}` was changed while it was read, and stays as it is", change.path.display());
        return Err(CliError::new(message).hint("run the command again"));
    }
    output::write_file(&change.path, change.new.as_bytes())
}
