//! One entry of an older feed: what it says, and how it is written again.
//! Must not decide what becomes of it.

use super::text::{escape, put};
use crate::model::Date;
use crate::schedule::vcal;
use std::io::{self, Write};

/// One event or to-do, as it stands in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// `VEVENT` or `VTODO`.
    pub kind: String,
    /// Every line between its first and its last, unfolded.
    lines: Vec<String>,
}

/// The category of an evaluation whose timing is not known.
pub(super) const UNTIMED: &str = "evaluation";

/// What changes in an entry without its saying anything else.
const NUMBERS: [&str; 3] = ["UID", "DTSTAMP", "SEQUENCE"];

impl Entry {
    pub(super) fn new(kind: String, lines: Vec<String>) -> Self {
        Self { kind, lines }
    }

    /// Its id, where it has one.
    pub(super) fn uid(&self) -> Option<String> {
        Some(vcal::lines(self.line("UID")?).next()?.text())
    }

    /// How often it has changed. A number that is too large to be told stays the largest.
    pub(super) fn sequence(&self) -> u64 {
        let number = self.value("SEQUENCE").unwrap_or_default().trim();
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { number.parse().unwrap_or(u64::MAX) } else { 0 }
    }

    /// When it last changed, where that is said as RFC 5545 has it.
    pub(super) fn stamp(&self) -> Option<&str> {
        let stamp = self.value("DTSTAMP")?;
        let digits =
            |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        let (day, time) = stamp.strip_suffix('Z')?.split_once('T')?;
        (digits(day, 8) && digits(time, 6)).then_some(stamp)
    }

    /// Everything that it says.
    pub(super) fn content(&self) -> impl Iterator<Item = &str> {
        self.own()
            .filter(|(outer, line)| !(*outer && NUMBERS.iter().any(|name| is(line, name))))
            .map(|(_, line)| line)
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.status() == Some("CANCELLED")
    }

    pub(super) fn status(&self) -> Option<&str> {
        self.value("STATUS")
    }

    /// The timing of its evaluation, where that is known.
    pub(super) fn timing(&self) -> Option<&str> {
        self.value("CATEGORIES").filter(|category| *category != UNTIMED)
    }

    /// The first and the last day, inside.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let day = |name| Date::parse_from_str(self.value(name)?, "%Y%m%d").ok();
        let from = day("DTSTART")?;
        let after = day("DTEND").or_else(|| day("DUE"));
        // Feeds of older versions have to-dos that are due on the day on which they begin.
        let to = after.and_then(|after| after.pred_opt()).map_or(from, |last| last.max(from));
        Some((from, to))
    }

    /// Writes it as it stands.
    pub(super) fn copy(&self, out: &mut dyn Write) -> io::Result<()> {
        put(out, &format!("BEGIN:{}", self.kind))?;
        self.lines.iter().try_for_each(|line| put(out, line))?;
        put(out, &format!("END:{}", self.kind))
    }

    /// Writes it with another status, and without what would still remind of it.
    pub(super) fn end(
        &self,
        status: &str,
        (uid, stamp): (&str, &str),
        sequence: u64,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut reminds = false;
        let mut lines: Vec<&str> = Vec::new();
        for line in self.content() {
            reminds |= line == "BEGIN:VALARM";
            if !reminds && !is(line, "STATUS") {
                lines.push(line);
            }
            reminds &= line != "END:VALARM";
        }
        let status = format!("STATUS:{status}");
        let lines = lines.into_iter().chain([status.as_str()]);
        numbered(&self.kind, (uid, stamp, sequence), lines, out)
    }

    /// Its lines, each with whether it is its own and not one of a part of it.
    fn own(&self) -> impl Iterator<Item = (bool, &str)> {
        let mut depth = 0_usize;
        self.lines.iter().map(move |line| {
            depth += usize::from(is(line, "BEGIN"));
            let outer = depth == 0;
            depth = depth.saturating_sub(usize::from(is(line, "END")));
            (outer, line.as_str())
        })
    }

    fn line(&self, name: &str) -> Option<&str> {
        self.own().find(|(outer, line)| *outer && is(line, name)).map(|(_, line)| line)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.line(name)?.split_once(':').map(|(_, value)| value)
    }
}

/// Writes an entry from its parts.
pub(super) fn numbered<'l>(
    kind: &str,
    (uid, stamp, sequence): (&str, &str, u64),
    content: impl Iterator<Item = &'l str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    put(out, &format!("BEGIN:{kind}"))?;
    put(out, &format!("UID:{}", escape(uid)))?;
    put(out, &format!("DTSTAMP:{stamp}"))?;
    put(out, &format!("SEQUENCE:{sequence}"))?;
    for line in content {
        put(out, line)?;
    }
    put(out, &format!("END:{kind}"))
}

/// Whether a line is of that name.
fn is(line: &str, name: &str) -> bool {
    let head = line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    head && line[name.len()..].starts_with([':', ';'])
}
