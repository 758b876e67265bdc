//! Reading of definitions from files of several formats.
//! Must not open files: it reads bytes that it is given.

mod json;
pub mod toml;

use crate::{diag::Loaded, lexicon::Lexicon, model::Definition, source::Sources};

/// Reads the bytes of the file at a path, by the names and words that are known; `None` where nothing could be read.
pub type Reading = fn(&mut Sources, &str, &[u8], &Lexicon) -> Loaded<Option<Definition>>;

/// A format that definitions can be read from.
#[derive(Debug)]
pub struct Importer {
    /// The name by which it is asked for.
    pub id: &'static str,
    /// How the names of its files end, without the dot.
    pub endings: &'static [&'static str],
    /// Reads such a file.
    pub read: Reading,
}

/// Every format that definitions can be read from. Places in JSON are those of the text as TOML, so it is for single lines that are
/// known by their number, and not for files.
pub static IMPORTERS: &[Importer] = &[
    Importer { id: "toml", endings: &["toml"], read: toml::read },
    Importer { id: "json", endings: &[], read: json::read },
];

/// The importer for a file, by the ending of its name.
#[must_use]
pub fn importer_for(path: &str) -> Option<&'static Importer> {
    let (_, ending) = path.rsplit_once('.')?;
    IMPORTERS.iter().find(|importer| importer.endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// The importer of that id.
#[must_use]
pub fn importer_named(id: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().find(|importer| importer.id == id)
}
