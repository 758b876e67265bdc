//! `rules`: list, show, test, eval.

use super::explain::told;
use super::{rules_check, rules_coverage, rules_diff, rules_mutate};
use crate::cli::args::{EvalArgs, Format, ListArgs, RulesCommand, ShowArgs, TestArgs};
use crate::cli::clock;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::shown;
use crate::cli::output;
use crate::cli::packs::{is_broken, load_catalog, read_catalog};
use evalplan::assess::{prepare, run_cases};
use evalplan::diag::{Diagnostic, Severity};
use evalplan::expr::{Scope, Trace, Value, compile};
use evalplan::facts::Facts;
use evalplan::import;
use evalplan::model::Definition;
use evalplan::report::{Lines, render_diagnostics, rules_json};
use evalplan::schedule::planned;
use evalplan::source::{Sources, Span, read_named};
use std::path::PathBuf;

pub(super) fn run(command: RulesCommand) -> Result<Exit, CliError> {
    match command {
        RulesCommand::List(arguments) => list(&arguments),
        RulesCommand::Show(arguments) => show(&arguments),
        RulesCommand::Check(arguments) => rules_check::run(&arguments),
        RulesCommand::Coverage(arguments) => rules_coverage::run(&arguments),
        RulesCommand::Diff(arguments) => rules_diff::run(&arguments),
        RulesCommand::Test(arguments) => test(&arguments),
        RulesCommand::Eval(arguments) => eval(&arguments),
    }
}

fn list(arguments: &ListArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let (catalog, diagnostics) = load_catalog(&arguments.catalog.rules, &mut sources)?;
    output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
    let ending = if is_broken(&diagnostics) { Exit::Bad } else { Exit::Clean };
    if arguments.format == Format::Json {
        output::print(&rules_json::list(&catalog))?;
        return Ok(ending);
    }
    let mut text = Lines::default();
    for pack in &catalog.packs {
        writeln!(text, "{}: {} ({} rules)", pack.id, pack.title, pack.rules.len());
        writeln!(text, "  {}", pack.reviewed());
        for rule in &pack.rules {
            let (severity, status) = (rule.severity.to_string(), rule.status.to_string());
            writeln!(
                text,
                "  {:<52} {severity:<8} {status:<12} {}, {}",
                rule.id, rule.cite.source, rule.cite.at
            );
        }
    }
    output::print(&text.into_text())?;
    Ok(ending)
}

fn show(arguments: &ShowArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let (catalog, diagnostics) = load_catalog(&arguments.catalog.rules, &mut sources)?;
    output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
    output::print_text(&told(&catalog, &arguments.rule, arguments.format)?)?;
    Ok(if is_broken(&diagnostics) { Exit::Bad } else { Exit::Clean })
}

/// Runs the cases of the shipped packs, or of those in a folder, and names each.
fn test(arguments: &TestArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let folders: Vec<PathBuf> = arguments.dir.iter().cloned().collect();
    let (catalog, mut diagnostics) = load_catalog(&folders, &mut sources)?;
    let wanted = catalog.packs.iter().filter(|pack| pack.shipped == folders.is_empty());
    let (cases, found) = prepare(wanted, &sources, &catalog.lexicon);
    diagnostics.extend(found);
    output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
    if arguments.mutate && !is_broken(&diagnostics) {
        let wanted = catalog.packs.iter().filter(|pack| pack.shipped == folders.is_empty());
        return rules_mutate::run(wanted, &cases, arguments.format);
    }
    let results = run_cases(&cases, &catalog, &sources, planned);
    let failed = results.iter().filter(|result| !result.passed()).count();
    let mut text = Lines::default();
    for result in &results {
        writeln!(text, "{:<6} {}", if result.passed() { "ok" } else { "FAILED" }, result.title());
        for difference in &result.differences {
            writeln!(text, "       {}:{}: {difference}", result.path, result.line);
        }
    }
    writeln!(text, "{} cases, {failed} failed.", results.len());
    output::print(&text.into_text())?;
    let broken = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(match (broken, results.is_empty(), failed) {
        (true, ..) => Exit::Bad,
        (false, true, _) => {
            output::tell("error: no case was found; a rule file holds its cases in [[case]] tables\n");
            Exit::Nothing
        }
        (false, false, 0) => Exit::Clean,
        (false, false, _) => Exit::Gaps,
    })
}

/// What an expression is worth for a definition, or on its own.
fn eval(arguments: &EvalArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let source = sources.add("expression", arguments.expression.as_str());
    let expr = match compile(&arguments.expression, &Scope::default()) {
        Ok(expr) => expr,
        Err(errors) => {
            let diagnostics: Vec<Diagnostic> = errors
                .into_iter()
                .map(|error| {
                    let diagnostic = Diagnostic::error(source, Span::new(error.span), error.message);
                    Diagnostic { hint: error.hint, ..diagnostic }
                })
                .collect();
            output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
            return Ok(Exit::Bad);
        }
    };
    let Some(definition) = definition(arguments, &mut sources)? else { return Ok(Exit::Bad) };
    let facts = Facts::new(&definition, arguments.as_of.unwrap_or_else(clock::today));
    let mut trace = Trace::new();
    let value = expr.evaluate(&facts, None, &mut trace);
    let unknown: Vec<String> =
        expr.needs(&facts, None).into_iter().map(|path| definition.show(path)).collect();
    let failed = matches!(value, Value::Error(_));
    match arguments.format {
        Format::Json => {
            let json = serde_json::json!({ "value": value.to_json(), "unknown": unknown });
            output::print(&format!("{json:#}\n"))?;
        }
        Format::Text => {
            let mut text = Lines::default();
            writeln!(text, "{value}");
            writeln!(text, "{}", expr.explain(&facts, &trace));
            if !unknown.is_empty() {
                writeln!(text, "supply {}", unknown.join(", "));
            }
            output::print(&text.into_text())?;
        }
    }
    Ok(if failed { Exit::Bad } else { Exit::Clean })
}

/// The definition that is asked for, or one in which nothing is known; `None` where it is broken, which is then said.
fn definition(arguments: &EvalArgs, sources: &mut Sources) -> Result<Option<Definition>, CliError> {
    let Some(path) = &arguments.definition else {
        let source = sources.add("", "");
        return Ok(Some(Definition::empty(source, "")));
    };
    let (catalog, _) = read_catalog(&[], sources)?;
    let loaded = import::toml::read(sources, &shown(path), &read_named(path)?, &catalog.lexicon);
    output::tell_drawn(&render_diagnostics(&loaded.diagnostics, sources, false));
    let broken = loaded.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(loaded.value.filter(|_| !broken))
}
