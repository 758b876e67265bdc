//! `check`: what is missing from definitions, and why.

use super::{draw, show, tell_diagnostics};
use crate::cli::args::CheckArgs;
use crate::cli::baseline;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::run::{Input, read};
use crate::cli::thresholds::Thresholds;
use evalplan::report::{Canvas, Subject, View, format_named};

pub(super) fn run(arguments: &CheckArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let mut view = input.view_with_repairs()?;
    let thresholds = Thresholds::of(&arguments.levels, &input)?;
    thresholds.levels.apply(&mut view);
    tell_diagnostics(&input);
    if let Some(file) = &arguments.baseline {
        baseline::apply(file, &mut view)?;
    }
    if let Some(file) = &arguments.write_baseline {
        baseline::write(file, &view)?;
    }
    let canvas = Canvas { include_waived: arguments.include_waived, ..input.canvas(&view) };
    show(Subject::Check, arguments.format.as_deref(), &arguments.output, canvas)?;
    if let Some(file) = &arguments.summary {
        let markdown = format_named(Subject::Check, "markdown").expect("the table of formats has it");
        output::append(file, &draw(markdown, &canvas)?)?;
    }
    let exit_zero = arguments.exit_zero || input.config.exit_zero.unwrap_or_default();
    Ok(exit(&input, &view, &thresholds, exit_zero))
}

fn exit(input: &Input, view: &View, thresholds: &Thresholds, exit_zero: bool) -> Exit {
    let summary = view.summary;
    let applied = summary.met + summary.gap + summary.undecided + summary.waived;
    let findings = view.definitions.iter().flat_map(|definition| &definition.findings);
    let failing = findings.filter(|finding| finding.level <= thresholds.fail_on).count();
    if input.is_broken() {
        Exit::Bad
    } else if input.found == 0 || applied == 0 {
        output::tell(if input.found == 0 { "error: no definition was found\n" } else { "error: no rule applied to any definition\n" });
        Exit::Nothing
    } else if failing > 0 && !exit_zero {
        Exit::Gaps
    } else {
        Exit::Clean
    }
}
