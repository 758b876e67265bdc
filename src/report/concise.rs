//! One line a finding: `path:line:column: severity RULE message`.
//! Must not hold more than a line holds.

use super::error::TemplateError;
use super::format::Canvas;
use super::harmless::plain;
use std::fmt::Write as _;

/// Every mistake in the input and every finding that counts, then how many there are.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let view = canvas.view;
    let mut text = String::new();
    if let Some(note) = canvas.superseded() {
        let _ = writeln!(text, "note: {}", plain(&note));
    }
    for one in &view.diagnostics {
        let _ = writeln!(text, "{}:{}:{}: {} {}", plain(&one.path), one.line, one.column, one.severity, plain(&one.message));
    }
    for (definition, finding) in canvas.counted() {
        let place = format!("{}:{}:{}", plain(&definition.path), finding.at.line, finding.at.column);
        let level = if finding.verdict == "waived" { "waived" } else { finding.level.word() };
        let _ = writeln!(text, "{place}: {level} {} {}", plain(&finding.rule), plain(&finding.message));
    }
    if !canvas.quiet {
        let _ = writeln!(text, "{}", tally(canvas));
    }
    Ok(super::harmless::lines(&text).into_bytes())
}

/// `2 errors, 1 warning, 3 undecided in 1 definition`.
pub(super) fn tally(canvas: &Canvas<'_>) -> String {
    let summary = canvas.view.summary;
    format!(
        "{}, {}, {}, {} undecided in {}",
        plural(summary.errors, "error"),
        plural(summary.warnings, "warning"),
        plural(summary.notes, "note"),
        summary.undecided,
        plural(summary.definitions, "definition")
    )
}

/// `1 error`, `2 errors`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
