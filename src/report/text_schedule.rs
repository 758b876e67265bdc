//! The plans of a run for people at a terminal: every evaluation with its window, its tasks and why.
//! Must not date anything.

use super::date_view::DateView;
use super::error::TemplateError;
use super::format::Canvas;
use super::format::Wishes;
use super::harmless::argument;
use super::lines::Lines;
use super::text_bars::bars;
use super::view::{DefinitionView, EvaluationView, TaskView, View};
use crate::schedule::State;

/// The plans for people at a terminal.
///
/// # Errors
/// Never.
pub(super) fn drawn(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut text = schedule(canvas.view, canvas.wishes);
    if !canvas.quiet {
        closing(canvas.view, canvas.options, &mut text);
    }
    Ok(text.into_text().into_bytes())
}

/// How much of a plan is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// One line for each evaluation.
    Overview,
    /// Every task.
    Tasks,
    /// Every task, and why each date is what it is.
    Reasons,
}

/// The plan of every definition: of one with all its tasks, of several line by line.
fn schedule(view: &View, wishes: Wishes) -> Lines {
    let told = match (wishes.reasons, wishes.tasks || view.definitions.len() == 1) {
        (true, _) => Told::Reasons,
        (false, true) => Told::Tasks,
        (false, false) => Told::Overview,
    };
    let mut text = Lines::default();
    for note in &view.notes {
        writeln!(text, "note[{}]: {}", note.id, note.message);
        text.blank();
    }
    for definition in &view.definitions {
        one(definition, view, told, &mut text);
    }
    text
}

fn one(definition: &DefinitionView, view: &View, told: Told, text: &mut Lines) {
    let policy = definition.policy.as_ref().map_or("no edition", |policy| policy.pack.as_str());
    let plan = &definition.schedule;
    writeln!(text, "{}  {}", definition.code, definition.title);
    writeln!(text, "{} · policy {policy} · {}", definition.path, plan.days_off);
    for note in &definition.notes {
        writeln!(text, "note: {note}");
    }
    if told == Told::Reasons {
        let lacks = &plan.calendar.lacks;
        lacks.iter().for_each(|lack| writeln!(text, "not in the calendar: {lack}"));
    }
    if !plan.evaluations.is_empty() {
        table(&plan.evaluations, text);
    }
    for event in &plan.events {
        let day = event.date.as_ref().map_or_else(|| "date not known".to_owned(), ToString::to_string);
        let recorded = match (&event.recorded, event.is_missing()) {
            (Some(day), _) => format!(", recorded {day}"),
            (None, true) => ", not recorded".to_owned(),
            (None, false) => String::new(),
        };
        writeln!(text, "  event: {} ({day}{recorded})", event.title);
    }
    for evaluation in plan.evaluations.iter().filter(|evaluation| evaluation.undated.is_some()) {
        writeln!(
            text,
            "  tentative: {}: {}",
            evaluation.id,
            evaluation.undated.as_deref().unwrap_or_default()
        );
    }
    for evaluation in plan.evaluations.iter().filter(|evaluation| evaluation.tentative) {
        let days = evaluation.date.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(
            text,
            "  tentative: {0}: only the month is known ({days}), so it is planned on the last working day of the month; give the exact day in `evaluation.{0}.date`",
            evaluation.id
        );
    }
    for undecided in &plan.undecided {
        writeln!(
            text,
            "  undecided: {} ({}): supply {}",
            undecided.would_require,
            undecided.rule,
            undecided.needs.join(" and ")
        );
    }
    besides(definition, text);
    if plan.evaluations.is_empty() && plan.events.is_empty() && plan.undecided.is_empty() {
        writeln!(text, "  nothing is owed");
    }
    if told != Told::Overview {
        for evaluation in plan.evaluations.iter().filter(|evaluation| !evaluation.tasks.is_empty()) {
            tasks(evaluation, view, told, text);
        }
    }
    judged(definition, text);
    text.blank();
}

