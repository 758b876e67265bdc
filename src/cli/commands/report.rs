//! `report`: the gaps and the schedule as one document, for one definition or many.
//! It reports; so gaps do not fail it, as they do not fail `schedule`.

use super::{show, tell_diagnostics};
use crate::cli::args::ReportArgs;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::read;
use crate::cli::thresholds::Thresholds;
use evalplan::report::Subject;

pub(super) fn run(arguments: &ReportArgs) -> Result<Exit, CliError> {
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let mut view = input.view()?;
    Thresholds::of(&arguments.levels, &input)?.levels.apply(&mut view);
    tell_diagnostics(&input);
    show(Subject::Report, arguments.format.as_deref(), &arguments.output, input.canvas(&view))?;
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.found == 0 {
        output::tell("error: no definition was found\n");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Clean)
}
