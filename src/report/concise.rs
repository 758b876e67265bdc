//! One line a finding: `path:line:column: severity RULE message`.
//! Must not hold more than a line holds.

use crate::assess::Outcome as Verdict;
use super::error::TemplateError;
use super::format::Canvas;
use super::lines::Lines;
use super::view::View;

/// Every mistake in the input and every finding that counts, then how many there are.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let view = canvas.view;
    let mut text = Lines::default();
    for note in canvas.run_notes() {
        writeln!(text, "{note}");
    }
    for one in &view.diagnostics {
        writeln!(text, "{}:{}:{}: {} {}", one.path, one.line, one.column, one.severity, one.message);
    }
    for (definition, finding) in canvas.counted() {
        let place = format!("{}:{}:{}", definition.path, finding.at.line, finding.at.column);
        let level = if finding.verdict == Verdict::Waived { "waived" } else { finding.level.word() };
        writeln!(text, "{place}: {level} {} {}", finding.rule, finding.message);
    }
    if !canvas.quiet {
        writeln!(text, "{}", tally(canvas));
    }
    Ok(text.into_text().into_bytes())
}

/// `2 errors, 1 warning, 0 notes, 3 undecided in 1 definition; 1 file with mistakes`.
pub(super) fn tally(canvas: &Canvas<'_>) -> String {
    let summary = canvas.view.summary;
    format!("{} in {}{}", summary.in_words(), plural(summary.definitions, "definition"), with_mistakes(canvas.view))
}

/// How many input files have mistakes, as the end of a sentence; nothing where none has.
pub(super) fn with_mistakes(view: &View) -> String {
    match view.broken() {
        0 => String::new(),
        files => format!("; {} with mistakes", plural(files, "file")),
    }
}

/// `1 error`, `2 errors`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
