//! The shapes of the JSON contracts. Fields are only ever added.
//! Must not leave a key out: what is unknown is null.

use super::ahead_view::AheadView;
use super::date_view::DateView;
use super::facts_view::FactsView;
use super::other_edition::{LaterView, OtherOpenView, OtherOwedView, OtherResultView};
use super::owner::ClosingView;
use super::reason_view::ReasonView;
use super::repair::{FixView, RepairView};
use super::view::{
    ConflictView, DiagnosticView, EventView, JoinedView, PlaceView, RunNote, UndecidedView, WarningView,
};
use crate::policy::Severity;
use crate::schedule::State;
use schemars::JsonSchema;
use serde::Serialize;

/// The findings of a run: `evalplan/check/1`.
#[derive(Serialize, JsonSchema)]
pub(super) struct CheckReport<'v> {
    /// The contract and its version.
    pub(super) format: &'static str,
    /// What wrote it.
    pub(super) tool: Tool,
    /// The day of the run.
    pub(super) as_of: &'v str,
    /// Counts over all definitions.
    pub(super) summary: Counts,
    /// What is wrong with the input files.
    pub(super) diagnostics: &'v [DiagnosticView],
    /// What the reader should know of the run as a whole.
    pub(super) notes: &'v [RunNote],
    /// The definitions in the order of the run: by path, an agreement behind the projects that it gathers.
    pub(super) definitions: Vec<Checked<'v>>,
}

/// The program that wrote it.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub(super) struct Tool {
    /// Its name.
    pub(super) name: &'static str,
    /// Its version.
    pub(super) version: &'static str,
}

/// Rules over all definitions, by verdict.
#[derive(Serialize, JsonSchema)]
pub(super) struct Counts {
    /// Definitions assessed.
    pub(super) definitions: usize,
    /// Rules met.
    pub(super) met: usize,
    /// Rules not met.
    pub(super) gap: usize,
    /// Rules that do not apply.
    pub(super) not_applicable: usize,
    /// Rules that the facts do not decide.
    pub(super) undecided: usize,
    /// Rules that a waiver covers.
    pub(super) waived: usize,
}

/// One definition.
#[derive(Serialize, JsonSchema)]
pub(super) struct Head<'v> {
    /// The file.
    pub(super) path: &'v str,
    /// The project's code.
    pub(super) code: &'v str,
    /// The project's title.
    pub(super) title: &'v str,
    /// When it runs, how much money it has, whose, and where.
    pub(super) facts: &'v FactsView,
    /// The edition that was applied.
    pub(super) policy: Policy<'v>,
    /// Every pack applied, the edition first.
    pub(super) packs: &'v [String],
    /// The packs that join by themselves, and why.
    pub(super) joined: &'v [JoinedView],
    /// Every value that says "not yet".
    pub(super) unfinished: &'v [PlaceView],
    /// What the reader should know.
    pub(super) notes: &'v [String],
    /// The revisions that are dated ahead, and what each will change.
    pub(super) revisions_ahead: &'v [AheadView],
}

/// The edition that was applied; every key is null where no edition is for this kind of definition.
#[derive(Serialize, JsonSchema)]
pub(super) struct Policy<'v> {
    /// The pack.
    pub(super) pack: Option<&'v str>,
    /// What chose it: `date`, `option`, `file`, `portfolio`.
    pub(super) chosen_by: Option<&'v str>,
    /// Later editions that began before the project did.
    pub(super) superseded_by: &'v [String],
}

/// One definition, and what every rule says of it.
#[derive(Serialize, JsonSchema)]
pub(super) struct Checked<'v> {
    #[serde(flatten)]
    pub(super) head: Head<'v>,
    /// What every rule that binds it says, by rule.
    pub(super) results: Vec<Checkpoint<'v>>,
    /// What another edition would say, where there is one to tell of.
    pub(super) other_edition: Option<OtherChecked<'v>>,
}

/// What another edition would say.
#[derive(Serialize, JsonSchema)]
pub(super) struct OtherChecked<'v> {
    /// The pack.
    pub(super) edition: &'v str,
    /// `later`, `maybe-later` or `by-date`.
    pub(super) relation: &'v str,
    /// What each of its rules says.
    pub(super) results: &'v [OtherResultView],
}

