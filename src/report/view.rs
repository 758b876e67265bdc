//! One sorted view of a run, which every format draws: places resolved to lines, everything in words.
//! Must not decide, date or judge anything.

pub use super::diagnostic_view::DiagnosticView;
use super::file_view::FileView;
use super::headings::Headings;
pub use super::joined_view::JoinedView;
use super::known::{FactView, known};
use super::level::Level;
use super::material::{Detail, Material};
pub use super::not_named::RunNote;
use super::other_edition::{LaterView, OtherEditionView};
use super::owner::{ClosingView, placed_by};
use super::reason_view::ReasonView;
use super::repair::{FixView, RepairView};
use super::reviews::reviews;
use super::summary::Summary;
use super::totals::Totals;
use super::unfinished;
use super::view_plan::schedule_view;
pub use super::view_plan::{ConflictView, EvaluationView, EventView, ScheduleView, TaskView, UndecidedView, WarningView};
use super::waiver_view::{WaiverView, stands, waivers};
use crate::assess::{Assessment, Explainer, Finding, Outcome, gathers};
use crate::engine::Assessed;
use crate::model::{Date, DateRange, FieldPath};
use crate::policy::{self, Catalog};
use crate::source::{SourceId, Sources, Span};
use serde::Serialize;
use std::collections::BTreeSet;

/// A whole run.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// The day of the run.
    pub as_of: String,
    /// Counts over all definitions.
    pub summary: Summary,
    /// What is wrong with the input files.
    pub diagnostics: Vec<DiagnosticView>,
    /// What the reader should know of the run as a whole.
    pub notes: Vec<RunNote>,
    /// The definitions in the order of the run: by path, an agreement behind the projects that it gathers.
    pub definitions: Vec<DefinitionView>,
}