/// What another edition would owe besides, a line each.
fn besides(definition: &DefinitionView, text: &mut Lines) {
    let Some(other) = &definition.other_edition else { return };
    for owed in &other.owed {
        let level =
            owed.independence.map(|level| format!(", {level} or more independent")).unwrap_or_default();
        let window = match (&owed.earliest, &owed.latest) {
            (Some(earliest), Some(latest)) => format!(", {earliest} .. {latest}"),
            (None, Some(latest)) => format!(", by {latest}"),
            _ => String::new(),
        };
        writeln!(text, "  besides, under {}: {} ({}){level}{window}", other.edition, owed.title, owed.rule);
    }
    for open in &other.undecided {
        writeln!(
            text,
            "  besides, perhaps, under {}: {} ({}): supply {}",
            other.edition,
            open.title,
            open.rule,
            open.needs.join(" and ")
        );
    }
}

/// Conflicts and warnings, with what to do.
fn judged(definition: &DefinitionView, text: &mut Lines) {
    let plan = &definition.schedule;
    if !plan.conflicts.is_empty() || !plan.warnings.is_empty() {
        text.blank();
    }
    for conflict in &plan.conflicts {
        writeln!(text, "  conflict: {} ({})", conflict.message, conflict.rules.join(", "));
    }
    for warning in &plan.warnings {
        writeln!(text, "  {}[{}]: {}", warning.severity, warning.kind, warning.message);
        writeln!(text, "    because {}", warning.because);
        if let Some(help) = &warning.help {
            writeln!(text, "    help: {help}");
        }
    }
}

fn table(evaluations: &[EvaluationView], text: &mut Lines) {
    let heads =
        ["evaluation", "by", "window", "independence", "origin", "begins", "state"].map(str::to_owned);
    let rows: Vec<[String; 7]> = evaluations.iter().map(cells).collect();
    let lines = columns(&heads, &rows);
    writeln!(text, "  {}", lines[0]);
    for (evaluation, line) in evaluations.iter().zip(&lines[1..]) {
        writeln!(text, "  {line}");
        if !evaluation.because.is_empty() {
            writeln!(text, "    because {}", evaluation.because);
        }
        if let Some(waived) = &evaluation.waived {
            writeln!(text, "    {waived}");
        }
    }
}

