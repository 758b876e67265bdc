//! What a definition owes, one obligation at a time: an evaluation or another dated event, with its window.
//! Must not merge obligations and must not plan tasks.

use super::Assessment;
use super::merge::Decided;
use crate::checks::{Check, Due, Duty, Judgement, Owed, Requirement, Subject, Window, times, window};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::FieldPath;
use crate::policy::Rule;
use std::sync::Arc;

/// One thing that is owed.
#[derive(Debug, Clone)]
pub struct Obligation<'c> {
    /// The rule that asks for it.
    pub rule: &'c Rule,
    /// What it asks.
    pub requirement: &'c Requirement,
    /// Its number, from 1, where the duty recurs.
    pub number: Option<u32>,
    /// When it is due; every day absent where the evaluation that takes it has the only window.
    pub window: Window,
    /// Why: how the definition stands to the rule.
    pub judgement: Arc<Judgement>,
}

/// One thing that may be owed.
#[derive(Debug, Clone)]
pub struct Open<'c> {
    /// The rule.
    pub rule: &'c Rule,
    /// What it would ask.
    pub requirement: &'c Requirement,
    /// The facts that decide.
    pub needs: Vec<FieldPath>,
}

/// Adds what one rule asks of the definition.
pub(super) fn collect<'c>(decided: &Decided<'c>, facts: &Facts<'_>, assessment: &mut Assessment<'c>) {
    let Check::Duty(duty) = &decided.rule.check else { return };
    let owed = duty.owed(facts);
    let Some(first) = owed.first() else { return };
    match decided.decision.applies {
        Tri::False => {}
        Tri::True => add_certain(decided, duty, first, facts, assessment),
        Tri::Unknown if is_agreed_only(requirement(duty, first), facts) => {}
        Tri::Unknown => assessment.open.push(Open {
            rule: decided.rule,
            requirement: requirement(duty, first),
            needs: decided.decision.applies_needs.clone(),
        }),
    }
}

/// The requirement, borrowed for as long as the rule.
fn requirement<'c>(duty: &'c Duty, owed: &Owed<'_>) -> &'c Requirement {
    let band = duty
        .bands
        .iter()
        .find(|band| band.id == owed.band.id)
        .expect("the obligation was found in a band of this duty");
    band.requirement.as_ref().expect("the band owes it")
}

fn add_certain<'c>(
    decided: &Decided<'c>,
    duty: &'c Duty,
    owed: &Owed<'_>,
    facts: &Facts<'_>,
    assessment: &mut Assessment<'c>,
) {
    let rule = decided.rule;
    let requirement = requirement(duty, owed);
    let judgement = Arc::new(decided.decision.judgement.clone());
    match &requirement.due {
        Some(due @ Due::Every { .. }) => {
            let times = times(owed, due, facts);
            assessment.obligations.extend(times.sure.iter().map(|time| Obligation {
                rule,
                requirement,
                number: Some(time.number),
                window: time.window,
                judgement: Arc::clone(&judgement),
            }));
            if times.unbounded || !times.possible.is_empty() {
                let needs = due.reads().into_iter().flat_map(|word| facts.needs(word).iter()).collect();
                assessment.open.push(Open { rule, requirement, needs });
            }
        }
        _ => assessment.obligations.push(Obligation {
            rule,
            requirement,
            number: None,
            window: window(owed, facts),
            judgement,
        }),
    }
}

/// Whether nothing is owed as long as the file does not list it.
fn is_agreed_only(requirement: &Requirement, facts: &Facts<'_>) -> bool {
    matches!(&requirement.subject, Subject::Evaluation(wanted) if wanted.if_agreed && wanted.is_in_agreed_plan(facts).is_none())
}
