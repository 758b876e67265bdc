//! An older feed, read back: what it said of each entry, with its stamp and its number.
//! Must not trust it further than that.

use super::feed::Changes;
use super::text::entry;
use crate::schedule::vcal::lines;
use std::collections::BTreeMap;

/// A file that is there and is no feed.
#[derive(Debug, thiserror::Error)]
#[error("it is not a calendar")]
pub struct NotAFeed;

/// One entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub kind: String,
    pub stamp: String,
    pub sequence: u32,
    /// All other lines, unfolded.
    pub content: Vec<String>,
}

/// The entries of an older feed, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    entries: BTreeMap<String, Entry>,
}

impl Feed {
    /// Reads a feed.
    ///
    /// # Errors
    /// Where the text is no iCalendar.
    pub fn read(text: &str) -> Result<Self, NotAFeed> {
        let mut feed = Self::default();
        let mut begun = false;
        let mut open: Option<(String, Entry)> = None;
        for line in lines(text) {
            match (&*line.name, &*line.value, &mut open) {
                ("BEGIN", "VCALENDAR", None) => begun = true,
                ("BEGIN", kind @ ("VEVENT" | "VTODO"), None) => {
                    open = Some((String::new(), Entry { kind: kind.to_owned(), ..Entry::default() }));
                }
                ("END", kind, Some((uid, entry))) if *kind == entry.kind => {
                    feed.entries.insert(std::mem::take(uid), std::mem::take(entry));
                    open = None;
                }
                ("UID", _, Some((uid, _))) => *uid = line.text(),
                ("DTSTAMP", stamp, Some((_, entry))) => entry.stamp = stamp.chars().filter(char::is_ascii_alphanumeric).collect(),
                ("SEQUENCE", number, Some((_, entry))) => entry.sequence = number.trim().parse().unwrap_or(0),
                (_, _, Some((_, entry))) => entry.content.push(line.whole()),
                _ => {}
            }
        }
        if begun { Ok(feed) } else { Err(NotAFeed) }
    }

    /// What it said of an entry.
    pub(super) fn entry(&self, uid: &str) -> Option<&Entry> {
        self.entries.get(uid)
    }

    /// The entries that are no more: called off for one cycle, so that subscribers see them go.
    pub(super) fn called_off(&self, known: &[&str], stamp: &str, changes: &mut Changes) -> String {
        let mut text = String::new();
        for (uid, old) in self.entries.iter().filter(|(uid, _)| !known.contains(&uid.as_str())) {
            if !old.is_cancelled() {
                changes.cancelled += 1;
                text.push_str(&entry(&old.kind, uid, (stamp, old.sequence.saturating_add(1)), &old.cancelled()));
            } else if old.stamp == stamp {
                text.push_str(&entry(&old.kind, uid, (&old.stamp, old.sequence), &old.content));
            }
        }
        text
    }
}

impl Entry {
    fn is_cancelled(&self) -> bool {
        self.content.iter().any(|line| line == "STATUS:CANCELLED")
    }

    /// The same, called off, and without what would still remind of it.
    fn cancelled(&self) -> Vec<String> {
        let mut reminds = false;
        let mut lines: Vec<String> = Vec::new();
        for line in &self.content {
            reminds |= line == "BEGIN:VALARM";
            if !reminds && !line.starts_with("STATUS:") {
                lines.push(line.clone());
            }
            reminds &= line != "END:VALARM";
        }
        lines.push("STATUS:CANCELLED".to_owned());
        lines
    }
}
