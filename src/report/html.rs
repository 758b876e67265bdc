//! HTML that shows text as it is.
//! Must not know what the text is about.

use super::document::Document;
use super::harmless::{Part, parts, plain};
use super::templates::{TemplateError, shipped};

/// The report as one HTML file.
///
/// # Errors
/// Where a template names what there is not.
pub fn report(document: &Document<'_>) -> Result<String, TemplateError> {
    shipped("report/report.html", document)
}

/// A text as HTML that shows exactly that text, in an element or in a quoted attribute.
#[must_use]
pub fn escape(text: &str) -> String {
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
pub fn prose(text: &str) -> String {
    let pieces = parts(text).into_iter().map(|part| match part {
        Part::Text(words) => escape(words),
        Part::Code(name) => code(name),
    });
    pieces.collect()
}

/// A name or path as code.
#[must_use]
pub fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// A day that machines can read too.
#[must_use]
pub fn day(day: &str) -> String {
    let day = escape(day);
    format!("<time datetime=\"{day}\">{day}</time>")
}
