//! One entry of a feed, line by line: escaped, folded, numbered.
//! Must not know definitions.

use super::entries::compact;
use super::{Changes, Feed};
use crate::model::Date;
use crate::report::harmless::letter as harmless;

/// The most octets of a line, without its end.
const OCTETS: usize = 75;

/// One entry: an event or a to-do.
#[derive(Debug)]
pub(super) struct Item {
    /// The same for ever.
    pub uid: String,
    pub kind: &'static str,
    /// The first and the last day, inside.
    pub days: (Date, Date),
    pub summary: String,
    pub description: String,
    pub status: &'static str,
    pub category: &'static str,
    /// Days before.
    pub alarm: Option<u32>,
}

impl Item {
    /// The entry, with the stamp and the number that the older feed calls for.
    pub(super) fn write(&self, stamp: &str, old: Option<&Feed>, changes: &mut Changes) -> String {
        let content = self.content();
        let known = old.and_then(|old| old.entry(&self.uid));
        let (stamp, sequence) = match known {
            Some(known) if known.content == content => {
                changes.unchanged += 1;
                (known.stamp.as_str(), known.sequence)
            }
            Some(known) => {
                changes.changed += 1;
                (stamp, known.sequence.saturating_add(1))
            }
            None => {
                changes.new += 1;
                (stamp, 0)
            }
        };
        entry(self.kind, &self.uid, (stamp, sequence), &content)
    }

    /// Everything but what changes by itself, one unfolded line each.
    fn content(&self) -> Vec<String> {
        let (from, to) = self.days;
        let mut lines = vec![format!("DTSTART;VALUE=DATE:{}", compact(from))];
        if self.kind == "VTODO" {
            lines.push(format!("DUE;VALUE=DATE:{}", compact(to)));
        } else {
            let after = to.succ_opt().unwrap_or(to);
            lines.push(format!("DTEND;VALUE=DATE:{}", compact(after)));
            lines.push("TRANSP:TRANSPARENT".to_owned());
        }
        lines.push(format!("SUMMARY:{}", escape(&self.summary)));
        lines.push(format!("DESCRIPTION:{}", escape(&self.description)));
        lines.push(format!("CATEGORIES:{}", escape(self.category)));
        lines.push(format!("STATUS:{}", self.status));
        if let Some(days) = self.alarm {
            let alarm = ["BEGIN:VALARM", "ACTION:DISPLAY"].map(str::to_owned);
            lines.extend(alarm);
            lines.push(format!("DESCRIPTION:{}", escape(&self.summary)));
            lines.push(format!("TRIGGER:-P{days}D"));
            lines.push("END:VALARM".to_owned());
        }
        lines
    }
}

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
