//! What ends a run early, told to the user once.

/// An error of the command line, with what to do about it.
#[derive(Debug)]
pub(crate) struct CliError {
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub hints: Vec<String>,
}

impl CliError {
    /// An error without a hint.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    /// The same, with what to do next.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<evalplan::source::ReadError> for CliError {
    fn from(error: evalplan::source::ReadError) -> Self {
        Self::new(error.to_string())
    }
}
