//! `report`: the gaps and the schedule as one document, for one definition or many.
//! It reports; so gaps do not fail it, as they do not fail `schedule`, unless the user says which do.

use super::{canvas, ending, show, whole_view};
use crate::cli::args::ReportArgs;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::shown;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::run::{Run, prepare_run};
use crate::cli::targets::{self, written};
use crate::cli::thresholds::Thresholds;
use crate::cli::watched::{Begins, Limits, watched};
use evalplan::engine::Scope;
use evalplan::report::{FORMATS, Subject, TEMPLATE_STACK, View, own_template, without_commands};
use evalplan::source::{Saved, Sources, UTF8_HINT, read_named, text_of};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub(super) fn run(arguments: &ReportArgs) -> Result<Exit, CliError> {
    if arguments.output.quiet {
        progress::silence();
    }
    let targets = match arguments.template {
        Some(_) => Vec::new(),
        None => targets::targets(Subject::Report, arguments.format.as_deref(), &arguments.output.output)?,
    };
    let mut run = prepare_run(&arguments.run)?;
    let thresholds = Thresholds::of(&arguments.levels, &run)?;
    targets::refuse_clashes(written(&targets), run.read())?;
    // A template of the user may show how gaps are closed; the shipped ones do not.
    if arguments.template.is_some() {
        run.request.scope = Scope::Repairs;
    }
    let (passed, view) = whole_view(&run, &thresholds.levels, arguments.output.color);
    let view = Arc::new(view);
    match &arguments.template {
        Some(template) => with_template(template, &arguments.output.output, (&run, &view))?,
        None => show(&targets, &arguments.output, canvas(&run, &view, &Sources::default()))?,
    }
    let exit_zero = arguments.levels.fail_on.is_none();
    Ok(ending(&run, &passed, &thresholds, exit_zero))
}

/// What drawing a template of the user may take, from where all that it draws from is at hand.
const LIMITS: Limits =
    Limits { stack: TEMPLATE_STACK, time: Duration::from_secs(30), memory: 256 * 1024 * 1024 };

/// The report as a template of the user draws it. What it writes is told by the ending of its name.
fn with_template(
    template: &Path,
    outputs: &[String],
    (run, view): (&Run, &Arc<View>),
) -> Result<(), CliError> {
    let (text, saved) = text_of(&read_named(template)?);
    if let Saved::Unknown { .. } = saved {
        return Err(CliError::new(format!("`{}` is not text in UTF-8", template.display())).hint(UTF8_HINT));
    }
    let (name, view) = (shown(template), Arc::clone(view));
    let draw = move |begins: &Begins<_>| own_template(&name, &text, &view, || begins.begin());
    let drawn = watched(LIMITS, draw)
        .map_err(|why| {
            CliError::new(format!("the template `{}` {why}", shown(template)))
                .hint("docs/templates.md says what a template may do")
        })?
        .map_err(|error| {
            CliError::new(error.to_string()).hint("docs/templates.md has everything that a template may name")
        })?;
    match outputs {
        [] => output::print(&without_commands(&drawn)),
        [file] if file == "-" => output::print(&without_commands(&drawn)),
        [file] => {
            let named = |id: &str| FORMATS.iter().any(|format| format.id == id);
            let file =
                file.split_once('=').filter(|(id, _)| named(id)).map_or(file.as_str(), |(_, file)| file);
            targets::refuse_clashes([Path::new(file)], run.read().chain([template]))?;
            output::write_file(Path::new(file), drawn.as_bytes())
        }
        _ => Err(CliError::new("a template draws one output").hint("give one `-o FILE`")),
    }
}
