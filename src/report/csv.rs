//! Tables with commas, safe for programs that calculate: no cell begins a formula.
//! Must not know what the cells are about.

use super::format::Canvas;
use super::harmless::plain;
use super::templates::TemplateError;

/// Every finding of every rule.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let heads = [
        "code",
        "title",
        "path",
        "line",
        "column",
        "rule",
        "verdict",
        "level",
        "severity",
        "status",
        "source",
        "at",
        "message",
        "because",
        "missing",
        "needs",
        "remedy",
        "waiver",
        "fingerprint",
        "owner",
        "owner basis",
        "close by",
        "close state",
        "close because",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for definition in &canvas.view.definitions {
        for finding in &definition.findings {
            let closing = &finding.closing;
            rows.push(vec![
                definition.code.clone(),
                definition.title.clone(),
                definition.path.clone(),
                finding.at.line.to_string(),
                finding.at.column.to_string(),
                finding.rule.clone(),
                finding.verdict.to_owned(),
                finding.level.word().to_owned(),
                finding.severity.clone(),
                finding.status.clone(),
                finding.source.clone(),
                finding.paragraph.clone(),
                finding.message.clone(),
                finding.because.clone(),
                finding.missing.join("; "),
                finding.needs.join("; "),
                finding.remedy.clone().unwrap_or_default(),
                finding.waiver.clone().unwrap_or_default(),
                finding.fingerprint.clone(),
                closing.owner.clone().unwrap_or_default(),
                closing.owner_basis.clone().unwrap_or_default(),
                closing.close_by.as_ref().map(ToString::to_string).unwrap_or_default(),
                closing.close_state.unwrap_or_default().to_owned(),
                closing.close_because.clone().unwrap_or_default(),
            ]);
        }
    }
    Ok(table(&rows))
}

/// Rows as text: UTF-8 with the mark by which spreadsheets know it, lines ended as RFC 4180 has them.
pub(super) fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let lines = rows.iter().map(|row| row.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n");
    let text: String = std::iter::once("\u{feff}".to_owned()).chain(lines).collect();
    text.into_bytes()
}

/// One cell, in quotes where it needs them; a letter before what a spreadsheet would calculate.
pub(super) fn cell(text: &str) -> String {
    let text = plain(text);
    let first = text.trim_start().chars().next().unwrap_or(' ');
    let formula = matches!(first, '=' | '+' | '-' | '@' | '|' | '%' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}');
    let text = if formula { format!("'{text}") } else { text };
    if formula || text.contains([',', ';', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
