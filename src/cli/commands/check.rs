//! `check`: what is missing from definitions, and why.

use super::{draw, show, tell_diagnostics, tell_nothing};
use crate::cli::args::CheckArgs;
use crate::cli::baseline;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::mend;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::run::{Input, read};
use crate::cli::targets::{self, Target, written};
use crate::cli::thresholds::Thresholds;
use evalplan::report::{Baseline, Canvas, Detail, Subject, View, format_named};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &CheckArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let targets = targets::targets(Subject::Check, arguments.format.as_deref(), &arguments.output.output)?;
    let mut input = read(&arguments.run.paths, &arguments.run.packs)?;
    let thresholds = Thresholds::of(&arguments.levels, &input)?;
    input.choice.allowed = thresholds.levels.allowed();
    refuse_clashes(arguments, &targets, &input)?;
    let mended = mend_first(arguments, &mut input)?;
    let shows_repairs = targets.iter().any(|target| target.format.shows_repairs());
    let of_lines = arguments.summary.is_none() && targets.iter().all(|target| target.format.detail() == Detail::Line);
    let mut view = match (shows_repairs, of_lines) {
        (true, _) => input.view_with_repairs()?,
        (false, true) => input.view_of_lines()?,
        (false, false) => input.view()?,
    };
    thresholds.levels.apply(&mut view);
    tell_diagnostics(&input, arguments.output.color);
    // What is missing today, also what an older baseline takes out of the count.
    let today = Baseline::of(&view);
    // One that cannot be read counts nothing out, and the outputs are wanted all the same.
    let counted = arguments.baseline.as_ref().map_or(Ok(()), |file| baseline::apply(file, &mut view, (&input.catalog, !input.is_broken())));
    let kept = match &arguments.write_baseline {
        Some(_) if input.is_broken() => {
            output::tell("error: the baseline is not written: some definitions cannot be read");
            output::tell("help: mend them first");
            Ok(())
        }
        Some(file) => baseline::write(file, today, &view, &input.catalog),
        None => Ok(()),
    };
    let (include_waived, separator) = (arguments.include_waived, arguments.table.separator.into());
    let canvas = Canvas { include_waived, separator, fail_on: thresholds.fail_on, ..input.canvas(&view) };
    // A patch takes the place of the findings on the standard output; files are written all the same.
    let patch_alone = arguments.fixes.diff && arguments.output.output.is_empty();
    let shown = if patch_alone { Ok(()) } else { show(&targets, &arguments.output, canvas) };
    let summed = arguments.summary.as_ref().map_or(Ok(()), |file| append_summary(file, &canvas));
    output::every([counted, kept, shown, summed])?;
    let exit_zero = arguments.exit_zero || input.config.exit_zero.unwrap_or_default();
    Ok(if mended { exit(&input, &view, &thresholds, exit_zero) } else { Exit::Bad })
}

/// Nothing that is read may be written over. A baseline that is written may be the one that is read.
fn refuse_clashes(arguments: &CheckArgs, targets: &[Target], input: &Input) -> Result<(), CliError> {
    let CheckArgs { summary, baseline, write_baseline, .. } = arguments;
    let written = written(targets).chain([summary, write_baseline].into_iter().flatten().map(PathBuf::as_path));
    let known = baseline.iter().filter(|_| write_baseline.is_none()).map(PathBuf::as_path);
    targets::refuse_clashes(written, input.read().chain(known))
}

/// Mends the definitions where that is asked for, and reads them again; false where one could not be written.
fn mend_first(arguments: &CheckArgs, input: &mut Input) -> Result<bool, CliError> {
    if !arguments.fixes.fix && !arguments.fixes.diff {
        return Ok(true);
    }
    let changes = mend::changes(arguments, input)?;
    mend::show(&changes, &arguments.fixes, arguments.output.quiet)?;
    if arguments.fixes.diff {
        return Ok(true);
    }
    let written = mend::write(&changes, arguments.output.quiet);
    *input = Input { choice: std::mem::take(&mut input.choice), ..read(&arguments.run.paths, &arguments.run.packs)? };
    Ok(written)
}

fn append_summary(file: &Path, canvas: &Canvas<'_>) -> Result<(), CliError> {
    let markdown = format_named(Subject::Check, "markdown").expect("the table of formats has it");
    output::append(file, &within_limit(draw(markdown, canvas)?))
}

/// The most bytes that a summary takes: a step of GitHub Actions whose summary is larger shows none.
const MOST_SUMMARY: usize = 1_000_000;

/// The lines of a summary that are shown; the worst come first.
fn within_limit(mut summary: Vec<u8>) -> Vec<u8> {
    if summary.len() > MOST_SUMMARY {
        let end = summary[..MOST_SUMMARY].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        summary.truncate(end);
        summary.extend(b"\nThe rest is left out: a summary takes one megabyte.\n");
    }
    summary
}

/// How a run ends, by what it found.
pub(super) fn exit(input: &Input, view: &View, thresholds: &Thresholds, exit_zero: bool) -> Exit {
    let is_assessed = view.definitions.iter().any(|definition| definition.assessed);
    let findings = view.definitions.iter().flat_map(|definition| &definition.findings);
    let failing = findings.filter(|finding| finding.level <= thresholds.fail_on).count();
    if input.is_broken() {
        Exit::Bad
    } else if input.files.is_empty() || !is_assessed {
        match input.files.is_empty() {
            true => tell_nothing(&input.paths),
            false => output::tell("error: no rule applied to any definition\n"),
        }
        Exit::Nothing
    } else if failing > 0 && !exit_zero {
        Exit::Gaps
    } else {
        Exit::Clean
    }
}
