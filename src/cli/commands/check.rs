//! `check`: what is missing from definitions, and why.

use super::{tell_diagnostics, write};
use crate::cli::args::{CheckArgs, FailOn, Format, Undecided};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::{Input, read};
use evalplan::report::{View, closing, json, text_check};

pub(super) fn run(arguments: &CheckArgs) -> Result<Exit, CliError> {
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let view = input.view()?;
    tell_diagnostics(&input);
    let format = match arguments.format {
        Format::Text => "text",
        Format::Json => "json",
    };
    write(&arguments.output.output, format, |format| match format {
        "text" => {
            let styled = arguments.output.output.is_empty() && output::styled();
            Some(Ok(format!("{}{}", text_check(&view, &input.sources, styled), closing(&view))))
        }
        "json" => Some(Ok(json::check(&view))),
        _ => None,
    })?;
    Ok(exit(&input, &view, arguments))
}

fn exit(input: &Input, view: &View, arguments: &CheckArgs) -> Exit {
    let summary = view.summary;
    let undecided = summary.undecided;
    let errors = summary.errors + if arguments.undecided == Undecided::Error { undecided } else { 0 };
    let warnings = summary.warnings - if arguments.undecided == Undecided::Warn { 0 } else { undecided };
    let counted = match arguments.fail_on {
        FailOn::Error => errors,
        FailOn::Warning => errors + warnings,
        FailOn::Note => errors + warnings + summary.notes,
    };
    let applied = summary.met + summary.gap + summary.undecided + summary.waived;
    if input.is_broken() {
        Exit::Bad
    } else if input.found == 0 || applied == 0 {
        output::tell(if input.found == 0 { "error: no definition was found\n" } else { "error: no rule applied to any definition\n" });
        Exit::Nothing
    } else if counted > 0 && !arguments.exit_zero {
        Exit::Gaps
    } else {
        Exit::Clean
    }
}
