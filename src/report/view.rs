//! One sorted view of a run, which every format draws: places resolved to lines, everything in words.
//! Must not decide, date or judge anything.

use super::known::{FactView, known};
use super::level::{Level, Levels};
use super::summary::Summary;
use crate::assess::{Assessment, Finding};
use crate::checks::Window;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Date, DateRange, FieldPath};
use crate::policy::Catalog;
use crate::schedule::{Evaluation, Schedule};
use crate::source::{SourceId, Sources, Span};
use serde::Serialize;

/// A whole run.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// The day of the run.
    pub as_of: String,
    /// Counts over all definitions.
    pub summary: Summary,
    /// What is wrong with the input files.
    pub diagnostics: Vec<DiagnosticView>,
    /// The definitions, sorted by code, then by path.
    pub definitions: Vec<DefinitionView>,
}

/// A mistake in an input file.
#[derive(Debug, Clone, Serialize)]
pub struct DiagnosticView {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
}

/// The edition that was applied.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyView {
    /// The pack.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// What chose it: `date`, `option`, `file`, `portfolio`.
    pub chosen_by: &'static str,
    /// Later editions that began before the project did.
    pub superseded_by: Vec<String>,
}

/// One definition.
#[derive(Debug, Clone, Serialize)]
pub struct DefinitionView {
    /// The file.
    pub path: String,
    /// The project's code.
    pub code: String,
    /// The project's title.
    pub title: String,
    /// The edition, where one is for this kind of definition.
    pub policy: Option<PolicyView>,
    /// Every pack applied, the edition first.
    pub packs: Vec<String>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// What is known of it: every value of the file, by key.
    #[serde(skip)]
    pub known: Vec<FactView>,
    /// Counts.
    pub summary: Summary,
    /// The finding of every rule, by rule.
    pub findings: Vec<FindingView>,
    /// What is owed, and when.
    pub schedule: ScheduleView,
    /// The text it was read from.
    #[serde(skip)]
    pub source: SourceId,
}

/// A place in a file.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// The key as typed: `project.end`.
    pub field: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The bytes.
    #[serde(skip)]
    pub span: Span,
}

/// What one rule says.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// The rule.
    pub rule: String,
    /// The band of the table that decided.
    pub band: Option<String>,
    /// The thing required.
    pub title: String,
    /// `met`, `gap`, `not-applicable`, `undecided` or `waived`.
    pub verdict: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// How grave it is in this run.
    pub level: Level,
    /// What the citation is worth.
    pub status: String,
    /// The document, by its id.
    pub source: String,
    /// The document's title.
    pub document: String,
    /// The place in it.
    pub paragraph: String,
    /// What is so.
    pub message: String,
    /// Why.
    pub because: String,
    /// What is missing.
    pub missing: Vec<String>,
    /// The facts to supply.
    pub needs: Vec<String>,
    /// How to close the gap.
    pub remedy: Option<String>,
    /// The waiver, in words.
    pub waiver: Option<String>,
    /// Where to look.
    pub at: PlaceView,
    /// A second place that explains the first.
    pub also: Option<PlaceView>,
    /// The same for ever.
    pub fingerprint: String,
}

/// A date: a day, or the first and last day that it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum DateView {
    /// Known to the day.
    Day(String),
    /// Known in part.
    Range {
        /// The first day it may be.
        from: String,
        /// The last day it may be.
        to: String,
    },
}

impl DateView {
    fn of(range: DateRange) -> Self {
        match range.exact() {
            Some(day) => Self::Day(day.to_string()),
            None => Self::Range { from: range.from.to_string(), to: range.to.to_string() },
        }
    }
}

impl std::fmt::Display for DateView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => f.write_str(day),
            Self::Range { from, to } => write!(f, "{from} to {to}"),
        }
    }
}

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
    /// How it stands.
    pub state: &'static str,
    /// Why.
    pub because: String,
}

/// Another dated event.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When.
    pub date: Option<DateView>,
    /// The rules that ask for it.
    pub rules: Vec<String>,
}

/// Rules that no plan can meet at once.
#[derive(Debug, Clone, Serialize)]
pub struct ConflictView {
    /// What is so.
    pub message: String,
    /// The rules.
    pub rules: Vec<String>,
}

/// What may be owed.
#[derive(Debug, Clone, Serialize)]
pub struct UndecidedView {
    /// The rule.
    pub rule: String,
    /// What it would require.
    pub would_require: String,
    /// The facts that decide.
    pub needs: Vec<String>,
}

/// What the view is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The packs.
    pub catalog: &'a Catalog,
    /// The day of the run.
    pub as_of: Date,
}

/// The view of a run.
#[must_use]
pub fn view(material: Material<'_>, assessed: &[(Assessment<'_>, Schedule)], diagnostics: &[Diagnostic]) -> View {
    let mut definitions: Vec<DefinitionView> =
        assessed.iter().map(|(assessment, schedule)| definition(material, assessment, schedule)).collect();
    definitions.sort_by(|one, two| (&one.code, &one.path).cmp(&(&two.code, &two.path)));
    let mut summary = definitions.iter().fold(Summary::default(), |all, one| all.plus(one.summary));
    summary.definitions = definitions.len();
    let mut diagnostics: Vec<DiagnosticView> = diagnostics.iter().map(|one| diagnostic(material.sources, one)).collect();
    diagnostics.sort_by(|one, two| (&one.path, one.line, one.column, &one.message).cmp(&(&two.path, two.line, two.column, &two.message)));
    let mut view = View { as_of: material.as_of.to_string(), summary, diagnostics, definitions };
    Levels::default().apply(&mut view);
    view
}

