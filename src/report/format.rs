//! What a format is: a name, what it draws, and how.
//! Must not know any one format.

use super::csv::Separator;
use super::ics::{Feed, FeedOptions};
use super::level::Level;
use super::templates::TemplateError;
use super::view::{DefinitionView, FindingView, View};
use crate::policy::Catalog;
use crate::source::Sources;

/// What a command shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The findings of `check`.
    Check,
    /// The plans of `schedule`.
    Schedule,
    /// The document of `report`.
    Report,
    /// The list of `waivers`.
    Waivers,
}

/// What a format draws from.
#[derive(Debug, Clone, Copy)]
pub struct Canvas<'a> {
    /// The run.
    pub view: &'a View,
    /// The texts, for pictures and for the ends of places.
    pub sources: &'a Sources,
    /// The packs.
    pub catalog: &'a Catalog,
    /// The folder from which paths are told; empty for as they were given.
    pub root: &'a str,
    /// Whether waived findings are shown where they are left out otherwise.
    pub include_waived: bool,
    /// Whether only findings are shown, without notes, summary and next command.
    pub quiet: bool,
    /// Whether colours are wanted.
    pub styled: bool,
    /// What stands between the cells of tables as text.
    pub separator: Separator,
    /// What is wished of a plan.
    pub wishes: Wishes<'a>,
}

/// What is wished of a plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'a> {
    /// Whether every date says why it is what it is.
    pub reasons: bool,
    /// Whether every task is told, also where there are several definitions.
    pub tasks: bool,
    /// What a feed holds.
    pub feed: FeedOptions,
    /// The feed that this one is written over.
    pub memory: Option<&'a Feed>,
}

/// One output format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// The ending of file names that calls for it; empty for none.
    pub ending: &'static str,
    /// What it is for, for people.
    pub doc: &'static str,
    /// What it draws.
    pub subject: Subject,
    /// Draws it.
    pub draw: fn(&Canvas<'_>) -> Result<Vec<u8>, TemplateError>,
}

/// The findings for people at a terminal.
///
/// # Errors
/// Never.
pub(super) fn text_check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut text = super::text_check::check(canvas.view, canvas.sources, canvas.styled);
    if !canvas.quiet {
        text.push_str(&super::text_check::closing(canvas.view));
    }
    Ok(if canvas.styled { text } else { lines(&text) }.into_bytes())
}

/// The plans for people at a terminal.
///
/// # Errors
/// Never.
pub(super) fn text_schedule(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut text = super::text_schedule::schedule(canvas.view, canvas.wishes);
    if !canvas.quiet {
        text.push_str(&super::text_schedule::closing(canvas.view));
    }
    Ok(lines(&text).into_bytes())
}

/// Lines in which nothing steers the terminal.
fn lines(text: &str) -> String {
    text.chars().map(|found| if found == '\n' { found } else { super::harmless::letter(found) }).collect()
}

/// One finding that counts, with its definition.
pub(super) type Counted<'v> = (&'v DefinitionView, &'v FindingView);

impl<'a> Canvas<'a> {
    /// The findings that count, definition by definition; waived ones only where they are asked for.
    pub(super) fn counted(&self) -> Vec<Counted<'a>> {
        let waived = self.include_waived;
        let all = self.view.definitions.iter().flat_map(|one| one.findings.iter().map(move |finding| (one, finding)));
        all.filter(|(_, finding)| finding.level != Level::None || (waived && finding.verdict == "waived")).collect()
    }

    /// The findings that count, worst first.
    pub(super) fn worst_first(&self) -> Vec<Counted<'a>> {
        let mut counted = self.counted();
        counted.sort_by_key(|(_, finding)| finding.level);
        counted
    }

    /// Which editions have been superseded, and how to name another.
    pub(super) fn superseded(&self) -> Option<String> {
        let mut text = String::new();
        super::text_check::superseded(self.view, &mut text);
        let note = text.trim();
        (!note.is_empty()).then(|| note.strip_prefix("note: ").unwrap_or(note).to_owned())
    }

    /// A path from the root of the run, with slashes, where it is below it; else as it was given.
    pub(super) fn relative<'p>(&self, path: &'p str) -> &'p str {
        let below = if self.root.is_empty() { None } else { path.strip_prefix(self.root) };
        below.and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
    }
}

/// A mark made of some texts, the same on every machine and for ever.
pub(super) fn mark(parts: &[&str]) -> String {
    use std::hash::Hasher;
    let mut hasher = fnv::FnvHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write(b"\0");
    }
    format!("{:016x}", hasher.finish())
}