/// What another edition would have planned.
#[derive(Serialize, JsonSchema)]
pub(super) struct OtherScheduled<'v> {
    /// The pack.
    pub(super) edition: &'v str,
    /// `later`, `maybe-later` or `by-date`.
    pub(super) relation: &'v str,
    /// What it would owe besides.
    pub(super) owed: &'v [OtherOwedView],
    /// What it may owe besides.
    pub(super) undecided: &'v [OtherOpenView],
}

/// What one rule says.
#[derive(Serialize, JsonSchema)]
pub(super) struct Checkpoint<'v> {
    /// The rule.
    pub(super) rule: &'v str,
    /// The band of the table that decided.
    pub(super) band: Option<&'v str>,
    /// The thing required.
    pub(super) title: &'v str,
    /// `met`, `gap`, `not-applicable`, `undecided` or `waived`.
    pub(super) verdict: &'v str,
    /// `error`, `warning` or `note`.
    pub(super) severity: Severity,
    /// How grave it is in this run.
    pub(super) level: &'v str,
    /// What the citation is worth.
    pub(super) status: &'v str,
    /// Whether a baseline knows it, so that it does not count.
    pub(super) known: bool,
    /// Whether its rule is allowed in this run, so that it does not count.
    pub(super) allowed: bool,
    /// What the rule rests on.
    pub(super) cite: Cite<'v>,
    /// Of a rule that asks for an evaluation or event: whether it is owed: `yes`, `no` or `open`.
    pub(super) owed: Option<&'static str>,
    /// Of a rule that asks for an evaluation or event: whether what is known of the plan or record meets it: `yes`, `no` or `open`.
    pub(super) planned: Option<&'static str>,
    /// What is so.
    pub(super) message: &'v str,
    /// Why.
    pub(super) because: &'v str,
    /// Why, as data.
    pub(super) reason: &'v ReasonView,
    /// What is missing.
    pub(super) missing: &'v [String],
    /// The facts to supply.
    pub(super) needs: &'v [String],
    /// How to close the gap.
    pub(super) remedy: Option<&'v str>,
    /// The smallest change that closes the gap, where repairs were looked for.
    pub(super) repair: Option<&'v RepairView>,
    /// How `check --fix` closes the gap, where it does.
    pub(super) fix: Option<&'v FixView>,
    /// The rule that asks for what is found wanting, where it is another one; the citation is its.
    pub(super) owed_by: Option<&'v str>,
    /// The waiver, in words.
    pub(super) waiver: Option<&'v str>,
    /// Where to look.
    pub(super) at: At<'v>,
    /// The same for ever.
    pub(super) fingerprint: &'v str,
    /// Who should close it, and by when.
    #[serde(flatten)]
    pub(super) closing: &'v ClosingView,
    /// What the later edition would say otherwise, where one had begun and none is named.
    pub(super) later: Option<&'v LaterView>,
}

/// A document and the place in it.
#[derive(Serialize, JsonSchema)]
pub(super) struct Cite<'v> {
    /// The document, by its id in the pack.
    pub(super) source: &'v str,
    /// The place in it.
    pub(super) at: &'v str,
}

/// A place in the file, in characters.
#[derive(Serialize, JsonSchema)]
pub(super) struct At<'v> {
    /// The key: `project.end`.
    pub(super) field: &'v str,
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
    /// The line in which it ends, from 1.
    pub(super) end_line: usize,
    /// The column behind its last character, from 1.
    pub(super) end_column: usize,
}

/// The plans of a run: `evalplan/schedule/1`.
#[derive(Serialize, JsonSchema)]
pub(super) struct ScheduleReport<'v> {
    /// The contract and its version.
    pub(super) format: &'static str,
    /// What wrote it.
    pub(super) tool: Tool,
    /// The day of the run.
    pub(super) as_of: &'v str,
    /// What is wrong with the input files.
    pub(super) diagnostics: &'v [DiagnosticView],
    /// What the reader should know of the run as a whole.
    pub(super) notes: &'v [RunNote],
    /// The definitions in the order of the run: by path, an agreement behind the projects that it gathers.
    pub(super) definitions: Vec<Scheduled<'v>>,
}

