//! How grave a finding is in a run.
//! Must not know a rule.

/// How grave a finding is in a run, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
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
    pub fn of_severity(severity: &str) -> Self {
        match severity {
            "error" => Self::Error,
            "note" => Self::Note,
            _ => Self::Warning,
        }
    }

    /// The level of a verdict where nobody says anything else: a gap is as grave as its rule, an undecided one a warning.
    pub(super) fn usual(verdict: &str, severity: &str) -> Self {
        match verdict {
            "gap" => Self::of_severity(severity),
            "undecided" => Self::Warning,
            _ => Self::None,
        }
    }
}
