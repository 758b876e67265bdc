//! Why evaluations that are owed stay unlisted, in words.
//! Must not change anything.

use super::draft::{Draft, gaps};
use super::evaluations::{New, day, lacking, listed};
use crate::assess::{Assessment, Explainer};
use crate::checks::Verdict;
use crate::model::{Date, DateRange};
use crate::schedule::{Evaluation, Schedule};
use crate::words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why evaluations that the file lacks are not listed, and why those that were added from a row on have no day, each in words.
pub(super) fn unlisted(draft: &Draft<'_>, from: usize) -> Vec<String> {
    let Some(assessment) = draft.assess() else { return Vec::new() };
    let schedule = draft.basis.schedule(&assessment);
    let added = schedule
        .evaluations
        .iter()
        .filter(|one| one.date.is_none() && one.row.is_some_and(|row| row as usize >= from));
    let undated =
        added.map(|one| format!("`{}` is listed without a day: {}", one.id, no_day(one, assessment.as_of)));
    undated.chain(not_listed(draft, &assessment, &schedule)).collect()
}

fn not_listed(draft: &Draft<'_>, assessment: &Assessment<'_>, schedule: &Schedule) -> Vec<String> {
    let all: Vec<&Evaluation> = lacking(schedule, assessment).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let still = still_lacking(draft, assessment, &all);
    all.iter()
        .map(|one| format!("`{}` is not listed: {}", one.id, why_not(draft, (assessment, &still), one)))
        .collect()
}

/// What rules would still lack with every evaluation listed whose day is known.
fn still_lacking(
    draft: &Draft<'_>,
    before: &Assessment<'_>,
    all: &[&Evaluation],
) -> BTreeMap<Arc<str>, Vec<String>> {
    let new = |one: &&Evaluation| {
        Some(listed(&New { evaluation: one, timing: one.timing?, day: day(one, before.as_of)? }))
    };
    let changed = draft.changed(&all.iter().filter_map(new).collect::<Vec<_>>());
    let after = changed.as_ref().and_then(|(definition, _)| draft.basis.assess(definition));
    let Some(after) = after else { return BTreeMap::new() };
    let explainer = Explainer::new(&after);
    after.findings.iter().map(|finding| (finding.rule.id.clone(), explainer.missing(finding))).collect()
}

fn why_not(
    draft: &Draft<'_>,
    (before, still): (&Assessment<'_>, &BTreeMap<Arc<str>, Vec<String>>),
    evaluation: &Evaluation,
) -> String {
    let Some(day) = day(evaluation, before.as_of) else { return no_day(evaluation, before.as_of) };
    let Some(timing) = evaluation.timing else { return "the plan does not know its timing".to_owned() };
    let changed = draft.changed(&[listed(&New { evaluation, timing, day })]);
    let Some((definition, after)) =
        changed.as_ref().and_then(|(definition, _)| Some((definition, draft.basis.assess(definition)?)))
    else {
        return "the file is written in a way into which it does not fit".to_owned();
    };
    let asked = evaluation.rules.iter().filter(|rule| gaps(before).any(|gap| gap == *rule));
    let open = after.findings.iter().filter(|finding| {
        asked.clone().any(|rule| *rule == finding.rule.id) && finding.verdict != Verdict::Met
    });
    let mut rules_by_reason: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
    for finding in open {
        let needs: Vec<String> =
            finding.needs.iter().map(|path| format!("`{}`", definition.show(*path))).collect();
        let lacks = still.get(&finding.rule.id).filter(|lacks| !lacks.is_empty());
        let reason = match (needs.is_empty(), lacks) {
            (false, _) => Reason::Needs(words::list(&needs, "and")),
            (true, Some(lacks)) => Reason::Lacks(words::list(lacks, "and")),
            (true, None) => Reason::Unmet,
        };
        rules_by_reason.entry(reason).or_default().push(format!("`{}`", finding.rule.id));
    }
    let reasons: Vec<String> = rules_by_reason.into_iter().map(|(reason, rules)| reason.of(&rules)).collect();
    if reasons.is_empty() { "something else would be worse for it".to_owned() } else { reasons.join("; ") }
}

/// Why no day is computed for an evaluation.
fn no_day(evaluation: &Evaluation, as_of: Date) -> String {
    match evaluation.window.latest.and_then(DateRange::exact).filter(|closes| *closes < as_of) {
        Some(closed) => format!("its window closed on {closed}, and only a person knows what took place"),
        None => "its day is not known, or only in part: give the start and the end of the project to the day"
            .to_owned(),
    }
}

/// Why rules are not met by an evaluation with its day alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// They hang on these facts.
    Needs(String),
    /// These are missing besides.
    Lacks(String),
    /// It is not known.
    Unmet,
}

impl Reason {
    fn of(&self, rules: &[String]) -> String {
        let (rules, ask) = (words::list(rules, "and"), if rules.len() == 1 { "asks" } else { "ask" });
        match self {
            Self::Needs(facts) => format!("{rules} also {ask} for {facts}, which `--fix` does not decide"),
            Self::Lacks(missing) => format!("{rules} would still lack {missing}"),
            Self::Unmet => format!("that alone does not meet {rules}"),
        }
    }
}
