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
use super::run::Input;
use super::targets::Target;
use evalplan::report::{Canvas, Format, render_diagnostics};
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

/// Draws the mistakes in the input files on the standard error.
fn tell_diagnostics(input: &Input, color: Color) {
    let styled = output::styled(color, &io::stderr());
    output::tell_drawn(&render_diagnostics(&input.diagnostics, &input.sources, styled));
}

/// Writes each output to its file, or to the standard output where none is named; one that fails does not stop the others.
fn show(targets: &[Target], arguments: &OutputArgs, canvas: Canvas<'_>) -> Result<(), CliError> {
    tell_run_notes(targets, &Canvas { quiet: arguments.quiet, ..canvas });
    let to_terminal = Canvas { quiet: arguments.quiet, styled: output::styled(arguments.color, &io::stdout()), ..canvas };
    let to_file = Canvas { quiet: arguments.quiet, ..canvas };
    output::every(targets.iter().map(|target| match &target.file {
        Some(file) => output::write_file(file, &draw(target.format, &to_file)?),
        None => output::print_bytes(&target.format.for_standard_output(draw(target.format, &to_terminal)?)),
    }))
}

/// Says that a run has no definitions.
fn tell_nothing(paths: &[PathBuf]) {
    let looked: Vec<String> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
    output::tell(&format!("error: no definition was found in {}", looked.join(", ")));
    output::tell("help: definitions are files `NAME.toml`; names that begin with a dot and `evalplan.toml` are none");
}

/// Says what concerns the run as a whole where no output of it has a place for that.
fn tell_run_notes(targets: &[Target], canvas: &Canvas<'_>) {
    if canvas.quiet || targets.iter().any(|target| target.format.has_notes()) {
        return;
    }
    canvas.run_notes().for_each(|note| output::tell(&format!("{note}\n")));
}

/// Draws one format.
fn draw(format: &Format, canvas: &Canvas<'_>) -> Result<Vec<u8>, CliError> {
    (format.draw)(canvas).map(|drawn| format.spelt_out(drawn)).map_err(|error| CliError::new(error.to_string()))
}
