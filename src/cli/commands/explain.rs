//! `explain`: a rule at length, or how it was decided for a definition.

use super::whole_view;
use crate::cli::args::{Color, ExplainArgs, Format};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::packs::{is_broken, load_catalog};
use crate::cli::pass;
use crate::cli::run::prepare;
use evalplan::diag::nearest;
use evalplan::engine::Scope;
use evalplan::policy::{Catalog, Rule};
use evalplan::report::{
    DefinitionView, FindingView, Levels, Lines, explain_decision, explain_rule, rules_json,
};
use evalplan::source::Sources;

pub(super) fn run(arguments: &ExplainArgs) -> Result<Exit, CliError> {
    let Some(definition) = &arguments.definition else {
        let mut sources = Sources::default();
        let (catalog, diagnostics) = load_catalog(&arguments.packs.rules, &mut sources)?;
        pass::tell(&diagnostics, &sources);
        output::print_text(&told(&catalog, &arguments.rule, arguments.format)?)?;
        return Ok(if is_broken(&diagnostics) { Exit::Bad } else { Exit::Clean });
    };
    let mut run = prepare(std::slice::from_ref(definition), &arguments.packs)?;
    run.request.scope = Scope::Repairs;
    let (passed, view) = whole_view(&run, &Levels::default(), Color::Auto);
    let catalog = run.catalog();
    if let Some((pack, retired)) = catalog.retired(&arguments.rule) {
        output::print_text(&gone(&arguments.rule, retired.told(pack), arguments.format))?;
        return Ok(if passed.is_broken { Exit::Bad } else { Exit::Clean });
    }
    let asked = find(catalog, &arguments.rule)?;
    let of_rule = |finding: &&FindingView| {
        *finding.rule == *asked.id
            || (!arguments.rule.contains('/') && finding.rule.ends_with(&format!("/{}", asked.local)))
    };
    let decided: Vec<(&DefinitionView, Vec<&FindingView>)> = view
        .definitions
        .iter()
        .map(|definition| (definition, definition.findings.iter().filter(of_rule).collect()))
        .collect();
    let ending = if passed.is_broken { Exit::Bad } else { Exit::Clean };
    if arguments.format == Format::Json {
        output::print(&rules_json::one(asked, catalog, &decided))?;
        return Ok(ending);
    }
    let mut text = Lines::default();
    text.drawn(&explain_rule(asked, catalog));
    for (definition, findings) in decided {
        for finding in &findings {
            text.blank();
            text.drawn(&explain_decision(definition, finding));
        }
        if findings.is_empty() {
            text.blank();
            let applied = definition.packs.join(", ");
            writeln!(
                text,
                "{}: the pack `{}` is not applied to this definition; applied: {applied}",
                definition.path, asked.pack
            );
        }
    }
    output::print(&text.into_text())?;
    Ok(ending)
}

/// A rule at length; of one that is gone, why.
pub(super) fn told(catalog: &Catalog, id: &str, format: Format) -> Result<String, CliError> {
    if let Some((pack, retired)) = catalog.retired(id) {
        return Ok(gone(id, retired.told(pack), format));
    }
    let rule = find(catalog, id)?;
    Ok(match format {
        Format::Json => rules_json::one(rule, catalog, &[]),
        Format::Text => explain_rule(rule, catalog),
    })
}

fn gone(id: &str, why: String, format: Format) -> String {
    match format {
        Format::Json => rules_json::gone(id, why),
        Format::Text => format!("{why}\n"),
    }
}

/// The rule of that id, whole or within a pack.
pub(super) fn find<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c Rule, CliError> {
    catalog.rule(id).ok_or_else(|| {
        let same: Vec<&str> =
            catalog.rules().filter(|rule| &*rule.local == id).map(|rule| &*rule.id).collect();
        let error = CliError::new(if same.is_empty() {
            format!("there is no rule `{id}`")
        } else {
            format!("several packs have a rule `{id}`")
        });
        let ids = catalog.rules().map(|rule| if id.contains('/') { &*rule.id } else { &*rule.local });
        match (same.is_empty(), nearest(id, ids)) {
            (false, _) => error.hint(format!("name one: {}", same.join(", "))),
            (true, Some(near)) => error.hint(format!("did you mean `{near}`?")),
            (true, None) => error.hint("`evalplan rules list` shows every rule"),
        }
    })
}
