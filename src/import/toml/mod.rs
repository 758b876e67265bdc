//! A definition written in TOML: read whole, with every mistake and its place.
//! Must not open files and must not judge a project.

mod aside;
mod canonical;
mod checks;
mod countries;
mod dates;
mod lower;
mod money;
mod plain;
mod syntax;
mod text;
mod unknown;
mod values;
mod waive;
mod wrong;

use crate::{
    diag::{Diagnostic, Kind, Loaded, Severity, warn_of_newer},
    lexicon::Lexicon,
    model::Definition,
    source::{SourceId, Sources},
};
use lower::{Form, Reader};
use toml::de::DeTable;
pub use unknown::TOP_KEYS;
pub use waive::{NewWaiver, with_waiver};

/// The most bytes that a definition may have.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The most elements that one array of tables or one array may have.
pub const MAX_ROWS: usize = 1000;

/// The years that a date may have.
pub const YEARS: std::ops::RangeInclusive<i32> = dates::YEARS;

/// The most mistakes that are shown of one file.
pub const MAX_DIAGNOSTICS: usize = 50;

/// Reads the bytes of one file. The text is kept in `sources` whatever is wrong with it. `None` where the bytes are
/// not a text; else what could be read, which nobody should trust if an error was found. What names and words mean beside
/// themselves stands in the lexicon.
pub fn read(sources: &mut Sources, path: &str, bytes: &[u8], lexicon: &Lexicon) -> Loaded<Option<Definition>> {
    let text::Decoded { text, mistakes, usable } = text::decode(bytes);
    let source = sources.add(path, text);
    let mut diagnostics: Vec<_> = mistakes.into_iter().map(|mistake| mistake(source)).collect();
    if !usable {
        return Loaded { value: None, diagnostics };
    }
    let text = sources.text(source);
    let readable = syntax::readable(source, text);
    let (root, _) = DeTable::parse_recoverable(&readable.text);
    let mut reader = Reader::new(source, Form::File { broken: &readable.broken }, lexicon);
    let definition = reader.definition(path, root.get_ref());
    if readable.broken.is_empty() {
        diagnostics.extend(warn_of_newer(source, text));
    }
    diagnostics.extend(readable.mistakes);
    diagnostics.extend(reader.diagnostics);
    Loaded { value: Some(definition), diagnostics: in_order(source, diagnostics) }
}

/// Lowers a table that is written like a definition inside another file, as the cases of rules are. It needs no
/// `format`, and its evaluations need no `id`. Spans are those of that file.
#[must_use]
pub fn lower(source: SourceId, path: &str, table: &DeTable<'_>, lexicon: &Lexicon) -> Loaded<Definition> {
    let mut reader = Reader::new(source, Form::Case, lexicon);
    let value = reader.definition(path, table);
    Loaded { value, diagnostics: in_order(source, reader.diagnostics) }
}

/// That the file is not finished first, then in the order of the text, and no more than a person can read. Errors are not cut in favour of warnings.
fn in_order(source: SourceId, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.kind, diagnostic.span.start, diagnostic.span.end));
    if diagnostics.len() <= MAX_DIAGNOSTICS {
        return diagnostics;
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error || diagnostic.kind == Kind::Unfinished);
    }
    let more = diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
    diagnostics.truncate(MAX_DIAGNOSTICS);
    if let Some(last) = diagnostics.last().filter(|_| more > 0) {
        let (span, severity) = (last.span, last.severity);
        let rest = Diagnostic { severity, ..Diagnostic::error(source, span, format!("{more} more mistakes follow, which are not shown")) };
        diagnostics.push(rest.hint("mend those above first"));
    }
    diagnostics
}
