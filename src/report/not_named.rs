//! Notes on a run as a whole, and the one on editions that were chosen by date while a later one had begun.
//! Must not choose an edition.

use super::view::DefinitionView;
use crate::checks::Check;
use crate::policy::Catalog;
use crate::words;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the reader should know of the run as a whole: told once, and no finding.
#[derive(Debug, Clone, Serialize)]
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

/// The note, however many definitions it is about; nothing where every edition is named, or is the newest that had begun.
pub(super) fn not_named(definitions: &[DefinitionView], catalog: &Catalog) -> Option<RunNote> {
    let rule = catalog.rules().find(|rule| matches!(rule.check, Check::PolicyNamed))?;
    let concerned: Vec<_> =
        definitions.iter().filter_map(|one| Some((one, one.other_edition.as_ref().filter(|other| !other.is_by_date())?))).collect();
    let each = |ids: BTreeSet<&str>| ids.into_iter().map(|id| format!("`{id}`")).collect::<Vec<_>>();
    let applied = each(concerned.iter().filter_map(|(one, _)| Some(one.policy.as_ref()?.pack.as_str())).collect());
    let later = each(concerned.iter().map(|(_, other)| other.edition.as_str()).collect());
    let newest = later.last()?.trim_matches('`');
    let began = if concerned.iter().any(|(_, other)| other.relation == "later") { "had begun" } else { "may have begun" };
    let (which, start) = match (concerned.len(), definitions.len()) {
        (1, 1) => ("no edition is named".to_owned(), "the project did"),
        (some, all) => (format!("{some} of {all} definitions name no edition"), "the projects did"),
    };
    let message = format!(
        "{which}, so {} is applied by date, though {} {began} before {start}; to name one, write `policy = \"in-force\"` or \
         `policy = \"{newest}\"` in the file or in `evalplan.toml`, or use `--policy`",
        words::list(&applied, "and"),
        words::list(&later, "or"),
    );
    Some(RunNote { id: rule.local.to_string(), definitions: concerned.len(), message, rule: rule.id.to_string() })
}
