//! The lines of a feed: entries, escaped, folded at 75 bytes, ended as RFC 5545 has them.
//! Must not know what an entry is about.

use crate::model::Date;
use crate::report::harmless::letter as harmless;

/// The most octets of a line, without its end.
const OCTETS: usize = 75;

/// An entry from its parts.
pub(super) fn entry(kind: &str, uid: &str, (stamp, sequence): (&str, u32), content: &[String]) -> String {
    let head = [format!("BEGIN:{kind}"), format!("UID:{}", escape(uid)), format!("DTSTAMP:{stamp}"), format!("SEQUENCE:{sequence}")];
    let end = format!("END:{kind}");
    head.iter().chain(content).chain([&end]).map(|line| fold(line)).collect()
}

/// Text as a value: commas, semicolons, backslashes and line ends escaped, control characters gone.
pub(super) fn escape(text: &str) -> String {
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
    value
}

/// A line in pieces of at most 75 octets, never inside a character, with its end.
pub(super) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / OCTETS * 3 + 2);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(letter);
        octets += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
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
