//! What a proof finds, and what was run to find it.
//! Must not run cells.

use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};
use std::fmt;
use std::sync::Arc;

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
