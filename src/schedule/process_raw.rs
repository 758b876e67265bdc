//! A process file as written, with the place of every value, and what is wrong with it.
//! Must not date anything.

use super::graph::Flaw;
use super::process::Step;
use crate::diag::{Diagnostic, Loaded, nearest};
use crate::model::{INDEPENDENCE, TIMINGS};
use crate::policy::Status;
use crate::source::{SourceId, Span};
use crate::toml::Spanned;
use serde::Deserialize;

type Text = Spanned<String>;

/// The most tasks of one process.
const MOST_TASKS: usize = 200;

/// The longest task, in working days: about four years.
const LONGEST: i64 = 1000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawProcess {
    pub id: Text,
    pub title: String,
    pub anchor: Text,
    #[serde(rename = "for")]
    takes: RawFor,
    #[serde(default)]
    pub task: Vec<RawTask>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFor {
    timing: Vec<Text>,
    independence: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTask {
    pub id: Text,
    title: String,
    owner: String,
    working_days: Spanned<i64>,
    pub after: Vec<Text>,
    basis: String,
    status: Text,
}

/// What the tables of a process say.
#[derive(Debug)]
pub(super) struct Parts {
    pub timings: Vec<u8>,
    pub independence: Vec<u8>,
    pub steps: Vec<Step>,
    pub anchor: usize,
}

struct Reader {
    source: SourceId,
    diagnostics: Vec<Diagnostic>,
}

/// The parts of a process, with everything that is wrong with each of them by itself.
pub(super) fn lower(source: SourceId, raw: &RawProcess) -> Loaded<Option<Parts>> {
    let mut reader = Reader { source, diagnostics: Vec::new() };
    if raw.task.is_empty() || raw.task.len() > MOST_TASKS {
        reader.error(
            &raw.id,
            format!("this process has {} tasks", raw.task.len()),
            format!("a process has from 1 to {MOST_TASKS} [[task]]s"),
        );
    }
    let ids: Vec<&str> = raw.task.iter().map(|task| task.id.get_ref().as_str()).collect();
    let mut doubled = false;
    for (place, task) in raw.task.iter().enumerate() {
        if ids[..place].contains(&ids[place]) {
            doubled = true;
            reader.error(
                &task.id,
                format!("two tasks are called `{}`", ids[place]),
                "give each task an id of its own",
            );
        }
    }
    let anchor = if ids.is_empty() { None } else { reader.place("task", &raw.anchor, &ids) };
    let words = |reader: &mut Reader, texts: &[Text], what: &str, known: &[&str]| -> Vec<u8> {
        let places = texts.iter().filter_map(|text| reader.place(what, text, known));
        places.filter_map(|place| u8::try_from(place).ok()).collect()
    };
    let timings = words(&mut reader, &raw.takes.timing, "timing", TIMINGS);
    let independence = words(&mut reader, &raw.takes.independence, "level of independence", INDEPENDENCE);
    let steps: Vec<Step> = raw.task.iter().filter_map(|task| reader.step(task, &ids)).collect();
    let whole = steps.len() == raw.task.len() && !doubled;
    let value = anchor.filter(|_| whole).map(|anchor| Parts { timings, independence, steps, anchor });
    Loaded { value, diagnostics: reader.diagnostics }
}

impl Reader {
    fn error(&mut self, at: &Text, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(self.source, Span::new(at.span()), message).hint(hint));
    }

    fn place(&mut self, what: &str, text: &Text, known: &[&str]) -> Option<usize> {
        let found = known.iter().position(|word| word == text.get_ref());
        if found.is_none() {
            let hint = match nearest(text.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", known.join(", ")),
            };
            self.error(text, format!("`{}` is no {what} here", text.get_ref()), hint);
        }
        found
    }

    fn step(&mut self, raw: &RawTask, ids: &[&str]) -> Option<Step> {
        let after: Vec<Option<usize>> = raw.after.iter().map(|text| self.place("task", text, ids)).collect();
        let status = Status::parse(raw.status.get_ref());
        if status.is_none() {
            let known: Vec<String> = Status::ALL.iter().map(ToString::to_string).collect();
            self.error(
                &raw.status,
                format!("`{}` is no status", raw.status.get_ref()),
                format!("one of {}", known.join(", ")),
            );
        }
        let days = *raw.working_days.get_ref();
        if !(1..=LONGEST).contains(&days) {
            let diagnostic = Diagnostic::error(
                self.source,
                Span::new(raw.working_days.span()),
                format!("a task cannot take {days} working days"),
            );
            self.diagnostics.push(diagnostic.hint(format!("write a whole number from 1 to {LONGEST}")));
            return None;
        }
        Some(Step {
            id: raw.id.get_ref().as_str().into(),
            title: raw.title.as_str().into(),
            owner: raw.owner.as_str().into(),
            working_days: u32::try_from(days).ok()?,
            after: after.into_iter().collect::<Option<Vec<_>>>()?,
            basis: raw.basis.as_str().into(),
            status: status?,
        })
    }
}

impl Flaw {
    /// The flaw, at its place in the file.
    pub(super) fn told(&self, source: SourceId, raw: &RawProcess) -> Diagnostic {
        let id = |place: &usize| raw.task[*place].id.get_ref().as_str();
        let at = |place: usize| Span::new(raw.task[place].id.span());
        match self {
            Self::Cycle(tasks) => {
                let first = tasks.first().copied().unwrap_or_default();
                let names: Vec<String> =
                    tasks.iter().chain(tasks.first()).map(|place| format!("`{}`", id(place))).collect();
                Diagnostic::error(
                    source,
                    at(first),
                    format!("these tasks wait for each other: {}", names.join(" after ")),
                )
                .hint("take one of them out of an `after`")
            }
            Self::Loose(task) => {
                let message = format!("nothing says when `{}` is done", id(task));
                let hint = format!(
                    "a task comes before `{}` or after a task that is dated; name one in its `after`",
                    raw.anchor.get_ref()
                );
                Diagnostic::error(source, at(*task), message).hint(hint)
            }
        }
    }
}
