//! The days that a rule of recurrence gives, in order, within a bound of work.
//! Must not read iCalendar.

use super::rule::{End, Frequency, Rule};
use crate::model::Date;
use chrono::{Datelike, Days, Weekday};

/// The last year in which days are looked for: no definition has dates beyond it, with room for the steps after a report.
const LAST_YEAR: i32 = 2210;

/// How much one file may ask to be looked through.
#[derive(Debug)]
pub(super) struct Budget(u32);

impl Budget {
    /// So many days.
    pub(super) fn new(days: u32) -> Self {
        Self(days)
    }

    /// Takes some of it; `None` where it is used up.
    pub(super) fn take(&mut self, days: usize) -> Option<()> {
        self.0 = self.0.checked_sub(u32::try_from(days).ok()?)?;
        Some(())
    }
}

/// The days on which a recurrence begins again, from the day of its start; `None` where the budget does not last.
pub(super) fn days(rule: &Rule, start: Date, budget: &mut Budget) -> Option<Vec<Date>> {
    let rule = &with_start(rule, start);
    let (last, most) = match rule.end {
        End::Never => (Date::MAX, u32::MAX),
        End::Count(count) => (Date::MAX, count),
        End::Until(until) => (until, u32::MAX),
    };
    let mut found: Vec<Date> = Vec::new();
    for step in 0_u32.. {
        let Some(period) = step.checked_mul(rule.interval).and_then(|steps| period(rule, start, steps))
        else {
            break;
        };
        if period.first().is_some_and(|first| *first > last) {
            break;
        }
        budget.take(period.len().max(1))?;
        let fitting: Vec<Date> = period.into_iter().filter(|day| fits(rule, *day)).collect();
        for day in at_positions(&rule.positions, fitting).into_iter().filter(|day| *day >= start) {
            if day > last || found.len() >= most as usize {
                return Some(found);
            }
            found.push(day);
        }
        if found.len() >= most as usize {
            break;
        }
    }
    Some(found)
}

/// What the rule leaves open is as at the start (RFC 5545, 3.3.10).
fn with_start(rule: &Rule, start: Date) -> Rule {
    let mut rule = rule.clone();
    let says_day = !rule.month_days.is_empty()
        || !rule.year_days.is_empty()
        || !rule.weeks.is_empty()
        || !rule.weekdays.is_empty();
    if says_day {
        return rule;
    }
    let number = |number: u32| i32::try_from(number).unwrap_or_default();
    match rule.every {
        Frequency::Yearly => {
            if rule.months.is_empty() {
                rule.months.push(number(start.month()));
            }
            rule.month_days.push(number(start.day()));
        }
        Frequency::Monthly => rule.month_days.push(number(start.day())),
        Frequency::Weekly => rule.weekdays.push((0, start.weekday())),
        Frequency::Daily => {}
    }
    rule
}

/// The days of the period so many steps after that of the start, of which some may fit; `None` beyond the last year.
fn period(rule: &Rule, start: Date, steps: u32) -> Option<Vec<Date>> {
    let days = match rule.every {
        Frequency::Daily => Some(vec![start.checked_add_days(Days::new(steps.into()))?]),
        Frequency::Weekly => {
            let back = start.weekday().days_since(rule.week_starts);
            let first = start.checked_sub_days(Days::new(back.into()))?;
            let first = first.checked_add_days(Days::new(u64::from(steps) * 7))?;
            Some(first.iter_days().take(7).collect())
        }
        Frequency::Monthly => {
            let months = start.year().checked_mul(12)?.checked_add(i32::try_from(start.month0()).ok()?)?;
            let months = months.checked_add(i32::try_from(steps).ok()?)?;
            month(months.div_euclid(12), u32::try_from(months.rem_euclid(12)).ok()? + 1)
        }
        Frequency::Yearly => {
            let number = start.year().checked_add(i32::try_from(steps).ok()?)?;
            if number > LAST_YEAR { None } else { year(rule, number) }
        }
    }?;
    days.first().is_none_or(|first| first.year() <= LAST_YEAR).then_some(days)
}

