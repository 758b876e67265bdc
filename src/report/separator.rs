//! What divides the cells of a table that is written as text.
//! Must not know what the cells are about.

/// What stands between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// As RFC 4180 has it.
    #[default]
    Comma,
    /// As spreadsheets want it where a comma divides decimals.
    Semicolon,
    /// As spreadsheets paste it.
    Tab,
}

impl Separator {
    /// The character.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }
}
