//! The plan of one definition as every format draws it.
//! Must not decide, date or judge anything.

use super::date_view::DateView;
use super::waiver_view::stands;
use crate::assess::{Assessment, Explainer, Outcome};
use crate::checks::Window;
use crate::model::{Date, DateRange, Table};
use crate::schedule::calendar::Calendar;
use crate::schedule::{Evaluation, EventState, Possible, Schedule, State, Task, Warning, possible};
use serde::Serialize;
use std::sync::Arc;

/// The plan of one definition.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ScheduleView {
    /// The evaluations, by date.
    pub evaluations: Vec<EvaluationView>,
    /// Other dated events, by date.
    pub events: Vec<EventView>,
    /// What no plan can meet.
    pub conflicts: Vec<ConflictView>,
    /// What may be owed.
    pub undecided: Vec<UndecidedView>,
    /// What about the plan should be looked at.
    pub warnings: Vec<WarningView>,
    /// What may be owed beside the plan, for calendars.
    #[serde(skip)]
    pub possible: Vec<Possible>,
    /// Whether there may be evaluations that the file does not list, for calendars.
    #[serde(skip)]
    pub open: bool,
    /// Whose days off the tasks go round, in words.
    pub days_off: String,
    /// The days off themselves, for pictures.
    #[serde(skip)]
    pub calendar: Arc<Calendar>,
}

/// One evaluation of the plan.
#[derive(Debug, Clone, Serialize)]
pub struct EvaluationView {
    /// Its id.
    pub id: String,
    /// Its timing.
    pub timing: Option<&'static str>,
    /// The independence that the file says.
    pub independence: Option<&'static str>,
    /// The least independence owed.
    pub independence_required: Option<&'static str>,
    /// `required`, `planned` or `both`.
    pub origin: &'static str,
    /// The rules that ask for it.
    pub rules: Vec<String>,
    /// The first day.
    pub earliest: Option<DateView>,
    /// The day aimed at.
    pub target: Option<DateView>,
    /// The last day.
    pub latest: Option<DateView>,
    /// The day that the file plans.
    pub date: Option<DateView>,
    /// The day on which it was completed.
    pub completed: Option<DateView>,
    /// The day that counts: completed, the working day of the report, planned, or aimed at.
    pub by: Option<DateView>,
    /// How it stands.
    pub state: State,
    /// Why it is owed.
    pub because: String,
    /// Why the window is where it is.
    pub window_because: String,
    /// The independence that it is planned with: the higher one of what the file says and what is owed.
    pub level: Option<&'static str>,
    /// The process that its tasks come from.
    pub process: Option<String>,
    /// The working day by which the report is planned.
    pub report: Option<String>,
    /// Why that day.
    pub report_because: Option<String>,
    /// By which waiver it need not be listed, where one covers every rule that asks for it.
    pub waived: Option<String>,
    /// Why it has no tasks, where it should have some.
    pub undated: Option<String>,
    /// The day on which its first task begins.
    pub begins: Option<String>,
    /// Its tasks, in the order of their beginnings.
    pub tasks: Vec<TaskView>,
    /// The report day itself, for pictures.
    #[serde(skip)]
    pub report_day: Option<Date>,
    /// All the days that it may fall on, where the day is not known, for calendars.
    #[serde(skip)]
    pub within: Option<DateRange>,
}

/// One dated task.
#[derive(Debug, Clone, Serialize)]
pub struct TaskView {
    /// Its id within the evaluation.
    pub id: String,
    /// What is done.
    pub title: String,
    /// Who does it.
    pub owner: String,
    /// The first day.
    pub start: String,
    /// The last day, inside.
    pub end: String,
    /// How long it takes.
    pub working_days: u32,
    /// The ids of the tasks it waits for.
    pub after: Vec<String>,
    /// Whether it lies on the longest path.
    pub critical: bool,
    /// By how many working days it can move without moving another.
    pub slack: u32,
    /// Whether it is the report itself.
    pub is_report: bool,
    /// Whether it leads to the report.
    pub before_report: bool,
    /// How it stands.
    pub state: State,
    /// Why it stands there.
    pub because: String,
    /// The first and the last day themselves, for pictures.
    #[serde(skip)]
    pub days: (Date, Date),
}

/// Something about a plan that should be looked at.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct WarningView {
    /// What kind of thing.
    pub kind: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The evaluation.
    pub evaluation: String,
    /// What is so.
    pub message: String,
    /// Why it matters.
    pub because: String,
    /// What to do.
    pub help: Option<String>,
    /// The rule whose finding says the same.
    pub finding: Option<String>,
}

/// Another dated event.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When.
    pub date: Option<DateView>,
    /// When it took place, where the file records it.
    pub recorded: Option<DateView>,
    /// `recorded`, `not-recorded` (its last day is past), `past` (the file cannot be expected to say) or `ahead`.
    pub state: EventState,
    /// The rules that ask for it.
    pub rules: Vec<String>,
    /// All the days that it may fall on, for calendars.
    #[serde(skip)]
    pub days: Option<DateRange>,
}

impl EventView {
    /// Whether its last day is past and the file, which would record it, does not.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.state == EventState::NotRecorded
    }
}

/// Rules that no plan can meet at once.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct ConflictView {
    /// What is so.
    pub message: String,
    /// The rules.
    pub rules: Vec<String>,
}

