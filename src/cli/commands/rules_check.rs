//! `rules check`: packs proved by cells.

use crate::cli::args::{Format, RulesCheckArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::packs::{is_broken, pack, read_catalog};
use evalplan::policy::proof::{Found, MOST_CELLS, prove};
use evalplan::report::{proof, render_diagnostics};
use evalplan::source::Sources;

pub(super) fn run(arguments: &RulesCheckArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let (catalog, diagnostics) = read_catalog(&arguments.catalog.rules, &mut sources)?;
    output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
    arguments.packs.iter().try_for_each(|name| pack(&catalog, name).map(|_| ()))?;
    let wanted = |id: &str| arguments.packs.is_empty() || arguments.packs.iter().any(|name| name == id);
    let proved = prove(&catalog, |pack| wanted(&pack.id), MOST_CELLS);
    output::print_text(&match arguments.format {
        Format::Text => proof::text(&proved, &sources),
        Format::Json => proof::json(&proved, &sources),
    })?;
    let faults = proved.found().filter(|found| Found::is_fault(found)).count();
    Ok(match (is_broken(&diagnostics), faults) {
        (true, _) => Exit::Bad,
        (false, 0) => Exit::Clean,
        (false, _) => Exit::Gaps,
    })
}
