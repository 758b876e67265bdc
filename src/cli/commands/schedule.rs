//! `schedule`: which evaluations projects owe, and when.

use super::{show, tell_diagnostics};
use crate::cli::args::ScheduleArgs;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::read;
use evalplan::report::Subject;

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let view = input.view()?;
    tell_diagnostics(&input);
    show(Subject::Schedule, arguments.format.as_deref(), &arguments.output, input.canvas(&view))?;
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.found == 0 {
        output::tell("error: no definition was found\n");
        return Ok(Exit::Nothing);
    }
    let conflicts = view.definitions.iter().any(|definition| !definition.schedule.conflicts.is_empty());
    Ok(if conflicts { Exit::Gaps } else { Exit::Clean })
}
