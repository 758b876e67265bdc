//! Feeds written over older ones, and read without the tool.

use evalplan::report::View;
use evalplan::report::ics::{Feed, FeedScope, Told, feed};
use std::collections::BTreeMap;
use std::io::Cursor;

/// A feed, and what became of the one before it.
#[derive(Debug)]
pub(crate) struct Written {
    pub text: String,
    pub told: Told,
}

/// Writes the feed of a view over an older one.
pub(crate) fn write(view: &View, scope: &FeedScope, old: Option<&[u8]>) -> Written {
    let mut old =
        old.map(|old| Feed::read(Cursor::new(old.to_vec())).expect("it is a feed").expect("it is not blank"));
    let mut bytes = Vec::new();
    let told = feed(view, scope, old.as_mut(), &mut bytes).expect("memory takes all that is written");
    Written { text: String::from_utf8(bytes).expect("a feed is UTF-8"), told }
}

/// What every calendar program expects of the bytes, and no parser complains of.
pub(crate) fn lint(text: &str) -> Result<(), String> {
    let body = text.strip_suffix("END:VCALENDAR\r\n").ok_or("the last line ends the calendar")?;
    for line in body.split("\r\n") {
        if line.len() > 75 {
            return Err(format!("{} octets: {line}", line.len()));
        }
        if line.contains(['\r', '\n']) || line.chars().any(|letter| letter.is_control()) {
            return Err(format!("a bare line end or a control character: {line:?}"));
        }
    }
    Ok(())
}

/// An entry as it stands in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// All of its lines.
    pub whole: String,
    pub sequence: u64,
    pub status: String,
    pub summary: String,
    pub start: String,
}

/// The entries of a feed by their ids; each id must be there once.
pub(crate) fn entries(feed: &str) -> Result<BTreeMap<String, Entry>, String> {
    let mut entries = BTreeMap::new();
    for kind in ["VEVENT", "VTODO"] {
        for part in feed.split(&format!("BEGIN:{kind}\r\n")).skip(1) {
            let whole = part.split(&format!("END:{kind}")).next().unwrap_or_default().to_owned();
            let unfolded = whole.replace("\r\n ", "");
            let value = |name: &str| {
                let is_named =
                    |line: &&str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ';']));
                let line = unfolded.split("\r\n").find(is_named);
                line.and_then(|line| line.split_once(':'))
                    .map(|(_, value)| value.to_owned())
                    .unwrap_or_default()
            };
            let sequence = value("SEQUENCE").parse().unwrap_or_default();
            let entry = Entry {
                sequence,
                status: value("STATUS"),
                summary: value("SUMMARY"),
                start: value("DTSTART"),
                whole,
            };
            if entries.insert(value("UID"), entry).is_some() {
                return Err(format!("`{}` is there twice", value("UID")));
            }
        }
    }
    Ok(entries)
}

/// The ids of the entries with a status.
pub(crate) fn with_status(feed: &str, status: &str) -> Vec<String> {
    let entries = entries(feed).expect("ids are there once");
    entries.into_iter().filter(|(_, entry)| entry.status == status).map(|(uid, _)| uid).collect()
}
