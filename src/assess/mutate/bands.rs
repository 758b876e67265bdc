//! Mutants of tables and duties: thresholds moved, ends put in or left out, obligations removed, windows shifted.
//! Must not know what a mutant is for.

use super::{Mutant, Unit};
use crate::checks::{Bounds, Check, Due, Duty, Limit, Requirement, Subject, Wanted};
use crate::model::{INDEPENDENCE, Months, TIMINGS};
use crate::policy::{Pack, Rule};
use crate::words;
use rust_decimal::Decimal;

/// A change of one bound of a band: the limit, and whether it is inside.
type Bound = (Limit, bool);

/// Every threshold of a table moved by its least step, and given to the other side. The bands that meet at a threshold
/// move together where the table is a partition: apart they would leave a hole or overlap, which the proof finds.
pub(super) fn bounds(pack: &Pack, unit: &Unit) -> Vec<Mutant> {
    let Some(first) = duty(&pack.rules[unit.places[0]]).filter(|duty| duty.axis.is_some()) else {
        return Vec::new();
    };
    let together = pack.tables.iter().any(|table| *table.id == *unit.id && table.partition);
    let mut mutants = Vec::new();
    let mut seen: Vec<Limit> = Vec::new();
    for (place, band) in first.bands.iter().enumerate() {
        for (limit, inside) in [band.bounds.lower, band.bounds.upper].into_iter().flatten() {
            if together && seen.contains(&limit) {
                continue;
            }
            seen.push(limit);
            let only = (!together).then_some((place, (limit, inside)));
            for moved in neighbours(limit) {
                let what = format!("{} becomes {}", words::limit(limit), words::limit(moved));
                mutants.push(all(pack, unit, what, |at, bound| {
                    if hits(at, bound, limit, only) { (moved, bound.1) } else { bound }
                }));
            }
            let what = format!("exactly {} goes to the other side", words::limit(limit));
            mutants.push(all(pack, unit, what, |at, bound| {
                if hits(at, bound, limit, only) { (limit, !bound.1) } else { bound }
            }));
        }
    }
    mutants
}

fn hits(band: usize, bound: Bound, limit: Limit, only: Option<(usize, Bound)>) -> bool {
    only.map_or(bound.0 == limit, |only| only == (band, bound))
}

/// The unit with every bound changed in the same way.
fn all(pack: &Pack, unit: &Unit, what: String, change: impl Fn(usize, Bound) -> Bound) -> Mutant {
    let changed = |place: &usize| {
        let mut rule = pack.rules[*place].clone();
        if let Check::Duty(duty) = &mut rule.check {
            for (at, band) in duty.bands.iter_mut().enumerate() {
                let Bounds { lower, upper } = band.bounds;
                band.bounds = Bounds {
                    lower: lower.map(|bound| change(at, bound)),
                    upper: upper.map(|bound| change(at, bound)),
                };
            }
        }
        (*place, rule)
    };
    Mutant { what, rules: unit.places.iter().map(changed).collect() }
}

fn neighbours(limit: Limit) -> Vec<Limit> {
    let cent = Decimal::new(1, 2);
    match limit {
        Limit::Months(months) => [months.0.checked_sub(1), months.0.checked_add(1)]
            .into_iter()
            .flatten()
            .map(|months| Limit::Months(Months(months)))
            .collect(),
        Limit::Money(usd) => {
            let both = [usd.checked_sub(cent), usd.checked_add(cent)].into_iter().flatten();
            both.filter(|usd| !usd.is_sign_negative()).map(Limit::Money).collect()
        }
        Limit::Date(day) => [day.pred_opt(), day.succ_opt()].into_iter().flatten().map(Limit::Date).collect(),
    }
}

fn duty(rule: &Rule) -> Option<&Duty> {
    match &rule.check {
        Check::Duty(duty) => Some(duty),
        _ => None,
    }
}

/// Every obligation of a rule removed, moved in time, or asking for a little less or more.
pub(super) fn requirements(rule: &Rule) -> Vec<(String, Rule)> {
    let Some(duty) = duty(rule) else { return Vec::new() };
    let mut mutants = Vec::new();
    for (place, band) in duty.bands.iter().enumerate() {
        let Some(requirement) = &band.requirement else { continue };
        let mut with = |what: String, changed: Option<Requirement>| {
            let mut duty = duty.clone();
            duty.bands[place].requirement = changed;
            let whole = format!("`{}` in the band `{}`: {what}", rule.local, band.id);
            mutants.push((whole, Rule { check: Check::Duty(duty), ..rule.clone() }));
        };
        with("it is not asked for".to_owned(), None);
        if !recurs(requirement) {
            let more = requirement.count + 1;
            with(
                format!("it is asked for {more} times"),
                Some(Requirement { count: more, ..requirement.clone() }),
            );
        }
        if let Subject::Evaluation(wanted) = &requirement.subject {
            for (what, wanted) in wanted_mutants(wanted) {
                with(what, Some(Requirement { subject: Subject::Evaluation(wanted), ..requirement.clone() }));
            }
        }
        for (what, due) in requirement.due.iter().flat_map(due_mutants) {
            with(what, Some(Requirement { due: Some(due), ..requirement.clone() }));
        }
    }
    mutants
}

