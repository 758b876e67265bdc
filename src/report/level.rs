//! How grave a finding is in a run.
//! Must not know a rule.

use crate::assess::Outcome;
use crate::policy::Severity;

/// How grave a finding is in a run, worst first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It must be mended.
    Error,
    /// It should be looked at.
    Warning,
    /// Good to know.
    Note,
    /// It does not count.
    None,
}

impl Level {
    /// The word for people and machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::None => "none",
        }
    }

    /// The level of a rule's severity.
    #[must_use]
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }

    /// The level of a verdict where nobody says anything else: a gap is as grave as its rule, an undecided one a warning.
    pub(super) fn usual(verdict: Outcome, severity: Severity) -> Self {
        match verdict {
            Outcome::Gap => Self::of_severity(severity),
            Outcome::Undecided => Self::Warning,
            Outcome::Met | Outcome::NotApplicable | Outcome::Waived => Self::None,
        }
    }
}
