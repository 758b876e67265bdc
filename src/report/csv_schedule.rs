//! The plans of a run as a table for spreadsheets: one line for each task, report and event.
//! Must not date anything.

use super::csv::cell;
use super::view::{DefinitionView, EvaluationView, View};

const HEADS: [&str; 14] = [
    "code",
    "title",
    "path",
    "evaluation",
    "timing",
    "independence",
    "step",
    "what",
    "owner",
    "start",
    "end",
    "working_days",
    "state",
    "because",
];

/// The table, with lines that end in CR LF. Cells that a spreadsheet would take for a formula begin with an apostrophe.
#[must_use]
pub fn schedule(view: &View) -> String {
    let mut text = line(&HEADS.map(str::to_owned));
    for definition in &view.definitions {
        for evaluation in &definition.schedule.evaluations {
            of_evaluation(definition, evaluation, &mut text);
        }
        for event in &definition.schedule.events {
            let day =
                |pick: fn(crate::model::DateRange) -> crate::model::Date| event.days.map(|days| pick(days).to_string()).unwrap_or_default();
            let cells = [&event.id, &event.title, "", &day(|days| days.from), &day(|days| days.to), "", "", &event.rules.join(", ")];
            text.push_str(&row(definition, ["", "", ""], cells));
        }
    }
    text
}

fn of_evaluation(definition: &DefinitionView, evaluation: &EvaluationView, text: &mut String) {
    let head = [evaluation.id.as_str(), evaluation.timing.unwrap_or_default(), evaluation.level.unwrap_or_default()];
    for task in &evaluation.tasks {
        let days = task.working_days.to_string();
        let cells = [&task.id, &task.title, &task.owner, &task.start, &task.end, &days, task.state, &task.because];
        text.push_str(&row(definition, head, cells));
    }
    let within = evaluation.report_day.map(|day| (day, day)).or(evaluation.within.map(|days| (days.from, days.to)));
    let (from, to) = within.map(|(from, to)| (from.to_string(), to.to_string())).unwrap_or_default();
    let because = evaluation.report_because.as_deref().or(evaluation.undated.as_deref()).unwrap_or_default();
    text.push_str(&row(definition, head, ["", "report", "", &from, &to, "", evaluation.state, because]));
}

fn row(definition: &DefinitionView, head: [&str; 3], cells: [&str; 8]) -> String {
    let lead = [definition.code.as_str(), &definition.title, &definition.path];
    line(&lead.into_iter().chain(head).chain(cells).map(str::to_owned).collect::<Vec<_>>())
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}
