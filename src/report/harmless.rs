//! Text by strangers made harmless: nothing in it steers a terminal, turns the text around it, or breaks a line.
//! Must not know any format.

use std::borrow::Cow;

/// A character that neither steers a terminal nor turns or hides what stands around it. One for one, so that columns stay right.
pub(super) fn letter(letter: char) -> char {
    match letter {
        '\0'..='\x1f' => char::from_u32(u32::from(letter) + 0x2400).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{e0000}'..='\u{e0fff}' => char::REPLACEMENT_CHARACTER,
        // The last two of every plane are no characters: XML and HTML refuse them.
        other if u32::from(other) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// A line of text for a terminal that begins no command of a workflow: GitHub Actions obeys `::` at the beginning of a line, and
/// `##[` anywhere.
pub(super) fn line(text: &str) -> String {
    let text: String = text.chars().map(letter).collect();
    let text = without_commands(&text);
    let indent = text.len() - text.trim_start().len();
    if text[indent..].starts_with("::") {
        format!("{}\u{fffd}{}", &text[..indent], &text[indent..])
    } else {
        text
    }
}

/// A text without `##[`, which GitHub Actions obeys anywhere in a line.
#[must_use]
pub fn without_commands(text: &str) -> String {
    text.replace("##[", "##\u{fffd}[")
}

/// Lines in which nothing steers the terminal or a workflow.
pub(super) fn lines(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| self::line(line.trim_end_matches('\n')) + if line.ends_with('\n') { "\n" } else { "" })
        .collect()
}

/// What is drawn for a terminal with colours of ours in it: their signs stay, and nothing commands a workflow. Texts by strangers
/// are harmless already where they begin a line, for there stands a frame of ours before them.
pub(super) fn for_terminal(text: &str, styled: bool) -> String {
    if styled { without_commands(text) } else { lines(text) }
}

/// A text on one line, made harmless. Joiners stay: some scripts need them.
#[must_use]
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let shown = |found: char| match found {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{200c}' | '\u{200d}' => found,
        other => letter(other),
    };
    Cow::Owned(text.replace("\r\n", " ").chars().map(shown).collect())
}

/// A path as an argument of a command that can be pasted into a shell.
#[must_use]
pub fn argument(path: &str) -> String {
    let path = plain(path);
    let bare = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_' | ':' | ',' | '+' | '@' | '=')
    };
    // A command would take it for an option, in quotes or not.
    let path = if path.starts_with('-') { Cow::Owned(format!("./{path}")) } else { path };
    if path.chars().all(bare) { path.into_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// A piece of a message of ours.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Words.
    Text(&'t str),
    /// What stood between backticks: a key, a rule, a command.
    Code(&'t str),
}

/// The pieces of a message in which backticks mark code. A backtick without a partner is part of the words.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((words, behind)) = rest.split_once('`') {
        match behind.split_once('`') {
            Some((code, after)) if !code.trim().is_empty() => {
                parts.extend([Part::Text(words), Part::Code(code)]);
                rest = after;
            }
            _ => break,
        }
    }
    parts.push(Part::Text(rest));
    parts.retain(|part| *part != Part::Text(""));
    parts
}

#[cfg(test)]
mod tests {
    use super::{Part, line, parts, plain};

    #[test]
    fn code_stands_between_backticks() {
        assert_eq!(parts("supply `a.b` now"), [Part::Text("supply "), Part::Code("a.b"), Part::Text(" now")]);
        assert_eq!(parts("one ` alone"), [Part::Text("one ` alone")]);
        assert_eq!(parts("``"), [Part::Text("``")]);
    }

    #[test]
    fn no_line_commands_a_workflow() {
        assert_eq!(line("  ::error::x"), "  \u{fffd}::error::x");
        assert_eq!(line("a ##[group]x"), "a ##\u{fffd}[group]x");
        assert_eq!(line("a::b: c"), "a::b: c");
    }

    #[test]
    fn nothing_turns_or_breaks_the_line() {
        assert_eq!(plain("a\r\nb\u{202e}c\u{1b}[1m"), "a b\u{fffd}c\u{241b}[1m");
        assert_eq!(plain("\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{fffd}"), "\u{fffd}".repeat(5));
    }
}
