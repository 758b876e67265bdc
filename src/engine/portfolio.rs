//! Many definitions, one at a time: each is read, assessed, handed on and dropped. What a run needs of all of them is kept in a small
//! record of each. An agreement follows the projects that it gathers, all others come in the order in which they are given.

use super::ordered::ordered;
use super::outcome::{Entry, Known, Outcome};
use super::reading::{Read, read};
use super::{Assessed, Engine, Input, Request, assessed};
use crate::assess::{Member, Members, gathers, idle_waivers};
use crate::diag::Diagnostic;
use crate::fix::Basis;
use crate::model::Table;
use crate::source::ReadError;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::ops::ControlFlow;

/// Where files lie that definitions name.
pub trait Files: Sync {
    /// The bytes of the file at a path that a definition names; both as they are told.
    ///
    /// # Errors
    /// Where it may not be read, or cannot be.
    fn beside(&self, definition: &str, path: &str) -> Result<Vec<u8>, ReadError>;
}

/// No files but the definitions themselves.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn beside(&self, _: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::Missing { path: path.to_owned() })
    }
}

/// A run over many definitions.
#[derive(Clone, Copy)]
pub struct Portfolio<'e> {
    pub(super) engine: &'e Engine,
    pub(super) request: &'e Request,
    pub(super) files: &'e dyn Files,
    workers: usize,
}

impl std::fmt::Debug for Portfolio<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portfolio")
            .field("request", &self.request)
            .field("workers", &self.workers)
            .finish_non_exhaustive()
    }
}

/// What came of one text on its way.
enum Step<T> {
    /// It is done, and agreements may want to know of it.
    Done(Box<Entry<T>>, Option<Member>),
    /// It gathers from the others, and waits for them.
    Waits(Box<Read>),
    /// It is no definition, and not meant to be one.
    Other,
}

impl<'e> Portfolio<'e> {
    /// A run under the packs of an engine, by one worker and without files beside the definitions.
    #[must_use]
    pub fn new(engine: &'e Engine, request: &'e Request) -> Self {
        Self { engine, request, files: &NoFiles, workers: 1 }
    }

    /// The same, with files that definitions may name.
    #[must_use]
    pub fn with_files(self, files: &'e dyn Files) -> Self {
        Self { files, ..self }
    }

    /// The same by several workers. What is handed on does not depend on how many.
    #[must_use]
    pub fn with_workers(self, workers: usize) -> Self {
        Self { workers, ..self }
    }

    /// Reads, assesses and plans every input. `make` is called by the workers and keeps what is wanted of an outcome; `sink` gets
    /// that in order, and can end the run early.
    pub fn run<'i, T: Send>(
        &self,
        inputs: impl Iterator<Item = Input<'i>> + Send,
        make: impl Fn(Outcome<'_>) -> T + Sync,
        mut sink: impl FnMut(Entry<T>) -> ControlFlow<()>,
    ) {
        let (mut members, mut codes, mut waiting) = (Members::default(), Codes::default(), Vec::new());
        let mut flow = ControlFlow::Continue(());
        let first = |input| match read(self.engine, self.files, input) {
            None => Step::Other,
            Some(read) if read.definition.as_ref().is_some_and(gathers) => Step::Waits(Box::new(read)),
            Some(read) => {
                let member = read.definition.as_ref().and_then(|one| Member::of(one, self.request.as_of));
                Step::Done(Box::new(self.finish(read, &make)), member)
            }
        };
        ordered(inputs, self.workers, first, |step| match step {
            Step::Done(entry, member) => {
                member.into_iter().for_each(|member| members.add(member));
                flow = sink(codes.checked(*entry));
                flow
            }
            Step::Waits(read) => {
                waiting.push(*read);
                ControlFlow::Continue(())
            }
            Step::Other => ControlFlow::Continue(()),
        });
        if flow.is_break() {
            return;
        }
        let then = |mut read: Read| {
            read.definition.iter_mut().for_each(|fund| members.gather(fund, self.request.as_of));
            self.finish(read, &make)
        };
        ordered(waiting.into_iter(), self.workers, then, |entry| sink(codes.checked(entry)));
    }

    /// Assesses what was read, and makes of it what is wanted.
    fn finish<T>(&self, read: Read, make: impl Fn(Outcome<'_>) -> T) -> Entry<T> {
        let Read { sources, source, mut diagnostics, definition, planner } = read;
        let Engine { catalog, planner: usual, .. } = self.engine;
        let Request { as_of, choice, scope } = self.request;
        let basis = Basis { catalog, choice, planner: planner.as_ref().unwrap_or(usual), as_of: *as_of };
        let all = definition.as_ref().map(|definition| {
            let text = sources.text(definition.source);
            assessed(basis, definition, (*scope, text))
        });
        let (assessed, unknown_pack): (Option<Assessed<'_>>, _) = match all.transpose() {
            Ok(assessed) => (assessed, None),
            Err(pack) => (None, Some(pack)),
        };
        let with_waivers =
            assessed.iter().filter(|assessed| !assessed.assessment.definition.rows(Table::Waiver).is_empty());
        diagnostics.extend(with_waivers.flat_map(|assessed| idle_waivers(&assessed.assessment, catalog)));
        let known = definition.as_ref().map(Known::of);
        let made = make(Outcome { sources: &sources, source, basis, diagnostics, assessed, unknown_pack });
        Entry { made, sources, late: Vec::new(), known }
    }
}

/// The definitions that a run has seen, by their codes: two of one code would be taken for one another. Codes and paths lie in one
/// text, and each is found by its mark.
#[derive(Debug, Default)]
struct Codes {
    known: BTreeMap<u64, Seen>,
    texts: String,
}

/// Where the code and the path of a definition begin and end.
#[derive(Debug, Clone, Copy)]
struct Seen {
    start: u32,
    code: u32,
    path: u32,
}

impl Codes {
    /// The entry, with the mistake where another before it has its code.
    fn checked<T>(&mut self, mut entry: Entry<T>) -> Entry<T> {
        let Some(known) = &entry.known else { return entry };
        if let Some(first) = self.first(&known.code, &known.path) {
            let told = Diagnostic::error(
                known.source,
                known.span,
                format!("two definitions have the code `{}`", known.code),
            );
            entry.late.push(
                told.hint(format!("the other is `{first}`; give each a `code` of its own under [project]")),
            );
        }
        entry
    }

    /// The path of the first definition of that code, where there was one before; else it is kept.
    fn first(&mut self, code: &str, path: &str) -> Option<String> {
        let mut mark = mark(code);
        // Where two codes have one mark, the second is looked for behind it.
        while let Some(seen) = self.known.get(&mark) {
            let start = seen.start as usize;
            let (known, rest) = self.texts[start..].split_at(seen.code as usize);
            if known == code {
                return Some(rest[..seen.path as usize].to_owned());
            }
            mark = mark.wrapping_add(1);
        }
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.known.insert(mark, Seen { start: length(&self.texts), code: length(code), path: length(path) });
        self.texts.extend([code, path]);
        None
    }
}

fn mark(code: &str) -> u64 {
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(code.as_bytes());
    hasher.finish()
}
