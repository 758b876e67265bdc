//! Processes: the task graph of each kind of evaluation, as loaded and proved sound.
//! Must not date anything.

use super::graph::{Order, order};
use super::process_raw::{RawProcess, lower};
use crate::diag::{Diagnostic, Loaded};
use crate::model::{INDEPENDENCE, TIMINGS};
use crate::policy::Status;
use crate::source::{SourceId, Sources, Span};
use std::sync::Arc;

/// One task of a process.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id within the process.
    pub id: Arc<str>,
    /// What is done.
    pub title: Arc<str>,
    /// Who does it.
    pub owner: Arc<str>,
    /// How long it takes, in working days; at least one.
    pub working_days: u32,
    /// The tasks that come before it, by their places.
    pub after: Vec<usize>,
    /// Where the length comes from.
    pub basis: Arc<str>,
    /// What that is worth.
    pub status: Status,
}

/// The task graph of a kind of evaluation.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its id.
    pub id: Arc<str>,
    /// What it is called.
    pub title: String,
    /// The timings that take it, by place in [`TIMINGS`]; none where it is used only when named.
    pub timings: Vec<u8>,
    /// The levels of independence that take it, by place in [`INDEPENDENCE`].
    pub independence: Vec<u8>,
    /// The tasks, in the order of the file.
    pub steps: Vec<Step>,
    /// The task whose last day is the report date, by its place.
    pub anchor: usize,
    /// Where each task stands, counted in working days from the report date.
    pub order: Order,
    /// The text it was read from.
    pub source: SourceId,
    /// Its id in that text.
    pub span: Span,
}

/// Every process, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Processes {
    list: Vec<Arc<Process>>,
}

impl Processes {
    /// Reads the processes of some files. A file with a mistake gives none. A later file stands in for an earlier one of the same id.
    #[must_use]
    pub fn load(files: &[SourceId], sources: &Sources) -> Loaded<Self> {
        let mut loaded = Loaded { value: Self::default(), diagnostics: Vec::new() };
        for source in files {
            match read(*source, sources) {
                Ok(process) => {
                    loaded.value.list.retain(|known| known.id != process.id);
                    loaded.value.list.push(Arc::new(process));
                }
                Err(diagnostics) => loaded.diagnostics.extend(diagnostics),
            }
        }
        loaded.value.list.sort_by(|one, two| one.id.cmp(&two.id));
        loaded.diagnostics.extend(loaded.value.doubles());
        loaded
    }

    /// Every process.
    #[must_use]
    pub fn all(&self) -> &[Arc<Process>] {
        &self.list
    }

    /// The process of that id.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<&Arc<Process>> {
        self.list.iter().find(|process| &*process.id == id)
    }

    /// The process that evaluations of that timing and independence take.
    #[must_use]
    pub fn of(&self, timing: u8, independence: u8) -> Option<&Arc<Process>> {
        self.list.iter().find(|process| process.takes(timing, independence))
    }

    /// Two processes of one kind of evaluation would be a matter of luck.
    fn doubles(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (place, one) in self.list.iter().enumerate() {
            for two in &self.list[place + 1..] {
                let timing = one.timings.iter().find(|timing| two.timings.contains(timing));
                let level = one.independence.iter().find(|level| two.independence.contains(level));
                if let Some((timing, level)) = timing.zip(level) {
                    let (timing, level) = (TIMINGS[usize::from(*timing)], INDEPENDENCE[usize::from(*level)]);
                    let message = format!(
                        "`{}` and `{}` are both for {timing} evaluations that are {level}",
                        one.id, two.id
                    );
                    found.push(
                        Diagnostic::error(two.source, two.span, message)
                            .hint("take the timing or the independence out of [for] in one of them"),
                    );
                }
            }
        }
        found
    }
}

impl Process {
    fn takes(&self, timing: u8, independence: u8) -> bool {
        self.timings.contains(&timing) && self.independence.contains(&independence)
    }
}

fn read(source: SourceId, sources: &Sources) -> Result<Process, Vec<Diagnostic>> {
    let raw: RawProcess = crate::toml::read(source, sources.text(source))?;
    let Loaded { value, diagnostics } = lower(source, &raw);
    let Some(parts) = value.filter(|_| diagnostics.is_empty()) else { return Err(diagnostics) };
    let order = order(&parts.steps, parts.anchor).map_err(|flaw| vec![flaw.told(source, &raw)])?;
    Ok(Process {
        id: raw.id.get_ref().as_str().into(),
        title: raw.title,
        timings: parts.timings,
        independence: parts.independence,
        steps: parts.steps,
        anchor: parts.anchor,
        order,
        source,
        span: Span::new(raw.id.span()),
    })
}
