//! The JSON contracts `evalplan/check/1` and `evalplan/schedule/1`. Fields are only ever added.
//! Must not leave a key out: what is unknown is null.

use super::json_types::{
    At, CheckReport, Checked, Checkpoint, Cite, Counts, Head, OtherChecked, OtherScheduled, Planned, Policy,
    Record, ScheduleReport, Scheduled, Step, Tool, Window,
};
use super::other_edition::OtherEditionView;
use super::stream::{FileRef, Settings, Stream, Tail};
use super::summary::Summary;
use super::view::{DefinitionView, EvaluationView, FindingView, TaskView, View};
use serde::Serialize;

const CHECK: &str = "evalplan/check/1";
const SCHEDULE: &str = "evalplan/schedule/1";
pub(super) const TOOL: Tool = Tool { name: "evalplan", version: env!("CARGO_PKG_VERSION") };

/// The findings of a run.
#[must_use]
pub fn check(view: &View) -> String {
    write(&CheckReport {
        format: CHECK,
        tool: TOOL,
        as_of: &view.as_of,
        summary: counts(view.summary),
        diagnostics: &view.diagnostics,
        notes: &view.notes,
        definitions: view.definitions.iter().map(checked).collect(),
    })
}

/// The findings of a run, a record a line: for each file its mistakes and its definition as in [`check`], and a summary at the end.
pub(super) fn check_lines(_: Settings<'_>) -> Box<dyn Stream + '_> {
    Box::new(Records { format: CHECK, of: |one| Record::Checked(checked(one)) })
}

/// The plans of a run, a record a line: for each file its mistakes and its definition as in [`schedule`], and a summary at the end.
pub(super) fn schedule_lines(_: Settings<'_>) -> Box<dyn Stream + '_> {
    Box::new(Records { format: SCHEDULE, of: |one| Record::Scheduled(scheduled(one)) })
}

struct Records {
    format: &'static str,
    of: for<'v> fn(&'v DefinitionView) -> Record<'v>,
}

impl Stream for Records {
    fn file(&mut self, file: FileRef<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let definition = file.definition.map(self.of);
        file.diagnostics
            .iter()
            .map(Record::Diagnostic)
            .chain(definition)
            .for_each(|record| line(&mut bytes, &record));
        bytes
    }

    fn tail(&mut self, tail: &Tail<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let summary = counts(tail.summary);
        line(
            &mut bytes,
            &Record::Summary {
                format: self.format,
                tool: TOOL,
                as_of: tail.as_of,
                summary,
                notes: tail.notes,
            },
        );
        bytes
    }
}

fn line(bytes: &mut Vec<u8>, record: &Record<'_>) {
    serde_json::to_writer(&mut *bytes, record).expect("the records have text keys and no maps");
    bytes.push(b'\n');
}

fn counts(summary: Summary) -> Counts {
    Counts {
        definitions: summary.definitions,
        met: summary.met,
        gap: summary.gap,
        not_applicable: summary.not_applicable,
        undecided: summary.undecided,
        waived: summary.waived,
    }
}

fn checked(one: &DefinitionView) -> Checked<'_> {
    Checked {
        head: head(one),
        results: one.findings.iter().map(checkpoint).collect(),
        other_edition: one.other_edition.as_ref().map(other_checked),
    }
}

fn scheduled(one: &DefinitionView) -> Scheduled<'_> {
    Scheduled {
        head: head(one),
        evaluations: one.schedule.evaluations.iter().map(planned).collect(),
        events: &one.schedule.events,
        conflicts: &one.schedule.conflicts,
        undecided: &one.schedule.undecided,
        warnings: &one.schedule.warnings,
        days_off: &one.schedule.days_off,
        other_edition: one.other_edition.as_ref().map(other_scheduled),
    }
}

/// The plans of a run.
#[must_use]
pub fn schedule(view: &View) -> String {
    write(&ScheduleReport {
        format: SCHEDULE,
        tool: TOOL,
        as_of: &view.as_of,
        diagnostics: &view.diagnostics,
        notes: &view.notes,
        definitions: view.definitions.iter().map(scheduled).collect(),
    })
}

