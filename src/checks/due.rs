//! When an obligation is due: windows by share of the project's life, by offset from a date, by anniversary, by calendar month.
//! Must not know tasks, holidays, or any rule by name.

use crate::facts::{Fact, Facts, Length, Word};
use crate::model::{Date, DateRange, Months, add_months};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

/// A day before which, by which at best, and after which no more. Each is a range where the dates that it
/// hangs on are known in part, and absent where they are not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// The first day on which the thing may be done; inside.
    pub earliest: Option<DateRange>,
    /// The day aimed at; the latest day where the rule gives none.
    pub target: Option<DateRange>,
    /// The last day on which the thing is in time; inside.
    pub latest: Option<DateRange>,
}

impl Window {
    /// The window with no day before that one.
    #[must_use]
    pub fn not_before(self, day: Date) -> Self {
        let lift = |range: DateRange| DateRange { from: range.from.max(day), to: range.to.max(day) };
        Self {
            earliest: self.earliest.map(lift),
            target: self.target.map(lift),
            latest: self.latest.map(lift),
        }
    }
}

/// When an obligation is due, as the rule states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// At shares of the project's life: start + floor(share × days from the start to the day after the end).
    Share {
        /// The share aimed at.
        target: Decimal,
        /// The least share; the target where absent.
        earliest: Option<Decimal>,
        /// The greatest share; the target where absent.
        latest: Option<Decimal>,
    },
    /// Some calendar months before or after a date.
    Offset {
        /// The date.
        from: Word,
        /// The first day, in months from the date.
        earliest: Option<i32>,
        /// No day before this share of the project's life, where that is later than the first day.
        not_before: Option<Decimal>,
        /// The day aimed at, in months from the date; the latest where absent.
        target: Option<i32>,
        /// The last day, in months from the date.
        latest: i32,
    },
    /// Again and again, at each whole number of periods from a date, inside the project.
    Every {
        /// The period in months.
        months: u32,
        /// The date from which the periods count.
        from: Word,
        /// The first day of each, in months from the day it falls on.
        earliest: Option<i32>,
        /// The last day of each, in months from the day it falls on.
        latest: i32,
        /// One whose day plus these months reaches the day after the end gives way to the final evaluation.
        yields_within: Option<u32>,
        /// Only in this month of the year (1 to 12), from the year of the date: each is due by its last day, and from its first
        /// where no first day is given.
        month: Option<u32>,
    },
}

/// One time at which a recurring obligation falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Its number, from 1.
    pub number: u32,
    /// The day it falls on, with its window.
    pub window: Window,
}

/// All the times at which a recurring obligation falls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// Those that stand whatever the missing facts are, in order.
    pub sure: Vec<Occurrence>,
    /// Those that stand for some of them only, in order.
    pub possible: Vec<Occurrence>,
    /// The one that gives way to the final evaluation, where one does for certain.
    pub yielded: Option<Occurrence>,
    /// Nothing is known of the dates.
    pub unbounded: bool,
}

/// The most times that a recurring obligation is followed; a project of a hundred years has no more.
const MOST_OCCURRENCES: u32 = 100;

impl Due {
    /// The words for the dates on which the due day hangs.
    #[must_use]
    pub fn reads(&self) -> Vec<Word> {
        use crate::model::key::project::{END, START};
        match self {
            Self::Share { .. } => vec![Word::Key(START), Word::Key(END)],
            Self::Offset { from, not_before: None, .. } => vec![*from],
            Self::Offset { from, .. } => [*from, Word::Key(START), Word::Key(END)]
                .into_iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            Self::Every { from, .. } => vec![*from, Word::Key(END)],
        }
    }

    /// The window of an obligation that falls once.
    #[must_use]
    pub fn window(&self, facts: &Facts<'_>) -> Window {
        match self {
            Self::Share { target, earliest, latest } => {
                let at = |share: Decimal| share_of_life(facts, share);
                Window {
                    earliest: at(earliest.unwrap_or(*target)),
                    target: at(*target),
                    latest: at(latest.unwrap_or(*target)),
                }
            }
            Self::Offset { from, earliest, not_before, target, latest } => {
                let Fact::Date(anchor) = facts.fact(*from) else { return Window::default() };
                let window = offset_window(anchor, (*earliest, *target, *latest));
                let Some(share) = not_before else { return window };
                let earliest = window.earliest.zip(share_of_life(facts, *share)).map(|(offset, share)| {
                    DateRange { from: offset.from.max(share.from), to: offset.to.max(share.to) }
                });
                Window { earliest, ..window }
            }
            Self::Every { .. } => Window::default(),
        }
    }

