//! Text for people, made line by line: what strangers wrote ends no line, begins none, and steers nothing.
//! Must not know what the lines say.

use super::harmless::{self, plain};
use std::fmt::Arguments;

/// A text of lines. What is written into it with `writeln!` is one line, whatever stands in the words: a line break by a stranger
/// is a space.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// One line, for `writeln!`.
    pub fn write_fmt(&mut self, words: Arguments<'_>) {
        let words = words.to_string();
        self.0.push_str(&harmless::line(&plain(words.strip_suffix('\n').unwrap_or(&words))));
        self.0.push('\n');
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.0.push('\n');
    }

    /// Lines that are drawn already, and harmless.
    pub fn drawn(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// The text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn what_is_written_is_one_line_whatever_stands_in_it() {
        let mut lines = Lines::default();
        let (forging, commanding) = ("b\nc\r\nd\u{2028}e\u{85}f\u{b}g\u{1b}[2Jh\r\n", "\n\n::error::x");
        writeln!(lines, "a {forging}");
        writeln!(lines, "{commanding}");
        lines.blank();
        assert_eq!(lines.into_text(), "a b c d e f\u{240b}g\u{241b}[2Jh \n  \u{fffd}::error::x\n\n");
    }
}
