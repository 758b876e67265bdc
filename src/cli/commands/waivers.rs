//! `waivers`: which rules need not be met, by whose word and until when.

use super::{canvas, show, tell_nothing, whole_view};
use crate::cli::args::WaiversArgs;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::progress;
use crate::cli::run::prepare;
use crate::cli::targets::{self, written};
use evalplan::report::{Canvas, Levels, Subject, WaiverView};
use evalplan::source::Sources;

pub(super) fn run(arguments: &WaiversArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let targets = targets::targets(Subject::Waivers, arguments.format.as_deref(), &arguments.output.output)?;
    let run = prepare(&arguments.paths, &arguments.packs)?;
    targets::refuse_clashes(written(&targets), run.read())?;
    let (passed, mut view) = whole_view(&run, &Levels::default(), arguments.output.color);
    let filtered = arguments.expired || arguments.expiring_in.is_some();
    let wanted = |waiver: &WaiverView| {
        let expired = arguments.expired && waiver.state == "lapsed";
        let soon = arguments
            .expiring_in
            .is_some_and(|days| waiver.days_left.is_some_and(|left| (0..=days).contains(&left)));
        let expiring = soon && waiver.state != "renewed";
        !filtered || expired || expiring
    };
    for definition in &mut view.definitions {
        definition.waivers.retain(wanted);
    }
    let any = view.definitions.iter().any(|definition| !definition.waivers.is_empty());
    let texts = Sources::default();
    let drawn = Canvas { separator: arguments.table.separator.into(), ..canvas(&run, &view, &texts) };
    show(&targets, &arguments.output, drawn)?;
    if passed.is_broken {
        return Ok(Exit::Bad);
    }
    if passed.inputs == 0 {
        tell_nothing(&run.paths);
        return Ok(Exit::Nothing);
    }
    Ok(if filtered && any && !arguments.exit_zero { Exit::Gaps } else { Exit::Clean })
}
