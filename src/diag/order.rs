//! The mistakes of one file as a person reads them: in order, and not too many.
//! Must not know what a mistake is about.

use super::{Diagnostic, Kind, Severity};
use crate::source::SourceId;

/// The most mistakes that are shown of one file.
pub const MAX_DIAGNOSTICS: usize = 50;

/// That the file is not finished first, then in the order of the text, and no more than a person can read. Errors are not cut in favour of warnings.
#[must_use]
pub fn in_order(source: SourceId, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.kind, diagnostic.span.start, diagnostic.span.end));
    if diagnostics.len() <= MAX_DIAGNOSTICS {
        return diagnostics;
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        diagnostics.retain(|diagnostic| {
            diagnostic.severity == Severity::Error || diagnostic.kind == Kind::Unfinished
        });
    }
    let more = diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
    diagnostics.truncate(MAX_DIAGNOSTICS);
    diagnostics.extend(and_more(source, diagnostics.last(), more));
    diagnostics
}

/// That there are so many more than are shown, as grave as the last that is.
#[must_use]
pub fn and_more(source: SourceId, last: Option<&Diagnostic>, more: usize) -> Option<Diagnostic> {
    let Diagnostic { span, severity, .. } = last.filter(|_| more > 0)?;
    let rest = Diagnostic {
        severity: *severity,
        ..Diagnostic::error(source, *span, format!("{more} more mistakes follow, which are not shown"))
    };
    Some(rest.hint("mend those above first"))
}
