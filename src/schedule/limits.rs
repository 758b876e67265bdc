//! What is not known of the days off that a plan counts with: where the calendar ends, and which of its days are estimates.
//! Must not plan.

use super::calendar::{Calendar, Coverage, Holiday};
use super::plan::Schedule;
use crate::model::Date;
use std::collections::BTreeMap;

/// The most feasts that are named.
const MOST_NAMED: usize = 6;

/// Every limit, one sentence each.
pub(super) fn limits(schedule: &Schedule, calendar: &Calendar) -> Vec<String> {
    beyond(schedule, calendar).into_iter().chain(estimates(schedule, calendar)).collect()
}

/// Says that holidays are not known for all of the days that are planned.
fn beyond(schedule: &Schedule, calendar: &Calendar) -> Option<String> {
    let (from, to) = calendar.covers.days()?;
    let days = schedule.evaluations.iter().flat_map(|one| &one.tasks).flat_map(|task| [task.start, task.end]);
    let outside: Vec<Date> = days.filter(|day| !calendar.knows(*day)).collect();
    let (first, last) = (outside.iter().min()?, outside.iter().max()?);
    let known = match calendar.covers {
        Coverage::Always | Coverage::Stated(..) => "are known",
        Coverage::Listed(..) | Coverage::Repeating(..) => "are listed",
    };
    let span = if to == Date::MAX { format!("from {from} on") } else { format!("from {from} to {to}") };
    let rest = match calendar.covers {
        Coverage::Repeating(..) => "only weekends and recurring holidays",
        _ => "only weekends",
    };
    let name = &calendar.name;
    Some(format!(
        "holidays of {name} {known} {span}; for some dates between {first} and {last}, {rest} are treated as days off"
    ))
}

/// Names the feasts within the steps of a plan whose days are estimates.
fn estimates(schedule: &Schedule, calendar: &Calendar) -> Option<String> {
    let mut feasts: BTreeMap<Date, &Holiday> = BTreeMap::new();
    for evaluation in &schedule.evaluations {
        let first = evaluation.tasks.iter().map(|task| task.start).min();
        let last = evaluation.tasks.iter().map(|task| task.end).max();
        let Some((first, last)) = first.zip(last) else { continue };
        let days = calendar.between(first, last).filter(|holiday| holiday.is_estimate);
        feasts.extend(days.map(|holiday| (holiday.date, holiday)));
    }
    let mut named: Vec<(&str, Vec<Date>)> = Vec::new();
    let mut before: Option<&Holiday> = None;
    let mut count = 0;
    for (day, holiday) in feasts {
        // The days of one feast are named by the first.
        let goes_on = before.is_some_and(|one| one.name == holiday.name && one.date.succ_opt() == Some(day));
        before = Some(holiday);
        if goes_on {
            continue;
        }
        count += 1;
        if count <= MOST_NAMED {
            match named.iter_mut().find(|(name, _)| *name == &*holiday.name) {
                Some((_, days)) => days.push(day),
                None => named.push((&holiday.name, vec![day])),
            }
        }
    }
    let told = |(name, days): &(&str, Vec<Date>)| {
        format!("{name} ({})", days.iter().map(Date::to_string).collect::<Vec<_>>().join(", "))
    };
    let list = named.iter().map(told).collect::<Vec<_>>().join(", ");
    let more = if count > MOST_NAMED { format!(" and {} more", count - MOST_NAMED) } else { String::new() };
    (count > 0).then(|| {
        format!("these holidays are estimates and may fall a day or two earlier or later: {list}{more}; check them when they are announced")
    })
}
