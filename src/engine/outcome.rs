//! What came of one text: what is wrong with it, and what was found out about its definition.
//! Must not assess.

use super::Assessed;
use crate::assess::{Explainer, Finding, Outcome as Verdict, gathers};
use crate::diag::{Diagnostic, Severity};
use crate::fix::Basis;
use crate::model::{Definition, FieldPath, key};
use crate::source::{SourceId, Sources, Span};
use std::sync::Arc;

/// What came of one text.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The text, and those of files that it names, for the places of diagnostics and findings.
    pub sources: &'a Sources,
    /// Its id among them.
    pub source: SourceId,
    /// What it is held against: packs, day, and what dates rest on.
    pub basis: Basis<'a>,
    /// What is wrong with the file itself, and waivers in it that hide nothing.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found out; nothing where the file cannot be read whole or names a pack that is not there.
    pub assessed: Option<Assessed<'a>>,
    /// The pack that the request asks for and that is not there.
    pub unknown_pack: Option<String>,
}

impl<'a> Outcome<'a> {
    /// The rules that are not met, by rule.
    pub fn gaps(&self) -> impl Iterator<Item = &Finding<'a>> {
        let findings = self.assessed.iter().flat_map(|assessed| &assessed.assessment.findings);
        findings.filter(|finding| finding.outcome == Verdict::Gap)
    }

    /// What is so, in one line.
    #[must_use]
    pub fn message(&self, finding: &Finding<'_>) -> String {
        self.assessed
            .as_ref()
            .map(|assessed| Explainer::new(&assessed.assessment).message(finding))
            .unwrap_or_default()
    }

    /// Whether anything is wrong that makes the file one that cannot be trusted.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// What is handed on of one text, in the order of the run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry<T> {
    /// What was made of its outcome.
    pub made: T,
    /// The text, for the places of what only the run as a whole shows.
    pub sources: Sources,
    /// What only the run as a whole shows to be wrong: another definition has the same code.
    pub late: Vec<Diagnostic>,
    /// What is known of the definition, where it could be read.
    pub known: Option<Known>,
}

/// What a run keeps of a definition by which to know it again.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Known {
    /// The project's code.
    pub code: Arc<str>,
    /// The path that people are shown.
    pub path: Arc<str>,
    /// Whether what it says is gathered from others of the run.
    pub gathers: bool,
    /// Where the code stands.
    pub(super) source: SourceId,
    pub(super) span: Span,
}

impl Known {
    pub(super) fn of(definition: &Definition) -> Self {
        Self {
            code: definition.code().into(),
            path: Arc::clone(&definition.path),
            gathers: gathers(definition),
            source: definition.source,
            span: definition.locate(FieldPath::Key(key::project::CODE)).unwrap_or(Span::new(0..0)),
        }
    }
}
