//! Mutation of packs: rules changed in one small way, and whether the cases of the pack notice.
//! Must not change a pack that anyone else sees, and must not print.

mod bands;
mod forms;
mod run;

pub use run::{PackScore, Survivor, mutate};

use crate::policy::{Pack, Rule};

/// One small change of a pack.
#[derive(Debug, Clone)]
struct Mutant {
    /// What is changed, in words.
    what: String,
    /// The rules that take the place of others, by their places in the pack.
    rules: Vec<(usize, Rule)>,
}

/// Rules that stand or fall together: those of one table, or one alone.
#[derive(Debug, Clone)]
struct Unit {
    /// Their places in the pack.
    places: Vec<usize>,
    /// The id of the table, else of the rule.
    id: String,
}

/// The units of a pack that are its own.
fn units(pack: &Pack) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (place, rule) in pack.rules.iter().enumerate().filter(|(_, rule)| rule.inherited_from.is_none()) {
        let id = rule.table.as_ref().unwrap_or(&rule.local).to_string();
        match units.iter_mut().find(|unit| unit.id == id && rule.table.is_some()) {
            Some(unit) => unit.places.push(place),
            None => units.push(Unit { places: vec![place], id }),
        }
    }
    units
}

/// Every small change of a unit.
fn mutants(pack: &Pack, unit: &Unit) -> Vec<Mutant> {
    let mut mutants = bands::bounds(pack, unit);
    for place in &unit.places {
        let rule = &pack.rules[*place];
        let mut changed = bands::requirements(rule);
        changed.extend(forms::mutants(rule));
        mutants.extend(changed.into_iter().map(|(what, rule)| Mutant { what, rules: vec![(*place, rule)] }));
    }
    mutants.extend(forms::conditions(pack, unit));
    mutants
}
