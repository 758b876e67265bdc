//! One text of a portfolio: its name, and its bytes once they are wanted.
//! Must not read meaning into them.

use crate::source::ReadError;

type Load<'i> = Box<dyn FnOnce() -> Result<Vec<u8>, ReadError> + Send + 'i>;

/// One text that holds a definition, under the name that people are shown.
pub struct Input<'i> {
    pub(super) name: String,
    /// The format, by the id of its importer; that of the ending of the name where none is given.
    pub(super) format: Option<&'static str>,
    /// Whether it was only found in a folder, where calendars of days off may lie too.
    pub(super) is_found: bool,
    load: Load<'i>,
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input")
            .field("name", &self.name)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

impl<'i> Input<'i> {
    /// A text that is at hand.
    #[must_use]
    pub fn ready(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::later(name, move || Ok(bytes))
    }

    /// A text that is read when its turn comes, and not kept.
    #[must_use]
    pub fn later(
        name: impl Into<String>,
        load: impl FnOnce() -> Result<Vec<u8>, ReadError> + Send + 'i,
    ) -> Self {
        Self { name: name.into(), format: None, is_found: false, load: Box::new(load) }
    }

    /// The same, written in a format whatever the name says: the id of one of [`crate::import::IMPORTERS`].
    #[must_use]
    pub fn written_in(self, format: &'static str) -> Self {
        Self { format: Some(format), ..self }
    }

    /// The same, found in a folder: a calendar of days off among the definitions is passed over.
    #[must_use]
    pub fn found(self) -> Self {
        Self { is_found: true, ..self }
    }

    /// The bytes.
    pub(super) fn load(self) -> Result<Vec<u8>, ReadError> {
        (self.load)()
    }
}
