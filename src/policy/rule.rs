//! One rule: what it is called, what it is worth, what it asks.
//! Must not evaluate anything.

use crate::checks::{Check, Judgement, Reads, Reason, Tables, Verdict};
use crate::expr::{Expr, Trace, Tri};
use crate::facts::{Facts, Word};
use crate::source::{SourceId, Span};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// How bad it is when a rule is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The project breaks the policy.
    Error,
    /// The project should be looked at.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The severity of that name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Note].into_iter().find(|severity| severity.to_string() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

impl schemars::JsonSchema for Severity {
    fn schema_name() -> Cow<'static, str> {
        "Severity".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "enum": ["error", "warning", "note"] })
    }
}

impl serde::Serialize for Severity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a citation is worth, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Read in the source itself.
    Confirmed,
    /// Read in another text that restates the source.
    ConfirmedSecondary,
    /// Follows from what was read, or from practice.
    Inferred,
    /// Remembered, and found nowhere.
    Unconfirmed,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::ConfirmedSecondary, Self::Inferred, Self::Unconfirmed];

    /// The status of that name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.to_string() == word)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Confirmed => "confirmed",
            Self::ConfirmedSecondary => "confirmed-secondary",
            Self::Inferred => "inferred",
            Self::Unconfirmed => "unconfirmed",
        })
    }
}

/// The clause that a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// The document, by its id in the pack.
    pub source: Arc<str>,
    /// The place in it, such as `par. 143`.
    pub at: Arc<str>,
}

/// One rule, compiled.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its whole id, such as `ilo-2005/mid-term-evaluation`.
    pub id: Arc<str>,
    /// Its id within the pack.
    pub local: Arc<str>,
    /// Its pack.
    pub pack: Arc<str>,
    /// The pack it is inherited from.
    pub inherited_from: Option<Arc<str>>,
    /// The table it comes from, where one file gives several duties.
    pub table: Option<Arc<str>>,
    /// The thing required.
    pub title: String,
    /// What the clause asks, in our own words: who, what, how strictly, and what is only inferred.
    pub says: Option<String>,
    /// Ids it bore before.
    pub aliases: Vec<Arc<str>>,
    /// How bad a gap is.
    pub severity: Severity,
    /// How bad it is where a later edition had begun and none is named; as bad as ever where absent.
    pub when_superseded: Option<Severity>,
    /// What the citation is worth.
    pub status: Status,
    /// The clause.
    pub cite: Cite,
    /// Whether it can be waived.
    pub waivable: bool,
    /// Why it matters, for people.
    pub why: Option<String>,
    /// How to close a gap: a template over the variables of [`super::Catalog`].
    pub remedy: Option<Arc<str>>,
    /// When it applies at all.
    pub when: Option<Expr>,
    /// What it asks.
    pub check: Check,
    /// What the bounds of bands are worth, by band, where less than the rule.
    pub bound_status: Vec<(Arc<str>, Status)>,
    /// Its text.
    pub source: SourceId,
    /// The place of its id.
    pub span: Span,
}

/// The bands of one table, over all its duties; for proof.
#[derive(Debug, Clone)]
pub struct TableRule {
    /// Its id within the pack.
    pub id: Arc<str>,
    /// The word that the bands cut.
    pub axis: Word,
    /// It claims to have neither hole nor overlap.
    pub partition: bool,
    /// The bands, with the place of each.
    pub bands: Vec<(Arc<str>, crate::checks::Bounds, Span)>,
    /// Its text.
    pub source: SourceId,
}

/// One case of a rule file: facts, and what the rules must say of them.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name, unique in the file.
    pub name: String,
    /// The text of the rule file.
    pub source: SourceId,
    /// The place of the case.
    pub span: Span,
    /// Its place among the cases of the file, from 0: [`super::given`] gives its facts.
    pub place: usize,
    /// The day on which it is read; the start of the project or 2000-01-01 where absent.
    pub as_of: Option<crate::model::Date>,
    /// The verdict of each rule, by its id within the pack.
    pub expect: Vec<(Arc<str>, Arc<str>)>,
    /// The facts to supply, by rule.
    pub needs: Vec<(Arc<str>, Vec<String>)>,
    /// What is missing, by rule.
    pub missing: Vec<(Arc<str>, Vec<String>)>,
    /// The whole plan, in order: an id, or an id with its window, such as `mid-term 2014-11-25..2015-04-20`.
    pub plans: Option<Vec<String>>,
    /// Whether the pack joins such a definition by itself.
    pub joins: Option<bool>,
}

