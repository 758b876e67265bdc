//! The subcommands, one file each.

mod check;
mod explain;
mod report;
mod rules;
mod rules_check;
mod rules_coverage;
mod rules_diff;
mod rules_mutate;
mod schedule;

use super::args::Command;
use super::error::CliError;
use super::exit::Exit;
use super::output;
use super::run::Input;
use std::path::Path;

/// Runs a subcommand.
pub(crate) fn run(command: Command) -> Result<Exit, CliError> {
    match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Schedule(arguments) => schedule::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rules(command) => rules::run(command),
    }
}

/// Draws the mistakes in the input files on the standard error.
fn tell_diagnostics(input: &Input) {
    output::tell(&evalplan::report::render_diagnostics(&input.diagnostics, &input.sources, false));
}

/// Writes each output to its file, or to the standard output where none is named. `draw` knows the formats by name.
fn write(outputs: &[String], format: &str, draw: impl Fn(&str) -> Option<Result<String, CliError>>) -> Result<(), CliError> {
    let unknown = |format: &str| CliError::new(format!("there is no format `{format}` here"));
    if outputs.is_empty() {
        return output::print(&draw(format).ok_or_else(|| unknown(format))??);
    }
    for output in outputs {
        let (format, file) = match output.split_once('=') {
            Some((name, file)) if draw(name).is_some() => (name, file),
            _ => (format, output.as_str()),
        };
        let text = draw(format).ok_or_else(|| unknown(format))??;
        if file == "-" {
            output::print(&text)?;
        } else {
            output::write_file(Path::new(file), text.as_bytes())?;
        }
    }
    Ok(())
}
