//! `waive`: a waiver written into a definition, whose other bytes stay as they are.

use evalplan::assess::Outcome as Verdict;
use super::explain::find;
use super::tell_diagnostics;
use crate::cli::args::{Color, WaiveArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::shown;
use crate::cli::output;
use crate::cli::run::{Input, is_broken, read};
use evalplan::assess::assess;
use evalplan::diag::Diagnostic;
use evalplan::import::toml::{NewWaiver, with_waiver};
use evalplan::model::DateRange;
use evalplan::report::{Lines, argument};
use evalplan::source::read_bytes;
use std::path::Path;

pub(super) fn run(arguments: &WaiveArgs) -> Result<Exit, CliError> {
    let input = read(std::slice::from_ref(&arguments.file), &arguments.packs)?;
    tell_diagnostics(&input, Color::Auto);
    if let Some((pack, retired)) = input.catalog.retired(&arguments.rule) {
        return Err(CliError::new(retired.told(pack)).hint("there is nothing to waive"));
    }
    let asked = input.catalog.rules().find(|rule| rule.is_named(&arguments.rule));
    let Some(asked) = asked else { return find(&input.catalog, &arguments.rule).map(|_| Exit::Bad) };
    if !is_one_sound(&input, &arguments.file) {
        return Err(
            CliError::new(format!("`{}` is not one sound definition", arguments.file.display())).hint("mend it first: evalplan check")
        );
    }
    if !asked.waivable {
        return Err(CliError::new(format!("the rule `{}` cannot be waived", arguments.rule)).hint("close the gap"));
    }
    let view = input.view()?;
    let ids = |id: &str| input.catalog.rules().any(|rule| *rule.id == *id && rule.is_named(&arguments.rule));
    let finding = view.definitions.iter().flat_map(|one| &one.findings).find(|finding| ids(&finding.rule));
    match finding.map(|finding| finding.verdict) {
        None => {
            let packs = view.definitions.first().map(|one| one.packs.join(", ")).unwrap_or_default();
            return Err(CliError::new(format!("the rule `{}` does not bind this definition", arguments.rule))
                .hint(format!("these packs do: {packs}")));
        }
        // A waiver is best renewed before it lapses.
        Some(Verdict::Waived) => {
            let until = finding.and_then(|finding| waived_until(&input, &finding.rule));
            if let Some(until) = until.filter(|until| arguments.expires <= until.from) {
                let message = format!("the rule `{}` is waived already, until {until}", arguments.rule);
                return Err(CliError::new(message).hint("`--expires` with a later day renews it; `evalplan waivers` lists all"));
            }
        }
        Some(Verdict::Met | Verdict::NotApplicable) => {
            return Err(CliError::new(format!("there is nothing to waive: the rule `{}` is met, or does not apply", arguments.rule)));
        }
        Some(Verdict::Gap | Verdict::Undecided) => {}
    }
    write(arguments, &input, finding.map_or(arguments.rule.as_str(), |finding| finding.rule.as_str()))
}

/// Writes the waiver of a rule into its definition.
fn write(arguments: &WaiveArgs, input: &Input, rule: &str) -> Result<Exit, CliError> {
    let granted = arguments.granted.unwrap_or(input.as_of);
    if arguments.expires < granted {
        return Err(CliError::new(format!("the waiver would expire on {}, before it is granted on {granted}", arguments.expires)));
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
    let written = with_waiver(&text, &waiver, &input.catalog.lexicon).map_err(CliError::new)?;
    output::write_file(&arguments.file, written.as_bytes())?;
    let mut told = Lines::default();
    writeln!(told, "waived: {rule} in {} until {}", arguments.file.display(), arguments.expires);
    writeln!(told, "Next: evalplan check {}{}", argument(&arguments.file.to_string_lossy()), input.options);
    output::print(&told.into_text())?;
    Ok(Exit::Clean)
}

/// Whether a file is one sound definition. What is wrong with the portfolio's own file is no fault of it.
fn is_one_sound(input: &Input, file: &Path) -> bool {
    let of_file: Vec<Diagnostic> = input.diagnostics.iter().filter(|one| input.sources.path(one.source) == shown(file)).cloned().collect();
    input.files.len() == 1 && input.definitions.len() == 1 && !is_broken(&of_file)
}

/// The last day that the waiver of a rule covers, where one is in force.
fn waived_until(input: &Input, rule: &str) -> Option<DateRange> {
    let assessment = assess(&input.catalog, input.definitions.first()?, input.as_of, &input.choice).ok()?;
    let finding = assessment.findings.iter().find(|finding| *finding.rule.id == *rule)?;
    finding.waived.as_ref().filter(|waived| waived.in_force).map(|waived| waived.expires)
}
