//! The cases of rule files, run: their facts are assessed, and what comes out is held against what they expect.
//! Must not print, and must not change a rule.

use super::{Assessment, Choice, Finding, assess};
use crate::checks::Window;
use crate::diag::Diagnostic;
use crate::facts::Facts;
use crate::import::toml::lower;
use crate::lexicon::Lexicon;
use crate::model::{Date, DateRange, Definition};
use crate::policy::{Case, Catalog, Pack, Selection, given};
use crate::source::{Sources, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One entry of a plan, as cases name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The id of the evaluation or event.
    pub id: String,
    /// When it is due.
    pub window: Window,
}

/// What plans an assessment: a higher module, which this one does not know.
pub type Planner = fn(&Assessment<'_>) -> Vec<Planned>;

/// A case with its facts read, ready to be run any number of times.
#[derive(Debug, Clone)]
pub struct PreparedCase {
    /// The pack of its rule file.
    pub pack: Arc<str>,
    /// The case.
    pub case: Case,
    /// Its facts.
    pub definition: Definition,
}

/// What came of one case.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// The pack of its rule file.
    pub pack: Arc<str>,
    /// The name of the rule file, without folder and ending.
    pub file: String,
    /// The path of the rule file.
    pub path: String,
    /// The line of the case, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// What differs from what it expects; nothing where it passes.
    pub differences: Vec<String>,
}

impl CaseResult {
    /// Whether all is as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }

    /// Its whole name: `pack/rule-file: case name`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}/{}: {}", self.pack, self.file, self.name)
    }
}

/// Reads the facts of every case of some packs. Facts that cannot be read are mistakes of the rule file.
#[must_use]
pub fn prepare<'p>(
    packs: impl IntoIterator<Item = &'p Pack>,
    sources: &Sources,
    lexicon: &Lexicon,
) -> (Vec<PreparedCase>, Vec<Diagnostic>) {
    let (mut prepared, mut diagnostics) = (Vec::new(), Vec::new());
    for pack in packs {
        let mut last = None;
        for case in &pack.cases {
            let tables = match last.take() {
                Some((source, tables)) if source == case.source => tables,
                _ => given(sources.text(case.source)),
            };
            let path = sources.path(case.source);
            let definition = match tables.get(case.place).and_then(Option::as_ref) {
                Some(table) => {
                    let loaded = lower(case.source, path, table, lexicon);
                    diagnostics.extend(loaded.diagnostics);
                    loaded.value
                }
                None => Definition::empty(case.source, path),
            };
            prepared.push(PreparedCase { pack: Arc::clone(&pack.id), case: case.clone(), definition });
            last = Some((case.source, tables));
        }
    }
    (prepared, diagnostics)
}

/// Runs every case of some packs, in the order of the packs, their files and the cases.
#[must_use]
pub fn run_cases(
    cases: &[PreparedCase],
    catalog: &Catalog,
    sources: &Sources,
    planner: Planner,
) -> Vec<CaseResult> {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for case in cases {
        *seen.entry((sources.path(case.case.source), &case.case.name)).or_default() += 1;
    }
    let result = |prepared: &PreparedCase| {
        let path = sources.path(prepared.case.source);
        let mut differences = prepared.differences(catalog, planner);
        if seen.get(&(path, &*prepared.case.name)).is_some_and(|count| *count > 1) {
            differences.insert(0, "another case of the file has the same name".to_owned());
        }
        let file = path.rsplit('/').next().unwrap_or(path);
        CaseResult {
            pack: Arc::clone(&prepared.pack),
            file: file.strip_suffix(".toml").unwrap_or(file).to_owned(),
            path: path.to_owned(),
            line: line(sources, prepared.case.span, prepared),
            name: prepared.case.name.clone(),
            differences,
        }
    };
    cases.iter().map(result).collect()
}

fn line(sources: &Sources, span: Span, prepared: &PreparedCase) -> usize {
    sources.position(prepared.case.source, span.start).line
}

impl PreparedCase {
    /// What differs from what the case expects, under the rules of that catalog; nothing where it passes.
    #[must_use]
    pub fn differences(&self, catalog: &Catalog, planner: Planner) -> Vec<String> {
        let Some(pack) = catalog.pack(&self.pack) else {
            return vec![format!("there is no pack `{}`", self.pack)];
        };
        let as_of = self.as_of();
        let assessment = match assess(catalog, &self.definition, as_of, &choice(pack)) {
            Ok(assessment) => assessment,
            Err(name) => return vec![format!("there is no pack `{name}`")],
        };
        let mut differences = Vec::new();
        if self.case.expect.is_empty() && self.case.plans.is_none() && self.case.joins.is_none() {
            differences.push("the case expects nothing".to_owned());
        }
        self.compare_verdicts(pack, &assessment, &mut differences);
        self.compare_lists(pack, &assessment, &mut differences);
        if let Some(expected) = &self.case.plans {
            compare_plan(expected, &planner(&assessment), &mut differences);
        }
        if let Some(expected) = self.case.joins {
            let alone = assess(catalog, &self.definition, as_of, &Choice::default());
            let joins =
                alone.is_ok_and(|alone| alone.chosen.joined.iter().any(|joined| joined.id == self.pack));
            if joins != expected {
                let said = if joins { "joins by itself" } else { "does not join by itself" };
                differences.push(format!("the pack {said}"));
            }
        }
        differences
    }

