//! `waive`: a waiver written into a definition, whose other bytes stay as they are.

use super::explain::find;
use super::whole_view;
use crate::cli::args::{Color, WaiveArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::{Run, prepare};
use evalplan::assess::Outcome as Verdict;
use evalplan::import::toml::{NewWaiver, with_waiver};
use evalplan::report::{Levels, Lines, argument};
use evalplan::source::read_bytes;

pub(super) fn run(arguments: &WaiveArgs) -> Result<Exit, CliError> {
    let run = prepare(std::slice::from_ref(&arguments.file), &arguments.packs)?;
    let (passed, view) = whole_view(&run, &Levels::default(), Color::Auto);
    let catalog = run.catalog();
    if let Some((pack, retired)) = catalog.retired(&arguments.rule) {
        return Err(CliError::new(retired.told(pack)).hint("there is nothing to waive"));
    }
    let asked = catalog.rules().find(|rule| rule.is_named(&arguments.rule));
    let Some(asked) = asked else { return find(catalog, &arguments.rule).map(|_| Exit::Bad) };
    // What is wrong with the portfolio's own file is no fault of the definition.
    let is_sound = passed.unread.codes.is_empty() && !passed.unread.something;
    let (true, [definition]) = (is_sound, view.definitions.as_slice()) else {
        return Err(CliError::new(format!("`{}` is not one sound definition", arguments.file.display()))
            .hint("mend it first: evalplan check"));
    };
    if !asked.waivable {
        return Err(
            CliError::new(format!("the rule `{}` cannot be waived", arguments.rule)).hint("close the gap")
        );
    }
    let ids = |id: &str| catalog.rules().any(|rule| *rule.id == *id && rule.is_named(&arguments.rule));
    let Some(finding) = definition.findings.iter().find(|finding| ids(&finding.rule)) else {
        return Err(CliError::new(format!("the rule `{}` does not bind this definition", arguments.rule))
            .hint(format!("these packs do: {}", definition.packs.join(", "))));
    };
    match finding.verdict {
        // A waiver is best renewed before it lapses.
        Verdict::Waived => {
            if let Some(until) = finding.waived_until.filter(|until| arguments.expires <= until.from) {
                let message = format!("the rule `{}` is waived already, until {until}", arguments.rule);
                return Err(CliError::new(message)
                    .hint("`--expires` with a later day renews it; `evalplan waivers` lists all"));
            }
        }
        Verdict::Met | Verdict::NotApplicable => {
            return Err(CliError::new(format!(
                "there is nothing to waive: the rule `{}` is met, or does not apply",
                arguments.rule
            )));
        }
        _ => {}
    }
    write(arguments, &run, &finding.rule)
}

/// Writes the waiver of a rule into its definition.
fn write(arguments: &WaiveArgs, run: &Run, rule: &str) -> Result<Exit, CliError> {
    let granted = arguments.granted.unwrap_or(run.request.as_of);
    if arguments.expires < granted {
        return Err(CliError::new(format!(
            "the waiver would expire on {}, before it is granted on {granted}",
            arguments.expires
        )));
    }
    let waiver = NewWaiver {
        rule,
        ground: arguments.ground.as_deref(),
        reason: &arguments.reason,
        granted_by: &arguments.granted_by,
        authority: &arguments.authority,
        granted,
        expires: arguments.expires,
    };
    let bytes = read_bytes(&arguments.file)?;
    let text = String::from_utf8_lossy(&bytes);
    let written = with_waiver(&text, &waiver, &run.catalog().lexicon).map_err(CliError::new)?;
    output::write_file(&arguments.file, written.as_bytes())?;
    let mut told = Lines::default();
    writeln!(told, "waived: {rule} in {} until {}", arguments.file.display(), arguments.expires);
    writeln!(told, "Next: evalplan check {}{}", argument(&arguments.file.to_string_lossy()), run.options);
    output::print(&told.into_text())?;
    Ok(Exit::Clean)
}
