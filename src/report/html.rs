//! HTML that shows text as it is.
//! Must not know what the text is about.

use super::document::document;
use super::format::Canvas;
use super::harmless::{Part, parts, plain};
use super::headings::Headings;
use super::templates::{TemplateError, shipped};

/// The report as one HTML file.
///
/// # Errors
/// Where a template names what there is not.
pub(super) fn report(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let headings = Headings::shipped();
    Ok(shipped("report/report.html", &document(canvas.view, &headings, true))?.into_bytes())
}

/// A text as HTML that shows exactly that text, in an element or in a quoted attribute.
#[must_use]
pub(super) fn escape(text: &str) -> String {
    let text = plain(text);
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text of our own with code between backticks.
#[must_use]
pub(super) fn prose(text: &str) -> String {
    let pieces = parts(text).into_iter().map(|part| match part {
        Part::Text(words) => escape(words),
        Part::Code(name) => code(name),
    });
    pieces.collect()
}

/// A name or path as code.
#[must_use]
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// A day that machines can read too.
#[must_use]
pub(super) fn day(day: &str) -> String {
    let day = escape(day);
    format!("<time datetime=\"{day}\">{day}</time>")
}
