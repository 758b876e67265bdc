//! A mistake in an input file as every format shows it.
//! Must not judge it.

use crate::diag::{Diagnostic, Kind, Severity};
use crate::source::Sources;
use serde::Serialize;

/// A mistake in an input file.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct DiagnosticView {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The line in which it ends, from 1.
    pub end_line: usize,
    /// The column behind its last character, from 1.
    pub end_column: usize,
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
        let place = |offset| sources.position(diagnostic.source, offset);
        let (position, end) = (place(diagnostic.span.start), place(diagnostic.span.end));
        Self {
            path: sources.path(diagnostic.source).to_owned(),
            line: position.line,
            column: position.column,
            end_line: end.line,
            end_column: end.column,
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
