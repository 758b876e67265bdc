//! The view arranged for a report that people read: findings under the headings of an appraisal, worst first.
//! Templates get it as their context, and need not sort, count or choose. Must not write any format.

use super::appraisal::{Appraised, appraisal};
use super::concise::with_mistakes;
use super::gantt;
use super::headings::Headings;
use super::known::FactView;
use super::level::Level;
use super::summary::Summary;
use super::view::{DefinitionView, DiagnosticView, FindingView, PolicyView, RunNote, ScheduleView, View};
use crate::assess::Outcome as Verdict;
use serde::Serialize;

/// A whole report.
#[derive(Debug, Serialize)]
pub struct Document<'v> {
    /// What it is called.
    pub title: String,
    /// The day of the run.
    pub as_of: &'v str,
    /// What the reader should know of the run as a whole.
    pub notes: &'v [RunNote],
    /// Whether it holds more than one definition.
    pub many: bool,
    /// Counts over all definitions.
    pub counts: Counts,
    /// Whose reading the findings are.
    pub reading_note: &'v str,
    /// Whose suggestion the scores are, and what counts.
    pub appraisal_note: &'v str,
    /// What is wrong with the input files.
    pub diagnostics: Vec<Mistake<'v>>,
    /// Every finding that counts, worst first.
    pub findings: Vec<Entry<'v>>,
    /// One chapter a definition.
    pub definitions: Vec<Chapter<'v>>,
}

/// A mistake in an input file.
#[derive(Debug, Serialize)]
pub struct Mistake<'v> {
    /// `path:line:column`.
    pub place: String,
    /// `error` or `warning`.
    pub severity: &'v str,
    /// What is wrong.
    pub message: &'v str,
    /// What to do next.
    pub hint: Option<&'v str>,
}

/// How many there are of each kind.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// Definitions.
    pub definitions: usize,
    /// What counts as an error: gaps, and undecided rules where the user has them count so.
    pub errors: usize,
    /// Gaps of severity warning.
    pub warnings: usize,
    /// Gaps of severity note.
    pub notes: usize,
    /// Rules that the facts do not decide, and that do not count as errors.
    pub undecided: usize,
    /// Rules met.
    pub met: usize,
    /// Rules that do not apply.
    pub not_applicable: usize,
    /// Rules that a waiver covers.
    pub waived: usize,
    /// Gaps and undecided rules that do not count: allowed or ignored in this run, or known in a baseline.
    pub uncounted: usize,
    /// Evaluations in the plans.
    pub evaluations: usize,
    /// What is open, on one line: `2 errors, 1 warning, 0 notes, 3 undecided`.
    pub tally: String,
}

/// What is said of one definition.
#[derive(Debug, Serialize)]
pub struct Chapter<'v> {
    /// The Gantt chart with its table, as HTML; empty where it is not drawn or nothing is dated.
    pub gantt: String,
    /// Its place in the report, from 1.
    pub number: usize,
    /// The file.
    pub path: &'v str,
    /// The project's code.
    pub code: &'v str,
    /// The project's title.
    pub title: &'v str,
    /// The edition.
    pub policy: Option<&'v PolicyView>,
    /// Every pack applied.
    pub packs: &'v [String],
    /// What the reader should know.
    pub notes: &'v [String],
    /// Who outside the project has reviewed the packs.
    pub reviews: &'v [String],
    /// The facts at the head.
    pub facts: Vec<Fact<'v>>,
    /// Counts.
    pub counts: Counts,
    /// The score that is suggested for each heading of the appraisal.
    pub appraisal: Vec<Appraised>,
    /// The gaps, under the headings that have any.
    pub headings: Vec<Heading<'v>>,
    /// Rules that the facts do not decide.
    pub undecided: Vec<Entry<'v>>,
    /// Rules that a waiver covers.
    pub waived: Vec<Entry<'v>>,
    /// Rules that are met, do not apply, or do not count in this run.
    pub settled: Vec<Entry<'v>>,
    /// What is owed, and when.
    pub schedule: &'v ScheduleView,
}

/// One fact at the head of a chapter.
#[derive(Debug, Serialize)]
pub struct Fact<'v> {
    /// What it is called.
    pub label: &'v str,
    /// The key as typed.
    pub field: &'v str,
    /// What the file says.
    pub value: Option<&'v str>,
}

/// The gaps under one heading.
#[derive(Debug, Serialize)]
pub struct Heading<'v> {
    /// The heading.
    pub title: &'v str,
    /// The gaps, worst first.
    pub findings: Vec<Entry<'v>>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct Entry<'v> {
    /// Everything of the view.
    #[serde(flatten)]
    pub finding: &'v FindingView,
    /// `path:line:column`.
    pub place: String,
    /// The key that the finding points at.
    pub field: &'v str,
    /// The verdict in words for people.
    pub verdict_words: &'static str,
}

