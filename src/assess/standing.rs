//! How the rules stand to a definition, without a word of explanation: for the many definitions that are only tried.
//! Must not word anything, and must not differ from what an assessment finds.

use super::choose::choose;
use super::chosen::Chosen;
use super::decide::decide;
use super::merge::across;
use super::question::Question;
use super::steps::Steps;
use super::{Assessment, Choice};
use crate::checks::Verdict;
use crate::expr::Trace;
use crate::facts::Facts;
use crate::model::{Date, Definition, Table};
use crate::policy::{Catalog, Rule};
use std::collections::BTreeSet;

/// How one rule stands.
#[derive(Debug, Clone)]
pub(super) struct Standing<'c> {
    pub rule: &'c Rule,
    pub verdict: Verdict,
    /// What the verdict rests on.
    tables: BTreeSet<Table>,
}

/// How every rule that binds a definition stands, sorted by rule.
#[derive(Debug, Clone)]
pub(super) struct Standings<'c> {
    packs: Vec<&'c str>,
    pub rules: Vec<Standing<'c>>,
}

impl<'c> Standings<'c> {
    /// What an assessment found.
    pub(super) fn of(assessment: &Assessment<'c>) -> Self {
        let joining: Vec<Question<'c>> = assessment.chosen.joining().collect();
        let tables = |rule: &'c Rule| {
            let known = joining.iter().find(|question| std::ptr::eq(question.rule, rule));
            known.copied().unwrap_or_else(|| Question::of(rule)).tables()
        };
        let standing = |rule: &'c Rule, verdict| Standing { rule, verdict, tables: tables(rule) };
        let rules =
            assessment.findings.iter().map(|finding| standing(finding.rule, finding.verdict)).collect();
        Self { packs: packs(&assessment.chosen), rules }
    }

    /// How the rules stand to a definition that differs in some tables from the one at hand: a rule that rests on none of them
    /// stands as before. `None` where a pack that is named is not there.
    pub(super) fn after(
        &self,
        changed: &Definition,
        touched: &BTreeSet<Table>,
        (catalog, as_of, choice): (&'c Catalog, Date, &Choice),
    ) -> Option<Self> {
        let facts = Facts::new(changed, as_of);
        let chosen = choose(catalog, &facts, choice).ok()?;
        let steps = Steps::default();
        let mut trace = Trace::none();
        let known = if packs(&chosen) == self.packs { self.rules.as_slice() } else { &[] };
        let mut judge = |question: Question<'c>| {
            let rule = question.rule;
            let before = known.iter().find(|standing| std::ptr::eq(standing.rule, rule));
            if let Some(before) = before.filter(|standing| standing.tables.is_disjoint(touched)) {
                return before.clone();
            }
            let verdict = match question.verdict(&facts, &mut trace) {
                Verdict::Undecided => decide(question, &facts, &steps).verdict,
                verdict => verdict,
            };
            Standing {
                rule,
                verdict,
                tables: before.map_or_else(|| question.tables(), |before| before.tables.clone()),
            }
        };
        let mut rules: Vec<Standing<'c>> = chosen.joining().map(&mut judge).collect();
        match chosen.editions.as_slice() {
            [era] => rules.extend(era.pack.rules.iter().map(Question::of).map(&mut judge)),
            eras => rules.extend(across(eras, &facts, &steps).into_iter().map(|decided| Standing {
                rule: decided.rule,
                verdict: decided.decision.verdict,
                tables: Question::of(decided.rule).tables(),
            })),
        }
        rules.sort_by(|one, two| one.rule.id.cmp(&two.rule.id));
        Some(Self { packs: packs(&chosen), rules })
    }

    /// The verdict of a rule; `None` where it does not bind.
    pub(super) fn verdict(&self, id: &str) -> Option<Verdict> {
        let place = self.rules.binary_search_by(|standing| (*standing.rule.id).cmp(id)).ok()?;
        Some(self.rules[place].verdict)
    }
}

fn packs<'c>(chosen: &Chosen<'c>) -> Vec<&'c str> {
    let editions = chosen.editions.iter().map(|era| &*era.pack.id);
    editions
        .chain(chosen.joined.iter().map(|pack| &*pack.id))
        .chain([""])
        .chain(chosen.in_doubt.iter().map(|pack| &*pack.id))
        .collect()
}
