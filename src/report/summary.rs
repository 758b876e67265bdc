//! How many findings there are of each kind.
//! Must not decide what a count means.

use super::concise::plural;
use crate::assess::{Finding, Outcome};
use crate::policy::Severity;
use serde::Serialize;

/// How many findings there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Definitions assessed.
    pub definitions: usize,
    /// Rules met.
    pub met: usize,
    /// Rules not met.
    pub gap: usize,
    /// Rules that do not apply.
    pub not_applicable: usize,
    /// Rules that the facts do not decide.
    pub undecided: usize,
    /// Rules that a waiver covers.
    pub waived: usize,
    /// Findings that count as errors: gaps, and undecided rules where the user has them count so.
    pub errors: usize,
    /// Gaps that count as warnings.
    pub warnings: usize,
    /// Gaps that count as notes.
    pub notes: usize,
    /// Undecided rules that count, and not as errors.
    #[serde(skip)]
    pub open: usize,
    /// Undecided rules that count as errors.
    #[serde(skip)]
    pub open_errors: usize,
    /// Gaps and undecided rules that do not count: allowed or ignored in this run, or known in a baseline.
    #[serde(skip)]
    pub uncounted: usize,
}

impl Summary {
    /// Both together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            definitions: self.definitions + other.definitions,
            met: self.met + other.met,
            gap: self.gap + other.gap,
            not_applicable: self.not_applicable + other.not_applicable,
            undecided: self.undecided + other.undecided,
            waived: self.waived + other.waived,
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            notes: self.notes + other.notes,
            open: self.open + other.open,
            open_errors: self.open_errors + other.open_errors,
            uncounted: self.uncounted + other.uncounted,
        }
    }

    /// `2 errors, 1 warning, 0 notes, 3 undecided`: each finding that is open once; then what does not count, where there is any.
    pub(super) fn in_words(self) -> String {
        let of_them = match self.open_errors {
            0 => String::new(),
            some => format!(" ({some} of them undecided)"),
        };
        let uncounted =
            if self.uncounted > 0 { format!(", {} not counted", self.uncounted) } else { String::new() };
        let [errors, warnings, notes] =
            [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
                .map(|(count, word)| plural(count, word));
        format!("{errors}{of_them}, {warnings}, {notes}, {} undecided{uncounted}", self.open)
    }

    /// Counts one finding.
    pub(super) fn count(&mut self, finding: &Finding<'_>) {
        match finding.outcome {
            Outcome::Met => self.met += 1,
            Outcome::NotApplicable => self.not_applicable += 1,
            Outcome::Waived => self.waived += 1,
            Outcome::Undecided => {
                self.undecided += 1;
                self.open += 1;
            }
            Outcome::Gap => self.gap += 1,
        }
        match (finding.outcome, finding.severity) {
            (Outcome::Gap, Severity::Error) => self.errors += 1,
            (Outcome::Gap, Severity::Warning) => self.warnings += 1,
            (Outcome::Gap, Severity::Note) => self.notes += 1,
            _ => {}
        }
    }
}
