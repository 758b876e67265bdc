//! The rules of all packs that bind a definition, decided once each; where the start straddles editions, under every one.
//! Must not word anything.

use super::choose::EDITION_NEEDS;
use super::chosen::{Chosen, Era};
use super::decide::{Decision, decide};
use super::question::Question;
use super::steps::Steps;
use crate::checks::Verdict;
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{Definition, FieldPath, Table, Value, key};
use crate::policy::Rule;
use std::collections::BTreeMap;

/// A rule with its decision.
#[derive(Debug, Clone)]
pub(super) struct Decided<'c> {
    pub rule: &'c Rule,
    pub decision: Decision,
}

/// Every rule of every pack, decided.
pub(super) fn decide_all<'c>(chosen: &Chosen<'c>, facts: &Facts<'_>, steps: &Steps) -> Vec<Decided<'c>> {
    let decided =
        |question: Question<'c>| Decided { rule: question.rule, decision: decide(question, facts, steps) };
    let joined = chosen.joining().map(decided);
    match chosen.editions.as_slice() {
        [] => joined.collect(),
        [era] => era.pack.rules.iter().map(Question::of).map(decided).chain(joined).collect(),
        eras => across(eras, facts, steps).into_iter().chain(joined).collect(),
    }
}

/// Rules of several editions: equal answers are given under the newer edition, others are undecided and need the start.
pub(super) fn across<'c>(eras: &[Era<'c>], facts: &Facts<'_>, steps: &Steps) -> Vec<Decided<'c>> {
    let mut by_id: BTreeMap<&str, Vec<Option<Decided<'c>>>> = BTreeMap::new();
    for (place, era) in eras.iter().enumerate() {
        let definition = within(facts.definition(), era);
        let facts = Facts::new(&definition, facts.as_of());
        for rule in &era.pack.rules {
            let decided = Decided { rule, decision: decide(Question::of(rule), &facts, steps) };
            by_id.entry(&rule.local).or_insert_with(|| vec![None; eras.len()])[place] = Some(decided);
        }
    }
    by_id.into_values().filter_map(|versions| merge(versions)).collect()
}

/// The definition with its start inside the days of an edition.
pub(super) fn within(definition: &Definition, era: &Era<'_>) -> Definition {
    let mut definition = definition.clone();
    let project = definition.single(Table::Project);
    if let (Some(starts), true) = (era.starts, project.get(key::project::START).is_some()) {
        let span = project.span(key::project::START);
        definition.single_mut(Table::Project).set(key::project::START, Some(Value::Date(starts)), span);
    }
    definition
}

fn merge(versions: Vec<Option<Decided<'_>>>) -> Option<Decided<'_>> {
    let verdicts: Vec<Verdict> = versions
        .iter()
        .map(|version| version.as_ref().map_or(Verdict::NotApplicable, |decided| decided.decision.verdict))
        .collect();
    let applies: Vec<Tri> = versions
        .iter()
        .map(|version| version.as_ref().map_or(Tri::False, |decided| decided.decision.applies))
        .collect();
    let needs: Vec<FieldPath> =
        versions.iter().flatten().flat_map(|decided| decided.decision.needs.iter().copied()).collect();
    let applies_needs: Vec<FieldPath> = versions
        .iter()
        .flatten()
        .flat_map(|decided| decided.decision.applies_needs.iter().copied())
        .collect();
    let mut newest = versions.into_iter().flatten().next()?;
    let verdict = verdicts.iter().copied().reduce(Verdict::or)?;
    let agree = verdicts.iter().all(|one| *one == verdicts[0]);
    let same = applies.iter().all(|one| *one == applies[0]);
    newest.decision.verdict = verdict;
    newest.decision.applies = if same { applies[0] } else { Tri::Unknown };
    newest.decision.needs = if verdict == Verdict::Undecided { first(agree, needs) } else { Vec::new() };
    newest.decision.applies_needs =
        if newest.decision.applies == Tri::Unknown { first(same, applies_needs) } else { Vec::new() };
    Some(newest)
}

/// The start first where the editions differ; each fact once.
fn first(agree: bool, needs: Vec<FieldPath>) -> Vec<FieldPath> {
    let edition = if agree { None } else { Some(EDITION_NEEDS) };
    let mut seen = std::collections::BTreeSet::new();
    edition.into_iter().chain(needs).filter(|path| seen.insert(*path)).collect()
}
