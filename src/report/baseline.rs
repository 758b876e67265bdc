//! What a portfolio is known to lack on the day it adopts the tool. Counts may only fall, and only by what a run has judged.
//! Must not open files.

use super::level::Level;
use super::view::{DefinitionView, FindingView, View};
use crate::assess::Outcome as Verdict;
use crate::policy::Catalog;
use crate::source::decoded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// The version of the file.
const FORMAT: &str = "evalplan/baseline/1";

/// What is known to be missing: for each definition and rule, how many things; zero where the rule is undecided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    format: String,
    counts: BTreeMap<String, BTreeMap<String, usize>>,
}

/// How a run stands to a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Findings that the baseline knows, which do not count.
    pub known: usize,
    /// Rules of definitions that were judged to lack less than the baseline allows, which can be lowered.
    pub fallen: usize,
    /// Rules of definitions that lack more than the baseline allows.
    pub risen: Vec<(String, String)>,
    /// Definitions of the baseline that are not in the run, by their codes.
    pub elsewhere: Vec<String>,
}

impl Baseline {
    /// What the findings that count lack.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for definition in &view.definitions {
            for finding in definition.findings.iter().filter(|finding| finding.level != Level::None) {
                *counts.entry(definition.code.clone()).or_default().entry(finding.rule.clone()).or_default() += lacking(finding);
            }
        }
        Self { format: FORMAT.to_owned(), counts }
    }

    /// Takes rules by the ids that they bear today, and leaves out those that are gone, of which it tells.
    pub fn renew(&mut self, catalog: &Catalog) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        for rules in self.counts.values_mut() {
            for (id, count) in std::mem::take(rules) {
                let now = if catalog.rules().any(|rule| *rule.id == *id) { None } else { catalog.rule(&id) };
                match (now, catalog.retired(&id)) {
                    (None, Some((pack, retired))) => drop(told.insert(retired.told(pack))),
                    (now, _) => *rules.entry(now.map_or(id, |rule| rule.id.to_string())).or_default() += count,
                }
            }
        }
        told
    }

    /// Keeps what an older baseline knows and this run has not judged: it is not closed.
    pub fn keep_unjudged(&mut self, older: &Self, view: &View) {
        for (code, rule, _, left) in older.left(view) {
            if let Some(left) = left {
                self.counts.entry(code.clone()).or_default().insert(rule.clone(), left);
            }
        }
    }

    /// What is left after a run of each count that the baseline knows; nothing where the rule is closed.
    fn left<'b>(&'b self, view: &'b View) -> impl Iterator<Item = (&'b String, &'b String, usize, Option<usize>)> {
        let is_whole = self.counts.keys().all(|code| definition(view, code).is_some());
        let rules = self.counts.iter().flat_map(|(code, rules)| rules.iter().map(move |(rule, allowed)| (code, rule, *allowed)));
        rules.map(move |(code, rule, allowed)| {
            // What is gathered from others is not whole without them.
            let judged = definition(view, code).filter(|one| is_whole || !one.gathers);
            let findings = judged.into_iter().flat_map(|one| one.findings.iter().filter(|finding| finding.rule == *rule));
            (code, rule, allowed, left_of(findings, allowed))
        })
    }

    /// Leaves undecided rules out where an older baseline does not know them, and gives them back. They are no gaps: an evaluation
    /// that is planned at last brings questions of its own, and what it closed can be lowered all the same.
    pub fn leave_new_questions(&mut self, older: &Self, view: &View) -> Vec<(String, String)> {
        let mut left = Vec::new();
        for definition in &view.definitions {
            let known = |rule: &str| older.counts.get(&definition.code).is_some_and(|rules| rules.contains_key(rule));
            let Some(counts) = self.counts.get_mut(&definition.code) else { continue };
            let undecided = definition.findings.iter().filter(|finding| finding.verdict == Verdict::Undecided && !known(&finding.rule));
            let new = undecided.filter(|finding| counts.remove(&finding.rule).is_some());
            left.extend(new.map(|finding| (definition.code.clone(), finding.rule.clone())));
        }
        self.counts.retain(|_, rules| !rules.is_empty());
        left
    }

    /// Reads a baseline, in whatever encoding it was saved.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(input: impl Read) -> Result<Self, String> {
        let input = decoded(input).map_err(|error| error.to_string())?;
        let baseline: Self = serde_json::from_reader(input).map_err(|error| error.to_string())?;
        if baseline.format == FORMAT { Ok(baseline) } else { Err(format!("its format is `{}`, not `{FORMAT}`", baseline.format)) }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a baseline has text keys");
        text.push('\n');
        text
    }

    /// Takes out of the count what is known to be missing, and says how the run stands to it.
    pub fn apply(&self, view: &mut View) -> Comparison {
        let falls = self.left(view).filter(|(_, _, allowed, left)| left.is_none_or(|left| left < *allowed));
        let mut comparison = Comparison { fallen: falls.count(), ..Comparison::default() };
        for definition in &mut view.definitions {
            let Some(rules) = self.counts.get(&definition.code) else { continue };
            let mut known: BTreeMap<String, usize> = BTreeMap::new();
            for finding in definition.findings.iter().filter(|finding| finding.level != Level::None) {
                if rules.contains_key(&finding.rule) {
                    *known.entry(finding.rule.clone()).or_default() += lacking(finding);
                }
            }
            let (known, risen): (BTreeMap<_, _>, BTreeMap<_, _>) = known.into_iter().partition(|(rule, lacks)| *lacks <= rules[rule]);
            comparison.risen.extend(risen.into_keys().map(|rule| (definition.code.clone(), rule)));
            comparison.known += known.len();
            for finding in definition.findings.iter_mut().filter(|finding| known.contains_key(&finding.rule)) {
                finding.level = Level::None;
            }
        }
        comparison.elsewhere = self.counts.keys().filter(|code| definition(view, code).is_none()).cloned().collect();
        super::levels::recount(view);
        comparison
    }

    /// The definitions and rules that lack more here than in an older baseline.
    #[must_use]
    pub fn above(&self, older: &Self) -> Vec<(String, String)> {
        let all = self.counts.iter().flat_map(|(code, rules)| rules.iter().map(move |(rule, count)| (code, rule, *count)));
        let risen =
            all.filter(|(code, rule, count)| older.counts.get(*code).and_then(|rules| rules.get(*rule)).copied().unwrap_or(0) < *count);
        risen.map(|(code, rule, _)| (code.clone(), rule.clone())).collect()
    }
}

