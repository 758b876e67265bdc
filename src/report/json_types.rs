//! The shapes of the JSON contracts. Fields are only ever added.
//! Must not leave a key out: what is unknown is null.

use super::date_view::DateView;
use super::other_edition::{LaterView, OtherOpenView, OtherOwedView, OtherResultView};
use super::owner::ClosingView;
use super::reason_view::ReasonView;
use super::repair::{FixView, RepairView};
use super::view::{
    ConflictView, DiagnosticView, EventView, JoinedView, PlaceView, RunNote, UndecidedView, WarningView,
};
use crate::policy::Severity;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct CheckReport<'v> {
    pub(super) format: &'static str,
    pub(super) as_of: &'v str,
    pub(super) summary: Counts,
    pub(super) diagnostics: &'v [DiagnosticView],
    pub(super) notes: &'v [RunNote],
    pub(super) definitions: Vec<Checked<'v>>,
}

#[derive(Serialize)]
pub(super) struct Counts {
    pub(super) definitions: usize,
    pub(super) met: usize,
    pub(super) gap: usize,
    pub(super) not_applicable: usize,
    pub(super) undecided: usize,
    pub(super) waived: usize,
}

#[derive(Serialize)]
pub(super) struct Head<'v> {
    pub(super) path: &'v str,
    pub(super) code: &'v str,
    pub(super) title: &'v str,
    pub(super) policy: Policy<'v>,
    pub(super) packs: &'v [String],
    pub(super) joined: &'v [JoinedView],
    pub(super) unfinished: &'v [PlaceView],
    pub(super) notes: &'v [String],
}

#[derive(Serialize)]
pub(super) struct Policy<'v> {
    pub(super) pack: Option<&'v str>,
    pub(super) chosen_by: Option<&'v str>,
    pub(super) superseded_by: &'v [String],
}

#[derive(Serialize)]
pub(super) struct Checked<'v> {
    #[serde(flatten)]
    pub(super) head: Head<'v>,
    pub(super) results: Vec<Checkpoint<'v>>,
    pub(super) other_edition: Option<OtherChecked<'v>>,
}

#[derive(Serialize)]
pub(super) struct OtherChecked<'v> {
    pub(super) edition: &'v str,
    pub(super) relation: &'v str,
    pub(super) results: &'v [OtherResultView],
}

#[derive(Serialize)]
pub(super) struct OtherScheduled<'v> {
    pub(super) edition: &'v str,
    pub(super) relation: &'v str,
    pub(super) owed: &'v [OtherOwedView],
    pub(super) undecided: &'v [OtherOpenView],
}

#[derive(Serialize)]
pub(super) struct Checkpoint<'v> {
    pub(super) rule: &'v str,
    pub(super) band: Option<&'v str>,
    pub(super) title: &'v str,
    pub(super) verdict: &'v str,
    pub(super) severity: Severity,
    pub(super) level: &'v str,
    pub(super) status: &'v str,
    pub(super) cite: Cite<'v>,
    pub(super) message: &'v str,
    pub(super) because: &'v str,
    pub(super) reason: &'v ReasonView,
    pub(super) missing: &'v [String],
    pub(super) needs: &'v [String],
    pub(super) remedy: Option<&'v str>,
    pub(super) repair: Option<&'v RepairView>,
    pub(super) fix: Option<&'v FixView>,
    pub(super) owed_by: Option<&'v str>,
    pub(super) waiver: Option<&'v str>,
    pub(super) at: At<'v>,
    pub(super) fingerprint: &'v str,
    #[serde(flatten)]
    pub(super) closing: &'v ClosingView,
    pub(super) later: Option<&'v LaterView>,
}

#[derive(Serialize)]
pub(super) struct Cite<'v> {
    pub(super) source: &'v str,
    pub(super) at: &'v str,
}

#[derive(Serialize)]
pub(super) struct At<'v> {
    pub(super) field: &'v str,
    pub(super) line: usize,
    pub(super) column: usize,
}

#[derive(Serialize)]
pub(super) struct ScheduleReport<'v> {
    pub(super) format: &'static str,
    pub(super) as_of: &'v str,
    pub(super) diagnostics: &'v [DiagnosticView],
    pub(super) notes: &'v [RunNote],
    pub(super) definitions: Vec<Scheduled<'v>>,
}

#[derive(Serialize)]
pub(super) struct Scheduled<'v> {
    #[serde(flatten)]
    pub(super) head: Head<'v>,
    pub(super) evaluations: Vec<Planned<'v>>,
    pub(super) events: &'v [EventView],
    pub(super) conflicts: &'v [ConflictView],
    pub(super) undecided: &'v [UndecidedView],
    pub(super) warnings: &'v [WarningView],
    pub(super) days_off: &'v str,
    pub(super) other_edition: Option<OtherScheduled<'v>>,
}

#[derive(Serialize)]
pub(super) struct Planned<'v> {
    pub(super) id: &'v str,
    pub(super) timing: Option<&'v str>,
    pub(super) independence: Option<&'v str>,
    pub(super) independence_required: Option<&'v str>,
    pub(super) origin: &'v str,
    pub(super) rules: &'v [String],
    pub(super) window: Window<'v>,
    pub(super) date: Option<&'v DateView>,
    pub(super) completed: Option<&'v DateView>,
    pub(super) state: &'v str,
    pub(super) because: &'v str,
    pub(super) tasks: Vec<Step<'v>>,
    pub(super) window_because: &'v str,
    pub(super) process: Option<&'v str>,
    pub(super) report: Option<&'v str>,
    pub(super) report_because: Option<&'v str>,
    pub(super) undated: Option<&'v str>,
    pub(super) waived: Option<&'v str>,
}

#[derive(Serialize)]
pub(super) struct Step<'v> {
    pub(super) id: &'v str,
    pub(super) title: &'v str,
    pub(super) owner: &'v str,
    pub(super) start: &'v str,
    pub(super) end: &'v str,
    pub(super) working_days: u32,
    pub(super) after: &'v [String],
    pub(super) critical: bool,
    pub(super) because: &'v str,
    pub(super) slack: u32,
    pub(super) state: &'v str,
}

#[derive(Serialize)]
pub(super) struct Window<'v> {
    pub(super) earliest: Option<&'v DateView>,
    pub(super) target: Option<&'v DateView>,
    pub(super) latest: Option<&'v DateView>,
}

/// One line of the form with a record a line.
#[derive(Serialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub(super) enum Record<'v> {
    Diagnostic(&'v DiagnosticView),
    Checked(Checked<'v>),
    Scheduled(Scheduled<'v>),
    Summary { format: &'static str, as_of: &'v str, summary: Counts, notes: &'v [RunNote] },
}