/// One definition, and what it owes.
#[derive(Serialize, JsonSchema)]
pub(super) struct Scheduled<'v> {
    #[serde(flatten)]
    pub(super) head: Head<'v>,
    /// The evaluations, by date.
    pub(super) evaluations: Vec<Planned<'v>>,
    /// Other dated events, by date.
    pub(super) events: &'v [EventView],
    /// What no plan can meet.
    pub(super) conflicts: &'v [ConflictView],
    /// What may be owed.
    pub(super) undecided: &'v [UndecidedView],
    /// What about the plan should be looked at.
    pub(super) warnings: &'v [WarningView],
    /// Whose days off the tasks go round, in words.
    pub(super) days_off: &'v str,
    /// What another edition would say, where there is one to tell of.
    pub(super) other_edition: Option<OtherScheduled<'v>>,
}

/// One evaluation.
#[derive(Serialize, JsonSchema)]
pub(super) struct Planned<'v> {
    /// Its id.
    pub(super) id: &'v str,
    /// Its timing.
    pub(super) timing: Option<&'v str>,
    /// The independence that the file says.
    pub(super) independence: Option<&'v str>,
    /// The least independence owed.
    pub(super) independence_required: Option<&'v str>,
    /// `required`, `planned` or `both`.
    pub(super) origin: &'v str,
    /// The rules that ask for it.
    pub(super) rules: &'v [String],
    /// The days between which it is in time.
    pub(super) window: Window<'v>,
    /// The day that the file plans.
    pub(super) date: Option<&'v DateView>,
    /// The day on which it was completed.
    pub(super) completed: Option<&'v DateView>,
    /// How it stands.
    pub(super) state: State,
    /// Why it is owed.
    pub(super) because: &'v str,
    /// Its tasks, in the order of their beginnings.
    pub(super) tasks: Vec<Step<'v>>,
    /// Why the window is where it is.
    pub(super) window_because: &'v str,
    /// The process that its tasks come from.
    pub(super) process: Option<&'v str>,
    /// The working day by which the report is planned.
    pub(super) report: Option<&'v str>,
    /// Why that day.
    pub(super) report_because: Option<&'v str>,
    /// Why it has no tasks, where it should have some.
    pub(super) undated: Option<&'v str>,
    /// Whether the file gives the month of it alone: it is planned on the last working day, and any day of the month is possible.
    pub(super) tentative: bool,
    /// By which waiver it need not be listed, where one covers every rule that asks for it.
    pub(super) waived: Option<&'v str>,
}

/// One step of an evaluation.
#[derive(Serialize, JsonSchema)]
pub(super) struct Step<'v> {
    /// Its id within the evaluation.
    pub(super) id: &'v str,
    /// What is done.
    pub(super) title: &'v str,
    /// Who does it.
    pub(super) owner: &'v str,
    /// The first working day of it.
    pub(super) start: &'v str,
    /// The last working day of it, inclusive.
    pub(super) end: &'v str,
    /// How long it takes.
    pub(super) working_days: u32,
    /// The ids of the tasks it waits for.
    pub(super) after: &'v [String],
    /// Whether it lies on the longest path.
    pub(super) critical: bool,
    /// Why it stands there.
    pub(super) because: &'v str,
    /// By how many working days it can move without moving another.
    pub(super) slack: u32,
    /// How it stands.
    pub(super) state: State,
}

/// The days between which an evaluation is in time.
#[derive(Serialize, JsonSchema)]
pub(super) struct Window<'v> {
    /// The first day.
    pub(super) earliest: Option<&'v DateView>,
    /// The day aimed at.
    pub(super) target: Option<&'v DateView>,
    /// The last day, inclusive.
    pub(super) latest: Option<&'v DateView>,
}

/// One line of the form with a record a line.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub(super) enum Record<'v> {
    Diagnostic(&'v DiagnosticView),
    Checked(Checked<'v>),
    Scheduled(Scheduled<'v>),
    Summary { format: &'static str, tool: Tool, as_of: &'v str, summary: Counts, notes: &'v [RunNote] },
}