/// What is left of a count that a baseline knows, by all findings of its rule in a definition; nothing where it is closed.
fn left_of<'v>(findings: impl Iterator<Item = &'v FindingView>, allowed: usize) -> Option<usize> {
    let findings: Vec<&FindingView> = findings.collect();
    let mut gaps = findings.iter().filter(|finding| finding.verdict == Verdict::Gap).peekable();
    if findings.iter().all(|finding| finding.verdict == Verdict::Undecided) {
        return Some(allowed);
    }
    gaps.peek()?;
    let lacks: usize = gaps.clone().map(|finding| lacking(finding)).sum();
    // What does not count in this run is there all the same.
    Some(if gaps.any(|finding| finding.level != Level::None) { lacks } else { lacks.min(allowed) })
}

/// How many things a finding lacks. An undecided rule lacks nothing for certain: where it turns out to be a gap, that is more.
fn lacking(finding: &FindingView) -> usize {
    if finding.verdict == Verdict::Gap { finding.missing.len().max(1) } else { 0 }
}

/// The definition of that code; a view is sorted by codes.
fn definition<'v>(view: &'v View, code: &str) -> Option<&'v DefinitionView> {
    let place = view.definitions.partition_point(|one| one.code.as_str() < code);
    view.definitions.get(place).filter(|one| one.code == code)
}
