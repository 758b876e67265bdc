//! What another edition would say of the same definition: the later one where none was named, and the one by date where the newest
//! in force was asked for. Must not change a finding.

use super::choose::other;
use super::chosen::Relation;
use super::merge::decide_all;
use super::steps::Steps;
use super::{Assessment, Finding, Obligation, Open, Outcome};
use crate::checks::{Subject, Verdict, Window};
use crate::facts::Facts;
use crate::policy::{Catalog, Pack, Rule, Severity};
use crate::words;

/// The other edition, with all that its own rules say of the definition.
#[derive(Debug, Clone)]
pub struct Beside<'c> {
    /// How it stands to the one applied.
    pub relation: Relation,
    /// The edition.
    pub edition: &'c Pack,
    /// What its rules say, without those of packs that join.
    pub assessment: Box<Assessment<'c>>,
}

/// What the later edition would say of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Otherwise {
    /// Its verdict; `None` where it has no such rule.
    pub verdict: Option<Verdict>,
    /// How bad a gap would be.
    pub severity: Option<Severity>,
    /// What it would do otherwise, as the end of a sentence: `would not ask this`.
    pub would: String,
}

/// Which other edition there is to tell of, and how it stands to the one applied.
#[must_use]
pub fn other_edition<'c>(catalog: &'c Catalog, assessment: &Assessment<'c>) -> Option<(Relation, &'c Pack)> {
    let facts = Facts::new(assessment.definition, assessment.as_of);
    let (relation, chosen) = other(catalog, &facts, &assessment.chosen)?;
    Some((relation, chosen.editions.first()?.pack))
}

/// The other edition, where there is one to tell of.
#[must_use]
pub fn beside<'c>(catalog: &'c Catalog, assessment: &Assessment<'c>) -> Option<Beside<'c>> {
    let facts = Facts::new(assessment.definition, assessment.as_of);
    let (relation, chosen) = other(catalog, &facts, &assessment.chosen)?;
    let edition = chosen.editions.first()?.pack;
    let decided =
        decide_all(&chosen, &facts, &Steps::default()).into_iter().filter(|one| !one.rule.check.is_of_run());
    let assessment = Assessment::under(chosen, assessment.definition, &facts, decided.collect());
    Some(Beside { relation, edition, assessment: Box::new(assessment) })
}

impl<'c> Beside<'c> {
    /// What the later edition would say otherwise of a finding that is open; nothing where it would say the same.
    #[must_use]
    pub fn otherwise(&self, finding: &Finding<'_>, applied: &Assessment<'_>) -> Option<Otherwise> {
        let of_edition = applied.chosen.editions.iter().any(|era| era.pack.id == finding.rule.pack);
        if self.relation == Relation::ByDate
            || !of_edition
            || !matches!(finding.outcome, Outcome::Gap | Outcome::Undecided)
        {
            return None;
        }
        let same = self.assessment.findings.iter().find(|one| is_same(one.rule, finding.rule));
        let would = match same.map(|one| (one.verdict, one)) {
            None | Some((Verdict::NotApplicable, _)) => "would not ask this".to_owned(),
            Some((Verdict::Met, _)) => "would find this met".to_owned(),
            Some((Verdict::Undecided, _)) if finding.verdict == Verdict::Gap => {
                "would need more facts to decide this".to_owned()
            }
            Some((Verdict::Undecided, _)) => return None,
            Some((Verdict::Gap, _)) if finding.verdict == Verdict::Undecided => {
                "would find this not met".to_owned()
            }
            Some((Verdict::Gap, one)) => self.differs(one, finding, applied)?,
        };
        Some(Otherwise {
            verdict: same.map(|one| one.verdict),
            severity: same.map(|one| one.severity),
            would,
        })
    }

