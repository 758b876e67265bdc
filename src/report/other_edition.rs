//! What another edition would say, as every format draws it.
//! Must not assess anything.

use super::date_view::DateView;
use crate::assess::{Assessment, Beside, Explainer, Finding, Relation, other_edition};
use crate::checks::{Subject, Verdict};
use crate::policy::{Catalog, Pack};
use chrono::Datelike;
use serde::Serialize;

/// The other edition: the later one where none is named, or the one by date where the newest in force is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct OtherEditionView {
    /// The pack.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// `later`, `maybe-later` or `by-date`.
    pub relation: &'static str,
    /// What each of its rules says.
    pub results: Vec<OtherResultView>,
    /// What it would owe besides.
    pub owed: Vec<OtherOwedView>,
    /// What it may owe besides.
    pub undecided: Vec<OtherOpenView>,
}

/// What one of its rules says.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct OtherResultView {
    /// The rule.
    pub rule: String,
    /// The thing required.
    pub title: String,
    /// `met`, `gap`, `not-applicable`, `undecided` or `waived`.
    pub verdict: &'static str,
    /// How bad a gap is.
    pub severity: String,
    /// What the citation is worth.
    pub status: String,
    /// What is so.
    pub message: String,
}

/// What it would owe besides.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct OtherOwedView {
    /// The rule.
    pub rule: String,
    /// The thing required.
    pub title: String,
    /// The timing of the evaluation; nothing for an event.
    pub timing: Option<&'static str>,
    /// The least independence.
    pub independence: Option<&'static str>,
    /// The first day.
    pub earliest: Option<DateView>,
    /// The day aimed at.
    pub target: Option<DateView>,
    /// The last day.
    pub latest: Option<DateView>,
    /// Why.
    pub because: String,
}

/// What it may owe besides.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct OtherOpenView {
    /// The rule.
    pub rule: String,
    /// The thing required.
    pub title: String,
    /// The facts that decide.
    pub needs: Vec<String>,
}

/// What the later edition would say otherwise of a finding.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct LaterView {
    /// The pack.
    pub edition: String,
    /// Its verdict; nothing where it has no such rule.
    pub verdict: Option<&'static str>,
    /// How bad a gap would be; nothing where it has no such rule.
    pub severity: Option<String>,
    /// In one sentence: `The edition of 2017 would not ask this.`
    pub says: String,
}

impl OtherEditionView {
    /// The other edition of an assessment.
    pub(super) fn of(assessment: &Assessment<'_>) -> Option<Self> {
        let beside = assessment.beside.as_ref()?;
        let explainer = Explainer::new(&beside.assessment);
        let result = |one: &Finding<'_>| OtherResultView {
            rule: one.rule.id.to_string(),
            title: one.rule.title.clone(),
            verdict: one.outcome.word(),
            severity: one.severity.to_string(),
            status: one.status.to_string(),
            message: explainer.message(one),
        };
        Some(Self {
            edition: beside.edition.id.to_string(),
            title: beside.edition.title.clone(),
            relation: beside.relation.word(),
            results: beside.assessment.findings.iter().map(result).collect(),
            owed: owed(beside, assessment),
            undecided: open(beside, assessment),
        })
    }

    /// Only which one it is.
    pub(super) fn named(catalog: &Catalog, assessment: &Assessment<'_>) -> Option<Self> {
        let (relation, edition) = other_edition(catalog, assessment)?;
        Some(Self {
            edition: edition.id.to_string(),
            title: edition.title.clone(),
            relation: relation.word(),
            results: Vec::new(),
            owed: Vec::new(),
            undecided: Vec::new(),
        })
    }

    /// Whether it is the one that applies by date.
    pub(super) fn is_by_date(&self) -> bool {
        self.relation == Relation::ByDate.word()
    }
}

fn owed(beside: &Beside<'_>, assessment: &Assessment<'_>) -> Vec<OtherOwedView> {
    let explainer = Explainer::new(&beside.assessment);
    let view = beside.owed(assessment).map(|owed| {
        let wanted = match &owed.requirement.subject {
            Subject::Evaluation(wanted) => Some(wanted),
            Subject::Event(_) => None,
        };
        let number = owed.number.map(|number| format!(" {number}")).unwrap_or_default();
        OtherOwedView {
            rule: owed.rule.id.to_string(),
            title: format!("{}{number}", owed.rule.title),
            timing: wanted.map(|wanted| wanted.timing()),
            independence: wanted.and_then(|wanted| wanted.level()),
            earliest: owed.window.earliest.map(DateView::of),
            target: owed.window.target.map(DateView::of),
            latest: owed.window.latest.map(DateView::of),
            because: explainer.owed_because(owed),
        }
    });
    view.collect()
}

fn open(beside: &Beside<'_>, assessment: &Assessment<'_>) -> Vec<OtherOpenView> {
    let view = beside.open(assessment).map(|open| OtherOpenView {
        rule: open.rule.id.to_string(),
        title: open.rule.title.clone(),
        needs: open.needs.iter().map(|path| assessment.definition.show(*path)).collect(),
    });
    view.collect()
}

impl LaterView {
    /// What the later edition would say otherwise of a finding.
    pub(super) fn of(finding: &Finding<'_>, assessment: &Assessment<'_>) -> Option<Self> {
        let beside = assessment.beside.as_ref()?;
        let otherwise = beside.otherwise(finding, assessment)?;
        Some(Self {
            edition: beside.edition.id.to_string(),
            verdict: otherwise.verdict.map(Verdict::word),
            severity: otherwise.severity.map(|severity| severity.to_string()),
            says: format!("{} {}.", called(beside.edition, beside.relation), otherwise.would),
        })
    }
}

/// An edition as people call it: by the year in which it began.
fn called(edition: &Pack, relation: Relation) -> String {
    let year = edition.from.map_or_else(|| format!("`{}`", edition.id), |from| format!("of {}", from.year()));
    match relation {
        Relation::MaybeLater => format!("The edition {year}, if it had begun,"),
        Relation::Later | Relation::ByDate => format!("The edition {year}"),
    }
}