pub(super) fn write<T: Serialize>(report: &T) -> String {
    let mut text = serde_json::to_string_pretty(report).expect("the reports have text keys and no maps");
    text.push('\n');
    text
}

fn other_checked(other: &OtherEditionView) -> OtherChecked<'_> {
    OtherChecked { edition: &other.edition, relation: other.relation, results: &other.results }
}

fn other_scheduled(other: &OtherEditionView) -> OtherScheduled<'_> {
    OtherScheduled {
        edition: &other.edition,
        relation: other.relation,
        owed: &other.owed,
        undecided: &other.undecided,
    }
}

fn head(definition: &DefinitionView) -> Head<'_> {
    let policy = definition.policy.as_ref();
    Head {
        path: &definition.path,
        code: &definition.code,
        title: &definition.title,
        facts: &definition.facts,
        policy: Policy {
            pack: policy.map(|policy| policy.pack.as_str()),
            chosen_by: policy.map(|policy| policy.chosen_by),
            superseded_by: policy.map_or(&[], |policy| &policy.superseded_by),
        },
        packs: &definition.packs,
        joined: &definition.joined,
        unfinished: &definition.unfinished,
        notes: &definition.notes,
        revisions_ahead: &definition.ahead,
    }
}

pub(super) fn checkpoint(finding: &FindingView) -> Checkpoint<'_> {
    Checkpoint {
        rule: &finding.rule,
        band: finding.band.as_deref(),
        title: &finding.title,
        verdict: finding.verdict.word(),
        severity: finding.severity,
        level: finding.level.word(),
        status: &finding.status,
        cite: Cite { source: &finding.source, at: &finding.paragraph },
        owed: finding.owed,
        planned: finding.planned,
        message: &finding.message,
        because: &finding.because,
        reason: &finding.reason,
        missing: &finding.missing,
        needs: &finding.needs,
        remedy: finding.remedy.as_deref(),
        repair: finding.repair.as_ref(),
        fix: finding.fix.as_ref(),
        owed_by: finding.owed_by.as_deref(),
        waiver: finding.waiver.as_deref(),
        known: finding.known,
        allowed: finding.allowed,
        at: At {
            field: &finding.at.field,
            line: finding.at.line,
            column: finding.at.column,
            end_line: finding.at.end_line,
            end_column: finding.at.end_column,
        },
        fingerprint: &finding.fingerprint,
        closing: &finding.closing,
        later: finding.later.as_ref(),
    }
}

fn planned(evaluation: &EvaluationView) -> Planned<'_> {
    Planned {
        id: &evaluation.id,
        timing: evaluation.timing,
        independence: evaluation.independence,
        independence_required: evaluation.independence_required,
        origin: evaluation.origin,
        rules: &evaluation.rules,
        window: Window {
            earliest: evaluation.earliest.as_ref(),
            target: evaluation.target.as_ref(),
            latest: evaluation.latest.as_ref(),
        },
        date: evaluation.date.as_ref(),
        completed: evaluation.completed.as_ref(),
        state: evaluation.state,
        because: &evaluation.because,
        tasks: evaluation.tasks.iter().map(step).collect(),
        window_because: &evaluation.window_because,
        process: evaluation.process.as_deref(),
        report: evaluation.report.as_deref(),
        report_because: evaluation.report_because.as_deref(),
        undated: evaluation.undated.as_deref(),
        tentative: evaluation.tentative,
        waived: evaluation.waived.as_deref(),
    }
}

fn step(task: &TaskView) -> Step<'_> {
    Step {
        id: &task.id,
        title: &task.title,
        owner: &task.owner,
        start: &task.start,
        end: &task.end,
        working_days: task.working_days,
        after: &task.after,
        critical: task.critical,
        because: &task.because,
        slack: task.slack,
        state: task.state,
    }
}
