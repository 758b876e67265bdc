//! A text on its way to be mended: changed, read again, and kept only where it is better.
//! Must not propose changes.

use crate::assess::{Assessment, Change, Choice, Outcome, assess, carry_gathered, edits};
use crate::checks::Verdict;
use crate::diag::Severity;
use crate::import;
use crate::model::{Date, Definition};
use crate::policy::Catalog;
use crate::schedule::{Planner, Schedule, plan};
use crate::source::{Edit, Sources, apply_edits};
use crate::words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What changes are held against.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'c> {
    /// The packs.
    pub catalog: &'c Catalog,
    /// Which of them the user asks for.
    pub choice: &'c Choice,
    /// What dates hang on.
    pub planner: &'c Planner,
    /// The day of the run.
    pub as_of: Date,
}

/// One change of a text, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The rules that it makes met, by their whole ids, sorted; none where it only changes spelling or order.
    pub rules: Vec<Arc<str>>,
    /// What it does: `plans ...`.
    pub said: String,
    /// Why so; empty where that is plain.
    pub because: String,
}

/// A text with what was changed in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// The changes, in the order in which they were made.
    pub mends: Vec<Mend>,
    /// What is left to a person: rules that are undecided now and were not, with the facts to supply; evaluations that are
    /// owed and stay unlisted.
    pub left: Vec<String>,
}

/// A text with the definition that it holds.
#[derive(Debug)]
pub(super) struct Draft<'c> {
    pub basis: Basis<'c>,
    pub definition: Definition,
    pub text: String,
    pub mends: Vec<Mend>,
    /// How the rules stood at first.
    before: BTreeMap<Arc<str>, Outcome>,
}

impl<'c> Draft<'c> {
    pub(super) fn new(basis: Basis<'c>, definition: Definition, text: &str) -> Self {
        Self { basis, definition, text: text.to_owned(), mends: Vec::new(), before: BTreeMap::new() }
    }

    /// Holds what comes of it against how the rules stand to that definition.
    pub(super) fn compare_with(&mut self, first: &Definition) {
        let findings = self.basis.assess(first).map(|assessment| {
            assessment.findings.iter().map(|one| (one.rule.id.clone(), one.outcome)).collect()
        });
        self.before = findings.unwrap_or_default();
    }

    /// What the rules say of it; `None` where a pack that it names is not there.
    pub(super) fn assess(&self) -> Option<Assessment<'_>> {
        self.basis.assess(&self.definition)
    }

    /// The definition that the text with some edits in it holds, and that text; `None` where it would have mistakes.
    pub(super) fn edited(&self, edits: &[Edit]) -> Option<(Definition, String)> {
        let text = apply_edits(&self.text, edits);
        let mut sources = Sources::default();
        let read = import::toml::read(
            &mut sources,
            &self.definition.path,
            text.as_bytes(),
            &self.basis.catalog.lexicon,
        );
        let sound = read.diagnostics.iter().all(|one| one.severity != Severity::Error);
        let mut definition = read.value.filter(|_| sound)?;
        carry_gathered(&self.definition, &mut definition);
        Some((definition, text))
    }

    /// The same for changes of the model.
    pub(super) fn changed(&self, changes: &[Change]) -> Option<(Definition, String)> {
        self.edited(&edits(&self.definition, changes, &self.text)?)
    }

    /// Goes on from a better text.
    pub(super) fn take(
        &mut self,
        (definition, text): (Definition, String),
        mends: impl IntoIterator<Item = Mend>,
    ) {
        self.definition = definition;
        self.text = text;
        self.mends.extend(mends);
    }

    /// What came of it. A rule that one change closed and a later one opened again is not told as closed.
    pub(super) fn finish(self) -> Mended {
        let (mut mends, mut left) = (self.mends, Vec::new());
        if let Some(after) = self.basis.assess(&self.definition) {
            let open = after.findings.iter().filter(|finding| finding.outcome == Outcome::Undecided);
            left.extend(open.filter_map(|finding| {
                let was = match self.before.get(&finding.rule.id)? {
                    Outcome::Gap => "was not met",
                    Outcome::Met => "was met",
                    Outcome::NotApplicable => "did not apply",
                    Outcome::Undecided | Outcome::Waived => return None,
                };
                let needs: Vec<String> =
                    finding.needs.iter().map(|path| format!("`{}`", self.definition.show(*path))).collect();
                Some(format!(
                    "`{}` {was} and is undecided now: supply {}",
                    finding.rule.id,
                    words::list(&needs, "and")
                ))
            }));
            let is_met = |rule: &Arc<str>| verdict(&after, rule) == Some(Verdict::Met);
            mends.iter_mut().for_each(|mend| mend.rules.retain(is_met));
        }
        Mended { text: self.text, mends, left }
    }
}

impl Basis<'_> {
    /// What the rules that count say of a definition; `None` where a pack that it names is not there.
    pub(super) fn assess<'a>(&'a self, definition: &'a Definition) -> Option<Assessment<'a>> {
        let mut assessment = assess(self.catalog, definition, self.as_of, self.choice).ok()?;
        assessment.findings.retain(|finding| !self.choice.allowed.contains(&*finding.rule.id));
        Some(assessment)
    }

    /// What it owes, with days.
    pub(super) fn schedule(&self, assessment: &Assessment<'_>) -> Schedule {
        let mut schedule = plan(assessment);
        self.planner.date(&mut schedule, assessment);
        schedule
    }
}

/// The verdict of a rule, before waivers.
pub(super) fn verdict(assessment: &Assessment<'_>, rule: &str) -> Option<Verdict> {
    assessment.findings.iter().find(|finding| *finding.rule.id == *rule).map(|finding| finding.verdict)
}

/// The rules that are not met and that no waiver covers.
pub(super) fn gaps<'a>(assessment: &'a Assessment<'_>) -> impl Iterator<Item = &'a Arc<str>> {
    assessment
        .findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::Gap)
        .map(|finding| &finding.rule.id)
}
