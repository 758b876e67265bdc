//! `rules coverage`: which clauses have rules, and which stay with people.

use crate::cli::args::{Format, RulesCheckArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::packs::{is_broken, load_catalog, pack};
use evalplan::policy::coverage;
use evalplan::report::{coverage as report, render_diagnostics};
use evalplan::source::Sources;

pub(super) fn run(arguments: &RulesCheckArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let (catalog, diagnostics) = load_catalog(&arguments.catalog.rules, &mut sources)?;
    output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
    arguments.packs.iter().try_for_each(|name| pack(&catalog, name).map(|_| ()))?;
    let wanted = |id: &str| arguments.packs.is_empty() || arguments.packs.iter().any(|name| name == id);
    let packs = catalog.packs.iter().filter(|pack| wanted(&pack.id)).map(|pack| {
        let (documents, broken) = coverage(&catalog, pack);
        report::PackCoverage {
            pack,
            documents,
            broken: broken.into_iter().map(|(clause, rule)| (clause, &**rule)).collect(),
        }
    });
    let packs: Vec<report::PackCoverage<'_>> = packs.collect();
    output::print_text(&match arguments.format {
        Format::Text => report::text(&packs),
        Format::Json => report::json(&packs),
    })?;
    let broken = packs.iter().any(|pack| !pack.broken.is_empty());
    Ok(match (is_broken(&diagnostics), broken) {
        (true, _) => Exit::Bad,
        (false, true) => Exit::Gaps,
        (false, false) => Exit::Clean,
    })
}
