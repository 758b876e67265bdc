//! The documents that the shipped templates draw.
//! Must not escape anything: the engine does.

use super::document::{document, entry};
use super::error::TemplateError;
use super::format::Canvas;
use super::headings::Headings;
use super::templates::shipped;

/// The report as one HTML file.
///
/// # Errors
/// Where a template names what there is not.
pub(super) fn html(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let headings = Headings::shipped();
    Ok(shipped("report/report.html", &document(canvas.view, &headings, true))?.into_bytes())
}

/// The report as Markdown.
///
/// # Errors
/// Where a template names what there is not.
pub(super) fn markdown(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let headings = Headings::shipped();
    Ok(shipped("report/report.md", &document(canvas.view, &headings, false))?.into_bytes())
}

/// The findings as a table.
///
/// # Errors
/// Where a template names what there is not.
pub(super) fn findings(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let headings = Headings::shipped();
    let mut document = document(canvas.view, &headings, false);
    document.findings =
        canvas.worst_first().into_iter().map(|(definition, finding)| entry(definition, finding)).collect();
    Ok(shipped("report/check.md", &document)?.into_bytes())
}
