//! One file of a run as every format draws it: what is wrong with it, and its definition.
//! Must not decide, date or judge anything.

use super::format::mark;
use super::headings::Headings;
use super::levels::Levels;
use super::material::{Detail, Material};
use super::stream::FileRef;
use super::view::{DefinitionView, DiagnosticView};
use crate::diag::Diagnostic;
use crate::engine::Outcome;
use crate::source::Sources;

/// One file of a run; the run as a whole has diagnostics and no definition.
#[derive(Debug, Clone, Default)]
pub struct FileView {
    /// What is wrong with it.
    pub diagnostics: Vec<DiagnosticView>,
    /// Its definition, where it could be read.
    pub definition: Option<DefinitionView>,
}

impl FileView {
    /// The view of what came of a text, as far as is shown, with the levels that count in the run.
    #[must_use]
    pub fn of(outcome: &Outcome<'_>, headings: &Headings, levels: &Levels, detail: Detail) -> Self {
        let material = Material {
            sources: outcome.sources,
            catalog: outcome.basis.catalog,
            as_of: outcome.basis.as_of,
            detail,
        };
        let mut definition =
            outcome.assessed.as_ref().map(|assessed| DefinitionView::of(material, headings, assessed));
        definition.iter_mut().for_each(|one| levels.apply(one));
        Self { diagnostics: Self::of_diagnostics(&outcome.diagnostics, outcome.sources), definition }
    }

    /// The view of mistakes alone.
    #[must_use]
    pub fn broken(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        Self { diagnostics: Self::of_diagnostics(diagnostics, sources), definition: None }
    }

    fn of_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<DiagnosticView> {
        let mut views: Vec<DiagnosticView> =
            diagnostics.iter().map(|one| DiagnosticView::of(sources, one)).collect();
        DiagnosticView::sort(&mut views);
        views
    }

    /// Adds what only the run as a whole shows: that another definition has the same code. Findings of the two are told apart by
    /// their files.
    pub fn add_late(&mut self, late: &[Diagnostic], sources: &Sources) {
        if late.is_empty() {
            return;
        }
        self.diagnostics.extend(late.iter().map(|one| DiagnosticView::of(sources, one)));
        DiagnosticView::sort(&mut self.diagnostics);
        if let Some(DefinitionView { path, findings, .. }) = &mut self.definition {
            findings.iter_mut().for_each(|finding| finding.fingerprint = mark(&[&finding.fingerprint, path]));
        }
    }

    /// As formats read it.
    #[must_use]
    pub fn as_ref(&self) -> FileRef<'_> {
        FileRef { diagnostics: &self.diagnostics, definition: self.definition.as_ref() }
    }
}
