//! What keeps a document from being drawn.
//! Must not know a format.

/// A template that cannot be read, or that names what there is not.
#[derive(Debug, thiserror::Error)]
#[error("the template `{name}` cannot be used{place}: {cause}")]
pub struct TemplateError {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) cause: String,
}

impl TemplateError {
    /// A document that cannot be drawn, without a line.
    pub(super) fn of(name: &str, cause: &str) -> Self {
        Self { name: name.to_owned(), place: String::new(), cause: cause.to_owned() }
    }
}
