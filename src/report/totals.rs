//! What is counted over a run while it goes on.
//! Must not keep anything of a single definition.

use super::not_named::{NotNamed, RunNote};
use super::stream::{FileRef, Tail};
use super::summary::Summary;
use crate::policy::Catalog;
use std::collections::BTreeSet;

/// What is counted over a run.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Counts over all definitions.
    pub summary: Summary,
    /// The input files with mistakes for which they cannot be trusted, once each: several definitions may name one calendar.
    broken: BTreeSet<String>,
    not_named: NotNamed,
}

impl Totals {
    /// Counts a file.
    pub fn add(&mut self, file: FileRef<'_>) {
        let errors = file.diagnostics.iter().filter(|one| one.severity == "error");
        self.broken.extend(errors.map(|one| one.path.clone()));
        if let Some(definition) = file.definition {
            self.summary = self.summary.plus(definition.summary);
            self.not_named.add(definition);
        }
    }

    /// What the reader should know of the run as a whole.
    #[must_use]
    pub fn notes(&self, catalog: &Catalog) -> Vec<RunNote> {
        self.not_named.note(catalog).into_iter().collect()
    }

    /// What is known once all files are through.
    #[must_use]
    pub fn tail<'v>(&self, as_of: &'v str, notes: &'v [RunNote]) -> Tail<'v> {
        Tail { as_of, summary: self.summary, notes, broken: self.broken.len() }
    }
}
