//! The plans of a run for people at a terminal: every evaluation with its window and why.
//! Must not date anything.

use super::text_check::superseded;
use super::view::{DefinitionView, EvaluationView, View};
use std::fmt::Write as _;

/// The plan of every definition.
#[must_use]
pub fn schedule(view: &View) -> String {
    let mut text = String::new();
    superseded(view, &mut text);
    for definition in &view.definitions {
        one(definition, &mut text);
    }
    text
}

fn one(definition: &DefinitionView, text: &mut String) {
    let policy = definition.policy.as_ref().map_or("no edition", |policy| policy.pack.as_str());
    let _ = writeln!(text, "{}  {}", definition.code, definition.title);
    let _ = writeln!(text, "{} · policy {policy}", definition.path);
    for note in &definition.notes {
        let _ = writeln!(text, "note: {note}");
    }
    let plan = &definition.schedule;
    if !plan.evaluations.is_empty() {
        table(&plan.evaluations, text);
    }
    for event in &plan.events {
        let day = event.date.as_ref().map_or_else(|| "date not known".to_owned(), ToString::to_string);
        let _ = writeln!(text, "  event: {} ({day})", event.title);
    }
    for conflict in &plan.conflicts {
        let _ = writeln!(text, "  conflict: {} ({})", conflict.message, conflict.rules.join(", "));
    }
    for undecided in &plan.undecided {
        let _ = writeln!(text, "  undecided: {} ({}): supply {}", undecided.would_require, undecided.rule, undecided.needs.join(" and "));
    }
    if plan.evaluations.is_empty() && plan.events.is_empty() && plan.undecided.is_empty() {
        let _ = writeln!(text, "  nothing is owed");
    }
    text.push('\n');
}

fn table(evaluations: &[EvaluationView], text: &mut String) {
    let heads = ["evaluation", "by", "window", "independence", "origin", "state"].map(str::to_owned);
    let rows: Vec<[String; 6]> = evaluations.iter().map(cells).collect();
    let widths: [usize; 6] =
        std::array::from_fn(|column| rows.iter().chain([&heads]).map(|row| row[column].chars().count()).max().unwrap_or_default());
    let line = |row: &[String; 6]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("  {}", cells.join("  ").trim_end())
    };
    let _ = writeln!(text, "{}", line(&heads));
    for (evaluation, row) in evaluations.iter().zip(&rows) {
        let _ = writeln!(text, "{}", line(row));
        if !evaluation.because.is_empty() {
            let _ = writeln!(text, "    because {}", evaluation.because);
        }
    }
}

fn cells(evaluation: &EvaluationView) -> [String; 6] {
    let show = |day: &Option<super::view::DateView>| day.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
    let window = match (&evaluation.earliest, &evaluation.latest) {
        (None, None) => "not known".to_owned(),
        (earliest, latest) if earliest == latest => show(latest),
        (earliest, latest) => format!("{} .. {}", show(earliest), show(latest)),
    };
    let by = evaluation
        .completed
        .as_ref()
        .or(evaluation.date.as_ref())
        .or(evaluation.target.as_ref())
        .map_or_else(|| "?".to_owned(), ToString::to_string);
    let independence = match (evaluation.independence, evaluation.independence_required) {
        (Some(has), Some(owed)) if has != owed => format!("{has} (owed: {owed})"),
        (Some(has), _) => has.to_owned(),
        (None, Some(owed)) => format!("owed: {owed}"),
        (None, None) => "-".to_owned(),
    };
    [evaluation.id.clone(), by, window, independence, evaluation.origin.to_owned(), evaluation.state.to_owned()]
}

/// The summary line and the next command.
#[must_use]
pub(super) fn closing(view: &View) -> String {
    let plans = view.definitions.iter().map(|definition| &definition.schedule);
    let evaluations: usize = plans.clone().map(|plan| plan.evaluations.len()).sum();
    let undecided: usize = plans.clone().map(|plan| plan.undecided.len()).sum();
    let conflicts: usize = plans.map(|plan| plan.conflicts.len()).sum();
    let next = view.definitions.first().map(|first| format!("Next: evalplan check {}\n", first.path)).unwrap_or_default();
    format!(
        "{evaluations} evaluations, {undecided} undecided, {conflicts} conflicts in {} definitions, as of {}.\n{next}",
        view.definitions.len(),
        view.as_of
    )
}
