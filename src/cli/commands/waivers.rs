//! `waivers`: which rules need not be met, by whose word and until when.

use super::{show, tell_diagnostics, tell_nothing};
use crate::cli::args::WaiversArgs;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::progress;
use crate::cli::run::read;
use crate::cli::targets::{self, written};
use evalplan::report::{Canvas, Subject, WaiverView};

pub(super) fn run(arguments: &WaiversArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let targets = targets::targets(Subject::Waivers, arguments.format.as_deref(), &arguments.output.output)?;
    let input = read(&arguments.paths, &arguments.packs)?;
    targets::refuse_clashes(written(&targets), input.read())?;
    let mut view = input.view()?;
    tell_diagnostics(&input, arguments.output.color);
    let filtered = arguments.expired || arguments.expiring_in.is_some();
    let wanted = |waiver: &WaiverView| {
        let expired = arguments.expired && waiver.state == "lapsed";
        let soon = arguments.expiring_in.is_some_and(|days| waiver.days_left.is_some_and(|left| (0..=days).contains(&left)));
        let expiring = soon && waiver.state != "renewed";
        !filtered || expired || expiring
    };
    for definition in &mut view.definitions {
        definition.waivers.retain(wanted);
    }
    let any = view.definitions.iter().any(|definition| !definition.waivers.is_empty());
    let canvas = Canvas { separator: arguments.table.separator.into(), ..input.canvas(&view) };
    show(&targets, &arguments.output, canvas)?;
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.files.is_empty() {
        tell_nothing(&input.paths);
        return Ok(Exit::Nothing);
    }
    Ok(if filtered && any && !arguments.exit_zero { Exit::Gaps } else { Exit::Clean })
}
