//! A mistake in an input file as every format shows it.
//! Must not judge it.

use crate::diag::{Diagnostic, Kind, Severity};
use crate::source::{Position, Sources};
use serde::Serialize;

/// A mistake in an input file.
#[derive(Debug, Clone, Serialize)]
pub struct DiagnosticView {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// `unfinished` where the file says "not yet", `mistake` where something in it is wrong.
    pub kind: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// What the text at the place must be, where only its spelling is wrong.
    pub instead: Option<String>,
    /// Where the text at the place ends.
    #[serde(skip)]
    pub end: Position,
    /// By what it is known again.
    #[serde(skip)]
    pub known_as: String,
    /// The place of its file in the run, from 1; 0 for what concerns the run as a whole.
    #[serde(skip)]
    pub(super) file: usize,
}

impl DiagnosticView {
    /// The view of what is wrong with an input file.
    pub(super) fn of(sources: &Sources, diagnostic: &Diagnostic) -> Self {
        let position = sources.position(diagnostic.source, diagnostic.span.start);
        Self {
            path: sources.path(diagnostic.source).to_owned(),
            line: position.line,
            column: position.column,
            kind: match diagnostic.kind {
                Kind::Unfinished => "unfinished",
                Kind::Mistake => "mistake",
            },
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
            instead: diagnostic.instead.clone(),
            end: sources.position(diagnostic.source, diagnostic.span.end),
            known_as: diagnostic.known_as.clone().unwrap_or_else(|| diagnostic.message.clone()),
            file: 0,
        }
    }

    /// By file, what is unfinished first, then by place.
    pub(super) fn sort(views: &mut [Self]) {
        views.sort_by(|one, two| {
            let order = |one: &Self| (one.kind != "unfinished", one.line, one.column);
            (&one.path, order(one), &one.message).cmp(&(&two.path, order(two), &two.message))
        });
    }
}
