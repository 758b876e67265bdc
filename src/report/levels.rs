//! What counts in a run: the level of each finding, unless the user denies, warns of or allows the rule; counts by level.
//! Must not change a verdict.

use super::level::Level;
use super::view::{DefinitionView, FindingView, RunNote, WarningView};
use crate::assess::Outcome as Verdict;
use crate::diag::nearest;
use crate::policy::Catalog;
use std::collections::{BTreeMap, BTreeSet};

/// What the user says of the rules of a run.
#[derive(Debug, Clone)]
pub struct Levels {
    /// Rules by their whole id, with the level of a gap.
    rules: BTreeMap<String, Level>,
    /// What an undecided rule counts as.
    undecided: Level,
    /// What is told of rules that are gone, once each.
    retired: BTreeSet<String>,
}

impl Default for Levels {
    fn default() -> Self {
        Self { rules: BTreeMap::new(), undecided: Level::Warning, retired: BTreeSet::new() }
    }
}

impl Levels {
    /// Nothing said of any rule; undecided rules count as given.
    #[must_use]
    pub fn new(undecided: Level) -> Self {
        Self { undecided, ..Self::default() }
    }

    /// Sets the level of a rule, by its whole id, its id within every pack that has it, or a name it bore before. Of a rule that is
    /// gone, the run has a note.
    ///
    /// # Errors
    /// Where no pack has the rule: what is wrong, and the rule that may be meant.
    pub fn set(
        &mut self,
        name: &str,
        level: Level,
        catalog: &Catalog,
    ) -> Result<(), (String, Option<String>)> {
        let mut named = catalog.rules().filter(|rule| rule.is_named(name)).peekable();
        if named.peek().is_some() {
            self.rules.extend(named.map(|rule| (rule.id.to_string(), level)));
            return Ok(());
        }
        if let Some((pack, retired)) = catalog.retired(name) {
            self.retired.insert(retired.told(pack));
            return Ok(());
        }
        let ids = catalog.rules().map(|rule| if name.contains('/') { &*rule.id } else { &*rule.local });
        Err((format!("there is no rule `{name}`"), nearest(name, ids).map(str::to_owned)))
    }

    /// The rules that do not count, by their whole ids.
    #[must_use]
    pub fn allowed(&self) -> BTreeSet<String> {
        self.rules.iter().filter(|(_, level)| **level == Level::None).map(|(rule, _)| rule.clone()).collect()
    }

    /// Takes out the notes on the run that are allowed, and adds those on rules that are named and gone. They never fail one, whatever
    /// else is said of them.
    pub fn quieten(&self, notes: &mut Vec<RunNote>) {
        notes.retain(|note| self.rules.get(&note.rule) != Some(&Level::None));
        notes.extend(self.retired.iter().cloned().map(RunNote::of_retired));
    }

    /// Sets the level of every finding of a definition, and counts anew.
    pub fn apply(&self, definition: &mut DefinitionView) {
        for finding in &mut definition.findings {
            finding.level = self.level(finding);
            finding.allowed =
                finding.verdict.is_open() && self.rules.get(&finding.rule) == Some(&Level::None);
        }
        definition.schedule.warnings.retain_mut(|warning| self.counts(warning));
        recount(definition);
    }

    /// Whether a warning of the plan counts. One that says the same as a finding is as grave as that.
    fn counts(&self, warning: &mut WarningView) -> bool {
        let said = warning.finding.as_ref().and_then(|rule| self.rules.get(rule));
        if let Some(level) = said {
            warning.severity = level.word().to_owned();
        }
        said != Some(&Level::None)
    }

    fn level(&self, finding: &FindingView) -> Level {
        let said = self.rules.get(&finding.rule).copied();
        match finding.verdict {
            Verdict::Gap => said.unwrap_or_else(|| Level::of_severity(finding.severity)),
            Verdict::Undecided if said == Some(Level::None) => Level::None,
            Verdict::Undecided => self.undecided,
            _ => Level::None,
        }
    }
}

/// Counts by level anew. Undecided rules have a count of their own, and stand among the errors too where they count as such.
pub(super) fn recount(definition: &mut DefinitionView) {
    let findings = &definition.findings;
    let gaps = |level: Level| {
        findings.iter().filter(|finding| finding.verdict == Verdict::Gap && finding.level == level).count()
    };
    let undecided = |level: Level| {
        findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Undecided && finding.level == level)
            .count()
    };
    let summary = &mut definition.summary;
    summary.errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    summary.warnings = gaps(Level::Warning);
    summary.notes = gaps(Level::Note);
    summary.uncounted = gaps(Level::None) + undecided(Level::None);
    summary.open = undecided(Level::Warning) + undecided(Level::Note);
    summary.open_errors = undecided(Level::Error);
}
