//! A refused expression, told to a policy officer.
//! Must not know files: the place is an offset in the expression.

use std::ops::Range;

/// One mistake in an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprError {
    /// Where in the expression, in bytes.
    pub span: Range<usize>,
    /// What is wrong: lower case, the words of the expression in backticks.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl ExprError {
    /// A mistake at a place.
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None }
    }

    /// The same, with what to write instead.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, with what to write instead where that is known.
    pub(super) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}
