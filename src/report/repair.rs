//! A repair as the lines of a patch.
//! Must not look for repairs.

use super::lines::Lines;
use crate::assess::{Assessment, Edit, Outcome, Repair, patch};
use crate::engine::Assessed;
use crate::fix::Listing;
use crate::source::{SourceId, Sources};
use crate::words;
use serde::Serialize;

/// The smallest change that closes a gap.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct RepairView {
    /// The rules that it closes, this one among them.
    pub rules: Vec<String>,
    /// Whether something in it is left for a person to complete, marked `TO COMPLETE`.
    pub placeholder: bool,
    /// The lines that are taken away (`-`) and added (`+`), in the order of the file.
    pub patch: Vec<String>,
    /// The first rule under which it is shown.
    #[serde(skip)]
    pub first: String,
    /// The line of the file that each belongs to or follows, from 1.
    #[serde(skip)]
    pub lines: Vec<usize>,
    /// The changes of the text itself, in the order of the file; none touches another.
    pub edits: Vec<EditView>,
}

/// What stands between two places of the file gives way to another text.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct EditView {
    /// The line of the first place, from 1.
    pub line: usize,
    /// The column of the first place in characters, from 1.
    pub column: usize,
    /// The line of the place behind the last, from 1; that of the first for an insertion.
    pub end_line: usize,
    /// The column of the place behind the last, from 1; that of the first for an insertion.
    pub end_column: usize,
    /// What takes its place.
    pub text: String,
}

/// How the tool itself closes a gap.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct FixView {
    /// Whether `--fix` does it; else it needs `--unsafe-fixes` too.
    pub safe: bool,
    /// What it does, in words.
    pub does: String,
}

impl FixView {
    /// How the gap of a rule can be closed without a person, where it can.
    pub(super) fn of(assessed: &Assessed<'_>, rule: &str) -> Option<Self> {
        if let Some(listing) = listing(assessed, rule) {
            let does: Vec<&str> = listing.mends.iter().map(|mend| mend.said.as_str()).collect();
            return Some(Self { safe: true, does: words::list(&does, "and") });
        }
        let assessment = &assessed.assessment;
        let is_gap =
            assessment.findings.iter().any(|one| *one.rule.id == *rule && one.outcome == Outcome::Gap);
        let repair =
            repair(assessment, rule).filter(|repair| is_gap && repair.is_whole(assessment.definition))?;
        Some(Self { safe: false, does: crate::fix::told(assessment.definition, repair) })
    }

    /// What to type.
    pub(super) fn options(&self) -> &'static str {
        if self.safe { "--fix" } else { "--fix --unsafe-fixes" }
    }
}

/// The evaluations that can be listed to close the gap of a rule.
fn listing<'a>(assessed: &'a Assessed<'_>, rule: &str) -> Option<&'a Listing> {
    assessed.listings.iter().find(|listing| listing.rules.iter().any(|known| **known == *rule))
}

/// The smallest change that closes the gap of a rule.
fn repair<'a>(assessment: &'a Assessment<'_>, rule: &str) -> Option<&'a Repair> {
    assessment.repairs.iter().find(|repair| repair.rules.iter().any(|known| **known == *rule))
}

impl RepairView {
    /// How the gap of a rule can be closed: as `--fix` does it, else by the smallest change that was found.
    pub(super) fn of(assessed: &Assessed<'_>, rule: &str, sources: &Sources) -> Option<Self> {
        let Assessed { assessment, .. } = assessed;
        let (rules, edits, placeholder) = match listing(assessed, rule) {
            Some(listing) => (&listing.rules, &listing.edits, false),
            None => {
                repair(assessment, rule).map(|repair| (&repair.rules, &repair.edits, repair.placeholder))?
            }
        };
        let source = assessment.definition.source;
        let lines = patch(sources.text(source), edits);
        let shown = lines.iter().map(|line| {
            format!("{} {}", if line.added { '+' } else { '-' }, line.text).trim_end().to_owned()
        });
        let same = |other: &&std::sync::Arc<str>| {
            listing(assessed, other).is_some() == listing(assessed, rule).is_some()
        };
        Some(Self {
            first: rules.iter().find(same).map(ToString::to_string).unwrap_or_default(),
            rules: rules.iter().map(ToString::to_string).collect(),
            placeholder,
            patch: shown.collect(),
            lines: lines.iter().map(|line| line.line).collect(),
            edits: edits.iter().map(|edit| of_edit(edit, source, sources)).collect(),
        })
    }

    /// The patch for people at a terminal; where an earlier rule showed it, only where it stands.
    pub(super) fn text(&self, rule: &str, text: &mut Lines) {
        if self.first == rule {
            self.whole(rule, text);
        } else {
            writeln!(text, "patch: the one of {} closes this gap too", self.first);
        }
    }

    /// The patch for people at a terminal, whole.
    pub(super) fn whole(&self, rule: &str, text: &mut Lines) {
        let others: Vec<&str> =
            self.rules.iter().map(String::as_str).filter(|other| *other != rule).collect();
        let closes =
            if others.is_empty() { String::new() } else { format!(" and {}", words::list(&others, "and")) };
        let complete = if self.placeholder { "; complete what is marked TO COMPLETE" } else { "" };
        writeln!(text, "patch: closes this gap{closes}{complete}");
        let width = self.lines.iter().max().map_or(1, |last| last.to_string().len());
        for (line, number) in self.patch.iter().zip(&self.lines) {
            writeln!(text, "{number:>width$} {line}");
        }
    }
}

fn of_edit(edit: &Edit, source: SourceId, sources: &Sources) -> EditView {
    let place = |offset| sources.position(source, offset);
    let (start, end) = (place(edit.span.start), place(edit.span.end));
    EditView {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text: edit.text.clone(),
    }
}
