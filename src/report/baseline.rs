//! What a portfolio is known to lack on the day it adopts the tool. Counts may only fall, and only by what a run has judged.
//! Must not open files.

use super::level::Level;
use super::view::{DefinitionView, FindingView};
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
    /// One that knows nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self { format: FORMAT.to_owned(), counts: BTreeMap::new() }
    }

    /// Adds what the findings of a definition that count lack.
    pub fn add(&mut self, definition: &DefinitionView) {
        for finding in definition.findings.iter().filter(|finding| finding.level != Level::None) {
            *self
                .counts
                .entry(definition.code.clone())
                .or_default()
                .entry(finding.rule.clone())
                .or_default() += lacking(finding);
        }
    }

    /// Takes rules by the ids that they bear today, and leaves out those that are gone, of which it tells.
    pub fn renew(&mut self, catalog: &Catalog) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        for rules in self.counts.values_mut() {
            for (id, count) in std::mem::take(rules) {
                let now = if catalog.rules().any(|rule| *rule.id == *id) { None } else { catalog.rule(&id) };
                match (now, catalog.retired(&id)) {
                    (None, Some((pack, retired))) => drop(told.insert(retired.told(pack))),
                    (now, _) => {
                        *rules.entry(now.map_or(id, |rule| rule.id.to_string())).or_default() += count
                    }
                }
            }
        }
        told
    }

    /// Keeps what an older baseline knows and this run has not judged: it is not closed.
    pub fn keep_unjudged(&mut self, older: &Held<'_>) {
        for (code, rule, _, left) in older.left() {
            if let Some(left) = left {
                self.counts.entry(code.to_owned()).or_default().insert(rule.to_owned(), left);
            }
        }
    }

    /// Leaves undecided rules out where an older baseline does not know them, and gives them back. They are no gaps: an evaluation
    /// that is planned at last brings questions of its own, and what it closed can be lowered all the same.
    pub fn leave_new_questions(&mut self, older: &Self) -> Vec<(String, String)> {
        let mut left = Vec::new();
        for (code, counts) in &mut self.counts {
            let known = |rule: &str| older.counts.get(code).is_some_and(|rules| rules.contains_key(rule));
            // What lacks nothing for certain is undecided.
            counts.retain(|rule, lacks| {
                let is_new = *lacks == 0 && !known(rule);
                left.extend(is_new.then(|| (code.clone(), rule.clone())));
                !is_new
            });
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
        if baseline.format == FORMAT {
            Ok(baseline)
        } else {
            Err(format!("its format is `{}`, not `{FORMAT}`", baseline.format))
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a baseline has text keys");
        text.push('\n');
        text
    }

    /// The definitions and rules that lack more here than in an older baseline.
    #[must_use]
    pub fn above(&self, older: &Self) -> Vec<(String, String)> {
        let all = self
            .counts
            .iter()
            .flat_map(|(code, rules)| rules.iter().map(move |(rule, count)| (code, rule, *count)));
        let risen = all.filter(|(code, rule, count)| {
            older.counts.get(*code).and_then(|rules| rules.get(*rule)).copied().unwrap_or(0) < *count
        });
        risen.map(|(code, rule, _)| (code.clone(), rule.clone())).collect()
    }
}

/// A run held against a baseline, definition by definition.
#[derive(Debug, Clone)]
pub struct Held<'b> {
    baseline: &'b Baseline,
    /// For each definition of the baseline that the run has: whether it gathers from others, and what is left of each count.
    judged: BTreeMap<&'b str, (bool, BTreeMap<&'b str, Option<usize>>)>,
    comparison: Comparison,
}

impl<'b> Held<'b> {
    /// To hold a run against a baseline.
    #[must_use]
    pub fn against(baseline: &'b Baseline) -> Self {
        Self { baseline, judged: BTreeMap::new(), comparison: Comparison::default() }
    }

    /// Notes what is left of what the baseline knows of a definition.
    pub fn judge(&mut self, definition: &DefinitionView) {
        let Some((code, rules)) = self.baseline.counts.get_key_value(&definition.code) else { return };
        let of_rule = |rule: &str| {
            definition.findings.iter().filter(move |finding| finding.rule == rule).collect::<Vec<_>>()
        };
        let left = rules.iter().map(|(rule, allowed)| (rule.as_str(), left_of(&of_rule(rule), *allowed)));
        self.judged.insert(code, (definition.gathers, left.collect()));
    }

    /// Takes out of the count what is known to be missing in a definition.
    pub fn count_out(&mut self, definition: &mut DefinitionView) {
        let Some(rules) = self.baseline.counts.get(&definition.code) else { return };
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for finding in definition.findings.iter().filter(|finding| finding.level != Level::None) {
            if rules.contains_key(&finding.rule) {
                *known.entry(finding.rule.clone()).or_default() += lacking(finding);
            }
        }
        let (known, risen): (BTreeMap<_, _>, BTreeMap<_, _>) =
            known.into_iter().partition(|(rule, lacks)| *lacks <= rules[rule]);
        self.comparison.risen.extend(risen.into_keys().map(|rule| (definition.code.clone(), rule)));
        self.comparison.known += known.len();
        for finding in definition.findings.iter_mut().filter(|finding| known.contains_key(&finding.rule)) {
            finding.known |= finding.level != Level::None;
            finding.level = Level::None;
        }
        super::levels::recount(definition);
    }

    /// How the run stands to the baseline, once all definitions are through.
    #[must_use]
    pub fn comparison(&self) -> Comparison {
        let falls = self.left().filter(|(_, _, allowed, left)| left.is_none_or(|left| left < *allowed));
        let elsewhere = self.baseline.counts.keys().filter(|code| !self.judged.contains_key(code.as_str()));
        Comparison {
            fallen: falls.count(),
            elsewhere: elsewhere.cloned().collect(),
            ..self.comparison.clone()
        }
    }

    /// What is left after the run of each count that the baseline knows: by definition and rule, with what it allows; nothing where
    /// the rule is closed.
    fn left(&self) -> impl Iterator<Item = (&str, &str, usize, Option<usize>)> {
        let is_whole = self.judged.len() == self.baseline.counts.len();
        let rules = self
            .baseline
            .counts
            .iter()
            .flat_map(|(code, rules)| rules.iter().map(move |(rule, allowed)| (code, rule, *allowed)));
        rules.map(move |(code, rule, allowed)| {
            // What is gathered from others is not whole without them.
            let judged = self.judged.get(code.as_str()).filter(|(gathers, _)| is_whole || !gathers);
            let left = judged.map_or(Some(allowed), |(_, left)| left.get(rule.as_str()).copied().flatten());
            (code.as_str(), rule.as_str(), allowed, left)
        })
    }
}

/// What is left of a count that a baseline knows, by all findings of its rule in a definition; nothing where it is closed.
fn left_of(findings: &[&FindingView], allowed: usize) -> Option<usize> {
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
