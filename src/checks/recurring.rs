//! Which evaluation of a definition stands for which time of a recurring obligation.
//! Must not know when the times are.

use super::{Found, Occurrence, Occurrences, Review, Reviews, Unlisted, Wanted};
use crate::facts::{Fact, Facts};
use crate::model::{Date, DateRange, key};

/// For each time, by number, the evaluation that stands for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// Number of the time, row of the evaluation.
    pub pairs: Vec<(u32, u32)>,
}

impl Matched {
    /// The evaluation that stands for that time.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<u32> {
        self.pairs.iter().find(|(known, _)| *known == number).map(|(_, row)| *row)
    }

    /// The numbers of those times that no evaluation stands for.
    #[must_use]
    pub fn unmet(&self, times: &[Occurrence]) -> Vec<u32> {
        times.iter().map(|time| time.number).filter(|number| self.row(*number).is_none()).collect()
    }
}

/// Gives each evaluation to one time: first by its id (`annual-review-2`), then by the nearest date within half a
/// period, then the undated ones in order.
#[must_use]
pub fn match_reviews(times: &Occurrences, found: &Found, wanted: &Wanted, facts: &Facts<'_>) -> Matched {
    match_at(times, found, (wanted, |day| day.from), facts)
}

/// The same for the last days that dates known in part may be. A date known by its year crosses the middle between two reviews at
/// most once where they stand a year apart, so that its two ends show both answers.
pub(super) fn match_reviews_late(
    times: &Occurrences,
    found: &Found,
    wanted: &Wanted,
    facts: &Facts<'_>,
) -> Matched {
    match_at(times, found, (wanted, |day| day.to), facts)
}

fn match_at(
    times: &Occurrences,
    found: &Found,
    (wanted, pick): (&Wanted, fn(DateRange) -> Date),
    facts: &Facts<'_>,
) -> Matched {
    let day_of = |row: u32| day_of(facts, row).map(pick);
    let all: Vec<&Occurrence> = times.sure.iter().chain(&times.possible).collect();
    let mut matched = Matched::default();
    let mut rows = found.sure.clone();
    rows.retain(|row| {
        let number =
            number_of(wanted, facts, *row).filter(|number| all.iter().any(|time| time.number == *number));
        number.is_none_or(|number| !matched.take(number, *row))
    });
    rows.retain(|row| {
        let Some(day) = day_of(*row) else { return true };
        let nearest = all
            .iter()
            .filter(|time| matched.row(time.number).is_none())
            .filter_map(|time| Some((distance(time, day)?, time.number)))
            .min();
        let half = half_period(&all);
        nearest.is_none_or(|(distance, number)| distance > half || !matched.take(number, *row))
    });
    for row in
        rows.into_iter().filter(|row| day_of(*row).is_none() && number_of(wanted, facts, *row).is_none())
    {
        if let Some(time) = all.iter().find(|time| matched.row(time.number).is_none()) {
            matched.take(time.number, row);
        }
    }
    matched.pairs.sort_unstable();
    matched
}

impl Matched {
    /// Notes a pair, where the time is still free.
    fn take(&mut self, number: u32, row: u32) -> bool {
        let free = self.row(number).is_none();
        if free {
            self.pairs.push((number, row));
        }
        free
    }
}

/// The number in an id such as `annual-review-2`.
fn number_of(wanted: &Wanted, facts: &Facts<'_>, row: u32) -> Option<u32> {
    match facts.element(key::evaluation::ID, row) {
        Fact::Text(id) => id.strip_prefix(wanted.timing())?.strip_prefix('-')?.parse().ok(),
        _ => None,
    }
}

/// The day of a review, as far as it is known.
fn day_of(facts: &Facts<'_>, row: u32) -> Option<DateRange> {
    let known = |key| match facts.element(key, row) {
        Fact::Date(range) => Some(range),
        _ => None,
    };
    known(key::evaluation::COMPLETED).or_else(|| known(key::evaluation::DATE))
}

fn distance(time: &Occurrence, day: Date) -> Option<i64> {
    Some((time.window.target?.from - day).num_days().abs())
}

/// Half the days between two times that follow each other; half a year where there is only one.
fn half_period(all: &[&Occurrence]) -> i64 {
    const HALF_YEAR: i64 = 183;
    let day = |time: &Occurrence| Some(time.window.target?.from);
    match all {
        [one, two, ..] => day(two).zip(day(one)).map_or(HALF_YEAR, |(two, one)| (two - one).num_days() / 2),
        _ => HALF_YEAR,
    }
}

/// The times, and which evaluations stand for them.
#[must_use]
pub(super) fn reviews(
    times: &Occurrences,
    matched: &Matched,
    wanted: &Wanted,
    unknown: Option<Unlisted>,
) -> Reviews {
    let review = |time: &Occurrence| Review {
        number: time.number,
        day: time.window.target,
        is_bounded: time.window.latest.is_some(),
        listed: matched.row(time.number).is_some(),
    };
    Reviews {
        timing: wanted.assigned_to,
        sure: times.sure.iter().map(review).collect(),
        possible: times.possible.iter().map(review).collect(),
        yielded: times.yielded.as_ref().map(review),
        unbounded: times.unbounded,
        unknown,
    }
}
