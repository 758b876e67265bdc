//! Rules that no definition can come under, and conditions that leave none out.
//! Must not ask whether rules are met.

use super::questions::Questions;
use super::space::{Lists, Space};
use super::{Domain, Found, Kind, PackProof};
use crate::checks::{Check, Subject};
use crate::expr::{Trace, Tri};
use crate::facts::Facts;
use crate::model::Date;
use crate::model::written_definition;
use crate::policy::rule::Rule;

/// Runs the cells of a rule.
pub(super) fn prove(rule: &Rule, domain: &Domain<'_>, proof: &mut PackProof) {
    if rule.when.is_none() && !is_table(rule) {
        return;
    }
    let mut questions = Questions::default();
    questions.applies(rule);
    domain.pack.joins.iter().for_each(|joins| questions.expression(joins));
    let space = Space::of(&questions, domain.pack, domain.in_force, Lists::Free);
    let Some(size) = space.size().filter(|size| *size <= domain.most_cells) else {
        return proof.incomplete.push(rule.id.to_string());
    };
    proof.cells += size;
    let (mut fires, mut rests, mut example) = (false, false, None);
    for cell in space.cells() {
        let facts = Facts::new(&cell.definition, Date::default());
        if domain
            .pack
            .joins
            .as_ref()
            .is_some_and(|joins| joins.condition(&facts, None, &mut Trace::none()) == Tri::False)
        {
            continue;
        }
        let answer = applies(rule, &facts);
        fires |= answer != Tri::False;
        rests |= answer != Tri::True;
        if fires && rests {
            return;
        }
        example = example.or_else(|| Some(cell.definition.clone()));
    }
    proof.found.extend(found(rule, fires, example.map(|definition| written_definition(&definition))));
}

/// Whether a rule applies, by the parts that decide it when it is judged.
pub(super) fn applies(rule: &Rule, facts: &Facts<'_>) -> Tri {
    let when = rule.when.as_ref().map_or(Tri::True, |when| when.condition(facts, None, &mut Trace::none()));
    if when == Tri::False {
        return Tri::False;
    }
    let form = match &rule.check {
        Check::Condition(_) => Tri::True,
        Check::Duty(duty)
            if !duty.bands.iter().any(|band| band.requirement.as_ref().is_some_and(is_agreed)) =>
        {
            duty.owed(facts).first().map_or(Tri::False, |owed| owed.applies)
        }
        other => other.judge(facts).applies,
    };
    when.and(form)
}

fn is_agreed(requirement: &crate::checks::Requirement) -> bool {
    matches!(&requirement.subject, Subject::Evaluation(wanted) if wanted.if_agreed)
}

fn is_table(rule: &Rule) -> bool {
    matches!(&rule.check, Check::Duty(duty) if duty.axis.is_some())
}

fn found(rule: &Rule, fires: bool, example: Option<String>) -> Option<Found> {
    let every_band =
        matches!(&rule.check, Check::Duty(duty) if duty.bands.iter().all(|band| band.requirement.is_some()));
    let (kind, message, is_meant) = match (fires, &rule.when) {
        (false, _) => (Kind::NeverFires, "no definition can come under this rule".to_owned(), false),
        (true, None) if every_band => {
            (Kind::AlwaysFires, "every band of the table asks for it".to_owned(), true)
        }
        (true, None) => {
            (Kind::AlwaysFires, "the bands that ask for it leave no definition out".to_owned(), false)
        }
        (true, Some(when)) => {
            (Kind::AlwaysFires, format!("`when` leaves no definition out: {}", when.text()), false)
        }
    };
    Some(Found {
        kind,
        subject: rule.id.to_string(),
        message,
        source: rule.source,
        span: rule.span,
        example: example.filter(|_| kind == Kind::NeverFires),
        may_be_spurious: false,
        is_meant,
    })
}