/// Rows under heads, each column as wide as its widest cell.
fn columns<const N: usize>(heads: &[String; N], rows: &[[String; N]]) -> Vec<String> {
    let widths: [usize; N] = std::array::from_fn(|column| {
        rows.iter().chain([heads]).map(|row| row[column].chars().count()).max().unwrap_or_default()
    });
    let line = |row: &[String; N]| {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    std::iter::once(heads).chain(rows).map(line).collect()
}

fn cells(evaluation: &EvaluationView) -> [String; 7] {
    let show = |day: &Option<DateView>| day.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
    let window = match (&evaluation.earliest, &evaluation.latest) {
        (None, None) => "not known".to_owned(),
        (earliest, latest) if earliest == latest => show(latest),
        (earliest, latest) => format!("{} .. {}", show(earliest), show(latest)),
    };
    let by = show(&evaluation.by);
    let independence = match (evaluation.independence, evaluation.independence_required) {
        // `level` is the higher of both: what is more independent than is asked is no fault.
        (Some(has), Some(owed)) if evaluation.level != Some(has) => {
            format!("{has} (at least {owed} is owed)")
        }
        (Some(has), _) => has.to_owned(),
        (None, Some(owed)) => format!("at least {owed} is owed"),
        (None, None) => "-".to_owned(),
    };
    let begins = evaluation.begins.clone().unwrap_or_else(|| "-".to_owned());
    [
        evaluation.id.clone(),
        by,
        window,
        independence,
        evaluation.origin.to_owned(),
        begins,
        evaluation.state.to_string(),
    ]
}

/// The tasks of one evaluation: a table, then a picture of them.
fn tasks(evaluation: &EvaluationView, view: &View, told: Told, text: &mut Lines) {
    let level = evaluation.level.map(|level| format!(", {level}")).unwrap_or_default();
    let report = evaluation.report_day.map(|day| day.format("%a %Y-%m-%d").to_string()).unwrap_or_default();
    let verb = if evaluation.state == State::Done { "report of" } else { "report by" };
    text.blank();
    writeln!(text, "{}{level}: {verb} {report}", evaluation.id);
    if let Some(because) = &evaluation.report_because {
        writeln!(text, "  because {because}");
    }
    if told == Told::Reasons && !evaluation.window_because.is_empty() {
        writeln!(text, "  window because {}", evaluation.window_because);
    }
    text.blank();
    let heads = ["   #", "step", "owner", "days", "from", "to", "state"].map(str::to_owned);
    let rows: Vec<[String; 7]> =
        evaluation.tasks.iter().zip(1..).map(|(task, number)| row(task, number)).collect();
    let lines = columns(&heads, &rows);
    writeln!(text, "{}", lines[0]);
    for (task, line) in evaluation.tasks.iter().zip(&lines[1..]) {
        writeln!(text, "{line}");
        if told == Told::Reasons {
            writeln!(text, "        because {}", task.because);
        }
    }
    text.blank();
    text.drawn(&bars(evaluation, view));
    if let Some(begins) = evaluation.begins.as_ref().filter(|_| evaluation.state != State::Done) {
        writeln!(text, "Begin no later than {begins}.");
    }
}

fn row(task: &TaskView, number: usize) -> [String; 7] {
    let day = |day: crate::model::Date| day.format("%a %Y-%m-%d").to_string();
    let state = if task.state == State::Planned { "" } else { task.state.word() };
    let mark = if task.slack == 0 { "" } else { &format!(" (+{})", task.slack) };
    [
        format!("{number:4}"),
        task.title.clone(),
        task.owner.clone(),
        format!("{:4}{mark}", task.working_days),
        day(task.days.0),
        day(task.days.1),
        state.to_owned(),
    ]
}

/// The summary line and the next command, which takes these options.
fn closing(view: &View, options: &str, text: &mut Lines) {
    let plans = view.definitions.iter().map(|definition| &definition.schedule);
    let evaluations: usize = plans.clone().map(|plan| plan.evaluations.len()).sum();
    let of_state = |state: State| {
        let all = plans.clone().flat_map(|plan| &plan.evaluations);
        all.filter(|evaluation| evaluation.state == state).count()
    };
    let states: Vec<String> = [State::Overdue, State::AtRisk, State::DueSoon, State::Unrecorded]
        .into_iter()
        .map(|state| (of_state(state), state.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {}", word.replace('-', " ")))
        .collect();
    let missing = plans.clone().flat_map(|plan| &plan.events).filter(|event| event.is_missing()).count();
    let undecided: usize = plans.clone().map(|plan| plan.undecided.len()).sum();
    let conflicts: usize = plans.clone().map(|plan| plan.conflicts.len()).sum();
    let warnings: usize = plans.map(|plan| plan.warnings.len()).sum();
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let states = if states.is_empty() { String::new() } else { format!(" ({})", states.join(", ")) };
    let events = (missing > 0).then(|| format!("{} not recorded", count(missing, "event")));
    let counts: Vec<String> = [
        format!("{}{states}", count(evaluations, "evaluation")),
        format!("{undecided} undecided"),
        count(conflicts, "conflict"),
        count(warnings, "warning"),
    ]
    .into_iter()
    .chain(events)
    .collect();
    writeln!(
        text,
        "{} in {}, as of {}.",
        counts.join(", "),
        count(view.definitions.len(), "definition"),
        view.as_of
    );
    match view.definitions.as_slice() {
        [] => {}
        [one] => writeln!(
            text,
            "Next: evalplan schedule {0}{options} --explain · evalplan schedule {0}{options} -o FILE.ics",
            argument(&one.path)
        ),
        [first, ..] => writeln!(text, "Next: evalplan schedule {}{options}", argument(&first.path)),
    }
}
