//! Outputs that are written while a run goes on: a head, what there is to say of each file, a tail.
//! Must not know any one format.

use super::format::{Canvas, mark, relative};
use super::not_named::RunNote;
use super::separator::Separator;
use super::summary::Summary;
use super::view::{DefinitionView, DiagnosticView, View};
use std::collections::BTreeMap;

/// An output that is written while a run goes on. Each part is whole lines.
pub trait Stream {
    /// What stands before everything else.
    fn head(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// What there is to say of one file.
    fn file(&mut self, file: FileRef<'_>) -> Vec<u8>;

    /// What stands behind everything else.
    fn tail(&mut self, _: &Tail<'_>) -> Vec<u8> {
        Vec::new()
    }
}

/// One file of a run; the run as a whole has diagnostics and no definition.
#[derive(Debug, Clone, Copy)]
pub struct FileRef<'v> {
    /// What is wrong with it.
    pub diagnostics: &'v [DiagnosticView],
    /// Its definition, where it could be read.
    pub definition: Option<&'v DefinitionView>,
}

/// What is known once all files are through.
#[derive(Debug, Clone, Copy)]
pub struct Tail<'v> {
    /// The day of the run.
    pub as_of: &'v str,
    /// Counts over all definitions.
    pub summary: Summary,
    /// What the reader should know of the run as a whole.
    pub notes: &'v [RunNote],
    /// How many input files have mistakes for which they cannot be trusted.
    pub broken: usize,
}

/// What is wished of a stream.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The names of the folder from which paths are told; none for as they were given.
    pub roots: &'a [String],
    /// Whether waived findings are shown where they are left out otherwise.
    pub include_waived: bool,
    /// Whether only findings are shown, without summary.
    pub quiet: bool,
    /// What stands between the cells of tables as text.
    pub separator: Separator,
}

impl Settings<'_> {
    /// A mark for each mistake in one file, that stays the same when lines move: made of the file and of what is wrong in it.
    pub(super) fn marks(&self, diagnostics: &[DiagnosticView]) -> Vec<String> {
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let marks = diagnostics.iter().map(|one| {
            let number =
                seen.entry((&one.path, &one.known_as)).and_modify(|number| *number += 1).or_default();
            mark(&[&relative(&one.path, self.roots), &one.known_as, &number.to_string()])
        });
        marks.collect()
    }
}

impl<'a> Canvas<'a> {
    /// What is wished of a stream.
    pub(super) fn settings(&self) -> Settings<'a> {
        let Canvas { roots, include_waived, quiet, separator, .. } = *self;
        Settings { roots, include_waived, quiet, separator }
    }
}

/// The whole of a stream over a view: the bytes that come while a run goes on.
pub(super) fn whole(stream: &mut dyn Stream, view: &View) -> Vec<u8> {
    let mut bytes = stream.head();
    files(view).for_each(|file| bytes.extend(stream.file(file)));
    bytes.extend(stream.tail(&view.tail()));
    bytes
}

/// The files of a view in their order: what concerns the run first, then each with its mistakes and its definition.
fn files(view: &View) -> impl Iterator<Item = FileRef<'_>> {
    let (mut diagnostics, mut definitions) = (view.diagnostics.as_slice(), view.definitions.as_slice());
    std::iter::from_fn(move || {
        let next = [diagnostics.first().map(|one| one.file), definitions.first().map(|one| one.file)];
        let file = next.into_iter().flatten().min()?;
        let (of_file, rest) = diagnostics.split_at(diagnostics.partition_point(|one| one.file == file));
        diagnostics = rest;
        let definition = definitions.split_first().filter(|(first, _)| first.file == file);
        definitions = definition.map_or(definitions, |(_, rest)| rest);
        Some(FileRef { diagnostics: of_file, definition: definition.map(|(first, _)| first) })
    })
}

impl View {
    /// What is known once all files are through.
    #[must_use]
    pub fn tail(&self) -> Tail<'_> {
        Tail { as_of: &self.as_of, summary: self.summary, notes: &self.notes, broken: self.broken() }
    }
}
