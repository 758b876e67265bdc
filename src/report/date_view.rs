//! A date as every format shows it.
//! Must not compute a day.

use crate::model::DateRange;
use serde::Serialize;

/// A date: a day, or the first and last day that it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum DateView {
    /// Known to the day.
    Day(String),
    /// Known in part.
    Range {
        /// The first day it may be.
        from: String,
        /// The last day it may be.
        to: String,
    },
}

impl DateView {
    pub(super) fn of(range: DateRange) -> Self {
        match range.exact() {
            Some(day) => Self::Day(day.to_string()),
            None => Self::Range { from: range.from.to_string(), to: range.to.to_string() },
        }
    }
}

impl DateView {
    /// The days between which it lies, where it is known only in part.
    pub(super) fn in_part(&self) -> Option<String> {
        matches!(self, Self::Range { .. }).then(|| self.to_string())
    }
}

impl std::fmt::Display for DateView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => f.write_str(day),
            Self::Range { from, to } => write!(f, "{from} to {to}"),
        }
    }
}