impl Rule {
    /// Whether the rule bears that id within its pack, or bore it before.
    #[must_use]
    pub fn is_called(&self, local: &str) -> bool {
        *self.local == *local || self.aliases.iter().any(|alias| **alias == *local)
    }

    /// Whether a name means the rule: its whole id, its id within the pack, or one that it bore before.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        match name.split_once('/') {
            Some((pack, local)) => *self.pack == *pack && self.is_called(local),
            None => self.is_called(name),
        }
    }

    /// Whether a gap would be an error though what the rule, or the ends of a band that owes something, rests on is unconfirmed.
    pub(super) fn is_remembered_error(&self) -> bool {
        let owes = |id: &Arc<str>| match &self.check {
            Check::Duty(duty) => duty.bands.iter().any(|band| band.id == *id && band.requirement.is_some()),
            _ => false,
        };
        let band = self.bound_status.iter().any(|(id, status)| *status == Status::Unconfirmed && owes(id));
        self.severity == Severity::Error && (self.status == Status::Unconfirmed || band)
    }

    /// How a definition stands to the rule, as far as its facts decide one by one.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        let judgement = self.check.judge(facts);
        let Some(when) = &self.when else { return judgement };
        let mut trace = Trace::none();
        let holds = when.condition(facts, None, &mut trace);
        if holds == Tri::True {
            return judgement;
        }
        let mut judgement = Judgement {
            applies: judgement.applies.and(holds),
            outside: Some(Reason::Facts(when.clone())),
            ..judgement
        };
        judgement.needs.extend(when.needs(facts, None));
        judgement
    }

    /// Whether it applies and whether it is met, as [`Rule::judge`] answers, without reasons.
    #[must_use]
    pub fn stand(&self, facts: &Facts<'_>, trace: &mut Trace) -> (Tri, Tri) {
        let holds = self.when.as_ref().map_or(Tri::True, |when| when.condition(facts, None, trace));
        let (applies, met) = self.check.stand(facts, trace);
        (applies.and(holds), met)
    }

    /// The verdict, as far as the facts decide one by one, without reasons.
    #[must_use]
    pub fn verdict(&self, facts: &Facts<'_>, trace: &mut Trace) -> Verdict {
        let (applies, met) = self.stand(facts, trace);
        Verdict::of(applies, met)
    }

    /// The tables on which its answer rests: a change of any other leaves it as it is.
    #[must_use]
    pub fn tables(&self) -> Tables {
        let mut tables = Tables::default();
        self.check.tables(&mut tables);
        self.when.iter().for_each(|when| tables.add(when));
        tables
    }

    /// The facts that the rule reads, with the values at which its answer can change.
    pub fn reads(&self, reads: &mut Reads) {
        self.check.reads(reads);
        self.when.iter().for_each(|when| reads.add(when));
        reads.tables.retain(|table, _| !self.check.judges_whole(*table));
    }

    /// What the citation is worth for this judgement: less, where a fact lies on a bound that is inferred.
    #[must_use]
    pub fn status_for(&self, judgement: &Judgement, facts: &Facts<'_>) -> Status {
        let Check::Duty(duty) = &self.check else { return self.status };
        let (Some(id), Some(axis)) = (&judgement.band, duty.axis) else { return self.status };
        let on_bound = duty.bands.iter().any(|band| band.id == *id && band.bounds.touches(axis, facts));
        let bound = self
            .bound_status
            .iter()
            .filter(|(band, _)| band == id && on_bound)
            .map(|(_, status)| *status)
            .max();
        bound.map_or(self.status, |bound| bound.max(self.status))
    }
}
