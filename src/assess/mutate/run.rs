//! The cases of a pack against its mutants: which are caught, which are equal in every cell, which survive.
//! Must not print.

use super::{Mutant, Unit, mutants, units};
use crate::assess::{Planner, PreparedCase};
use crate::checks::Check;
use crate::expr::Expr;
use crate::policy::proof::{Apart, Difference, tell_apart};
use crate::policy::{Catalog, Pack, Rule};
use std::sync::Arc;

/// The most cells of a mutant that are compared.
const MOST_CELLS: usize = 50_000;

/// A mutant that no case notices.
#[derive(Debug, Clone)]
pub struct Survivor {
    /// The table or rule that was changed, by its whole id.
    pub subject: String,
    /// What was changed.
    pub what: String,
    /// A cell in which it shows: a case there would catch it.
    pub shows: Option<Difference>,
}

/// How the cases of one pack do.
#[derive(Debug, Clone)]
pub struct PackScore {
    /// The pack.
    pub pack: Arc<str>,
    /// The cases that do not pass even without a change; nothing is claimed of the pack then.
    pub failing: usize,
    /// The mutants that some case notices.
    pub caught: usize,
    /// The mutants that say the same in every cell: no case could notice them.
    pub equal: usize,
    /// The mutants that no case notices.
    pub survivors: Vec<Survivor>,
}

/// Runs the cases of a pack against every mutant of its rules.
#[must_use]
pub fn mutate(pack: &Pack, cases: &[PreparedCase], planner: Planner) -> PackScore {
    // Rules about the definition have no mutants, and their cases need the packs that bind it.
    if pack.rules.iter().all(|rule| rule.check.is_of_run()) {
        return PackScore {
            pack: Arc::clone(&pack.id),
            failing: 0,
            caught: 0,
            equal: 0,
            survivors: Vec::new(),
        };
    }
    let cases: Vec<&PreparedCase> = cases.iter().filter(|case| case.pack == pack.id).collect();
    let whole = Catalog { packs: vec![pack.clone()], ..Catalog::default() };
    let failing = cases.iter().filter(|case| !case.differences(&whole, planner).is_empty()).count();
    let mut score =
        PackScore { pack: Arc::clone(&pack.id), failing, caught: 0, equal: 0, survivors: Vec::new() };
    if failing > 0 {
        return score;
    }
    for unit in units(pack) {
        let bench = Bench::new(pack, &unit, &cases, planner);
        for mutant in mutants(pack, &unit) {
            if bench.catches(&mutant) {
                score.caught += 1;
                continue;
            }
            match apart(pack, &mutant) {
                Apart::Equal => score.equal += 1,
                Apart::Differ(shows) => score.survivors.push(survivor(pack, &unit, &mutant, Some(*shows))),
                Apart::TooMany => score.survivors.push(survivor(pack, &unit, &mutant, None)),
            }
        }
    }
    score
}

fn survivor(pack: &Pack, unit: &Unit, mutant: &Mutant, shows: Option<Difference>) -> Survivor {
    Survivor { subject: format!("{}/{}", pack.id, unit.id), what: mutant.what.clone(), shows }
}

/// The cases that may notice a change of a unit, cut down to what they say of it.
struct Bench<'p> {
    pack: &'p Pack,
    places: Vec<usize>,
    /// Cases on the verdicts of the unit, run on its rules alone.
    verdicts: Vec<PreparedCase>,
    /// Cases on the plan, run on the whole pack.
    plans: Vec<PreparedCase>,
    planner: Planner,
}

