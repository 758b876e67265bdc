//! `schedule`: which evaluations projects owe, and when.

use super::{tell_diagnostics, write};
use crate::cli::args::{Format, ScheduleArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::read;
use evalplan::report::{View, json, text_schedule};

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let view = input.view()?;
    tell_diagnostics(&input);
    let format = match arguments.format {
        Format::Text => "text",
        Format::Json => "json",
    };
    write(&arguments.output.output, format, |format| match format {
        "text" => Some(Ok(format!("{}{}", text_schedule(&view), closing(&view)))),
        "json" => Some(Ok(json::schedule(&view))),
        _ => None,
    })?;
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

/// The summary line and the next command.
fn closing(view: &View) -> String {
    let plans = view.definitions.iter().map(|definition| &definition.schedule);
    let evaluations: usize = plans.clone().map(|plan| plan.evaluations.len()).sum();
    let undecided: usize = plans.clone().map(|plan| plan.undecided.len()).sum();
    let conflicts: usize = plans.map(|plan| plan.conflicts.len()).sum();
    let next = view.definitions.first().map(|first| format!("Next: evalplan check {}\n", first.path)).unwrap_or_default();
    format!(
        "{evaluations} evaluations, {undecided} undecided, {conflicts} conflicts in {} definitions, as of {}.\n{next}",
        view.definitions.len(),
        view.as_of
    )
}
