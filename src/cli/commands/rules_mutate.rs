//! `rules test --mutate`: whether the cases of a pack notice when a rule is changed.

use crate::cli::args::Format;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use evalplan::assess::{PackScore, PreparedCase, mutate};
use evalplan::policy::Pack;
use evalplan::report::mutation;
use evalplan::schedule::planned;

pub(super) fn run<'p>(
    packs: impl Iterator<Item = &'p Pack>,
    cases: &[PreparedCase],
    format: Format,
) -> Result<Exit, CliError> {
    let scores: Vec<PackScore> = packs.map(|pack| mutate(pack, cases, planned)).collect();
    output::print_text(&match format {
        Format::Text => mutation::text(&scores),
        Format::Json => mutation::json(&scores),
    })?;
    let clean = scores.iter().all(|score| score.failing == 0 && score.survivors.is_empty());
    Ok(if clean { Exit::Clean } else { Exit::Gaps })
}
