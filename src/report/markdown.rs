//! Markdown that shows text as it is: what strangers wrote can neither become markup nor leave its line.
//! Must not know what the text is about.

use super::harmless::{Part, parts, plain};

/// A text as Markdown that shows exactly that text, on one line, fit for a cell of a table.
#[must_use]
pub(super) fn escape(text: &str) -> String {
    escape_from(&plain(text), true)
}

fn escape_from(text: &str, beginning: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let head = text[..at].trim_start();
        // Only digits stand before: a list with numbers.
        let numbered = beginning && !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit());
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // Addresses become links on their own where nothing stands between.
            ':' if next == '/' => escaped.push_str("&#58;"),
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => escaped.push_str("&#46;"),
            // A name behind `@` calls a person, or makes an address of mail.
            '@' => escaped.push_str("@&#8288;"),
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => escaped.push('_'),
            '$' if !next.is_whitespace() => escaped.extend(['\\', letter]),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' => escaped.extend(['\\', letter]),
            '#' | '+' | '-' | '=' if beginning && head.is_empty() => escaped.extend(['\\', letter]),
            '.' | ')' if numbered => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
        before = letter;
    }
    escaped
}

/// A text of our own with code between backticks: the code stays code, all else is shown as it is.
#[must_use]
pub(super) fn prose(text: &str) -> String {
    let text = plain(text);
    let mut out = String::new();
    for part in parts(&text) {
        let piece = match part {
            Part::Text(words) => escape_from(words, out.is_empty()),
            Part::Code(name) => code(name),
        };
        out.push_str(&piece);
    }
    out
}

/// A name or path as code; as plain text where code could not hold it.
#[must_use]
pub(super) fn code(text: &str) -> String {
    let text = plain(text);
    let fits = !text.trim().is_empty() && text.trim() == text && !text.contains(['`', '|', '<', '>', '\\']);
    if fits { format!("`{text}`") } else { escape(&text) }
}
