//! `check`: what is missing from definitions, and why.

use super::{canvas, ending, tell_run_notes};
use crate::cli::args::CheckArgs;
use crate::cli::baseline;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::mend;
use crate::cli::output;
use crate::cli::outputs::{Kept, Streams, any_whole, draw, draw_whole};
use crate::cli::pass::{Passed, pass};
use crate::cli::progress;
use crate::cli::run::{Run, prepare_run};
use crate::cli::targets::{self, Target, written};
use crate::cli::thresholds::Thresholds;
use evalplan::engine::Scope;
use evalplan::report::{Baseline, Canvas, DefinitionView, Detail, Held, Settings, Subject, format_named};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &CheckArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let targets = targets::targets(Subject::Check, arguments.format.as_deref(), &arguments.output.output)?;
    let mut run = prepare_run(&arguments.run)?;
    let thresholds = Thresholds::of(&arguments.levels, &run)?;
    run.request.choice.allowed = thresholds.levels.allowed();
    refuse_clashes(arguments, &targets, &run)?;
    let mended = mend_first(arguments, &run)?;
    // A patch takes the place of the findings on the standard output; files are written all the same.
    let patch_alone = arguments.fixes.diff && arguments.output.output.is_empty();
    let shown: Vec<&Target> = targets.iter().filter(|_| !patch_alone).collect();
    let detail = detail(arguments, &shown);
    let with_repairs = shown.iter().any(|target| target.format.shows_repairs());
    run.request.scope = if with_repairs { Scope::Repairs } else { detail.scope() };
    let baselines = Baselines::read(arguments, &run);
    let passed = through(arguments, &run, (&thresholds, &shown, detail), baselines)?;
    let exit_zero = arguments.exit_zero || run.config.exit_zero.unwrap_or_default();
    let exit = ending(&run, &passed, &thresholds, exit_zero);
    Ok(if mended { exit } else { Exit::Bad })
}

/// The baseline that the run is held against, and the one that it lowers; what went wrong where one cannot be read.
struct Baselines {
    known: Result<Option<Baseline>, CliError>,
    older: Result<Option<Baseline>, CliError>,
}

impl Baselines {
    fn read(arguments: &CheckArgs, run: &Run) -> Self {
        let known = arguments.baseline.as_ref().map(|file| baseline::read(file, run.catalog())).transpose();
        let older =
            arguments.write_baseline.as_ref().map(|file| baseline::older(file, run.catalog())).transpose();
        Self { known, older: older.map(Option::flatten) }
    }
}

/// Sends the definitions through, and writes every output.
fn through(
    arguments: &CheckArgs,
    run: &Run,
    (thresholds, targets, detail): (&Thresholds, &[&Target], Detail),
    Baselines { known, older }: Baselines,
) -> Result<Passed, CliError> {
    let settings = Settings {
        roots: &run.roots,
        include_waived: arguments.include_waived,
        quiet: arguments.output.quiet,
        separator: arguments.table.separator.into(),
    };
    let mut streams = Streams::begin(targets, settings, false);
    let mut kept = (any_whole(targets) || arguments.summary.is_some()).then(|| Kept::new(targets));
    // One that cannot be read counts nothing out, and the outputs are wanted all the same.
    let (known, counted) = apart(known);
    let (older, kept_back) = apart(older);
    let mut held = known.as_ref().map(Held::against);
    let mut lowered = older.as_ref().map(Held::against);
    // What is missing today, also what an older baseline takes out of the count.
    let mut today = arguments.write_baseline.as_ref().map(|_| Baseline::empty());
    let amend = |definition: &mut DefinitionView| {
        today.iter_mut().for_each(|today| today.add(definition));
        lowered.iter_mut().chain(&mut held).for_each(|held| held.judge(definition));
        held.iter_mut().for_each(|held| held.count_out(definition));
    };
    let passed = pass(run, (&thresholds.levels, arguments.output.color, detail), amend, |file, sources| {
        streams.file(&file);
        if let Some(kept) = &mut kept {
            kept.add(file, sources);
        }
    });
    if let (Some(file), Some(held)) = (&arguments.baseline, &held) {
        baseline::tell(file, &held.comparison(), !passed.is_broken);
    }
    let written = match arguments.write_baseline.as_ref().zip(today) {
        Some(_) if passed.is_broken => {
            output::tell("error: the baseline is not written: some definitions cannot be read");
            output::tell("help: mend them first");
            Ok(())
        }
        Some((file, today)) if kept_back.is_ok() => {
            baseline::write(file, today, older.as_ref().zip(lowered.as_ref()))
        }
        _ => Ok(()),
    };
    let mut notes = passed.totals.notes(run.catalog());
    thresholds.levels.quieten(&mut notes);
    tell_run_notes(targets, arguments.output.quiet, &notes);
    let as_of = run.request.as_of.to_string();
    let streamed = streams.finish(&passed.totals.tail(&as_of, &notes)).map(drop);
    let drawn = kept.map_or(Ok(()), |mut kept| {
        let mut view = kept.view(run);
        view.notes = notes;
        let canvas = Canvas {
            fail_on: thresholds.fail_on,
            include_waived: settings.include_waived,
            quiet: settings.quiet,
            separator: settings.separator,
            ..canvas(run, &view, &kept.sources)
        };
        let styled = output::styled(arguments.output.color, &std::io::stdout());
        let shown = draw_whole(targets, &canvas, (styled, false)).map(drop);
        let summed = arguments.summary.as_ref().map_or(Ok(()), |file| append_summary(file, &canvas));
        output::every([shown, summed])
    });
    output::every([counted, kept_back, written, streamed, drawn])?;
    Ok(passed)
}

/// How much the outputs that are wanted show; a line a finding where there are none.
fn detail(arguments: &CheckArgs, targets: &[&Target]) -> Detail {
    let summed = arguments.summary.is_some().then_some(Detail::Whole);
    let shown = targets.iter().map(|target| target.format.detail()).chain(summed);
    shown.reduce(Detail::and).unwrap_or(Detail::Line)
}

/// What is there, and what went wrong.
fn apart<T>(result: Result<Option<T>, CliError>) -> (Option<T>, Result<(), CliError>) {
    result.map_or_else(|error| (None, Err(error)), |there| (there, Ok(())))
}

/// Nothing that is read may be written over. A baseline that is written may be the one that is read.
fn refuse_clashes(arguments: &CheckArgs, targets: &[Target], run: &Run) -> Result<(), CliError> {
    let CheckArgs { summary, baseline, write_baseline, .. } = arguments;
    let written =
        written(targets).chain([summary, write_baseline].into_iter().flatten().map(PathBuf::as_path));
    let known = baseline.iter().filter(|_| write_baseline.is_none()).map(PathBuf::as_path);
    targets::refuse_clashes(written, run.read().chain(known))
}

/// Mends the definitions where that is asked for, before they are read for the check; false where one could not be written.
fn mend_first(arguments: &CheckArgs, run: &Run) -> Result<bool, CliError> {
    if !arguments.fixes.fix && !arguments.fixes.diff {
        return Ok(true);
    }
    if run.standard.is_some() || run.of_lines {
        let error = CliError::new(
            "`--fix` and `--diff` change files, and these definitions are not in files of their own",
        );
        return Err(error.hint("name files or folders, without `-` and `--input-format`"));
    }
    let changes = mend::changes(arguments, run);
    mend::show(&changes, &arguments.fixes, arguments.output.quiet)?;
    Ok(arguments.fixes.diff || mend::write(&changes, arguments.output.quiet))
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
