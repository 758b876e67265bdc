//! The lines of a feed: escaped, folded at 75 octets, ended as RFC 5545 has them.
//! Must not know what a line is about.

use crate::model::Date;
use crate::report::harmless::letter as harmless;
use crate::source::boundary;
use std::io::{self, Write};

/// The most octets of a line, without its end.
const OCTETS: usize = 75;

/// The most bytes of a text in an entry. What a feed holds must be read back, so that no entry may be of any size.
const MOST_TEXT: usize = 32 * 1024;

/// Writes a line with its end, in pieces of at most 75 octets, never inside a character.
pub(super) fn put(out: &mut dyn Write, line: &str) -> io::Result<()> {
    let (mut rest, mut room) = (line, OCTETS);
    while rest.len() > room {
        let (piece, behind) = rest.split_at(boundary(rest, room));
        out.write_all(piece.as_bytes())?;
        out.write_all(b"\r\n ")?;
        // The space counts.
        (rest, room) = (behind, OCTETS - 1);
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\r\n")
}

/// Text as a value: commas, semicolons, backslashes and line ends escaped, control characters gone, what is far too long cut.
pub(super) fn escape(text: &str) -> String {
    let (text, rest) = text.split_at(boundary(text, MOST_TEXT));
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => {
                value.push('\\');
                value.push(letter);
            }
            '\n' => value.push_str("\\n"),
            '\t' => value.push(' '),
            letter => value.push(harmless(letter)),
        }
    }
    if !rest.is_empty() {
        value.push('…');
    }
    value
}

/// A line of an older feed without control characters and what turns the text around it. Joiners stay: some scripts need them.
pub(super) fn clean(line: &str) -> String {
    let kept = |letter: char| match letter {
        '\t' => ' ',
        '\u{200c}' | '\u{200d}' => letter,
        letter => harmless(letter),
    };
    if line.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return line.to_owned();
    }
    line.chars().map(kept).collect()
}

/// A part of a UID: letters, digits, hyphens and slashes stand for themselves, so that two parts never run together.
pub(super) fn id_part(text: &str) -> String {
    let mut part = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'/' => part.push(char::from(byte)),
            byte => part.push_str(&format!("%{byte:02X}")),
        }
    }
    part
}

/// A day as iCalendar writes it.
pub(super) fn compact(day: Date) -> String {
    day.format("%Y%m%d").to_string()
}