fn diagnostic(sources: &Sources, diagnostic: &Diagnostic) -> DiagnosticView {
    let position = sources.position(diagnostic.source, diagnostic.span.start);
    DiagnosticView {
        path: sources.path(diagnostic.source).to_owned(),
        line: position.line,
        column: position.column,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: diagnostic.message.clone(),
        hint: diagnostic.hint.clone(),
    }
}

fn definition(material: Material<'_>, assessment: &Assessment<'_>, schedule: &Schedule) -> DefinitionView {
    let definition = assessment.definition;
    let chosen = &assessment.chosen;
    let mut summary = Summary { definitions: 1, ..Summary::default() };
    assessment.findings.iter().for_each(|finding| summary.count(finding));
    let policy = chosen.editions.first().map(|era| PolicyView {
        pack: era.pack.id.to_string(),
        title: era.pack.title.clone(),
        chosen_by: chosen.by.word(),
        superseded_by: chosen.superseded_by.iter().map(|pack| pack.id.to_string()).collect(),
    });
    DefinitionView {
        path: definition.path.to_string(),
        code: definition.code().to_owned(),
        title: definition.title().to_owned(),
        policy,
        packs: chosen.pack_ids().into_iter().map(str::to_owned).collect(),
        notes: assessment.notes.clone(),
        known: known(definition),
        summary,
        findings: assessment.findings.iter().map(|one| finding(material, assessment, one)).collect(),
        schedule: schedule_view(assessment, schedule),
        source: definition.source,
    }
}

fn finding(material: Material<'_>, assessment: &Assessment<'_>, finding: &Finding<'_>) -> FindingView {
    let rule = finding.rule;
    let show = |path: &FieldPath| assessment.definition.show(*path);
    let pack = material.catalog.pack(&rule.pack);
    let document = pack.and_then(|pack| pack.documents.iter().find(|document| document.id == rule.cite.source));
    let waiver = finding.waived.as_ref().map(|waived| {
        let verb = if waived.in_force { "waived until" } else { "waiver ended after" };
        format!("{verb} {} by {}: {}", waived.expires, waived.granted_by, waived.reason)
    });
    FindingView {
        rule: rule.id.to_string(),
        band: finding.judgement.band.as_ref().map(ToString::to_string),
        title: rule.title.clone(),
        verdict: finding.outcome.word(),
        severity: rule.severity.to_string(),
        level: Level::None,
        status: finding.status.to_string(),
        source: rule.cite.source.to_string(),
        document: document.map(|document| document.title.clone()).unwrap_or_default(),
        paragraph: rule.cite.at.to_string(),
        message: finding.message.clone(),
        because: finding.judgement.because.clone(),
        missing: finding.judgement.missing.clone(),
        needs: finding.needs.iter().map(show).collect(),
        remedy: finding.remedy.clone(),
        waiver,
        at: place(material.sources, assessment, finding.judgement.field),
        also: finding.judgement.also.map(|path| place(material.sources, assessment, path)),
        fingerprint: finding.fingerprint(assessment.definition.code()),
    }
}

/// Where a path stands; the first line where the file has nothing of it.
fn place(sources: &Sources, assessment: &Assessment<'_>, path: FieldPath) -> PlaceView {
    let definition = assessment.definition;
    let span = definition.locate(path).unwrap_or(Span { start: 0, end: 0 });
    let position = sources.position(definition.source, span.start);
    PlaceView { field: definition.show(path), line: position.line, column: position.column, span }
}

fn schedule_view(assessment: &Assessment<'_>, schedule: &Schedule) -> ScheduleView {
    let rules = |rules: &[std::sync::Arc<str>]| rules.iter().map(ToString::to_string).collect::<Vec<_>>();
    let events = schedule.events.iter().map(|event| EventView {
        id: event.id.clone(),
        title: event.title.clone(),
        date: event.date.map(DateView::of),
        rules: rules(&event.rules),
    });
    let conflicts =
        schedule.conflicts.iter().map(|conflict| ConflictView { message: conflict.message.clone(), rules: rules(&conflict.rules) });
    let undecided = schedule.undecided.iter().map(|one| UndecidedView {
        rule: one.rule.to_string(),
        would_require: one.would_require.clone(),
        needs: one.needs.iter().map(|path| assessment.definition.show(*path)).collect(),
    });
    ScheduleView {
        evaluations: schedule.evaluations.iter().map(evaluation).collect(),
        events: events.collect(),
        conflicts: conflicts.collect(),
        undecided: undecided.collect(),
    }
}

fn evaluation(evaluation: &Evaluation) -> EvaluationView {
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
        state: evaluation.state.word(),
        because: evaluation.because.join("; "),
    }
}
