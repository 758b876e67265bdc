//! Notes on a run as a whole, and the one on editions that were chosen by date while a later one had begun.
//! Must not choose an edition.

use super::view::DefinitionView;
use crate::checks::Check;
use crate::policy::Catalog;
use crate::words;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the reader should know of the run as a whole: told once, and no finding.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct RunNote {
    /// By what it can be allowed.
    pub id: String,
    /// How many definitions it is about.
    pub definitions: usize,
    /// What is so.
    pub message: String,
    /// The whole id of its rule.
    #[serde(skip)]
    pub rule: String,
}

impl RunNote {
    /// That a rule which the command line, the portfolio or a baseline names is gone.
    #[must_use]
    pub fn of_retired(message: String) -> Self {
        Self { id: "retired-rule".to_owned(), definitions: 0, message, rule: String::new() }
    }
}

impl std::fmt::Display for RunNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "note[{}]: {}", self.id, self.message)
    }
}

/// Which editions were chosen by date while a later one had begun, counted over a run.
#[derive(Debug, Clone, Default)]
pub(super) struct NotNamed {
    all: usize,
    concerned: usize,
    applied: BTreeSet<String>,
    later: BTreeSet<String>,
    /// Whether a later one had surely begun for any of them.
    had_begun: bool,
}

impl NotNamed {
    /// Counts a definition.
    pub(super) fn add(&mut self, definition: &DefinitionView) {
        self.all += 1;
        let Some(other) = definition.other_edition.as_ref().filter(|other| !other.is_by_date()) else {
            return;
        };
        self.concerned += 1;
        self.applied.extend(definition.policy.as_ref().map(|policy| policy.pack.clone()));
        self.later.insert(other.edition.clone());
        self.had_begun |= other.relation == "later";
    }

    /// The note, however many definitions it is about; nothing where every edition is named, or is the newest that had begun.
    pub(super) fn note(&self, catalog: &Catalog) -> Option<RunNote> {
        let rule = catalog.rules().find(|rule| matches!(rule.check, Check::PolicyNamed))?;
        let newest = self.later.last()?;
        let each = |ids: &BTreeSet<String>| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>();
        let began = if self.had_begun { "had begun" } else { "may have begun" };
        let (which, start) = match (self.concerned, self.all) {
            (1, 1) => ("no edition is named".to_owned(), "the project did"),
            (some, all) => (format!("{some} of {all} definitions name no edition"), "the projects did"),
        };
        let message = format!(
            "{which}, so {} is applied by date, though {} {began} before {start}; to name one, write `policy = \"in-force\"` or \
             `policy = \"{newest}\"` in the file or in `evalplan.toml`, or use `--policy`",
            words::list(&each(&self.applied), "and"),
            words::list(&each(&self.later), "or"),
        );
        Some(RunNote {
            id: rule.local.to_string(),
            definitions: self.concerned,
            message,
            rule: rule.id.to_string(),
        })
    }
}
