//! Why a text cannot be changed.

use crate::toml::path::KeyPath;

/// Why a text cannot be changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The text is not TOML.
    #[error("the text is not TOML")]
    Unreadable,
    /// There is nothing at that path.
    #[error("there is no `{0}`")]
    NotThere(KeyPath),
    /// A key cannot be set in what is no table.
    #[error("`{0}` is not a table")]
    NotATable(KeyPath),
    /// Nothing can be added to what is no list.
    #[error("`{0}` is not a list")]
    NotAList(KeyPath),
    /// Headers, or keys with dots, make a table or a list of tables, and the new value is none.
    #[error("`{0}` is a table of several lines, which a single value cannot replace")]
    NotOneValue(KeyPath),
    /// The text that was given as TOML is not one value.
    #[error("`{0}` is not one value of TOML")]
    NotAValue(String),
    /// The text is written in a way into which the change does not fit.
    #[error("`{0}` does not fit into the way in which the text is written")]
    DoesNotFit(KeyPath),
}