    /// The day on which the case is read.
    #[must_use]
    pub fn as_of(&self) -> Date {
        let start = Facts::original(&self.definition).start().map(|start| start.from);
        let fallback = Date::from_ymd_opt(2000, 1, 1).unwrap_or_default();
        self.case.as_of.or(start).unwrap_or(fallback)
    }

    fn compare_verdicts(&self, pack: &Pack, assessment: &Assessment<'_>, differences: &mut Vec<String>) {
        for (rule, expected) in &self.case.expect {
            match finding(pack, rule, assessment) {
                None => differences.push(format!("the pack has no rule `{rule}`")),
                Some(finding) if finding.verdict.word() != &**expected => differences.push(format!(
                    "`{rule}` is {}, not {expected}: {}{}",
                    finding.verdict.word(),
                    super::Explainer::new(assessment).because(finding),
                    needs(finding, assessment)
                )),
                Some(_) => {}
            }
        }
    }

    fn compare_lists(&self, pack: &Pack, assessment: &Assessment<'_>, differences: &mut Vec<String>) {
        for (what, lists) in [("needs", &self.case.needs), ("missing", &self.case.missing)] {
            for (rule, expected) in lists {
                let Some(finding) = finding(pack, rule, assessment) else {
                    differences.push(format!("the pack has no rule `{rule}`"));
                    continue;
                };
                let found = if what == "needs" {
                    shown_needs(finding, assessment)
                } else {
                    missing_names(finding, assessment)
                };
                if found != *expected {
                    differences.push(format!("{what} of `{rule}`: {found:?}, not {expected:?}"));
                }
            }
        }
    }
}

/// The pack of the case as the edition, or alone where it is one that joins.
fn choice(pack: &Pack) -> Choice {
    match pack.selection {
        // Rules about the definition are asked after those that bind it.
        _ if pack.rules.iter().all(|rule| rule.check.is_of_run()) => Choice::default(),
        Selection::Joins => Choice { packs: vec![pack.id.to_string()], ..Choice::default() },
        Selection::ByDate | Selection::ByName => {
            let id = pack.id.to_string();
            Choice { policy: Some(id.clone()), packs: vec![id], ..Choice::default() }
        }
    }
}

fn finding<'a, 'c>(pack: &Pack, rule: &str, assessment: &'a Assessment<'c>) -> Option<&'a Finding<'c>> {
    let rule = pack.rule(rule)?;
    assessment.findings.iter().find(|finding| finding.rule.id == rule.id)
}

fn missing_names(finding: &Finding<'_>, assessment: &Assessment<'_>) -> Vec<String> {
    finding.judgement.missing.iter().map(|one| one.name(assessment.definition)).collect()
}

fn shown_needs(finding: &Finding<'_>, assessment: &Assessment<'_>) -> Vec<String> {
    finding.needs.iter().map(|path| assessment.definition.show(*path)).collect()
}

fn needs(finding: &Finding<'_>, assessment: &Assessment<'_>) -> String {
    let needs = shown_needs(finding, assessment);
    if needs.is_empty() { String::new() } else { format!(" (needs {})", needs.join(", ")) }
}

/// A plan is expected whole and in order; an entry without days stands for any window.
fn compare_plan(expected: &[String], plan: &[Planned], differences: &mut Vec<String>) {
    let same = expected.len() == plan.len()
        && expected
            .iter()
            .zip(plan)
            .all(|(expected, planned)| shown(planned, days_in(expected)) == *expected);
    if !same {
        let plan: Vec<String> = plan.iter().map(|planned| shown(planned, 3)).collect();
        differences.push(format!("the plan is {plan:?}, not {expected:?}"));
    }
}

/// How many days an entry of a plan gives: none, the ends of the window, or the day aimed at between them.
fn days_in(entry: &str) -> usize {
    entry.split_once(' ').map_or(0, |(_, window)| window.split("..").count())
}

/// `mid-term`, `mid-term 2014-11-25..2015-04-20` or `mid-term 2014-11-25..2015-01-01..2015-04-20`; a day that is not known is a question mark.
fn shown(planned: &Planned, days: usize) -> String {
    let day = |day: Option<DateRange>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    let Window { earliest, target, latest } = planned.window;
    match days {
        0 => planned.id.clone(),
        1 | 2 => format!("{} {}..{}", planned.id, day(earliest), day(latest)),
        _ => format!("{} {}..{}..{}", planned.id, day(earliest), day(target), day(latest)),
    }
}