    /// In what a gap of both editions differs.
    fn differs(&self, one: &Finding<'_>, finding: &Finding<'_>, applied: &Assessment<'_>) -> Option<String> {
        let asked = |assessment: &Assessment<'_>, rule: &Rule| -> Vec<(Option<&'static str>, Window)> {
            let of_rule = assessment.obligations.iter().filter(|owed| owed.rule.id == rule.id);
            of_rule.map(|owed| (level(owed), owed.window)).collect()
        };
        let (here, there) = (asked(applied, finding.rule), asked(&self.assessment, one.rule));
        let severity = (one.severity != finding.severity).then(|| format!("make this {}", a(one.severity)));
        let levels = |asked: &[(Option<&'static str>, Window)]| asked.first().and_then(|(level, _)| *level);
        let level = (levels(&here) != levels(&there)).then(|| match levels(&there) {
            Some(level) => format!("ask that it be {level} or more independent"),
            None => "not ask that it be independent".to_owned(),
        });
        let windows = |asked: &[(Option<&'static str>, Window)]| {
            asked.iter().map(|(_, window)| *window).collect::<Vec<_>>()
        };
        let times = (windows(&here) != windows(&there)).then(|| match windows(&there).as_slice() {
            [one] => when(*one)
                .map_or_else(|| "ask for it at another time".to_owned(), |when| format!("ask for it {when}")),
            _ => "ask for it at other times".to_owned(),
        });
        let all: Vec<String> = [severity, level, times].into_iter().flatten().collect();
        (!all.is_empty()).then(|| format!("would {}", words::list(&all, "and")))
    }

    /// What the other edition would owe besides, for certain, and the file does not list yet.
    pub fn owed<'a>(&'a self, applied: &'a Assessment<'_>) -> impl Iterator<Item = &'a Obligation<'c>> {
        let known = |owed: &&Obligation<'_>| {
            applied.obligations.iter().any(|one| is_same(one.rule, owed.rule) && one.number == owed.number)
        };
        let is_met = |rule: &Rule| {
            self.assessment.findings.iter().any(|one| one.rule.id == rule.id && one.verdict == Verdict::Met)
        };
        self.assessment.obligations.iter().filter(move |owed| !known(owed) && !is_met(owed.rule))
    }

    /// What the other edition may owe besides, and the facts that decide.
    pub fn open<'a>(&'a self, applied: &'a Assessment<'_>) -> impl Iterator<Item = &'a Open<'c>> {
        let owed = |open: &&Open<'_>| applied.obligations.iter().any(|one| is_same(one.rule, open.rule));
        let known =
            move |open: &&Open<'_>| owed(open) || applied.open.iter().any(|one| is_same(one.rule, open.rule));
        self.assessment.open.iter().filter(move |open| !known(open))
    }

    /// The sentence for a definition whose newest edition in force was asked for: what the one by date would find besides, and what it
    /// would weigh otherwise.
    #[must_use]
    pub fn note(&self, applied: &Assessment<'_>) -> Option<String> {
        if self.relation != Relation::ByDate {
            return None;
        }
        let gaps = || self.assessment.findings.iter().filter(|one| one.verdict == Verdict::Gap);
        let here = |one: &Finding<'_>| {
            applied
                .findings
                .iter()
                .find(|known| known.verdict == Verdict::Gap && is_same(known.rule, one.rule))
        };
        let besides: Vec<String> = gaps()
            .filter(|one| here(one).is_none())
            .map(|one| format!("`{}` ({})", one.rule.id, one.severity))
            .collect();
        let weighs = |one: &Finding<'_>| {
            let known = here(one).filter(|known| known.severity != one.severity)?;
            Some(format!("`{}` {} (here {})", one.rule.id, a(one.severity), a(known.severity)))
        };
        let others: Vec<String> = gaps().filter_map(weighs).collect();
        let find = (!besides.is_empty())
            .then(|| format!("would also find not met: {}", words::list(&besides, "and")));
        let make = (!others.is_empty()).then(|| format!("would make {}", words::list(&others, "and")));
        let said: Vec<String> = find.into_iter().chain(make).collect();
        let said = if said.is_empty() { "would ask nothing besides".to_owned() } else { said.join("; it ") };
        Some(format!("`{}`, which applies by date where no edition is named, {said}", self.edition.id))
    }
}

/// Rules of two editions that ask for one thing: they bear one name, or one bore it before.
fn is_same(one: &Rule, two: &Rule) -> bool {
    one.is_called(&two.local) || two.is_called(&one.local)
}

fn level(owed: &Obligation<'_>) -> Option<&'static str> {
    match &owed.requirement.subject {
        Subject::Evaluation(wanted) => wanted.level(),
        Subject::Event(_) => None,
    }
}

/// The ends of a window, in words; nothing where they are not known.
fn when(window: Window) -> Option<String> {
    match (window.earliest, window.latest) {
        (Some(earliest), Some(latest)) => Some(format!("between {earliest} and {latest}")),
        (None, Some(latest)) => Some(format!("by {latest}")),
        (Some(earliest), None) => Some(format!("from {earliest} on")),
        (None, None) => None,
    }
}

/// A severity with its article.
fn a(severity: Severity) -> String {
    let article = if severity == Severity::Error { "an" } else { "a" };
    format!("{article} {severity}")
}
