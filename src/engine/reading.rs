//! One text read: its definition, what is wrong with it, and what its dates rest on.
//! Must not assess.

use super::{Engine, Files, Input};
use crate::assess::{IN_FORCE, check_waivers, misspelt};
use crate::checks::Vocabulary;
use crate::diag::{Diagnostic, Severity, nearest, same_letters};
use crate::import::{Importer, importer_for, importer_named};
use crate::model::Definition;
use crate::policy::Catalog;
use crate::schedule::Planner;
use crate::schedule::calendar::{calendar_file, country_of, is_calendar};
use crate::source::{ReadError, SourceId, Sources, Span};

/// A text that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub sources: Sources,
    /// The text of the definition among them.
    pub source: SourceId,
    pub diagnostics: Vec<Diagnostic>,
    /// The definition, where it could be read whole and names no pack that is not there.
    pub definition: Option<Definition>,
    /// What its dates rest on, where that differs from what those of others do: its office has days off of its own.
    pub planner: Option<Planner>,
}

impl Read {
    fn refused(name: &str, diagnostic: impl FnOnce(SourceId) -> Diagnostic) -> Self {
        let mut sources = Sources::default();
        let source = sources.add(name, "");
        Self { diagnostics: vec![diagnostic(source)], source, sources, definition: None, planner: None }
    }

    /// Whether nothing is wrong that makes the text one that cannot be trusted.
    fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Reads a text; nothing where it is a calendar of days off that lies among definitions.
pub(super) fn read(engine: &Engine, files: &dyn Files, input: Input<'_>) -> Option<Read> {
    let importer = input.format.map_or_else(|| importer_for(&input.name), importer_named);
    let (name, is_found) = (input.name.clone(), input.is_found);
    let bytes = match input.load() {
        Ok(bytes) => bytes,
        Err(error) => return Some(Read::refused(&name, |source| unreadable(source, &error))),
    };
    let Some(importer) = importer else {
        let told = |source| Diagnostic::error(source, Span::new(0..0), "this is not a definition");
        return Some(Read::refused(&name, |source| {
            told(source).hint("definitions are TOML files: `NAME.toml`")
        }));
    };
    let mut read = import(engine, importer, &name, &bytes);
    if is_found && !read.is_sound() && is_calendar(&bytes) {
        return None;
    }
    if let Some(definition) = read.definition.take() {
        let text = read.sources.text(definition.source);
        read.diagnostics.extend(by_rules(&engine.catalog, &engine.vocabulary, &definition, text));
        if unknown_policy(&definition, &engine.catalog).is_none() {
            read.planner = planner(engine, files, &definition, (&mut read.sources, &mut read.diagnostics));
            read.definition = Some(definition);
        }
    }
    Some(read)
}

fn unreadable(source: SourceId, error: &ReadError) -> Diagnostic {
    let told = Diagnostic::error(source, Span::new(0..0), error.to_string());
    if matches!(error, ReadError::Outside { .. }) {
        told.hint("name the file itself that the link leads to")
    } else {
        told
    }
}

/// The definition in a text, where it can be read without an error.
fn import(engine: &Engine, importer: &Importer, name: &str, bytes: &[u8]) -> Read {
    let mut sources = Sources::default();
    let loaded = (importer.read)(&mut sources, name, bytes, &engine.catalog.lexicon);
    let source = sources.first();
    let mut read = Read { sources, source, diagnostics: loaded.diagnostics, definition: None, planner: None };
    read.definition = loaded.value.filter(|_| read.is_sound());
    read
}

/// What the dates of a definition rest on, where it names days off of its own; what is wrong with what it says of that.
fn planner(
    engine: &Engine,
    files: &dyn Files,
    definition: &Definition,
    (sources, diagnostics): (&mut Sources, &mut Vec<Diagnostic>),
) -> Option<Planner> {
    diagnostics.extend(engine.planner.check(definition));
    let (path, span) = match calendar_file(definition) {
        Ok(named) => named?,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return None;
        }
    };
    match files.beside(&definition.path, &path) {
        Ok(bytes) => {
            let path = path.strip_prefix("./").unwrap_or(&path);
            let country = country_of(definition).map(|(country, _)| country);
            let (calendars, found) = engine.planner.calendars.with_office(country, (path, &bytes), sources);
            diagnostics.extend(found);
            Some(Planner { calendars, ..engine.planner.clone() })
        }
        Err(error) => {
            let hint = match error {
                ReadError::Outside { .. } => {
                    "put the calendar beside the definition or below, or run the command on a folder that holds both; the folder of their `evalplan.toml` counts too"
                }
                _ => "`office.calendar` is a path from the folder of this file",
            };
            diagnostics.push(Diagnostic::error(definition.source, span, error.to_string()).hint(hint));
            None
        }
    }
}

/// What the rules show to be wrong in a definition: words that they know by another spelling, waivers of rules that no pack has, a
/// policy that is not there.
fn by_rules(
    catalog: &Catalog,
    vocabulary: &Vocabulary,
    definition: &Definition,
    text: &str,
) -> Vec<Diagnostic> {
    let mut found = misspelt(vocabulary, definition, text);
    found.extend(check_waivers(definition, catalog));
    found.extend(unknown_policy(definition, catalog));
    found
}

/// The mistake where a definition names a pack that is not there.
fn unknown_policy(definition: &Definition, catalog: &Catalog) -> Option<Diagnostic> {
    let (name, span) = definition.policy.as_ref()?;
    if &**name == IN_FORCE || catalog.pack(name).is_some() {
        return None;
    }
    let ids = || catalog.packs.iter().map(|pack| &*pack.id);
    let diagnostic = Diagnostic::error(definition.source, *span, format!("there is no pack `{name}`"));
    Some(match (ids().find(|id| same_letters(id, name)), nearest(name, ids())) {
        (Some(same), _) => diagnostic.hint(format!("did you mean `{same}`?")).instead(format!("\"{same}\"")),
        (None, Some(near)) => diagnostic.hint(format!("did you mean `{near}`?")),
        (None, None) => diagnostic.hint("`evalplan rules list` shows every pack"),
    })
}