/// What may be owed.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct UndecidedView {
    /// The rule.
    pub rule: String,
    /// What it would require.
    pub would_require: String,
    /// The facts that decide.
    pub needs: Vec<String>,
}

/// The plan of one definition, in words.
pub(super) fn schedule_view(
    assessment: &Assessment<'_>,
    schedule: &Schedule,
    explainer: &Explainer<'_>,
) -> ScheduleView {
    let rules = |rules: &[Arc<str>]| rules.iter().map(ToString::to_string).collect::<Vec<_>>();
    let events = schedule.events.iter().map(|event| EventView {
        id: event.id.clone(),
        title: event.title.clone(),
        date: event.date.map(DateView::of),
        recorded: event.recorded.map(DateView::of),
        state: event.state,
        rules: rules(&event.rules),
        days: event.date,
    });
    let conflicts = schedule
        .conflicts
        .iter()
        .map(|conflict| ConflictView { message: conflict.message.clone(), rules: rules(&conflict.rules) });
    let undecided = schedule.undecided.iter().map(|one| UndecidedView {
        rule: one.rule.to_string(),
        would_require: one.would_require.clone(),
        needs: one.needs.iter().map(|path| assessment.definition.show(*path)).collect(),
    });
    ScheduleView {
        evaluations: schedule.evaluations.iter().map(|one| evaluation(one, assessment, explainer)).collect(),
        events: events.collect(),
        conflicts: conflicts.collect(),
        undecided: undecided.collect(),
        warnings: schedule.warnings.iter().map(warning).collect(),
        possible: possible(assessment),
        open: assessment.definition.is_open(Table::Evaluation),
        days_off: schedule.days_off.clone(),
        calendar: Arc::clone(&schedule.calendar),
    }
}

fn warning(warning: &Warning) -> WarningView {
    WarningView {
        kind: warning.kind.to_string(),
        severity: warning.severity.to_string(),
        evaluation: warning.evaluation.clone(),
        message: warning.message.clone(),
        because: warning.because.clone(),
        help: warning.help.clone(),
        finding: warning.finding.as_ref().map(ToString::to_string),
    }
}

fn task(task: &Task) -> TaskView {
    TaskView {
        id: task.id.to_string(),
        title: task.title.to_string(),
        owner: task.owner.to_string(),
        start: task.start.to_string(),
        end: task.end.to_string(),
        working_days: task.working_days,
        after: task.after.iter().map(ToString::to_string).collect(),
        critical: task.critical,
        slack: task.slack,
        is_report: task.is_report,
        before_report: task.before_report,
        state: task.state,
        because: task.because.clone(),
        days: (task.start, task.end),
    }
}

impl EvaluationView {
    /// Why it is owed, and by which waiver it need not be listed, for formats with one place for both.
    pub(super) fn why(&self) -> String {
        [Some(self.because.as_str()), self.waived.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// The waiver of an evaluation that the file does not list, where nothing else asks for it that is open.
fn waiver(evaluation: &Evaluation, assessment: &Assessment<'_>) -> Option<String> {
    let mut asked = assessment
        .findings
        .iter()
        .filter(|finding| evaluation.row.is_none() && evaluation.rules.contains(&finding.rule.id));
    let open = asked.clone().any(|finding| matches!(finding.outcome, Outcome::Gap | Outcome::Undecided));
    let waived = asked.find(|finding| finding.outcome == Outcome::Waived && !open)?;
    waived.waived.as_ref().map(|waived| stands(waived, assessment.as_of))
}

/// Why it is owed: what each rule that asks for it found.
fn because(evaluation: &Evaluation, assessment: &Assessment<'_>, explainer: &Explainer<'_>) -> String {
    let owed = evaluation
        .claims
        .iter()
        .filter_map(|claim| assessment.obligations.iter().find(|owed| owed.rule.id == claim.rule));
    owed.map(|owed| format!("{}: {}", owed.rule.title, explainer.owed_because(owed)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn evaluation(
    evaluation: &Evaluation,
    assessment: &Assessment<'_>,
    explainer: &Explainer<'_>,
) -> EvaluationView {
    let Window { earliest, target, latest } = evaluation.window;
    EvaluationView {
        id: evaluation.id.clone(),
        timing: evaluation.timing_word(),
        independence: evaluation.independence_word(),
        independence_required: evaluation.required_word(),
        origin: evaluation.origin().word(),
        rules: evaluation.rules.iter().map(ToString::to_string).collect(),
        earliest: earliest.map(DateView::of),
        target: target.map(DateView::of),
        latest: latest.map(DateView::of),
        date: evaluation.date.map(DateView::of),
        completed: evaluation.completed.map(DateView::of),
        by: evaluation.by().map(DateView::of),
        state: evaluation.state,
        because: because(evaluation, assessment, explainer),
        window_because: evaluation.window_because.join("; "),
        level: if evaluation.independence > evaluation.independence_required {
            evaluation.independence_word()
        } else {
            evaluation.required_word()
        },
        process: evaluation.process.as_deref().map(str::to_owned),
        report: evaluation.report.as_ref().map(|report| report.date.to_string()),
        report_because: evaluation.report.as_ref().map(|report| report.because.clone()),
        undated: evaluation.undated.clone(),
        waived: waiver(evaluation, assessment),
        begins: evaluation.begins.map(|days| days.to_string()),
        tasks: evaluation.tasks.iter().map(task).collect(),
        report_day: evaluation.report.as_ref().map(|report| report.date),
        within: evaluation.day(),
    }
}