impl View {
    /// How many input files have mistakes for which they cannot be trusted.
    #[must_use]
    pub fn broken(&self) -> usize {
        let errors = self.diagnostics.iter().filter(|one| one.severity == "error");
        errors.map(|one| one.path.as_str()).collect::<BTreeSet<_>>().len()
    }
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
    /// The packs that join by themselves, and why.
    pub joined: Vec<JoinedView>,
    /// Every value that says "not yet".
    pub unfinished: Vec<PlaceView>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// What is known of it: every value of the file, by key.
    #[serde(skip)]
    pub known: Vec<FactView>,
    /// The waivers of the file.
    #[serde(skip)]
    pub waivers: Vec<WaiverView>,
    /// Who outside the project has reviewed the packs applied.
    pub reviews: Vec<String>,
    /// What another edition would say, where there is one to tell of.
    pub other_edition: Option<OtherEditionView>,
    /// Counts.
    pub summary: Summary,
    /// Whether any rule applies, or may.
    #[serde(skip)]
    pub assessed: bool,
    /// The finding of every rule, by rule.
    pub findings: Vec<FindingView>,
    /// What is owed, and when.
    pub schedule: ScheduleView,
    /// The text it was read from.
    #[serde(skip)]
    pub source: SourceId,
    /// The place of its file in the run, from 1.
    #[serde(skip)]
    pub(super) file: usize,
    /// Whether what it says is gathered from other definitions of the run.
    #[serde(skip)]
    pub gathers: bool,
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

/// A second place, and what stands there.
#[derive(Debug, Clone, Serialize)]
pub struct AlsoView {
    /// The place.
    pub at: PlaceView,
    /// What stands there.
    pub said: String,
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
    pub verdict: Outcome,
    /// `error`, `warning` or `note`.
    pub severity: policy::Severity,
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
    /// Why, where the message does not say it already.
    #[serde(skip)]
    pub more: Option<String>,
    /// Why, as data.
    #[serde(skip)]
    pub reason: ReasonView,
    /// What is missing.
    pub missing: Vec<String>,
    /// The facts to supply.
    pub needs: Vec<String>,
    /// How to close the gap.
    pub remedy: Option<String>,
    /// The smallest change that closes the gap, where repairs were looked for.
    pub repair: Option<RepairView>,
    /// How `check --fix` closes the gap, where it does.
    pub fix: Option<FixView>,
    /// The rule that asks for what is found wanting, where it is another one; the citation is its.
    pub owed_by: Option<String>,
    /// The waiver, in words.
    pub waiver: Option<String>,
    /// The last day that the waiver covers, where one is in force.
    #[serde(skip)]
    pub waived_until: Option<DateRange>,
    /// What the later edition would say otherwise, where one had begun and none is named.
    pub later: Option<LaterView>,
    /// Who should close it, and by when.
    #[serde(flatten)]
    pub closing: ClosingView,
    /// The place of its heading among those of the report.
    #[serde(skip)]
    pub heading: usize,
    /// Where to look.
    pub at: PlaceView,
    /// A second place that explains the first.
    pub also: Option<AlsoView>,
    /// The same for ever.
    pub fingerprint: String,
}

impl View {
    /// The view of a run over some files in their order, the first of which has what concerns the run as a whole.
    #[must_use]
    pub fn of(as_of: Date, files: Vec<FileView>, catalog: &Catalog) -> Self {
        let (mut totals, mut diagnostics, mut definitions) = (Totals::default(), Vec::new(), Vec::new());
        for (place, mut file) in files.into_iter().enumerate() {
            totals.add(file.as_ref());
            file.diagnostics.iter_mut().for_each(|one| one.file = place);
            file.definition.iter_mut().for_each(|one| one.file = place);
            diagnostics.extend(file.diagnostics);
            definitions.extend(file.definition);
        }
        Self { as_of: as_of.to_string(), summary: totals.summary, diagnostics, notes: totals.notes(catalog), definitions }
    }
}

impl DefinitionView {
    /// The view of one definition.
    #[must_use]
    pub fn of(material: Material<'_>, headings: &Headings, assessed: &Assessed<'_>) -> Self {
        definition(material, headings, assessed)
    }
}

fn definition(material: Material<'_>, headings: &Headings, assessed: &Assessed<'_>) -> DefinitionView {
    let Assessed { assessment, schedule, .. } = assessed;
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
    let unfinished = unfinished::places(material.sources, definition);
    let is_whole = material.detail == Detail::Whole;
    let explainer = Explainer::new(assessment);
    let notes = || {
        let besides = assessment.beside.as_ref().and_then(|beside| beside.note(assessment));
        let notes = unfinished::note(&unfinished).into_iter().chain(explainer.notes(assessment)).chain(besides);
        notes.chain(schedule.notes.iter().cloned()).collect()
    };
    let headed = |one| finding((material, headings), (assessed, &explainer), one);
    DefinitionView {
        path: definition.path.to_string(),
        code: definition.code().to_owned(),
        title: definition.title().to_owned(),
        policy,
        packs: chosen.pack_ids().into_iter().map(str::to_owned).collect(),
        joined: if is_whole { assessment.joined.iter().map(|one| JoinedView::of(one, &explainer)).collect() } else { Vec::new() },
        notes: if is_whole { notes() } else { Vec::new() },
        unfinished,
        known: if is_whole { known(definition, assessment.as_of) } else { Vec::new() },
        waivers: if is_whole { waivers(assessment, material.sources) } else { Vec::new() },
        reviews: if is_whole { reviews(chosen.packs()) } else { Vec::new() },
        other_edition: OtherEditionView::of(assessment, is_whole),
        summary,
        assessed: assessment.is_assessed(),
        findings: assessment.findings.iter().map(headed).collect(),
        schedule: if is_whole { schedule_view(assessment, schedule, &explainer) } else { ScheduleView::default() },
        source: definition.source,
        file: 0,
        gathers: gathers(definition),
    }
}

fn finding(
    (material, headings): (Material<'_>, &Headings),
    (assessed, explainer): (&Assessed<'_>, &Explainer<'_>),
    finding: &Finding<'_>,
) -> FindingView {
    let Assessed { assessment, .. } = assessed;
    let is_whole = material.detail == Detail::Whole;
    let rule = finding.rule;
    let cited = finding.owed_by.unwrap_or(rule);
    let show = |path: &FieldPath| assessment.definition.show(*path);
    let view = FindingView {
        rule: rule.id.to_string(),
        band: finding.judgement.band.as_ref().map(ToString::to_string),
        title: rule.title.clone(),
        verdict: finding.outcome,
        severity: finding.severity,
        level: Level::usual(finding.outcome, finding.severity),
        status: finding.status.to_string(),
        source: cited.cite.source.to_string(),
        document: String::new(),
        paragraph: cited.cite.at.to_string(),
        message: if is_whole || finding.verdict.gravity() > 0 { explainer.message(finding) } else { String::new() },
        because: String::new(),
        more: None,
        reason: ReasonView::default(),
        missing: explainer.missing(finding),
        needs: finding.needs.iter().map(show).collect(),
        remedy: None,
        repair: None,
        fix: None,
        owed_by: finding.owed_by.map(|rule| rule.id.to_string()),
        waiver: None,
        waived_until: None,
        later: None,
        closing: ClosingView::default(),
        heading: 0,
        at: place(material.sources, assessment, finding.judgement.field),
        also: None,
        fingerprint: finding.fingerprint(assessment.definition),
    };
    if is_whole { whole(view, (material, headings), (assessed, explainer), finding) } else { view }
}

/// A finding with what more than a line tells of it.
fn whole(
    line: FindingView,
    (material, headings): (Material<'_>, &Headings),
    (assessed, explainer): (&Assessed<'_>, &Explainer<'_>),
    finding: &Finding<'_>,
) -> FindingView {
    let Assessed { assessment, schedule, .. } = assessed;
    let rule = finding.rule;
    let cited = finding.owed_by.unwrap_or(rule);
    let heading = headings.place_of(&placed_by(finding, assessment));
    let pack = material.catalog.pack(&cited.pack);
    let document = pack.and_then(|pack| pack.documents.iter().find(|document| document.id == cited.cite.source));
    FindingView {
        document: document.map(|document| document.title.clone()).unwrap_or_default(),
        because: explainer.because(finding),
        more: (finding.verdict.gravity() > 0).then(|| explainer.more(finding)).flatten(),
        reason: ReasonView::of(&finding.judgement, assessment.definition),
        remedy: explainer.remedy(finding),
        repair: RepairView::of(assessed, &rule.id, material.sources),
        fix: FixView::of(assessed, &rule.id),
        waiver: finding.waived.as_ref().map(|waived| stands(waived, assessment.as_of)),
        waived_until: finding.waived.as_ref().filter(|waived| waived.in_force).map(|waived| waived.expires),
        later: LaterView::of(finding, assessment),
        closing: ClosingView::of(finding, (assessment, schedule), (headings, heading)),
        heading,
        also: also(material.sources, (assessment, explainer), finding),
        ..line
    }
}

fn also(sources: &Sources, (assessment, explainer): (&Assessment<'_>, &Explainer<'_>), finding: &Finding<'_>) -> Option<AlsoView> {
    let (path, _) = finding.judgement.also?;
    let said = explainer.also(finding)?;
    Some(AlsoView { at: place(sources, assessment, path), said })
}

/// Where a path stands; the first line where the file has nothing of it.
fn place(sources: &Sources, assessment: &Assessment<'_>, path: FieldPath) -> PlaceView {
    let definition = assessment.definition;
    let span = definition.locate(path).unwrap_or(Span { start: 0, end: 0 });
    let position = sources.position(definition.source, span.start);
    PlaceView { field: definition.show(path), line: position.line, column: position.column, span }
}
