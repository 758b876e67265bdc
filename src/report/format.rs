//! What a format is: a name, what it draws, and how.
//! Must not know any one format.

use super::error::TemplateError;
use super::level::Level;
use super::material::Detail;
use super::separator::Separator;
use super::stream::{Settings, Stream, whole};
use super::view::{DefinitionView, FindingView, View};
use crate::assess::Outcome as Verdict;
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

impl Subject {
    /// The command that shows it.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Schedule => "schedule",
            Self::Report => "report",
            Self::Waivers => "waivers",
        }
    }
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
    /// The names of the folder from which paths are told; none for as they were given.
    pub roots: &'a [String],
    /// Whether waived findings are shown where they are left out otherwise.
    pub include_waived: bool,
    /// The options of this run that the next command needs too, each behind a space.
    pub options: &'a str,
    /// The least grave level that ends the run with 1.
    pub fail_on: Level,
    /// Whether only findings are shown, without notes, summary and next command.
    pub quiet: bool,
    /// Whether colours are wanted.
    pub styled: bool,
    /// What stands between the cells of tables as text.
    pub separator: Separator,
    /// What is wished of a plan.
    pub wishes: Wishes,
}

/// What is wished of a plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// Whether every date says why it is what it is.
    pub reasons: bool,
    /// Whether every task is told, also where there are several definitions.
    pub tasks: bool,
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
    /// How it is drawn.
    pub drawing: Drawing,
}

/// How a format is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Drawing {
    /// From the run as a whole.
    Whole(fn(&Canvas<'_>) -> Result<Vec<u8>, TemplateError>),
    /// While the run goes on.
    Stream(for<'a> fn(Settings<'a>) -> Box<dyn Stream + 'a>),
}

impl Format {
    /// Draws a run.
    ///
    /// # Errors
    /// Where a template cannot be drawn.
    pub fn draw(&self, canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
        match self.drawing {
            Drawing::Whole(draw) => draw(canvas),
            Drawing::Stream(begin) => Ok(whole(&mut *begin(canvas.settings()), canvas.view)),
        }
    }

    /// What it has drawn, with marks that turn or hide text spelt out where it is JSON, whose texts are not changed by that.
    #[must_use]
    pub fn spelt_out(&self, drawn: Vec<u8>) -> Vec<u8> {
        if !self.is_json() {
            return drawn;
        }
        let Ok(text) = std::str::from_utf8(&drawn) else { return drawn };
        if text.chars().all(|letter| letter == '\n' || super::harmless::letter(letter) == letter) {
            return drawn;
        }
        let mut spelt = String::with_capacity(text.len());
        for letter in text.chars() {
            if letter == '\n' || super::harmless::letter(letter) == letter {
                spelt.push(letter);
            } else {
                letter
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .for_each(|unit| spelt.push_str(&format!("\\u{unit:04x}")));
            }
        }
        spelt.into_bytes()
    }

    /// What it has drawn as it goes to the standard output, which GitHub Actions reads: it obeys `##[` anywhere in a line. JSON has
    /// another spelling for it, and a workbook is no text.
    #[must_use]
    pub fn for_standard_output(&self, drawn: Vec<u8>) -> Vec<u8> {
        match String::from_utf8(drawn) {
            Ok(text) if self.is_json() => text.replace("##[", "\\u0023#[").into_bytes(),
            Ok(text) => super::harmless::without_commands(&text).into_bytes(),
            Err(workbook) => workbook.into_bytes(),
        }
    }

    fn is_json(&self) -> bool {
        matches!(self.id, "json" | "ndjson" | "sarif" | "gitlab")
    }

    /// Whether it shows how gaps can be closed, so that repairs must be looked for.
    #[must_use]
    pub fn shows_repairs(&self) -> bool {
        self.subject == Subject::Check && matches!(self.id, "text" | "json" | "ndjson" | "sarif")
    }

    /// Whether it shows lines of the texts.
    #[must_use]
    pub fn shows_texts(&self) -> bool {
        self.subject == Subject::Check && self.id == "text"
    }

    /// How much of a definition it shows.
    #[must_use]
    pub fn detail(&self) -> Detail {
        match (self.subject, self.id) {
            (Subject::Check, "concise") => Detail::Line,
            (Subject::Schedule, "csv") => Detail::Plan,
            _ => Detail::Whole,
        }
    }

    /// Whether it has a place for what the reader should know of the whole run.
    #[must_use]
    pub fn has_notes(&self) -> bool {
        !matches!(self.id, "csv" | "gitlab" | "ics" | "junit" | "mermaid" | "svg")
    }
}

/// One finding that counts, with its definition.
pub(super) type Counted<'v> = (&'v DefinitionView, &'v FindingView);

impl<'a> Canvas<'a> {
    /// What formats draw from where nobody wishes anything else.
    #[must_use]
    pub fn new(view: &'a View, sources: &'a Sources, catalog: &'a Catalog) -> Self {
        Self {
            view,
            sources,
            catalog,
            roots: &[],
            include_waived: false,
            options: "",
            fail_on: Level::Error,
            quiet: false,
            styled: false,
            separator: Separator::default(),
            wishes: Wishes::default(),
        }
    }
}

impl DefinitionView {
    /// The findings that count; waived ones only where they are asked for.
    pub(super) fn counted(&self, waived: bool) -> impl Iterator<Item = Counted<'_>> {
        let findings = self
            .findings
            .iter()
            .filter(move |one| one.level != Level::None || (waived && one.verdict == Verdict::Waived));
        findings.map(move |finding| (self, finding))
    }
}

impl<'a> Canvas<'a> {
    /// The findings that count, definition by definition; waived ones only where they are asked for.
    pub(super) fn counted(&self) -> Vec<Counted<'a>> {
        let waived = self.include_waived;
        self.view.definitions.iter().flat_map(|one| one.counted(waived)).collect()
    }

    /// The findings that count, worst first.
    pub(super) fn worst_first(&self) -> Vec<Counted<'a>> {
        let mut counted = self.counted();
        counted.sort_by_key(|(_, finding)| finding.level);
        counted
    }

    /// What the reader should know of the run as a whole, each with its id.
    pub fn run_notes(&self) -> impl Iterator<Item = String> + 'a {
        self.view.notes.iter().map(ToString::to_string)
    }

    /// A mark for every mistake in the input, that stays the same when lines move: made of the file and of what is wrong in it.
    pub(super) fn mistake_marks(&self) -> Vec<String> {
        self.settings().marks(&self.view.diagnostics)
    }

    /// A path from the root of the run, with slashes and without detours, where it is below it; else as it was given.
    pub(super) fn relative(&self, path: &str) -> String {
        relative(path, self.roots)
    }
}

/// A path from one of some roots, with slashes and without detours, where it is below it; else as it was given.
pub(super) fn relative(path: &str, roots: &[String]) -> String {
    let absolute = path.starts_with('/') || path.get(1..2) == Some(":");
    let below = |root: &String| {
        let whole = if absolute { direct(path) } else { direct(&format!("{root}/{path}")) };
        Some(whole.strip_prefix(root.as_str())?.strip_prefix('/')?.to_owned())
    };
    roots.iter().find_map(below).unwrap_or_else(|| direct(path))
}

/// A path without detours by way of a folder and back, as far as that can be told on paper.
fn direct(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("..", Some(last)) if !matches!(*last, ".." | "") => drop(parts.pop()),
            (".", _) => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
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
