//! `report`: the gaps and the schedule as one document, for one definition or many.
//! It reports; so gaps do not fail it, as they do not fail `schedule`.

use super::{tell_diagnostics, write};
use crate::cli::args::{ReportArgs, ReportFormat};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::read;
use evalplan::report::document::document;
use evalplan::report::{Headings, html, markdown};

pub(super) fn run(arguments: &ReportArgs) -> Result<Exit, CliError> {
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let view = input.view()?;
    tell_diagnostics(&input);
    let headings = Headings::shipped();
    let document = document(&view, &headings);
    let format = match arguments.format {
        ReportFormat::Markdown => "markdown",
        ReportFormat::Html => "html",
    };
    write(&arguments.output.output, format, |format| {
        let drawn = match format {
            "markdown" => markdown::report(&document),
            "html" => html::report(&document),
            _ => return None,
        };
        Some(drawn.map_err(|error| CliError::new(error.to_string())))
    })?;
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.found == 0 {
        output::tell("error: no definition was found\n");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Clean)
}
