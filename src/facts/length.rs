//! The length of a project, compared with calendar months by dates.
//! Must not round to days or fractions of months.

use crate::model::{Date, DateRange, Months, Range, add_months};
use chrono::Datelike;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Which of less, equal and greater are possible. All three are: nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orders {
    /// It may be less.
    pub less: bool,
    /// It may be equal.
    pub equal: bool,
    /// It may be greater.
    pub greater: bool,
}

impl Orders {
    /// How amounts of two currencies stand to each other, whatever the rate is: by their signs alone.
    #[must_use]
    pub fn by_sign(left: Range, right: Range) -> Self {
        let sign = |amount: Decimal| amount.cmp(&Decimal::ZERO) as i8;
        let signs = |range: Range| (sign(range.min), sign(range.max));
        let ((low, high), (other_low, other_high)) = (signs(left), signs(right));
        let both = |sign: i8| (low..=high).contains(&sign) && (other_low..=other_high).contains(&sign);
        if both(-1) || both(1) {
            return Self::ANY;
        }
        Self { less: low < other_high, equal: both(0), greater: high > other_low }
    }

    /// Nothing is known.
    pub const ANY: Self = Self { less: true, equal: true, greater: true };

    /// How any number of one interval may stand to any number of another; both ends of both inside.
    #[must_use]
    pub fn of<T: Ord>(left: (&T, &T), right: (&T, &T)) -> Self {
        Self {
            less: left.0 < right.1,
            equal: left.0 <= right.1 && right.0 <= left.1,
            greater: left.1 > right.0,
        }
    }
}

/// How long a project runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// From one day up to, not including, another.
    Dates {
        /// The first day.
        start: DateRange,
        /// The day after the last.
        after_end: DateRange,
    },
    /// Whole months, where the dates are not known.
    Months(Months),
}

impl Length {
    /// How the length stands to a number of calendar months: the day after the end is held against the
    /// start moved by that many months in one step. Fourteen days into a month count as fourteen days, never as half a month.
    #[must_use]
    #[inline]
    pub fn compare(self, months: Months) -> Orders {
        match self {
            Self::Months(own) => Orders::of((&own, &own), (&months, &months)),
            Self::Dates { start, after_end } => {
                let low = order(after_end.from, start.to, months);
                let exact = after_end.from == after_end.to && start.from == start.to;
                let high = if exact { low } else { order(after_end.to, start.from, months) };
                Orders { less: low.is_lt(), equal: low.is_le() && high.is_ge(), greater: high.is_gt() }
            }
        }
    }

    /// The least number of whole months that surely lie inside and the greatest that may.
    #[must_use]
    pub fn whole_months(self) -> (u32, u32) {
        match self {
            Self::Months(own) => (own.0, own.0),
            Self::Dates { start, after_end } => {
                (whole_months(start.to, after_end.from), whole_months(start.from, after_end.to))
            }
        }
    }
}

/// How a day stands to another one moved by calendar months. The month of the moved day is known without
/// the calendar, and mostly decides.
#[inline]
fn order(day: Date, start: Date, months: Months) -> Ordering {
    let month = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month0());
    let by_month = month(day).cmp(&(month(start) + i64::from(months.0)));
    by_month.then_with(|| day.cmp(&move_months(start, months).unwrap_or(Date::MAX)))
}

fn move_months(day: Date, months: Months) -> Option<Date> {
    add_months(day, i32::try_from(months.0).ok()?)
}

/// The greatest number of months by which the first day can be moved without passing the second.
fn whole_months(from: Date, until: Date) -> u32 {
    let guess = (until.year() - from.year()) * 12 + i32::try_from(until.month()).unwrap_or(0)
        - i32::try_from(from.month()).unwrap_or(0);
    let fits = |months: i32| add_months(from, months).is_some_and(|day| day <= until);
    u32::try_from(if fits(guess) { guess } else { guess - 1 }).unwrap_or(0)
}