fn month(year: i32, month: u32) -> Option<Vec<Date>> {
    let first = Date::from_ymd_opt(year, month, 1)?;
    Some(first.iter_days().take_while(|day| day.month() == month).collect())
}

/// The days of a year, of the months that the rule names alone.
fn year(rule: &Rule, number: i32) -> Option<Vec<Date>> {
    let named = |month: &u32| {
        rule.months.is_empty() || rule.months.iter().any(|one| i64::from(*one) == i64::from(*month))
    };
    let mut days = Vec::new();
    for one in (1..=12).filter(named) {
        match (rule.month_days.as_slice(), rule.month_days.first()) {
            // A day of every year: no other is looked at.
            ([_], Some(day)) if *day > 0 => {
                Date::from_ymd_opt(number, 1, 1)?;
                days.extend(Date::from_ymd_opt(number, one, u32::try_from(*day).ok()?));
            }
            _ => days.extend(month(number, one)?),
        }
    }
    Some(days)
}

/// Whether every part of the rule holds of a day.
fn fits(rule: &Rule, day: Date) -> bool {
    let within = |list: &[i32], place: u32, of: u32| {
        let place = i32::try_from(place).unwrap_or_default();
        let behind = place - i32::try_from(of).unwrap_or_default() - 1;
        list.is_empty() || list.contains(&place) || list.contains(&behind)
    };
    within(&rule.months, day.month(), 99)
        && within(&rule.month_days, day.day(), days_in_month(day))
        && within(&rule.year_days, day.ordinal(), days_in_year(day))
        && (rule.weeks.is_empty() || {
            let (week, of) = week(day, rule.week_starts);
            within(&rule.weeks, week, of)
        })
        && (rule.weekdays.is_empty() || rule.weekdays.iter().any(|one| is_weekday(rule, *one, day)))
}

/// Whether a day is that day of the week, and where an ordinal is given, the one of that number in its month or year.
fn is_weekday(rule: &Rule, (ordinal, weekday): (i32, Weekday), day: Date) -> bool {
    if day.weekday() != weekday {
        return false;
    }
    let in_month = rule.every == Frequency::Monthly || !rule.months.is_empty();
    let (place, of) =
        if in_month { (day.day(), days_in_month(day)) } else { (day.ordinal(), days_in_year(day)) };
    let nth = i32::try_from((place - 1) / 7 + 1).unwrap_or_default();
    let nth_last = -i32::try_from((of - place) / 7 + 1).unwrap_or_default();
    ordinal == 0 || ordinal == nth || ordinal == nth_last
}

fn days_in_month(day: Date) -> u32 {
    u32::from(day.num_days_in_month())
}

fn days_in_year(day: Date) -> u32 {
    if day.leap_year() { 366 } else { 365 }
}

/// The number of the week that a day lies in, and how many weeks its year has. The first week is the first with four days.
fn week(day: Date, starts: Weekday) -> (u32, u32) {
    let into = i64::from(day.weekday().days_since(starts));
    // The year of a week is that of its fourth day.
    let fourth = day.checked_add_signed(chrono::TimeDelta::days(3 - into)).unwrap_or(day);
    let number = (fourth.ordinal() - 1) / 7 + 1;
    let rest = days_in_year(fourth) - fourth.ordinal();
    (number, number + rest / 7)
}

/// Those of a set that stand at the positions, from the front or from the back.
fn at_positions(positions: &[i32], set: Vec<Date>) -> Vec<Date> {
    if positions.is_empty() {
        return set;
    }
    let place = |position: i32| {
        let from_front = usize::try_from(position).ok().and_then(|place| place.checked_sub(1));
        from_front.or_else(|| set.len().checked_sub(usize::try_from(position.unsigned_abs()).ok()?))
    };
    let mut found: Vec<Date> =
        positions.iter().filter_map(|position| set.get(place(*position)?).copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