fn recurs(requirement: &Requirement) -> bool {
    matches!(requirement.due, Some(Due::Every { .. }))
}

fn wanted_mutants(wanted: &Wanted) -> Vec<(String, Wanted)> {
    let mut mutants = Vec::new();
    let level =
        |level: Option<u8>| level.map_or("of any independence", |level| INDEPENDENCE[usize::from(level)]);
    let top = u8::try_from(INDEPENDENCE.len()).unwrap_or(u8::MAX);
    let levels = match wanted.independence {
        None => Vec::new(),
        Some(least) => [least.checked_sub(1), least.checked_add(1)]
            .into_iter()
            .flatten()
            .filter(|level| *level < top)
            .map(Some)
            .collect(),
    };
    for other in levels {
        mutants.push((
            format!("{} becomes {}", level(wanted.independence), level(other)),
            Wanted { independence: other, ..wanted.clone() },
        ));
    }
    if wanted.timings.len() > 1 {
        for dropped in &wanted.timings {
            let timings = wanted.timings.iter().copied().filter(|timing| timing != dropped).collect();
            mutants.push((
                format!("a {} evaluation does not count", TIMINGS[usize::from(*dropped)]),
                Wanted { timings, ..wanted.clone() },
            ));
        }
    }
    if wanted.if_agreed {
        mutants.push((
            "it is owed though none is agreed".to_owned(),
            Wanted { if_agreed: false, ..wanted.clone() },
        ));
    }
    mutants
}

/// Smaller and larger intervals, windows and yields of a recurring due date; none of another.
fn recurring_mutants(due: &Due) -> Vec<(String, Due)> {
    let Due::Every { months, from, earliest, latest, yields_within, month } = due else {
        return Vec::new();
    };
    let mut mutants = Vec::new();
    let every = |months: u32, latest: i32, yields_within: Option<u32>| Due::Every {
        months,
        from: *from,
        earliest: Some(earliest.unwrap_or(latest)),
        latest,
        yields_within,
        month: *month,
    };
    for moved in [months - 1, months + 1].into_iter().filter(|moved| *moved > 0) {
        mutants.push((
            format!("every {months} months becomes every {moved}"),
            every(moved, *latest, *yields_within),
        ));
    }
    mutants.push(("its window ends a month later".to_owned(), every(*months, latest + 1, *yields_within)));
    if let Some(within) = yields_within {
        for moved in [within.checked_sub(1), within.checked_add(1)].into_iter().flatten() {
            let what = format!("the last gives way within {moved} months instead of {within}");
            mutants.push((what, every(*months, *latest, Some(moved))));
        }
    }
    mutants
}

/// Windows shifted at either end. The day aimed at is not moved: cases speak of the first and the last day.
fn due_mutants(due: &Due) -> Vec<(String, Due)> {
    let hundredth = Decimal::new(1, 2);
    let mut mutants = Vec::new();
    match due {
        Due::Share { target, earliest, latest } => {
            let (first, last) = (earliest.unwrap_or(*target), latest.unwrap_or(*target));
            let earlier = (first - hundredth).max(Decimal::ZERO);
            let with = |earliest, latest| Due::Share {
                target: *target,
                earliest: Some(earliest),
                latest: Some(latest),
            };
            mutants.push((format!("its window opens at {earlier} instead of {first}"), with(earlier, last)));
            mutants.push((
                format!("its window ends at {} instead of {last}", last + hundredth),
                with(first, last + hundredth),
            ));
        }
        Due::Offset { from, earliest, not_before, target, latest } => {
            let first = earliest.unwrap_or(target.unwrap_or(*latest));
            let with = |earliest, latest| Due::Offset {
                from: *from,
                earliest: Some(earliest),
                not_before: *not_before,
                target: *target,
                latest,
            };
            mutants.push(("its window opens a month earlier".to_owned(), with(first - 1, *latest)));
            if let Some(share) = not_before {
                let least = (*share - hundredth).max(Decimal::ZERO);
                let mutant = Due::Offset {
                    from: *from,
                    earliest: *earliest,
                    not_before: Some(least),
                    target: *target,
                    latest: *latest,
                };
                mutants.push((
                    format!("its window opens at {least} of the project's life instead of {share}"),
                    mutant,
                ));
            }
            mutants.push(("its window ends a month later".to_owned(), with(first, *latest + 1)));
        }
        Due::Every { .. } => mutants.extend(recurring_mutants(due)),
    }
    mutants
}
