//! Why evaluations that are owed stay unlisted, in words.
//! Must not change anything.

use super::draft::{Draft, gaps};
use super::evaluations::{New, day, lacking, listed};
use crate::assess::Assessment;
use crate::checks::{Verdict, words};
use crate::model::DateRange;
use crate::schedule::Evaluation;
use std::collections::BTreeMap;

/// Why evaluations that the file lacks are not listed, each in words.
pub(super) fn unlisted(draft: &Draft<'_>) -> Vec<String> {
    let Some(assessment) = draft.assess() else { return Vec::new() };
    let schedule = draft.basis.schedule(&assessment);
    let why = lacking(&schedule, &assessment).map(|one| (one, why_not(draft, &assessment, one)));
    why.map(|(one, why)| format!("`{}` is not listed: {why}", one.id)).collect()
}

fn why_not(draft: &Draft<'_>, before: &Assessment<'_>, evaluation: &Evaluation) -> String {
    let Some(day) = day(evaluation, before.as_of) else {
        let closed = evaluation.window.latest.and_then(DateRange::exact).filter(|closes| *closes < before.as_of);
        return match closed {
            Some(closed) => format!("its window closed on {closed}, and only a person knows what took place"),
            None => "its day is not known, or only in part: give the start and the end of the project to the day".to_owned(),
        };
    };
    let Some(timing) = evaluation.timing else { return "the plan does not know its timing".to_owned() };
    let changed = draft.changed(&[listed(&New { evaluation, timing, day })]);
    let Some((definition, after)) = changed.as_ref().and_then(|(definition, _)| Some((definition, draft.basis.assess(definition)?))) else {
        return "the file is written in a way into which it does not fit".to_owned();
    };
    let asked = evaluation.rules.iter().filter(|rule| gaps(before).any(|gap| gap == *rule));
    let open =
        after.findings.iter().filter(|finding| asked.clone().any(|rule| *rule == finding.rule.id) && finding.verdict != Verdict::Met);
    let mut rules_by_needs: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for finding in open {
        let needs = finding.needs.iter().map(|path| format!("`{}`", definition.show(*path))).collect();
        rules_by_needs.entry(needs).or_default().push(format!("`{}`", finding.rule.id));
    }
    let reason = |(needs, rules): (Vec<String>, Vec<String>)| {
        let (rules, ask) = (words::list(&rules, "and"), if rules.len() == 1 { "asks" } else { "ask" });
        match needs.is_empty() {
            true => format!("that alone does not meet {rules}"),
            false => format!("{rules} also {ask} for {}, which `--fix` does not decide", words::list(&needs, "and")),
        }
    };
    let reasons: Vec<String> = rules_by_needs.into_iter().map(reason).collect();
    if reasons.is_empty() { "something else would be worse for it".to_owned() } else { reasons.join("; ") }
}
