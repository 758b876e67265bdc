//! Exit codes, the same in every format.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing at or above the threshold.
    Clean,
    /// Gaps at or above it; for a schedule, conflicts.
    Gaps,
    /// Bad usage or input, or something that cannot be read or written.
    Bad,
    /// No definition found, or no rule applied to any.
    Nothing,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Gaps => 1,
            Exit::Bad => 2,
            Exit::Nothing => 3,
        })
    }
}