    /// The times at which a recurring obligation falls; none for one that falls once.
    #[must_use]
    pub fn occurrences(&self, facts: &Facts<'_>) -> Occurrences {
        let Self::Every { months, from, earliest, latest, yields_within, month } = self else {
            return Occurrences::default();
        };
        let (Fact::Date(anchor), Some(end)) = (facts.fact(*from), facts.end()) else {
            return match facts.length() {
                Some(Length::Months(length)) => by_length(length, *months, yields_within.unwrap_or(0)),
                _ => Occurrences { unbounded: true, ..Occurrences::default() },
            };
        };
        let Some(after_end) = end.map(|day| day.succ_opt()) else { return Occurrences::default() };
        let mut found = Occurrences::default();
        let mut number = 0;
        for step in u32::from(month.is_none())..=MOST_OCCURRENCES {
            let Some(day) = nth(anchor, *months, step).and_then(|day| in_month(day, *month)) else { break };
            if day.to < anchor.from {
                continue;
            }
            number += 1;
            let Some(limit) = day.map(|day| add_months(day, i32::try_from(yields_within.unwrap_or(0)).ok()?))
            else {
                break;
            };
            if day.from >= after_end.to {
                break;
            }
            // The day itself is aimed at, as far as it lies in the window.
            let target = 0.min(*latest).max(earliest.unwrap_or(0).min(*latest));
            let mut window = offset_window(day, (*earliest, Some(target), *latest));
            if month.is_some() && earliest.is_none() {
                window.earliest = day.map(first_of_month);
            }
            let occurrence = Occurrence { number, window };
            if limit.to < after_end.from && (month.is_none() || anchor.to <= day.from) {
                found.sure.push(occurrence);
            } else if limit.from < after_end.to {
                found.possible.push(occurrence);
            } else if found.yielded.is_none() && day.to < after_end.from {
                found.yielded = Some(occurrence);
            }
        }
        found
    }
}

/// How often an obligation falls in a project whose length is known and whose dates are not: the days stay open.
fn by_length(Months(length): Months, every: u32, yields_within: u32) -> Occurrences {
    let inside = (1..=MOST_OCCURRENCES).take_while(|number| every.saturating_mul(*number) < length);
    let (sure, late): (Vec<u32>, Vec<u32>) =
        inside.partition(|number| every * number + yields_within < length);
    let occurrence = |number: u32| Occurrence { number, window: Window::default() };
    Occurrences {
        sure: sure.into_iter().map(occurrence).collect(),
        yielded: late.first().map(|number| occurrence(*number)),
        ..Occurrences::default()
    }
}

fn nth(anchor: DateRange, months: u32, number: u32) -> Option<DateRange> {
    let step = i32::try_from(months.checked_mul(number)?).ok()?;
    anchor.map(|day| add_months(day, step))
}

/// The last day of that month in the year of the day, where a month is asked for.
fn in_month(day: DateRange, month: Option<u32>) -> Option<DateRange> {
    use chrono::Datelike;
    let Some(month) = month else { return Some(day) };
    day.map(|day| add_months(Date::from_ymd_opt(day.year(), month, 1)?, 1)?.pred_opt())
}

fn first_of_month(day: Date) -> Option<Date> {
    use chrono::Datelike;
    day.with_day(1)
}

fn offset_window(anchor: DateRange, (earliest, target, latest): (Option<i32>, Option<i32>, i32)) -> Window {
    let at = |months: i32| anchor.map(|day| add_months(day, months));
    Window {
        earliest: at(earliest.unwrap_or(target.unwrap_or(latest))),
        target: at(target.unwrap_or(latest)),
        latest: at(latest),
    }
}

pub(super) fn share_of_life(facts: &Facts<'_>, share: Decimal) -> Option<DateRange> {
    let (start, end) = (facts.start()?, facts.end()?);
    let at = |start: Date, end: Date| {
        let days = (end.succ_opt()? - start).num_days();
        let floor = (share * Decimal::from(days)).floor().to_i64()?;
        start.checked_add_signed(chrono::TimeDelta::try_days(floor)?)
    };
    Some(DateRange { from: at(start.from, end.from)?, to: at(start.to, end.to)? })
}
