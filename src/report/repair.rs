//! A repair as the lines of a patch.
//! Must not look for repairs.

use super::harmless::plain;
use super::material::Assessed;
use crate::assess::{Assessment, Edit, Outcome, patch};
use crate::source::{Position, SourceId, Sources};
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
    /// The changes of the text itself.
    #[serde(skip)]
    pub replacements: Vec<ReplacementView>,
}

/// What stands between two places gives way to another text.
#[derive(Debug, Clone)]
pub struct ReplacementView {
    /// The first place.
    pub start: Position,
    /// The place behind the last; the first for an insertion.
    pub end: Position,
    /// What takes its place.
    pub text: String,
}

/// How the tool itself closes a gap.
#[derive(Debug, Clone, Serialize)]
pub struct FixView {
    /// Whether `--fix` does it; else it needs `--unsafe-fixes` too.
    pub safe: bool,
    /// What it does, in words.
    pub does: String,
}

impl FixView {
    /// How the gap of a rule can be closed without a person, where it can.
    pub(super) fn of(assessed: &Assessed<'_>, rule: &str) -> Option<Self> {
        let Assessed { assessment, mends, .. } = assessed;
        let is_gap = assessment.findings.iter().any(|one| *one.rule.id == *rule && one.outcome == Outcome::Gap);
        let of_rule = |rules: &[std::sync::Arc<str>]| is_gap && rules.iter().any(|known| **known == *rule);
        let safe: Vec<&str> = mends.iter().filter(|mend| of_rule(&mend.rules)).map(|mend| mend.said.as_str()).collect();
        if !safe.is_empty() {
            return Some(Self { safe: true, does: crate::checks::words::list(&safe, "and") });
        }
        let repair = assessment.repairs.iter().find(|repair| !repair.placeholder && of_rule(&repair.rules))?;
        Some(Self { safe: false, does: crate::fix::told(assessment.definition, repair) })
    }

    /// What to type.
    pub(super) fn options(&self) -> &'static str {
        if self.safe { "--fix" } else { "--fix --unsafe-fixes" }
    }
}

impl RepairView {
    /// The repair of a rule, where one was found.
    pub(super) fn of(assessment: &Assessment<'_>, rule: &str, sources: &Sources) -> Option<Self> {
        let repair = assessment.repairs.iter().find(|repair| repair.rules.iter().any(|known| **known == *rule))?;
        let source = assessment.definition.source;
        let lines = patch(sources.text(source), &repair.edits);
        let shown = lines.iter().map(|line| format!("{} {}", if line.added { '+' } else { '-' }, line.text).trim_end().to_owned());
        Some(Self {
            rules: repair.rules.iter().map(ToString::to_string).collect(),
            placeholder: repair.placeholder,
            patch: shown.collect(),
            lines: lines.iter().map(|line| line.line).collect(),
            replacements: repair.edits.iter().map(|edit| replacement(edit, source, sources)).collect(),
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

fn replacement(edit: &Edit, source: SourceId, sources: &Sources) -> ReplacementView {
    let place = |offset| sources.position(source, offset);
    ReplacementView { start: place(edit.span.start), end: place(edit.span.end), text: edit.text.clone() }
}