impl<'p> Bench<'p> {
    fn new(pack: &'p Pack, unit: &Unit, cases: &[&PreparedCase], planner: Planner) -> Self {
        let of_unit = |name: &str| {
            pack.rule(name)
                .is_some_and(|rule| unit.places.iter().any(|place| pack.rules[*place].id == rule.id))
        };
        let (mut verdicts, mut plans) = (Vec::new(), Vec::new());
        for case in cases {
            let mut verdict = (*case).clone();
            verdict.case.plans = None;
            verdict.case.joins = None;
            verdict.case.expect.retain(|(rule, _)| of_unit(rule));
            verdict.case.needs.retain(|(rule, _)| of_unit(rule));
            verdict.case.missing.retain(|(rule, _)| of_unit(rule));
            if !verdict.case.expect.is_empty() {
                verdicts.push(verdict);
            }
            if case.case.plans.is_some()
                && unit.places.iter().any(|place| matches!(pack.rules[*place].check, Check::Duty(_)))
            {
                let mut plan = (*case).clone();
                plan.case.expect.clear();
                plan.case.needs.clear();
                plan.case.missing.clear();
                plan.case.joins = None;
                plans.push(plan);
            }
        }
        Self { pack, places: unit.places.clone(), verdicts, plans, planner }
    }

    fn catches(&self, mutant: &Mutant) -> bool {
        let alone = self.catalog(mutant, |place| self.places.contains(&place));
        if self.verdicts.iter().any(|case| !case.differences(&alone, self.planner).is_empty()) {
            return true;
        }
        let whole = self.catalog(mutant, |_| true);
        self.plans.iter().any(|case| !case.differences(&whole, self.planner).is_empty())
    }

    /// The pack with the mutant in place, and only some of its rules.
    fn catalog(&self, mutant: &Mutant, kept: impl Fn(usize) -> bool) -> Catalog {
        let changed = |place: usize| mutant.rules.iter().find(|(at, _)| *at == place).map(|(_, rule)| rule);
        let rules = self.pack.rules.iter().enumerate().filter(|(place, _)| kept(*place));
        let rules = rules.map(|(place, rule)| changed(place).unwrap_or(rule).clone()).collect();
        let head = Pack {
            rules: Vec::new(),
            tables: Vec::new(),
            cases: Vec::new(),
            clauses: Vec::new(),
            ..head(self.pack)
        };
        Catalog { packs: vec![Pack { rules, ..head }], ..Catalog::default() }
    }
}

/// All of a pack but its rules and cases.
fn head(pack: &Pack) -> Pack {
    Pack {
        id: Arc::clone(&pack.id),
        title: pack.title.clone(),
        kinds: pack.kinds.clone(),
        precision: pack.precision.clone(),
        extends: pack.extends.clone(),
        joins: pack.joins.clone(),
        donor: pack.donor.clone(),
        inherited: Vec::new(),
        retired: Vec::new(),
        reviewed_by: Vec::new(),
        documents: Vec::new(),
        clauses: Vec::new(),
        rules: Vec::new(),
        tables: Vec::new(),
        cases: Vec::new(),
        ..*pack
    }
}

/// Whether a mutant says the same in every cell. Where the cells do not cut all that the rules read, it is taken to differ.
fn apart(pack: &Pack, mutant: &Mutant) -> Apart {
    let mut exact = true;
    for (place, rule) in &mutant.rules {
        match tell_apart(pack, &pack.rules[*place], rule, MOST_CELLS) {
            Apart::Equal => exact &= is_cut(&pack.rules[*place]),
            other => return other,
        }
    }
    if exact { Apart::Equal } else { Apart::TooMany }
}

/// Whether the cells cut all that a rule reads.
fn is_cut(rule: &Rule) -> bool {
    let when = rule.when.as_ref().is_none_or(Expr::is_cut);
    when && match &rule.check {
        Check::Duty(_) | Check::Grid(_) => true,
        Check::Condition(check) => check.condition.is_cut(),
        Check::Each(each) => each.condition.is_cut() && each.only.as_ref().is_none_or(Expr::is_cut),
        Check::Share(_) | Check::Chain(_) | Check::Assessed | Check::Days(_) | Check::PolicyNamed => false,
    }
}
