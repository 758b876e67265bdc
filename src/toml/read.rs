//! From a text of TOML to the raw form of a file, or to what is wrong with it.
//! Must not give meaning to values.

use super::explain::{empty_texts, explain};
use crate::diag::{Diagnostic, MAX_DIAGNOSTICS, and_more};
use crate::source::SourceId;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, Deserializer};

/// The raw form of a file.
///
/// # Errors
/// Everything that is wrong with its syntax, else the first thing that is wrong with its keys and values.
pub fn read<T: DeserializeOwned>(source: SourceId, text: &str) -> Result<T, Vec<Diagnostic>> {
    read_if(source, text, |_| Vec::new())
}

/// The raw form of a file of a pack, in which no text is empty: what a rule says, people read.
///
/// # Errors
/// The same, and every text that is empty.
pub fn read_full<T: DeserializeOwned>(source: SourceId, text: &str) -> Result<T, Vec<Diagnostic>> {
    read_if(source, text, |table| empty_texts(source, table))
}

/// The raw form of a file with which nothing else is wrong.
fn read_if<T: DeserializeOwned>(
    source: SourceId,
    text: &str,
    wrong: impl FnOnce(&DeTable<'_>) -> Vec<Diagnostic>,
) -> Result<T, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let mut told: Vec<Diagnostic> = errors
            .iter()
            .take(MAX_DIAGNOSTICS)
            .map(|error| explain(source, text, table.get_ref(), error))
            .collect();
        told.extend(and_more(source, told.last(), errors.len().saturating_sub(MAX_DIAGNOSTICS)));
        return Err(told);
    }
    let wrong = wrong(table.get_ref());
    match T::deserialize(Deserializer::from(table)) {
        Ok(_) if !wrong.is_empty() => Err(wrong),
        Ok(raw) => Ok(raw),
        Err(error) => {
            let (table, _) = DeTable::parse_recoverable(text);
            Err(vec![explain(source, text, table.get_ref(), &error)])
        }
    }
}
