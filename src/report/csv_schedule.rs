//! The plans of a run as a table: a row for each evaluation, then one for each of its tasks, and one for each event.
//! Must not date anything.

use super::csv::{head, lines};
use super::date_view::DateView;
use super::stream::{FileRef, Settings, Stream};
use super::view::{DefinitionView, EvaluationView, EventView, TaskView};

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
        let mut rows = Vec::new();
        if let Some(definition) = file.definition {
            for evaluation in &definition.schedule.evaluations {
                rows.push(lead(definition, evaluation).into_iter().chain(report(evaluation)).collect());
                rows.extend(
                    evaluation
                        .tasks
                        .iter()
                        .map(|task| lead(definition, evaluation).into_iter().chain(step(task)).collect()),
                );
            }
            rows.extend(definition.schedule.events.iter().map(|one| event(definition, one)));
        }
        lines(&rows, self.0.separator)
    }
}

fn lead(definition: &DefinitionView, one: &EvaluationView) -> Vec<String> {
    let day = |day: &Option<DateView>| day.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        definition.code.clone(),
        definition.title.clone(),
        definition.path.clone(),
        one.id.clone(),
        one.timing.unwrap_or_default().to_owned(),
        one.independence.unwrap_or_default().to_owned(),
        one.independence_required.unwrap_or_default().to_owned(),
        one.origin.to_owned(),
        one.state.to_owned(),
        day(&one.earliest),
        day(&one.target),
        day(&one.latest),
        day(&one.date),
        day(&one.completed),
        one.rules.join("; "),
        one.why(),
    ]
}

/// The report itself, as the step without an id.
fn report(one: &EvaluationView) -> Vec<String> {
    let begins = one.begins.clone().unwrap_or_default();
    let report = one.report.clone().unwrap_or_default();
    let because = one.report_because.clone().or(one.undated.clone()).unwrap_or_default();
    let empty = String::new;
    vec![
        empty(),
        "the whole evaluation, to its report".to_owned(),
        empty(),
        begins,
        report,
        empty(),
        empty(),
        one.state.to_owned(),
        because,
    ]
}

fn step(task: &TaskView) -> Vec<String> {
    vec![
        task.id.clone(),
        task.title.clone(),
        task.owner.clone(),
        task.start.clone(),
        task.end.clone(),
        task.working_days.to_string(),
        task.slack.to_string(),
        task.state.to_owned(),
        task.because.clone(),
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
