//! One mistake in an input file.
//! Must not hold findings about a project.

use crate::source::{SourceId, Span};

/// How bad a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be trusted: exit code 2.
    Error,
    /// The file is read, but something in it should be mended.
    Warning,
}

/// What kind of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The file is not finished: some of its values say "not yet".
    Unfinished,
    /// Something in it is wrong.
    Mistake,
}

/// A second place that helps to understand a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text.
    pub source: SourceId,
    /// The place in it.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// One mistake in an input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of mistake it is.
    pub kind: Kind,
    /// What is wrong: lower case, the user's words in backticks.
    pub message: String,
    /// The text.
    pub source: SourceId,
    /// The place in it.
    pub span: Span,
    /// What to say at the place; empty for nothing.
    pub label: String,
    /// Other places.
    pub others: Vec<Label>,
    /// What to do next.
    pub hint: Option<String>,
    /// What stands at the place, spelt as it must be, where that is certain: nothing but the spelling changes.
    pub instead: Option<String>,
    /// By what it is known again, where its message tells of days or people, which change; else its message.
    pub known_as: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(source: SourceId, span: Span, message: impl Into<String>) -> Self {
        let (label, others) = (String::new(), Vec::new());
        Self {
            severity: Severity::Error,
            kind: Kind::Mistake,
            message: message.into(),
            source,
            span,
            label,
            others,
            hint: None,
            instead: None,
            known_as: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(source: SourceId, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(source, span, message) }
    }

    /// A warning that a file is not finished.
    #[must_use]
    pub fn unfinished(source: SourceId, span: Span, message: impl Into<String>) -> Self {
        Self { kind: Kind::Unfinished, ..Self::warning(source, span, message) }
    }

    /// The same, with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, with what the text at the place must be, where only its spelling is wrong.
    #[must_use]
    pub fn instead(mut self, text: impl Into<String>) -> Self {
        self.instead = Some(text.into());
        self
    }

    /// The same, known again by a text that stays.
    #[must_use]
    pub fn known_as(mut self, text: impl Into<String>) -> Self {
        self.known_as = Some(text.into());
        self
    }

    /// The same, with words at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, with a second place in the same text.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.others.push(Label { source: self.source, span, message: message.into() });
        self
    }
}
