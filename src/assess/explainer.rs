//! The findings of one definition in words, as its rules saw it. Must not decide, and makes no sentence itself: `words` does.

use super::merge::within;
use super::{Assessment, Finding, Joined, Obligation};
use crate::checks::{Check, Doubt, Judgement, Missing, Window, window};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{Date, Definition};
use crate::policy::Rule;
use crate::words;
use std::sync::Arc;

/// Makes the sentences of an assessment, one at a time, for those who show them.
#[derive(Debug)]
pub struct Explainer<'a> {
    facts: Facts<'a>,
    as_of: Date,
    /// Where the start may fall under several editions: the definition as the rules of each saw it.
    by_edition: Vec<(Arc<str>, Definition)>,
}

impl<'a> Explainer<'a> {
    /// For the findings of an assessment.
    #[must_use]
    pub fn new(assessment: &Assessment<'a>) -> Self {
        let (definition, as_of) = (assessment.definition, assessment.as_of);
        let editions = assessment.chosen.editions.iter().filter(|_| assessment.chosen.editions.len() > 1);
        let by_edition = editions.map(|era| (Arc::clone(&era.pack.id), within(definition, era))).collect();
        Self { facts: Facts::new(definition, as_of), as_of, by_edition }
    }

    /// Calls with the facts that a rule saw.
    fn with<T>(&self, rule: &Rule, tell: impl FnOnce(&Facts<'_>) -> T) -> T {
        match self.by_edition.iter().find(|(pack, _)| *pack == rule.pack) {
            Some((_, definition)) => tell(&Facts::new(definition, self.as_of)),
            None => tell(&self.facts),
        }
    }

    /// What is so, in one line.
    #[must_use]
    pub fn message(&self, finding: &Finding<'_>) -> String {
        let Finding { rule, verdict, judgement, doubt, .. } = finding;
        self.with(rule, |facts| words::message(&rule.title, *verdict, judgement, doubt, facts))
    }

    /// What was found, in a few words.
    #[must_use]
    pub fn found(&self, finding: &Finding<'_>) -> String {
        self.with(finding.rule, |facts| words::found(&finding.judgement, facts))
    }

    /// Why, with the values read.
    #[must_use]
    pub fn because(&self, finding: &Finding<'_>) -> String {
        self.why(finding.rule, &finding.judgement)
    }

    /// Why, where the message does not say it already.
    #[must_use]
    pub fn more(&self, finding: &Finding<'_>) -> Option<String> {
        let Finding { rule, verdict, judgement, doubt, .. } = finding;
        self.with(rule, |facts| words::more(*verdict, judgement, doubt, facts))
    }

    /// Why an obligation is owed, with the values read.
    #[must_use]
    pub fn owed_because(&self, obligation: &Obligation<'_>) -> String {
        self.why(obligation.rule, &obligation.judgement)
    }

    fn why(&self, rule: &Rule, judgement: &Judgement) -> String {
        self.with(rule, |facts| words::because(judgement, facts))
    }

    /// What stands at the second place of a finding.
    #[must_use]
    pub fn also(&self, finding: &Finding<'_>) -> Option<String> {
        let (_, also) = finding.judgement.also?;
        Some(self.with(finding.rule, |facts| words::also(also, facts)))
    }

    /// What makes a pack join, where there is something to tell, and why it does not apply all the same.
    #[must_use]
    pub fn joined(&self, joined: &Joined<'_>) -> (Option<String>, Option<String>) {
        let because = joined.because.map(|condition| words::joins_because(condition, &self.facts));
        (because, joined.early.as_ref().map(|early| words::reason(early, &self.facts)))
    }

    /// What the reader should know of the choice of packs, of those that join, and of waivers.
    #[must_use]
    pub fn notes(&self, assessment: &Assessment<'_>) -> Vec<String> {
        let joined = assessment.joined.iter();
        let joining = joined.map(|one| words::Joining {
            pack: &one.pack.id,
            because: one.because,
            early: one.early.as_ref(),
        });
        let joining = words::joining(&joining.collect::<Vec<_>>(), &self.facts);
        let ahead = assessment.ahead.iter().map(|one| words::ahead(one, assessment.definition));
        let retired = assessment.retired.iter().cloned();
        assessment.notes.iter().cloned().chain(joining).chain(ahead).chain(retired).collect()
    }

    /// What is missing, one by one.
    #[must_use]
    pub fn missing(&self, finding: &Finding<'_>) -> Vec<String> {
        finding.judgement.missing.iter().map(|one| words::missing(one, self.facts.definition())).collect()
    }

    /// How to close the gap; `None` where nothing is to be closed or the rule does not say how.
    #[must_use]
    pub fn remedy(&self, finding: &Finding<'_>) -> Option<String> {
        if finding.verdict.gravity() == 0 {
            return None;
        }
        let remedy =
            self.with(finding.rule, |facts| filled(finding.rule, &finding.judgement.missing, facts))?;
        Some(match &finding.wakes {
            Some((table, packs)) => format!("{remedy} {}", words::wakes(*table, packs)),
            None => remedy,
        })
    }
}

/// The remedy of a rule with the days and the things that are missing.
fn filled(rule: &Rule, missing: &[Missing], facts: &Facts<'_>) -> Option<String> {
    let template = rule.remedy.as_deref()?;
    if !template.contains("{{") && !template.contains("{%") {
        return Some(template.to_owned());
    }
    let window = match &rule.check {
        Check::Duty(duty) => duty.owed(facts).first().map(|owed| window(owed, facts)).unwrap_or_default(),
        _ => Window::default(),
    };
    let environment = crate::policy::remedy_environment();
    let template = environment.template_from_str(template).ok()?;
    // Where nothing is missing for certain, what to supply is said, and no more.
    if missing.is_empty() && template.undeclared_variables(false).contains("missing") {
        return None;
    }
    let by_element = matches!(rule.check, Check::Each(_));
    let words::Remedy { missing, earliest, target, latest } =
        words::remedy(missing, by_element, window, facts.definition());
    template.render(minijinja::context! { missing, earliest, target, latest }).ok()
}

impl Doubt {
    /// What leaves a decision open.
    pub(super) fn of(rule: &Rule, decision: &super::decide::Decision) -> Self {
        if decision.too_many {
            Self::TooMany(decision.needs.clone())
        } else if decision.applies == Tri::Unknown && !decision.applies_needs.is_empty() {
            Self::Applies(decision.applies_needs.clone())
        } else if decision.applies == Tri::True && matches!(rule.check, Check::Duty(_)) {
            Self::Plan
        } else {
            Self::None
        }
    }
}
