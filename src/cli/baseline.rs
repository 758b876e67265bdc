//! Files of what a portfolio is known to lack.

use super::error::CliError;
use super::output;
use evalplan::policy::Catalog;
use evalplan::report::{Baseline, Comparison, Held};
use evalplan::source::{open_file, read_named};
use std::io::Read;
use std::path::Path;

/// How many rules a message names.
const NAMED: usize = 5;

/// Says how a run stands to the baseline in a file; of a run that cannot be read whole nothing is lowered.
pub(crate) fn tell(file: &Path, comparison: &Comparison, is_whole: bool) {
    output::tell(&format!(
        "note: {} findings are known in `{}` and do not count",
        comparison.known,
        file.display()
    ));
    if !comparison.risen.is_empty() {
        output::tell(&format!("note: more is missing than it allows: {}", list(&comparison.risen)));
    }
    if !comparison.elsewhere.is_empty() {
        let codes: Vec<&str> = comparison.elsewhere.iter().map(String::as_str).take(NAMED).collect();
        let more = if comparison.elsewhere.len() > NAMED { " and more" } else { "" };
        output::tell(&format!(
            "note: it also knows definitions that are not in this run: {}{more}",
            codes.join(", ")
        ));
    }
    if comparison.fallen > 0 && is_whole {
        output::tell(&format!(
            "help: {} of its counts can be lowered: --write-baseline {}",
            comparison.fallen,
            file.display()
        ));
    }
}

/// The baseline that a file holds which is to be written; nothing where it is not there yet.
pub(crate) fn older(file: &Path, catalog: &Catalog) -> Result<Option<Baseline>, CliError> {
    if file.is_file() && !output::is_device(file) { read(file, catalog).map(Some) } else { Ok(None) }
}

/// Writes what is missing today; a file that is there may only be lowered, knows no new undecided rules, and keeps what it knows and
/// this run has not judged.
pub(crate) fn write(
    file: &Path,
    mut baseline: Baseline,
    older: Option<(&Baseline, &Held<'_>)>,
) -> Result<(), CliError> {
    if let Some((older, held)) = older {
        baseline.keep_unjudged(held);
        let questions = baseline.leave_new_questions(older);
        if !questions.is_empty() {
            output::tell(&format!(
                "note: undecided, and not known in `{}`: {}; they count\n",
                file.display(),
                list(&questions)
            ));
        }
        let risen = baseline.above(older);
        if !risen.is_empty() {
            let message = format!(
                "`{}` may only be lowered, and more is missing today: {}",
                file.display(),
                list(&risen)
            );
            return Err(
                CliError::new(message).hint("close these gaps, or grant a waiver: evalplan waive RULE FILE")
            );
        }
    }
    output::write_file(file, baseline.text().as_bytes())
}

/// A baseline by the ids that rules bear today; that a rule of it is gone is told.
pub(crate) fn read(file: &Path, catalog: &Catalog) -> Result<Baseline, CliError> {
    let read = match open_file(file)? {
        Some(opened) => {
            // No further than it goes now: what is written while it is read has no end.
            let length = opened.metadata().map_or(0, |data| data.len());
            Baseline::read(opened.take(length))
        }
        None => Baseline::read(read_named(file)?.as_slice()),
    };
    let mut baseline = read.map_err(|error| {
        CliError::new(format!("`{}` is not a baseline file: {error}", file.display()))
            .hint("`evalplan check PATH --write-baseline FILE` writes one")
    })?;
    let retired = baseline.renew(catalog);
    retired.iter().for_each(|told| output::tell(&format!("note: `{}`: {told}", file.display())));
    Ok(baseline)
}

fn list(rules: &[(String, String)]) -> String {
    let named: Vec<String> =
        rules.iter().take(NAMED).map(|(code, rule)| format!("{rule} of {code}")).collect();
    let more = rules.len().saturating_sub(NAMED);
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}
