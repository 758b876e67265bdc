//! What one rule says of a definition, with its place and, where more than a line is wanted, everything else in words.
//! Must not decide, and must not make sentences itself.

use super::headings::Headings;
use super::level::Level;
use super::material::{Detail, Material};
use super::other_edition::LaterView;
use super::owner::{ClosingView, placed_by};
use super::reason_view::ReasonView;
use super::repair::{FixView, RepairView};
use super::waiver_view::stands;
use crate::assess::{Assessment, Explainer, Finding, Outcome};
use crate::engine::Assessed;
use crate::expr::Tri;
use crate::model::{DateRange, FieldPath};
use crate::policy;
use crate::source::{SourceId, Sources, Span};
use serde::Serialize;

/// A place in a file.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct PlaceView {
    /// The key as typed: `project.end`.
    pub field: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The line in which it ends, from 1.
    pub end_line: usize,
    /// The column behind its last character, from 1.
    pub end_column: usize,
    /// The bytes.
    #[serde(skip)]
    pub span: Span,
}

impl PlaceView {
    /// The place of some bytes of a file, by the key as typed.
    pub(super) fn of(sources: &Sources, source: SourceId, field: String, span: Span) -> Self {
        let (start, end) = (sources.position(source, span.start), sources.position(source, span.end));
        Self {
            field,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            span,
        }
    }

    /// The place of what no line is drawn for: the beginning of the file.
    pub(super) fn none() -> Self {
        Self { field: String::new(), line: 1, column: 1, end_line: 1, end_column: 1, span: Span::new(0..0) }
    }
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
    /// Whether a baseline knows it, so that it does not count.
    pub known: bool,
    /// Whether its rule is allowed in this run, so that it does not count.
    pub allowed: bool,
    /// What the citation is worth.
    pub status: String,
    /// The document, by its id.
    pub source: String,
    /// The document's title.
    pub document: String,
    /// The place in it.
    pub paragraph: String,
    /// Of a rule that asks for an evaluation or event: whether it is owed: `yes`, `no` or `open`.
    pub owed: Option<&'static str>,
    /// Of a rule that asks for an evaluation or event: whether what is known of the plan or record meets it: `yes`, `no` or `open`.
    pub planned: Option<&'static str>,
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

/// What one rule says of a definition.
pub(super) fn finding(
    (material, headings): (Material<'_>, &Headings),
    (assessed, explainer): (&Assessed<'_>, &Explainer<'_>),
    finding: &Finding<'_>,
) -> FindingView {
    let Assessed { assessment, .. } = assessed;
    // A line is there for what is open alone; beside a plan, findings say why nothing is planned at all.
    let is_whole = match material.detail {
        Detail::Whole => true,
        Detail::Plan => !assessment.is_assessed(),
        Detail::Line => false,
    };
    let is_told = is_whole || (material.detail == Detail::Line && finding.verdict.gravity() > 0);
    let rule = finding.rule;
    let cited = finding.owed_by.unwrap_or(rule);
    let show = |path: &FieldPath| assessment.definition.show(*path);
    let view = FindingView {
        rule: rule.id.to_string(),
        band: finding.judgement.band.as_ref().map(ToString::to_string),
        title: if is_whole { rule.title.clone() } else { String::new() },
        verdict: finding.outcome,
        severity: finding.severity,
        level: Level::usual(finding.outcome, finding.severity),
        known: false,
        allowed: false,
        status: finding.status.to_string(),
        source: cited.cite.source.to_string(),
        document: String::new(),
        paragraph: cited.cite.at.to_string(),
        owed: finding.owing.map(|owing| word(owing.owed)),
        planned: finding.owing.map(|owing| word(owing.planned)),
        message: if is_told { explainer.message(finding) } else { String::new() },
        because: String::new(),
        more: None,
        reason: ReasonView::default(),
        // Where a rule does not apply, nothing is missing.
        missing: if is_told && finding.outcome != Outcome::NotApplicable {
            explainer.missing(finding)
        } else {
            Vec::new()
        },
        needs: finding.needs.iter().map(show).collect(),
        remedy: None,
        repair: None,
        fix: None,
        owed_by: finding.owed_by.map(|rule| rule.id.to_string()),
        waiver: None,
        waived_until: finding.waived.as_ref().filter(|waived| waived.in_force).map(|waived| waived.expires),
        later: None,
        closing: ClosingView::default(),
        heading: 0,
        at: if is_told {
            place(material.sources, assessment, finding.judgement.field)
        } else {
            PlaceView::none()
        },
        also: None,
        fingerprint: if is_told { finding.fingerprint(assessment.definition) } else { String::new() },
    };
    if is_whole { whole(view, (material, headings), (assessed, explainer), finding) } else { view }
}

fn word(answer: Tri) -> &'static str {
    match answer {
        Tri::True => "yes",
        Tri::False => "no",
        Tri::Unknown => "open",
    }
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
    let document =
        pack.and_then(|pack| pack.documents.iter().find(|document| document.id == cited.cite.source));
    FindingView {
        document: document.map(|document| document.title.clone()).unwrap_or_default(),
        because: explainer.because(finding),
        more: (finding.verdict.gravity() > 0).then(|| explainer.more(finding)).flatten(),
        reason: ReasonView::of(&finding.judgement, assessment.definition),
        remedy: explainer.remedy(finding),
        repair: RepairView::of(assessed, &rule.id, material.sources),
        fix: FixView::of(assessed, &rule.id),
        waiver: finding.waived.as_ref().map(|waived| stands(waived, assessment.as_of)),
        later: LaterView::of(finding, assessment),
        closing: ClosingView::of(finding, (assessment, schedule), (headings, heading)),
        heading,
        also: also(material.sources, (assessment, explainer), finding),
        ..line
    }
}

fn also(
    sources: &Sources,
    (assessment, explainer): (&Assessment<'_>, &Explainer<'_>),
    finding: &Finding<'_>,
) -> Option<AlsoView> {
    let (path, _) = finding.judgement.also?;
    let said = explainer.also(finding)?;
    Some(AlsoView { at: place(sources, assessment, path), said })
}

/// Where a path stands; the first line where the file has nothing of it.
fn place(sources: &Sources, assessment: &Assessment<'_>, path: FieldPath) -> PlaceView {
    let definition = assessment.definition;
    let span = definition.locate(path).unwrap_or(Span { start: 0, end: 0 });
    PlaceView::of(sources, definition.source, definition.show(path), span)
}
