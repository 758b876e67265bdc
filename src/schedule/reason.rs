//! Why a window is where it is, in words, and how days are written in them.
//! Must not compute a window.

use crate::assess::Obligation;
use crate::checks::Due;
use crate::facts::{Fact, Facts, Word, words};
use crate::model::{Date, DateRange, add_months};
use chrono::Datelike;

/// A day with its day of the week: `Thu 2029-03-29`.
pub(super) fn day(date: Date) -> String {
    format!("{} {date}", date.weekday())
}

/// Why the window of an obligation is where it is; nothing where the rule sets none.
pub(super) fn window(obligation: &Obligation<'_>, facts: &Facts<'_>) -> Option<String> {
    let due = obligation.requirement.due.as_ref()?;
    let timing = match due {
        Due::Share { target, earliest, latest } => share(facts, (*earliest, *target, *latest)),
        Due::Offset { from, earliest, not_before, target, latest } => {
            let share = not_before
                .map(|share| format!(", not before {share} of the project's life"))
                .unwrap_or_default();
            format!("{}{share}", offset(facts, *from, (*earliest, *target, *latest)))
        }
        Due::Every { months, from, month, .. } => {
            every(facts, *from, (*months, obligation.number.unwrap_or(1)), *month)
        }
    };
    let plain = due.window(facts);
    let lifted = plain.latest.is_some() && plain != obligation.window && obligation.number.is_none();
    let timing = match obligation.window.earliest.filter(|_| lifted) {
        Some(earliest) => format!("{timing}, not before {earliest}, when a revision made it due"),
        None => timing,
    };
    let rule = obligation.rule;
    let worth = obligation
        .requirement
        .due_status
        .as_deref()
        .map(|status| format!(", timing {status}"))
        .unwrap_or_default();
    Some(format!("{timing} ({}, {} {}{worth})", rule.id, rule.cite.source, rule.cite.at))
}

type Share = rust_decimal::Decimal;

fn share(facts: &Facts<'_>, (earliest, target, latest): (Option<Share>, Share, Option<Share>)) -> String {
    let life = match (facts.start().and_then(DateRange::exact), facts.end().and_then(DateRange::exact)) {
        (Some(start), Some(end)) => {
            format!("the {} days from {start} to {end}", (end - start).num_days() + 1)
        }
        _ => "the project's life, whose days are not all known".to_owned(),
    };
    let ends = earliest
        .zip(latest)
        .map(|(earliest, latest)| format!(", between {earliest} and {latest}"))
        .unwrap_or_default();
    format!("{target} of {life}{ends}, rounded down to a day")
}

fn offset(
    facts: &Facts<'_>,
    from: Word,
    (earliest, target, latest): (Option<i32>, Option<i32>, i32),
) -> String {
    let anchor = match facts.fact(from) {
        Fact::Date(range) => format!("`{}` {range}", name(from)),
        _ => format!("`{}`, which is not known", name(from)),
    };
    let told = |months: i32, what: &str| match months {
        0 => what.to_owned(),
        months if months < 0 => format!("{} before {what}", count(months)),
        months => format!("{} after {what}", count(months)),
    };
    let days = match earliest.filter(|first| *first != latest) {
        Some(first) => format!("from {} to {}", told(first, &anchor), told(latest, "that day")),
        None => told(latest, &anchor),
    };
    let aim = target
        .filter(|target| *target != latest)
        .map(|target| format!(", best {}", told(target, "that day")))
        .unwrap_or_default();
    let clamped = [earliest, target, Some(latest)]
        .into_iter()
        .flatten()
        .find_map(|months| clamped(facts, from, months));
    format!("{days}{aim}{}", clamped.unwrap_or_default())
}

fn every(facts: &Facts<'_>, from: Word, (months, number): (u32, u32), month: Option<u32>) -> String {
    let step = i32::try_from(u64::from(months) * u64::from(number)).unwrap_or(i32::MAX);
    let anchor = match facts.fact(from) {
        Fact::Date(range) => format!("`{}` {range}", name(from)),
        _ => format!("`{}`", name(from)),
    };
    let clamped = clamped(facts, from, step).unwrap_or_default();
    let at = month.map(|month| format!(", at the end of month {month}")).unwrap_or_default();
    format!(
        "{} after {anchor}, number {number} of every {}{at}{clamped}",
        count(step),
        count(i32::try_from(months).unwrap_or(i32::MAX))
    )
}

/// Says that a month was too short for the day.
fn clamped(facts: &Facts<'_>, from: Word, months: i32) -> Option<String> {
    let Fact::Date(range) = facts.fact(from) else { return None };
    let from = range.exact()?;
    let to = add_months(from, months)?;
    (to.day() != from.day())
        .then(|| format!("; {} has no day {}, so its last day {to} counts", to.format("%B %Y"), from.day()))
}

fn count(months: i32) -> String {
    if months.abs() == 1 { "1 month".to_owned() } else { format!("{} months", months.abs()) }
}

fn name(word: Word) -> &'static str {
    words().find(|(_, known)| *known == word).map_or("a date", |(path, _)| path)
}
