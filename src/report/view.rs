//! One sorted view of a run, which every format draws: places resolved to lines, everything in words.
//! Must not decide, date or judge anything.

use super::ahead_view::AheadView;
pub use super::diagnostic_view::DiagnosticView;
use super::facts_view::FactsView;
use super::file_view::FileView;
use super::finding_view::finding;
pub use super::finding_view::{AlsoView, FindingView, PlaceView};
use super::headings::Headings;
pub use super::joined_view::JoinedView;
use super::known::{FactView, known};
use super::material::{Detail, Material};
pub use super::not_named::RunNote;
use super::other_edition::OtherEditionView;
use super::reviews::reviews;
use super::summary::Summary;
use super::totals::Totals;
use super::unfinished;
use super::view_plan::schedule_view;
pub use super::view_plan::{
    ConflictView, EvaluationView, EventView, ScheduleView, TaskView, UndecidedView, WarningView,
};
use super::waiver_view::{WaiverView, waivers};
use crate::assess::{Explainer, gathers};
use crate::engine::Assessed;
use crate::model::Date;
use crate::policy::Catalog;
use crate::source::SourceId;
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
    /// What is known of it as a whole, for programs.
    pub facts: FactsView,
    /// What is known of it: every value of the file, by key.
    #[serde(skip)]
    pub known: Vec<FactView>,
    /// The revisions that are dated ahead.
    #[serde(skip)]
    pub ahead: Vec<AheadView>,
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
        Self {
            as_of: as_of.to_string(),
            summary: totals.summary,
            diagnostics,
            notes: totals.notes(catalog),
            definitions,
        }
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
    let has_plan = material.detail != Detail::Line;
    let explainer = Explainer::new(assessment);
    let notes = || {
        let besides = assessment.beside.as_ref().and_then(|beside| beside.note(assessment));
        let notes =
            unfinished::note(&unfinished).into_iter().chain(explainer.notes(assessment)).chain(besides);
        notes.chain(schedule.notes.iter().cloned()).collect()
    };
    let headed = |one| finding((material, headings), (assessed, &explainer), one);
    DefinitionView {
        path: definition.path.to_string(),
        code: definition.code().to_owned(),
        title: definition.title().to_owned(),
        policy,
        packs: chosen.pack_ids().into_iter().map(str::to_owned).collect(),
        joined: if is_whole {
            assessment.joined.iter().map(|one| JoinedView::of(one, &explainer)).collect()
        } else {
            Vec::new()
        },
        notes: if is_whole { notes() } else { Vec::new() },
        unfinished,
        facts: if is_whole { FactsView::of(definition, assessment.as_of) } else { FactsView::default() },
        known: if is_whole { known(definition, assessment.as_of) } else { Vec::new() },
        ahead: assessment.ahead.iter().map(|one| AheadView::of(one, definition)).collect(),
        waivers: if is_whole { waivers(assessment, material.sources) } else { Vec::new() },
        reviews: if is_whole { reviews(chosen.packs()) } else { Vec::new() },
        other_edition: if is_whole {
            OtherEditionView::of(assessment)
        } else {
            OtherEditionView::named(material.catalog, assessment)
        },
        summary,
        assessed: assessment.is_assessed(),
        findings: assessment.findings.iter().map(headed).collect(),
        schedule: if has_plan {
            schedule_view(assessment, schedule, &explainer)
        } else {
            ScheduleView::default()
        },
        source: definition.source,
        file: 0,
        gathers: gathers(definition),
    }
}
