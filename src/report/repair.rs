//! A repair as the lines of a patch.
//! Must not look for repairs.

use super::harmless::plain;
use crate::assess::{Assessment, patch};
use serde::Serialize;
use std::fmt::Write as _;

/// The smallest change that closes a gap.
#[derive(Debug, Clone, Serialize)]
pub struct RepairView {
    /// The rules that it closes, this one among them.
    pub rules: Vec<String>,
    /// Whether something in it is left for a person to complete, marked `TO COMPLETE`.
    pub placeholder: bool,
    /// The lines that are taken away (`-`) and added (`+`), in the order of the file.
    pub patch: Vec<String>,
    /// The line of the file that each belongs to or follows, from 1.
    #[serde(skip)]
    pub lines: Vec<usize>,
}

impl RepairView {
    /// The repair of a rule of a definition with that text, where one was found.
    pub(super) fn of(assessment: &Assessment<'_>, rule: &str, text: &str) -> Option<Self> {
        let repair = assessment.repairs.iter().find(|repair| repair.rules.iter().any(|known| **known == *rule))?;
        let lines = patch(text, &repair.edits);
        let shown = lines.iter().map(|line| format!("{} {}", if line.added { '+' } else { '-' }, line.text).trim_end().to_owned());
        Some(Self {
            rules: repair.rules.iter().map(ToString::to_string).collect(),
            placeholder: repair.placeholder,
            patch: shown.collect(),
            lines: lines.iter().map(|line| line.line).collect(),
        })
    }

    /// The patch for people at a terminal; where an earlier rule showed it, only where it stands.
    pub(super) fn text(&self, rule: &str) -> String {
        if let Some(first) = self.rules.first().filter(|first| *first != rule) {
            return format!("patch: the one of {} closes this gap too\n", plain(first));
        }
        self.whole(rule)
    }

    /// The patch for people at a terminal, whole.
    pub(super) fn whole(&self, rule: &str) -> String {
        let others: Vec<String> = self.rules.iter().filter(|other| *other != rule).map(|other| plain(other)).collect();
        let closes = if others.is_empty() { String::new() } else { format!(" and {}", crate::checks::words::list(&others, "and")) };
        let complete = if self.placeholder { "; complete what is marked TO COMPLETE" } else { "" };
        let mut text = format!("patch: closes this gap{closes}{complete}\n");
        let width = self.lines.iter().max().map_or(1, |last| last.to_string().len());
        for (line, number) in self.patch.iter().zip(&self.lines) {
            let _ = writeln!(text, "{number:>width$} {}", plain(line));
        }
        text
    }
}
