//! What a portfolio is known to lack on the day it adopts the tool. Counts may only fall.
//! Must not open files.

use super::level::Level;
use super::view::{FindingView, View};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Rules of definitions that lack less than the baseline allows, which can be lowered.
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

    /// Keeps what an older baseline knows of definitions that are not in this run.
    pub fn keep_others(&mut self, older: &Self, view: &View) {
        let in_run = |code: &str| view.definitions.iter().any(|one| one.code == code);
        let others = older.counts.iter().filter(|(code, _)| !in_run(code));
        self.counts.extend(others.map(|(code, rules)| (code.clone(), rules.clone())));
    }

    /// Leaves undecided rules out where an older baseline does not know them, and gives them back. They are no gaps: an evaluation
    /// that is planned at last brings questions of its own, and what it closed can be lowered all the same.
    pub fn leave_new_questions(&mut self, older: &Self, view: &View) -> Vec<(String, String)> {
        let mut left = Vec::new();
        for definition in &view.definitions {
            let known = |rule: &str| older.counts.get(&definition.code).is_some_and(|rules| rules.contains_key(rule));
            let Some(counts) = self.counts.get_mut(&definition.code) else { continue };
            let undecided = definition.findings.iter().filter(|finding| finding.verdict == "undecided" && !known(&finding.rule));
            let new = undecided.filter(|finding| counts.remove(&finding.rule).is_some());
            left.extend(new.map(|finding| (definition.code.clone(), finding.rule.clone())));
        }
        self.counts.retain(|_, rules| !rules.is_empty());
        left
    }

    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
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
        let mut comparison = Comparison::default();
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for definition in &mut view.definitions {
            let Some(rules) = self.counts.get(&definition.code) else { continue };
            for finding in definition.findings.iter_mut().filter(|finding| finding.level != Level::None) {
                let Some((rule, allowed)) = rules.get_key_value(&finding.rule) else { continue };
                let lacking = lacking(finding);
                seen.insert((self.counts.get_key_value(&definition.code).map_or("", |(code, _)| code), rule), lacking);
                if lacking > *allowed {
                    comparison.risen.push((definition.code.clone(), finding.rule.clone()));
                } else {
                    finding.level = Level::None;
                    comparison.known += 1;
                }
            }
        }
        let in_run = |code: &String| view.definitions.iter().any(|one| one.code == *code);
        let (here, elsewhere): (Vec<_>, Vec<_>) = self.counts.iter().partition(|(code, _)| in_run(code));
        comparison.elsewhere = elsewhere.into_iter().map(|(code, _)| code.clone()).collect();
        let all = here.into_iter().flat_map(|(code, rules)| rules.iter().map(move |(rule, allowed)| (code, rule, *allowed)));
        comparison.fallen =
            all.filter(|(code, rule, allowed)| seen.get(&(code.as_str(), rule.as_str())).is_none_or(|lacking| lacking < allowed)).count();
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

/// How many things a finding lacks. An undecided rule lacks nothing for certain: where it turns out to be a gap, that is more.
fn lacking(finding: &FindingView) -> usize {
    if finding.verdict == "gap" { finding.missing.len().max(1) } else { 0 }
}
