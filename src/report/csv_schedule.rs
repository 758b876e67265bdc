//! The plans of a run as a table: a row for each evaluation, then one for each of its tasks, and one for each event.
//! Must not date anything.

use super::csv::{Rows, cells, head};
use super::date_view::DateView;
use super::stream::{FileRef, Settings, Stream};
use super::view::{DefinitionView, EvaluationView, EventView, TaskView};
use std::borrow::Cow;

/// The heads: what is of the evaluation, then what is of the step.
const HEADS: [&str; 25] = [
    "code",
    "title",
    "path",
    "evaluation",
    "timing",
    "independence",
    "independence required",
    "origin",
    "state",
    "earliest",
    "target",
    "latest",
    "date",
    "completed",
    "rules",
    "because",
    "step",
    "what",
    "owner",
    "start",
    "end",
    "working days",
    "slack",
    "step state",
    "why then",
];

/// Every evaluation, task and event of every plan.
pub(super) fn schedule(settings: Settings<'_>) -> Box<dyn Stream + '_> {
    Box::new(Plans(settings))
}

struct Plans<'a>(Settings<'a>);

impl Stream for Plans<'_> {
    fn head(&mut self) -> Vec<u8> {
        head(&HEADS, self.0.separator)
    }

    fn file(&mut self, file: FileRef<'_>) -> Vec<u8> {
        let mut rows = Rows::new(self.0.separator);
        if let Some(definition) = file.definition {
            for evaluation in &definition.schedule.evaluations {
                let lead = cells(&lead(definition, evaluation), self.0.separator);
                rows.behind(&lead, &report(evaluation));
                evaluation.tasks.iter().for_each(|task| rows.behind(&lead, &step(task)));
            }
            definition.schedule.events.iter().for_each(|one| rows.add(&event(definition, one)));
        }
        rows.into_bytes()
    }
}

/// The cells that all rows of an evaluation have in common.
fn lead<'v>(definition: &'v DefinitionView, one: &'v EvaluationView) -> [Cow<'v, str>; 16] {
    let day = |day: &Option<DateView>| Cow::Owned(day.as_ref().map(ToString::to_string).unwrap_or_default());
    [
        Cow::Borrowed(definition.code.as_str()),
        Cow::Borrowed(&definition.title),
        Cow::Borrowed(&definition.path),
        Cow::Borrowed(&one.id),
        Cow::Borrowed(one.timing.unwrap_or_default()),
        Cow::Borrowed(one.independence.unwrap_or_default()),
        Cow::Borrowed(one.independence_required.unwrap_or_default()),
        Cow::Borrowed(one.origin),
        Cow::Borrowed(one.state.word()),
        day(&one.earliest),
        day(&one.target),
        day(&one.latest),
        day(&one.date),
        day(&one.completed),
        Cow::Owned(one.rules.join("; ")),
        Cow::Owned(one.why()),
    ]
}

/// The report itself, as the step without an id.
fn report(one: &EvaluationView) -> [&str; 9] {
    let because = one.report_because.as_deref().or(one.undated.as_deref()).unwrap_or_default();
    [
        "",
        "the whole evaluation, to its report",
        "",
        one.begins.as_deref().unwrap_or_default(),
        one.report.as_deref().unwrap_or_default(),
        "",
        "",
        one.state.word(),
        because,
    ]
}

fn step(task: &TaskView) -> [Cow<'_, str>; 9] {
    [
        Cow::Borrowed(task.id.as_str()),
        Cow::Borrowed(&task.title),
        Cow::Borrowed(&task.owner),
        Cow::Borrowed(&task.start),
        Cow::Borrowed(&task.end),
        Cow::Owned(task.working_days.to_string()),
        Cow::Owned(task.slack.to_string()),
        Cow::Borrowed(task.state.word()),
        Cow::Borrowed(&task.because),
    ]
}

fn event(definition: &DefinitionView, event: &EventView) -> Vec<String> {
    let mut row = vec![String::new(); HEADS.len()];
    let date = event.date.as_ref().map(ToString::to_string).unwrap_or_default();
    let cells = [
        ("code", definition.code.clone()),
        ("title", definition.title.clone()),
        ("path", definition.path.clone()),
        ("date", date),
        ("rules", event.rules.join("; ")),
        ("step", event.id.clone()),
        ("what", event.title.clone()),
    ];
    for (head, cell) in cells {
        if let Some(place) = HEADS.iter().position(|known| *known == head) {
            row[place] = cell;
        }
    }
    row
}
