//! `explain`: a rule at length, or how it was decided for a definition.

use super::whole_view;
use crate::cli::args::{Color, ExplainArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::packs::{is_broken, load_catalog};
use crate::cli::pass;
use crate::cli::run::prepare;
use evalplan::diag::nearest;
use evalplan::engine::Scope;
use evalplan::policy::{Catalog, Rule};
use evalplan::report::{Levels, Lines, explain_decision, explain_rule};
use evalplan::source::Sources;

pub(super) fn run(arguments: &ExplainArgs) -> Result<Exit, CliError> {
    let Some(definition) = &arguments.definition else {
        let mut sources = Sources::default();
        let (catalog, diagnostics) = load_catalog(&arguments.packs.rules, &mut sources)?;
        pass::tell(&diagnostics, &sources);
        output::print_text(&told(&catalog, &arguments.rule)?)?;
        return Ok(if is_broken(&diagnostics) { Exit::Bad } else { Exit::Clean });
    };
    let mut run = prepare(std::slice::from_ref(definition), &arguments.packs)?;
    run.request.scope = Scope::Repairs;
    let (passed, view) = whole_view(&run, &Levels::default(), Color::Auto);
    let catalog = run.catalog();
    if let Some((pack, retired)) = catalog.retired(&arguments.rule) {
        output::print_text(&format!("{}\n", retired.told(pack)))?;
        return Ok(if passed.is_broken { Exit::Bad } else { Exit::Clean });
    }
    let asked = find(catalog, &arguments.rule)?;
    let mut text = Lines::default();
    text.drawn(&explain_rule(asked, catalog));
    let mut found = false;
    for definition in &view.definitions {
        let of_rule = |rule: &str| {
            rule == &*asked.id
                || (!arguments.rule.contains('/') && rule.ends_with(&format!("/{}", asked.local)))
        };
        for finding in definition.findings.iter().filter(|finding| of_rule(&finding.rule)) {
            found = true;
            text.blank();
            text.drawn(&explain_decision(definition, finding));
        }
        if !found {
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
    Ok(if passed.is_broken { Exit::Bad } else { Exit::Clean })
}

/// A rule at length; of one that is gone, why.
pub(super) fn told(catalog: &Catalog, id: &str) -> Result<String, CliError> {
    match catalog.retired(id) {
        Some((pack, retired)) => Ok(format!("{}\n", retired.told(pack))),
        None => Ok(explain_rule(find(catalog, id)?, catalog)),
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
