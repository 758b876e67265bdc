//! Mutants of the other forms: words of a grid dropped, conditions changed, bounds of a share moved.
//! Must not know what a mutant is for.

use super::{Mutant, Unit};
use crate::checks::{Check, Condition, Each, Grid, Share, Side, Sum};
use crate::expr::Expr;
use crate::policy::{Pack, Rule};
use rust_decimal::Decimal;

/// Every small change of what a rule asks, where it is no duty.
pub(super) fn mutants(rule: &Rule) -> Vec<(String, Rule)> {
    let checks = match &rule.check {
        Check::Duty(_) | Check::Assessed | Check::Days(_) | Check::PolicyNamed => Vec::new(),
        Check::Grid(grid) => grids(grid).into_iter().map(|(what, grid)| (what, Check::Grid(grid))).collect(),
        Check::Condition(check) => {
            let with = |condition| Check::Condition(Condition { condition, ..check.clone() });
            check.condition.mutants().into_iter().map(|(what, condition)| (what, with(condition))).collect()
        }
        Check::Each(each) => eaches(each).into_iter().map(|(what, each)| (what, Check::Each(each))).collect(),
        Check::Share(share) => {
            shares(share).into_iter().map(|(what, share)| (what, Check::Share(share))).collect()
        }
        Check::Chain(chain) => {
            let mut flat = chain.clone();
            let above = flat.above.take();
            above.map(|_| ("circles are not looked for".to_owned(), Check::Chain(flat))).into_iter().collect()
        }
    };
    checks.into_iter().map(|(what, check)| (what, Rule { check, ..rule.clone() })).collect()
}

/// Every change of the condition under which a unit applies, and its loss.
pub(super) fn conditions(pack: &Pack, unit: &Unit) -> Vec<Mutant> {
    let Some(when) = unit.places.first().and_then(|place| pack.rules[*place].when.as_ref()) else {
        return Vec::new();
    };
    let changed = when.mutants().into_iter().map(|(what, when)| (format!("when: {what}"), Some(when)));
    let with = |when: &Option<Expr>| {
        unit.places
            .iter()
            .map(|place| (*place, Rule { when: when.clone(), ..pack.rules[*place].clone() }))
            .collect()
    };
    let lost = std::iter::once(("when: it applies to all".to_owned(), None));
    changed.chain(lost).map(|(what, when)| Mutant { what, rules: with(&when) }).collect()
}

fn grids(grid: &Grid) -> Vec<(String, Grid)> {
    let mut mutants = Vec::new();
    for side in grid.rows.iter().chain([&grid.columns]) {
        for word in &side.words {
            let without = |side: &Side| Side {
                key: side.key,
                words: side.words.iter().filter(|known| *known != word).cloned().collect(),
            };
            let mut changed = grid.clone();
            if *side == grid.columns {
                changed.columns = without(side);
            } else {
                changed.rows = Some(without(side));
            }
            mutants.push((format!("`{word}` is not asked for"), changed));
        }
    }
    mutants
}

fn eaches(each: &Each) -> Vec<(String, Each)> {
    let conditions = each
        .condition
        .mutants()
        .into_iter()
        .map(|(what, condition)| (what, Each { condition, ..each.clone() }));
    let only = each
        .only
        .iter()
        .flat_map(Expr::mutants)
        .map(|(what, only)| (format!("only: {what}"), Each { only: Some(only), ..each.clone() }));
    let all = each
        .only
        .iter()
        .map(|_| ("only: it is asked of all".to_owned(), Each { only: None, ..each.clone() }));
    conditions.chain(only).chain(all).collect()
}

fn shares(share: &Share) -> Vec<(String, Share)> {
    let step = Decimal::new(1, 3);
    let mut mutants = Vec::new();
    for step in [-step, step] {
        let moved = |what: &str, bound: Decimal| {
            format!("{what} {} becomes {}", bound.normalize(), (bound + step).normalize())
        };
        mutants.extend(
            share.min.map(|min| (moved("at least", min), Share { min: Some(min + step), ..share.clone() })),
        );
        mutants.extend(
            share.max.map(|max| (moved("at most", max), Share { max: Some(max + step), ..share.clone() })),
        );
    }
    for (what, sum) in sums(&share.part) {
        mutants.push((format!("part: {what}"), Share { part: sum, ..share.clone() }));
    }
    for (what, sum) in sums(&share.of) {
        mutants.push((format!("of: {what}"), Share { of: sum, ..share.clone() }));
    }
    mutants
}

fn sums(sum: &Sum) -> Vec<(String, Sum)> {
    let Sum::Field(key, Some(only)) = sum else { return Vec::new() };
    let changed = only.mutants().into_iter().map(|(what, only)| (what, Sum::Field(*key, Some(only))));
    changed.chain([("all are counted".to_owned(), Sum::Field(*key, None))]).collect()
}
