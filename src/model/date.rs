//! Calendar dates known exactly or in part, and whole calendar months.
//! Must not ask the clock.

use std::fmt;

/// A calendar day.
pub type Date = chrono::NaiveDate;

/// All the days that a date may be: one day when it is known exactly, the whole
/// year for `"2014"`, the whole month for `"2014-06"`. Both ends are inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateRange {
    /// The earliest day it may be, inside.
    pub from: Date,
    /// The latest day it may be, inside.
    pub to: Date,
}

impl DateRange {
    /// A date known to the day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { from: date, to: date }
    }

    /// The day, where it is known exactly.
    #[must_use]
    pub fn exact(self) -> Option<Date> {
        (self.from == self.to).then_some(self.from)
    }

    /// The range moved by a function that never puts a later day before an earlier one.
    /// `None` where an end leaves the calendar.
    #[must_use]
    pub fn map(self, shift: impl Fn(Date) -> Option<Date>) -> Option<Self> {
        Some(Self { from: shift(self.from)?, to: shift(self.to)? })
    }
}

/// Shows a day as `2014-06-30`, a whole year as `2014`, a whole month as `2014-06`,
/// and any other range as `2014-06-30 to 2014-08-31`.
impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use chrono::Datelike;
        let (from, to) = (self.from, self.to);
        if from == to {
            return write!(f, "{from}");
        }
        let next = to.succ_opt().unwrap_or(to);
        let whole_months = from.day() == 1 && next.day() == 1;
        if whole_months && from.month() == 1 && next.month() == 1 && from.year() + 1 == next.year() {
            write!(f, "{:04}", from.year())
        } else if whole_months && add_months(from, 1) == Some(next) {
            write!(f, "{:04}-{:02}", from.year(), from.month())
        } else {
            write!(f, "{from} to {to}")
        }
    }
}

/// A number of whole calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Months(pub u32);

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 month"),
            n => write!(f, "{n} months"),
        }
    }
}

/// The months by their English names, from January.
pub const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The most months that a length may have, before or after.
pub const MOST_MONTHS: u32 = 1200;

/// The day `months` calendar months later (earlier when negative), in one step, clamped to
/// the end of a shorter month: 31 January plus one month is 28 or 29 February.
/// `None` where the day leaves the calendar.
#[must_use]
pub fn add_months(date: Date, months: i32) -> Option<Date> {
    let step = chrono::Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
}

/// Reads `18 months`, `1 month`, `2 years` or `-3 months` as calendar months; `None` for anything else.
#[must_use]
pub fn parse_months(text: &str) -> Option<i32> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: i32 = number.parse().ok()?;
    let months = match unit.trim() {
        "month" | "months" => number,
        "year" | "years" => number.checked_mul(12)?,
        _ => return None,
    };
    (months.unsigned_abs() <= MOST_MONTHS).then_some(months)
}
