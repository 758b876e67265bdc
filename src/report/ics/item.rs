//! One entry as this run would have it, line by line.
//! Must not know definitions, and must not number it.

use super::text::{compact, escape};
use crate::model::Date;

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
    /// Everything but what changes by itself, one unfolded line each.
    pub(super) fn content(&self) -> Vec<String> {
        let (from, to) = self.days;
        let mut lines = vec![format!("DTSTART;VALUE=DATE:{}", compact(from))];
        // Both ends are the day after the last (RFC 5545, 3.6.1 and 3.8.2.3).
        let after = to.succ_opt().unwrap_or(to);
        if self.kind == "VTODO" {
            lines.push(format!("DUE;VALUE=DATE:{}", compact(after)));
        } else {
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
