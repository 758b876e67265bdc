//! Codes and words of closed lists that are only misspelt: `za` for `ZA`, `Mid term` for `mid-term`.
//! Must not guess: the reader says what is certain.

use super::draft::{Mend, Mended};
use crate::diag::Diagnostic;
use crate::source::{Edit, SourceId, apply_edits};

/// The text of a source with its codes as they must be spelt; `None` where none of its mistakes is one of spelling alone.
#[must_use]
pub fn codes(source: SourceId, text: &str, diagnostics: &[Diagnostic]) -> Option<Mended> {
    let of_source = diagnostics.iter().filter(|diagnostic| diagnostic.source == source);
    let mut edits: Vec<Edit> = of_source
        .filter_map(|diagnostic| Some(Edit { span: diagnostic.span, text: diagnostic.instead.clone()? }))
        .collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup_by(|second, first| second.span.start < first.span.end);
    let mends: Vec<Mend> = edits
        .iter()
        .map(|edit| {
            let written = text.get(edit.span.range()).unwrap_or_default();
            Mend {
                rules: Vec::new(),
                said: format!("writes {} for {written}", edit.text),
                because: String::new(),
            }
        })
        .collect();
    (!mends.is_empty()).then(|| Mended { text: apply_edits(text, &edits), mends, left: Vec::new() })
}
