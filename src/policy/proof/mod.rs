//! Proof of packs by cells: every constant that an axis is held against cuts it, and the compiled rules that bind projects are
//! run once a cell. Must not read files, and never calls proved what was not run whole.

mod diff;
mod editions;
mod firing;
mod pieces;
mod questions;
mod space;
mod tables;

pub use diff::{Difference, Differences, diff, equal_in_every_cell};

use super::catalog::Catalog;
use super::pack::{Pack, Selection};
use crate::diag::Diagnostic;
use crate::model::Date;
use crate::source::{SourceId, Span};
use std::fmt;
use std::sync::Arc;

/// The most cells of one rule or table that are run when asked for a proof.
pub const MOST_CELLS: usize = 5_000_000;

/// The most cells of one rule or table that are run whenever packs are loaded.
pub const MOST_CELLS_AT_LOAD: usize = 20_000;

/// What a proof finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// No band holds.
    Hole,
    /// Several bands hold at once.
    Overlap,
    /// No edition is in force.
    HoleInTime,
    /// Several editions are in force at once.
    OverlapInTime,
    /// A rule or a band that no definition can come under.
    NeverFires,
    /// A condition or a table that leaves no definition out.
    AlwaysFires,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hole => "hole",
            Self::Overlap => "overlap",
            Self::HoleInTime => "hole-in-time",
            Self::OverlapInTime => "overlap-in-time",
            Self::NeverFires => "never-fires",
            Self::AlwaysFires => "always-fires",
        })
    }
}

/// One thing that a proof finds.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// The table, rule or edition, by its whole id.
    pub subject: String,
    /// What is so, in words.
    pub message: String,
    /// The text of the pack.
    pub source: SourceId,
    /// The place in it.
    pub span: Span,
    /// A definition for which it is so, as TOML.
    pub example: Option<String>,
    /// A fact that the cells do not cut was tried both ways, so no real definition may come there.
    pub may_be_spurious: bool,
    /// The pack says that it shall be so.
    pub is_meant: bool,
}

impl Found {
    /// Whether the pack should be mended.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.kind != Kind::AlwaysFires
    }

    /// As a mistake in the file of the pack.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let message = format!("{}: {}", self.subject, self.message);
        let diagnostic = match self.kind {
            Kind::NeverFires | Kind::AlwaysFires => Diagnostic::warning(self.source, self.span, message),
            _ => Diagnostic::error(self.source, self.span, message),
        };
        diagnostic.hint("`evalplan rules check` shows a definition for which it is so")
    }
}

/// What was run of one pack, and what was found.
#[derive(Debug, Clone)]
pub struct PackProof {
    /// The pack.
    pub pack: Arc<str>,
    /// The tables that claim to have neither hole nor overlap.
    pub tables: usize,
    /// The rules of its own.
    pub rules: usize,
    /// The cells that were run.
    pub cells: usize,
    /// The tables and rules that have more cells than were allowed.
    pub incomplete: Vec<String>,
    /// What was found.
    pub found: Vec<Found>,
}

/// The proof of some packs.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Each pack.
    pub packs: Vec<PackProof>,
    /// What was found of the editions that are chosen by date.
    pub editions: Vec<Found>,
}

impl Proof {
    /// Everything found, editions first.
    pub fn found(&self) -> impl Iterator<Item = &Found> {
        self.editions.iter().chain(self.packs.iter().flat_map(|pack| &pack.found))
    }

    /// The faults, as mistakes in the files of the packs.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.found().filter(|found| found.is_fault()).map(Found::diagnostic).collect()
    }
}

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
