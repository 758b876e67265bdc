//! `rules diff`: where two packs decide otherwise.

use crate::cli::args::{DiffArgs, Format};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::packs::{is_broken, pack, read_catalog};
use evalplan::policy::proof::{MOST_CELLS, diff};
use evalplan::report::{difference, render_diagnostics};
use evalplan::source::Sources;

pub(super) fn run(arguments: &DiffArgs) -> Result<Exit, CliError> {
    let mut sources = Sources::default();
    let (catalog, diagnostics) = read_catalog(&arguments.catalog.rules, &mut sources)?;
    output::tell_drawn(&render_diagnostics(&diagnostics, &sources, false));
    let packs = (pack(&catalog, &arguments.one)?, pack(&catalog, &arguments.two)?);
    let differences = diff(packs, MOST_CELLS);
    let names = [arguments.one.as_str(), arguments.two.as_str()];
    output::print_text(&match arguments.format {
        Format::Text => difference::text(&differences, names),
        Format::Json => difference::json(&differences, names),
    })?;
    Ok(if is_broken(&diagnostics) { Exit::Bad } else { Exit::Clean })
}
