//! The subcommands, one file each.

mod check;
mod ecosystem;
mod explain;
mod report;
mod rules;
mod rules_check;
mod rules_coverage;
mod rules_diff;
mod rules_mutate;
mod schedule;
mod waive;
mod waivers;

use super::args::{Color, Command, OutputArgs};
use super::error::CliError;
use super::exit::Exit;
use super::files::shown;
use super::output;
use super::outputs::{Kept, draw_whole};
use super::pass::{Passed, pass};
use super::run::Run;
use super::targets::Target;
use super::thresholds::Thresholds;
use evalplan::report::view::RunNote;
use evalplan::report::{Canvas, Detail, Levels, View};
use evalplan::source::Sources;
use std::io;
use std::path::PathBuf;

/// Runs a subcommand.
pub(crate) fn run(command: Command) -> Result<Exit, CliError> {
    match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Schedule(arguments) => schedule::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Waivers(arguments) => waivers::run(&arguments),
        Command::Waive(arguments) => waive::run(&arguments),
        Command::Schema(arguments) => ecosystem::schema(&arguments),
        Command::Completions(arguments) => ecosystem::completions(&arguments),
        Command::Man(arguments) => ecosystem::man(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rules(command) => rules::run(command),
    }
}

/// Says that a run has no definitions.
fn tell_nothing(paths: &[PathBuf]) {
    let looked: Vec<String> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
    output::tell(&format!("error: no definition was found in {}", looked.join(", ")));
    output::tell(
        "help: definitions are files `NAME.toml`; names that begin with a dot and `evalplan.toml` are none",
    );
}

/// Says what concerns the run as a whole where no output of it has a place for that.
fn tell_run_notes(targets: &[&Target], quiet: bool, notes: &[RunNote]) {
    if !quiet && !targets.is_empty() && !targets.iter().any(|target| target.format.has_notes()) {
        notes.iter().for_each(|note| output::tell(&format!("{note}\n")));
    }
}

/// The view of a whole run.
fn whole_view(run: &Run, levels: &Levels, color: Color) -> (Passed, View) {
    let mut kept = Kept::new(&[]);
    let passed = pass(
        run,
        (levels, color, Detail::Whole),
        |_| {},
        |file, sources| {
            kept.add(file, sources);
        },
    );
    let mut view = kept.view(run);
    levels.quieten(&mut view.notes);
    (passed, view)
}

/// Writes each output to its file, or to the standard output where none is named; one that fails does not stop the others.
fn show(targets: &[Target], arguments: &OutputArgs, canvas: Canvas<'_>) -> Result<(), CliError> {
    let targets: Vec<&Target> = targets.iter().collect();
    tell_run_notes(&targets, arguments.quiet, &canvas.view.notes);
    let styled = output::styled(arguments.color, &io::stdout());
    draw_whole(&targets, &Canvas { quiet: arguments.quiet, ..canvas }, (styled, false)).map(drop)
}

/// What formats draw from, without wishes of the user.
fn canvas<'a>(run: &'a Run, view: &'a View, sources: &'a Sources) -> Canvas<'a> {
    Canvas { roots: &run.roots, options: &run.options, ..Canvas::new(view, sources, run.catalog()) }
}

/// How a run ends, by what it found.
fn ending(run: &Run, passed: &Passed, thresholds: &Thresholds, exit_zero: bool) -> Exit {
    if passed.is_broken {
        Exit::Bad
    } else if passed.inputs == 0 || !passed.is_assessed {
        match passed.inputs == 0 {
            true => tell_nothing(&run.paths),
            false => output::tell("error: no rule applied to any definition\n"),
        }
        Exit::Nothing
    } else if passed.worst.is_some_and(|worst| worst <= thresholds.fail_on) && !exit_zero {
        Exit::Gaps
    } else {
        Exit::Clean
    }
}
