//! `report`: the gaps and the schedule as one document, for one definition or many.
//! It reports; so gaps do not fail it, as they do not fail `schedule`.

use super::{show, tell_diagnostics};
use crate::cli::args::ReportArgs;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::run::{read, shown};
use crate::cli::thresholds::Thresholds;
use evalplan::report::{Subject, View, own_template};
use evalplan::source::read_bytes;
use std::path::Path;

pub(super) fn run(arguments: &ReportArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let mut view = input.view()?;
    Thresholds::of(&arguments.levels, &input)?.levels.apply(&mut view);
    tell_diagnostics(&input);
    match &arguments.template {
        Some(template) => with_template(template, &arguments.output.output, &view)?,
        None => show(Subject::Report, arguments.format.as_deref(), &arguments.output, input.canvas(&view))?,
    }
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.found == 0 {
        output::tell("error: no definition was found\n");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Clean)
}

/// The report as a template of the user draws it. What it writes is told by the ending of its name.
fn with_template(template: &Path, outputs: &[String], view: &View) -> Result<(), CliError> {
    let bytes = read_bytes(template)?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::new(format!("`{}` is not text in UTF-8", template.display())))?;
    let drawn = own_template(&shown(template), &text, view)
        .map_err(|error| CliError::new(error.to_string()).hint("docs/templates.md has everything that a template may name"))?;
    match outputs {
        [] => output::print(&drawn),
        [file] if file == "-" => output::print(&drawn),
        [file] => output::write_file(Path::new(file), drawn.as_bytes()),
        _ => Err(CliError::new("a template draws one output").hint("give one `-o FILE`")),
    }
}
