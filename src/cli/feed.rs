//! Calendar feeds: each written over the one in its file, which is its memory.
//! Must not decide what becomes of an entry.

use super::compare::{Compared, ordinary};
use super::error::CliError;
use super::files::shown;
use super::output;
use evalplan::report::ics::{Changes, Feed, FeedError, FeedScope, Told, Unread, feed};
use evalplan::report::{Format, View};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// How many definitions a message names.
const NAMED: usize = 5;

/// Writes the feed of a run over the one in a file, which stays as it is where the feed says the same.
pub(crate) fn write(file: &Path, view: &View, scope: &FeedScope) -> Result<(), CliError> {
    let mut compared = Compared::with(file)?;
    if reads_nothing(view, scope) {
        tell_nothing(file, compared.is_there());
        return Ok(());
    }
    let mut old = read(file)?;
    // Nothing may hold the file open when it is replaced.
    let told = output::write_with(file, move |out| {
        let told = feed(view, scope, old.as_mut(), &mut Both(out, &mut compared))
            .map_err(|error| refused(file, &error))?;
        Ok((told, !compared.is_same()))
    })?;
    let Changes { new, changed, unchanged, .. } = told.changes;
    output::tell(&format!(
        "{}: {} entries ({})\n",
        shown(file),
        new + changed + unchanged,
        counts(told.changes)
    ));
    tell(file, &told, scope);
    Ok(())
}

/// Writes the feed of a run to the standard output, which remembers nothing.
pub(crate) fn print(format: &Format, view: &View, scope: &FeedScope) -> Result<(), CliError> {
    let mut bytes = Vec::new();
    let told = feed(view, scope, None, &mut bytes).map_err(|error| CliError::new(error.to_string()))?;
    output::print_bytes(&format.for_standard_output(bytes))?;
    tell(Path::new("-"), &told, scope);
    Ok(())
}

/// Why the feed in a file is not what a run would write, where it is not.
pub(crate) fn stale(file: &Path, view: &View, scope: &FeedScope) -> Result<Option<String>, CliError> {
    let mut compared = Compared::with(file)?;
    if reads_nothing(view, scope) {
        tell_nothing(file, compared.is_there());
        return Ok(None);
    }
    if !compared.is_there() {
        return Ok(Some("it is not there".to_owned()));
    }
    let told =
        feed(view, scope, read(file)?.as_mut(), &mut compared).map_err(|error| refused(file, &error))?;
    tell(file, &told, scope);
    Ok(match (compared.is_same(), told.changes.any()) {
        (true, _) => None,
        (false, true) => Some(counts(told.changes)),
        (false, false) => Some("its entries are the same, written differently".to_owned()),
    })
}

fn tell_nothing(file: &Path, is_there: bool) {
    let what = if is_there { "is left unchanged" } else { "is not written" };
    output::tell(&format!(
        "note: `{}` {what}: no definition in this run could be read completely\n",
        shown(file)
    ));
}

/// Whether a run has no definition that was read whole. It leaves feeds as they are.
fn reads_nothing(view: &View, scope: &FeedScope) -> bool {
    scope.unread.everything || view.definitions.iter().all(|one| scope.unread.codes.contains(&one.code))
}

fn read(file: &Path) -> Result<Option<Feed>, CliError> {
    match ordinary(file)? {
        Some(opened) => Feed::read(opened).map_err(|error| refused(file, &error)),
        None => Ok(None),
    }
}

fn refused(file: &Path, error: &FeedError) -> CliError {
    let hint = match error {
        FeedError::Write(error) => {
            return CliError::new(format!("`{}` cannot be written: {error}", file.display()));
        }
        FeedError::Damaged { .. } | FeedError::TooLong { .. } => {
            "restore the file from a copy, or remove it to begin a new feed"
        }
        FeedError::NotACalendar | FeedError::Read(_) => {
            "name a file that is a feed, or one that is not there"
        }
    };
    CliError::new(format!("`{}` is not overwritten: {error}", shown(file))).hint(hint)
}

fn counts(changes: Changes) -> String {
    let Changes { new, changed, cancelled, unchanged } = changes;
    format!("{new} new, {changed} changed, {cancelled} cancelled, {unchanged} unchanged")
}

/// Says what is not in a feed, what was left alone in it, and what was called off for want of a definition.
fn tell(file: &Path, told: &Told, scope: &FeedScope) {
    let mut text = String::new();
    for left_out in &told.left_out {
        text.push_str(&format!("not in the feed: {left_out} (`--tentative` adds it)\n"));
    }
    let file = shown(file);
    let mut note = |counts: &BTreeMap<String, usize>, what: &str| {
        if !counts.is_empty() {
            let all = counts.values().sum::<usize>();
            text.push_str(&format!("note: {} in `{file}` {what}: {}\n", entries(all), list(counts)));
        }
    };
    note(&told.unread, "left unchanged because this run did not read their definitions, or not completely");
    note(&told.undecided, "left unchanged because it cannot be told whether they are still owed");
    note(&told.pruned, "cancelled because their definitions are no longer there");
    if told.withheld > 0 {
        let why = match told.lacking_packs.as_slice() {
            [] => "the feed was made with other filters; run once without `--from`, `--to`, `--evaluation` and `--packs` to cancel them"
                .to_owned(),
            packs => format!("this run leaves out rule packs that the feed was made with: {}", packs.join(", ")),
        };
        text.push_str(&format!(
            "note: {} in `{file}` no longer planned but left unchanged, because {why}\n",
            entries(told.withheld)
        ));
    }
    if told.not_pruned {
        text.push_str("note: `--prune` cancels nothing in this run, because some definitions could not be read completely\n");
    } else if !told.unread.is_empty() && scope.unread == Unread::default() {
        text.push_str("help: if these definitions are gone for good, `--prune` cancels their entries\n");
    }
    output::tell(&text);
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

fn list(counts: &BTreeMap<String, usize>) -> String {
    let named: Vec<String> =
        counts.iter().take(NAMED).map(|(code, count)| format!("{code} ({count})")).collect();
    let more = counts.len().saturating_sub(NAMED);
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}

/// What is written to one is written to the other.
struct Both<'w>(&'w mut dyn Write, &'w mut dyn Write);

impl Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write_all(bytes)?;
        self.1.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}
