//! From the text of a pack or rule file to its raw form, or to what is wrong with it.
//! Must not give meaning to values.

use crate::diag::{Diagnostic, nearest};
use crate::source::{SourceId, Span};
use serde::de::DeserializeOwned;
use toml::de::{DeTable, Deserializer};

/// The raw form of a file.
pub(crate) fn read<T: DeserializeOwned>(source: SourceId, text: &str) -> Result<T, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| from_toml(source, text, error)).collect());
    }
    T::deserialize(Deserializer::from(table)).map_err(|error| vec![from_toml(source, text, &error)])
}

/// A mistake that the TOML reader found, in our words: unknown keys get a suggestion.
fn from_toml(source: SourceId, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(Span::new(0..text.len().min(1)), Span::new);
    let message = error.message();
    let Some((key, known)) = unknown_key(message) else {
        return Diagnostic::error(source, span, format!("this file cannot be read: {}", one_line(message)));
    };
    let diagnostic = Diagnostic::error(source, span, format!("unknown key `{key}`"));
    match nearest(key, known.iter().copied()) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic.hint(format!("known here: {}", known.join(", "))),
    }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes ``unknown field `a`, expected one of `b`, `c` `` apart.
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let mut words = message.strip_prefix("unknown field `")?.split('`');
    let key = words.next()?;
    Some((key, words.skip(1).step_by(2).collect()))
}