/// Arranges a view, with charts or without.
#[must_use]
pub fn document<'v>(view: &'v View, headings: &'v Headings, charts: bool) -> Document<'v> {
    let title = match view.definitions.as_slice() {
        [one] => format!("Gap report: {}", one.title),
        all => format!("Gap report on {} definitions", all.len()),
    };
    let gantt = |one: &DefinitionView| {
        if charts { gantt::figure(std::slice::from_ref(one), &view.as_of) } else { String::new() }
    };
    Document {
        title,
        as_of: &view.as_of,
        notes: &view.notes,
        many: view.definitions.len() > 1,
        counts: counts_of(view),
        reading_note: &headings.reading,
        appraisal_note: &headings.appraisal.note,
        diagnostics: view.diagnostics.iter().map(mistake).collect(),
        findings: worst_first(view),
        definitions: view
            .definitions
            .iter()
            .zip(1..)
            .map(|(one, number)| chapter(one, number, headings, gantt(one)))
            .collect(),
    }
}

fn worst_first(view: &View) -> Vec<Entry<'_>> {
    let all =
        view.definitions.iter().flat_map(|one| one.findings.iter().map(move |finding| entry(one, finding)));
    let mut counted: Vec<Entry<'_>> = all.filter(|entry| entry.finding.level != Level::None).collect();
    counted.sort_by_key(|entry| entry.finding.level);
    counted
}

fn mistake(diagnostic: &DiagnosticView) -> Mistake<'_> {
    Mistake {
        place: format!("{}:{}:{}", diagnostic.path, diagnostic.line, diagnostic.column),
        severity: diagnostic.severity,
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
    }
}

/// The counts of the whole run; its line says how many files have mistakes too.
fn counts_of(view: &View) -> Counts {
    let counts =
        counts(view.summary, view.definitions.iter().map(|one| one.schedule.evaluations.len()).sum());
    Counts { tally: format!("{}{}", counts.tally, with_mistakes(view.broken())), ..counts }
}

fn counts(summary: Summary, evaluations: usize) -> Counts {
    Counts {
        definitions: summary.definitions,
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        undecided: summary.open,
        met: summary.met,
        not_applicable: summary.not_applicable,
        waived: summary.waived,
        uncounted: summary.uncounted,
        evaluations,
        tally: summary.in_words(),
    }
}

fn chapter<'v>(one: &'v DefinitionView, number: usize, headings: &'v Headings, gantt: String) -> Chapter<'v> {
    Chapter {
        gantt,
        number,
        path: &one.path,
        code: &one.code,
        title: &one.title,
        policy: one.policy.as_ref(),
        packs: &one.packs,
        notes: &one.notes,
        reviews: &one.reviews,
        facts: facts(one, headings),
        counts: counts(one.summary, one.schedule.evaluations.len()),
        appraisal: appraisal(one, headings),
        headings: under_headings(
            entries(one, |one| one.verdict == Verdict::Gap && one.level != Level::None),
            headings,
        ),
        undecided: entries(one, |one| one.verdict == Verdict::Undecided && one.level != Level::None),
        waived: entries(one, |one| one.verdict == Verdict::Waived),
        settled: entries(one, |one| one.level == Level::None && one.verdict != Verdict::Waived),
        schedule: &one.schedule,
    }
}

fn facts<'v>(one: &'v DefinitionView, headings: &'v Headings) -> Vec<Fact<'v>> {
    let value = |field: &str| {
        one.known.iter().find(|fact: &&FactView| fact.field == field).map(|fact| fact.value.as_str())
    };
    let all = headings
        .facts()
        .map(|(label, field, optional)| (Fact { label, field, value: value(field) }, optional));
    all.filter(|(fact, optional)| fact.value.is_some() || !optional).map(|(fact, _)| fact).collect()
}

fn under_headings<'v>(gaps: Vec<Entry<'v>>, headings: &'v Headings) -> Vec<Heading<'v>> {
    let mut groups: Vec<Heading<'v>> =
        headings.titles().map(|title| Heading { title, findings: Vec::new() }).collect();
    for gap in gaps {
        groups[gap.finding.heading].findings.push(gap);
    }
    for group in &mut groups {
        group.findings.sort_by_key(|entry| entry.finding.level);
    }
    groups.retain(|group| !group.findings.is_empty());
    groups
}

fn entries<'v>(definition: &'v DefinitionView, wanted: fn(&FindingView) -> bool) -> Vec<Entry<'v>> {
    definition
        .findings
        .iter()
        .filter(|finding| wanted(finding))
        .map(|finding| entry(definition, finding))
        .collect()
}

/// A finding with its place and its verdict in words.
pub(super) fn entry<'v>(definition: &DefinitionView, finding: &'v FindingView) -> Entry<'v> {
    Entry {
        finding,
        place: format!("{}:{}:{}", definition.path, finding.at.line, finding.at.column),
        field: &finding.at.field,
        verdict_words: match finding.verdict {
            Verdict::NotApplicable => "does not apply",
            Verdict::Gap if finding.level == Level::None => "not met, and allowed in this run",
            Verdict::Undecided if finding.level == Level::None => "undecided, and ignored in this run",
            other => other.word(),
        },
    }
}
