//! A definition written in TOML: read whole, with every mistake and its place.
//! Must not open files and must not judge a project.

mod aside;
mod canonical;
mod checks;
mod complaints;
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

use crate::toml::{DeTable, warn_of_newer};
use crate::{
    diag::{Diagnostic, Loaded, in_order},
    lexicon::Lexicon,
    model::Definition,
    source::{SourceId, Sources, Span},
};
use lower::{Form, Reader};
pub use unknown::TOP_KEYS;
pub use waive::{NewWaiver, with_waiver};

/// The most bytes that a definition may have.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The most elements that one array of tables or one array may have.
pub const MAX_ROWS: usize = 1000;

/// The years that a date may have.
pub const YEARS: std::ops::RangeInclusive<i32> = dates::YEARS;

/// Reads the bytes of one file. The text is kept in `sources` whatever is wrong with it. `None` where the bytes are
/// not a text; else what could be read, which nobody should trust if an error was found. What names and words mean beside
/// themselves stands in the lexicon.
pub fn read(
    sources: &mut Sources,
    path: &str,
    bytes: &[u8],
    lexicon: &Lexicon,
) -> Loaded<Option<Definition>> {
    let text::Decoded { text, mistakes, usable } = text::decode(bytes);
    let source = sources.add(path, text);
    let mut diagnostics: Vec<_> = mistakes.into_iter().map(|mistake| mistake(source)).collect();
    if !usable {
        return Loaded { value: None, diagnostics };
    }
    let text = sources.text(source);
    let (root, errors) = DeTable::parse_recoverable(text);
    let definition = if errors.is_empty() && !syntax::is_json(text) {
        let (definition, found) = lowered(source, path, (root.get_ref(), &[]), lexicon);
        diagnostics.extend(warn_of_newer(source, text));
        diagnostics.extend(found);
        definition
    } else {
        let readable = syntax::readable(source, text);
        let (root, _) = DeTable::parse_recoverable(&readable.text);
        let (definition, found) = lowered(source, path, (root.get_ref(), &readable.broken), lexicon);
        diagnostics.extend(readable.mistakes);
        diagnostics.extend(found);
        definition
    };
    Loaded { value: Some(definition), diagnostics: in_order(source, diagnostics) }
}

/// A table as a definition, with what is wrong in it outside the places where the parser stumbled.
fn lowered(
    source: SourceId,
    path: &str,
    (root, broken): (&DeTable<'_>, &[Span]),
    lexicon: &Lexicon,
) -> (Definition, Vec<Diagnostic>) {
    let mut reader = Reader::new(source, Form::File { broken }, lexicon);
    let definition = reader.definition(path, root);
    (definition, reader.diagnostics)
}

/// Lowers a table that is written like a definition inside another file, as the cases of rules are. It needs no
/// `format`, and its evaluations need no `id`. Spans are those of that file.
#[must_use]
pub fn lower(source: SourceId, path: &str, table: &DeTable<'_>, lexicon: &Lexicon) -> Loaded<Definition> {
    let mut reader = Reader::new(source, Form::Case, lexicon);
    let value = reader.definition(path, table);
    Loaded { value, diagnostics: in_order(source, reader.diagnostics) }
}
