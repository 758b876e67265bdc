//! Proof of packs by cells: every constant that an axis is held against cuts it, and the compiled rules that bind projects are
//! run once a cell. Must not read files, and never calls proved what was not run whole.

mod diff;
mod editions;
mod firing;
mod found;
mod pieces;
mod questions;
mod space;
mod tables;

pub use diff::{Apart, Difference, Differences, diff, tell_apart};
pub use found::{Found, Kind, PackProof, Proof};

use super::catalog::Catalog;
use super::pack::{Pack, Selection};
use crate::model::Date;
use std::sync::Arc;

/// The most cells of one rule or table that are run when asked for a proof.
pub const MOST_CELLS: usize = 5 << 20;

/// The most cells of one rule or table that are run whenever packs are loaded.
pub const MOST_CELLS_AT_LOAD: usize = 20_000;

/// Runs the cells of the packs for which `wanted` holds, and of their editions; at most so many for each rule and table.
#[must_use]
pub fn prove(catalog: &Catalog, wanted: impl Fn(&Pack) -> bool, most_cells: usize) -> Proof {
    let packs: Vec<&Pack> = catalog.packs.iter().filter(|pack| wanted(pack)).collect();
    let editions = editions::prove(catalog, &wanted);
    Proof { packs: packs.into_iter().map(|pack| prove_pack(catalog, pack, most_cells)).collect(), editions }
}

fn prove_pack(catalog: &Catalog, pack: &Pack, most_cells: usize) -> PackProof {
    let own = pack.rules.iter().filter(|rule| rule.inherited_from.is_none());
    let mut proof = PackProof {
        pack: Arc::clone(&pack.id),
        tables: pack.tables.iter().filter(|table| table.partition).count(),
        rules: own.clone().count(),
        cells: 0,
        incomplete: Vec::new(),
        found: Vec::new(),
    };
    let domain = Domain { pack, in_force: in_force(catalog, pack), most_cells };
    for table in &pack.tables {
        tables::prove(table, &domain, &mut proof);
    }
    for rule in own {
        firing::prove(rule, &domain, &mut proof);
    }
    proof
}

/// Where the rules of a pack are run.
#[derive(Debug, Clone, Copy)]
struct Domain<'c> {
    pack: &'c Pack,
    in_force: (Option<Date>, Option<Date>),
    most_cells: usize,
}

/// The starts for which an edition is chosen: from the first day, before the second. An older project gets the first edition.
fn in_force(catalog: &Catalog, pack: &Pack) -> (Option<Date>, Option<Date>) {
    if pack.selection != Selection::ByDate {
        return (None, None);
    }
    let chain = editions::chain(catalog, pack);
    let place = chain.iter().position(|edition| edition.id == pack.id);
    let next = place.and_then(|place| chain.get(place + 1)?.from);
    (pack.from.filter(|_| place != Some(0)), next.or(pack.until))
}
