//! The rows of a Gantt chart: headings, tasks, whole evaluations.
//! Must not know how they are drawn.

use super::view::{DefinitionView, EvaluationView};
use crate::model::Date;
use crate::schedule::State;

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A name, and perhaps a milestone.
    Heading,
    /// A bar.
    Bar {
        /// Whether it lies on the longest path.
        critical: bool,
    },
}

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub name: String,
    pub indented: bool,
    pub shape: Shape,
    /// The first and the last day, inside.
    pub days: (Date, Date),
    /// The day of the report.
    pub milestone: Option<Date>,
    pub state: State,
    /// Why, for those who point at it.
    pub tip: String,
    /// Whether the chart must reach to its end.
    pub whole: bool,
}

impl Row {
    pub(super) fn is_late(&self) -> bool {
        self.state == State::Overdue
    }
}

/// The rows of one definition, task by task, or of several, evaluation by evaluation.
pub(super) fn rows(definitions: &[DefinitionView]) -> Vec<Row> {
    let mut rows = Vec::new();
    for definition in definitions {
        for evaluation in &definition.schedule.evaluations {
            match definitions.len() {
                1 => of_tasks(evaluation, &mut rows),
                _ => rows.extend(whole(definition, evaluation)),
            }
        }
    }
    rows
}

fn of_tasks(evaluation: &EvaluationView, rows: &mut Vec<Row>) {
    let days = |pick: fn(Date, Date) -> Date| {
        let all =
            evaluation.tasks.iter().flat_map(|task| [task.days.0, task.days.1]).chain(evaluation.report_day);
        all.reduce(pick)
    };
    let (Some(from), Some(to)) = (days(Date::min), days(Date::max)) else { return };
    let level = evaluation.level.map(|level| format!(", {level}")).unwrap_or_default();
    rows.push(Row {
        name: format!("{}{level} ({})", evaluation.id, evaluation.state),
        indented: false,
        shape: Shape::Heading,
        days: (from, to),
        milestone: evaluation.report_day,
        state: evaluation.state,
        tip: evaluation.because.clone(),
        whole: false,
    });
    for task in &evaluation.tasks {
        rows.push(Row {
            name: task.title.clone(),
            indented: true,
            shape: Shape::Bar { critical: task.critical },
            days: task.days,
            milestone: evaluation.report_day.filter(|_| task.is_report),
            state: task.state,
            tip: format!(
                "{}, {}: {} to {}, {} ({})",
                task.title, task.owner, task.start, task.end, task.state, task.because
            ),
            whole: task.before_report,
        });
    }
}

fn whole(definition: &DefinitionView, evaluation: &EvaluationView) -> Option<Row> {
    let report = evaluation.report_day?;
    let from = evaluation
        .tasks
        .iter()
        .filter(|task| task.before_report)
        .map(|task| task.days.0)
        .min()
        .unwrap_or(report);
    Some(Row {
        name: format!("{} {} ({})", definition.code, evaluation.id, evaluation.state),
        indented: false,
        shape: Shape::Bar { critical: true },
        days: (from, report),
        milestone: Some(report),
        state: evaluation.state,
        tip: format!("{} {}: {from} to {report}, {}", definition.code, evaluation.id, evaluation.state),
        whole: true,
    })
}
