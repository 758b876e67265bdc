//! The days off of one country or office.
//! Must not read files, and must not know tasks.

use super::{Weekend, Weekends};
use crate::model::Date;
use std::sync::Arc;

/// The most days that are looked through for working days: 27 years.
const MOST_DAYS: usize = 10_000;

/// One day off that is no weekend of itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// What it is called.
    pub name: Arc<str>,
    /// Whether the day was worked out and not announced: a lunar feast that may fall a day earlier or later.
    pub is_estimate: bool,
}

impl Holiday {
    /// A day that is known for certain.
    #[must_use]
    pub fn certain(date: Date, name: impl Into<Arc<str>>) -> Self {
        Self { date, name: name.into(), is_estimate: false }
    }
}

/// The days for which a calendar knows the holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coverage {
    /// Nothing limits them: there are weekends alone.
    #[default]
    Always,
    /// The file says so: from one day to another.
    Stated(Date, Date),
    /// It says nothing: the whole years from its first holiday to its last.
    Listed(Date, Date),
    /// The same, and some of its holidays come again every year.
    Repeating(Date, Date),
}

impl Coverage {
    /// The first and the last day.
    #[must_use]
    pub fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::Always => None,
            Self::Stated(from, to) | Self::Listed(from, to) | Self::Repeating(from, to) => Some((from, to)),
        }
    }

    /// Whole years around the first and the last of some days.
    pub(super) fn years(first: Date, last: Date) -> (Date, Date) {
        let from = Date::from_ymd_opt(chrono::Datelike::year(&first), 1, 1).unwrap_or(first);
        let to = Date::from_ymd_opt(chrono::Datelike::year(&last), 12, 31).unwrap_or(last);
        (from, to)
    }
}

/// The days on which nobody works, in one country or office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Whose days they are: the country's name, or the file's.
    pub name: Arc<str>,
    /// Where they come from, in words.
    pub source: Arc<str>,
    /// The weekend, which may have changed.
    pub weekend: Weekends,
    /// The days for which holidays are known.
    pub covers: Coverage,
    /// What its source does not have, in words.
    pub lacks: Vec<Arc<str>>,
    /// Sorted by day.
    pub(super) holidays: Vec<Holiday>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self::weekends(Weekend::SATURDAY_SUNDAY)
    }
}

impl Calendar {
    /// Weekends alone.
    #[must_use]
    pub fn weekends(weekend: impl Into<Weekends>) -> Self {
        Self {
            name: "weekends".into(),
            source: "weekends alone".into(),
            weekend: weekend.into(),
            covers: Coverage::Always,
            lacks: Vec::new(),
            holidays: Vec::new(),
        }
    }

    /// The same with those holidays; a day that has several names keeps the first.
    #[must_use]
    pub fn with_holidays(mut self, holidays: impl IntoIterator<Item = Holiday>) -> Self {
        self.holidays.extend(holidays);
        self.holidays.sort_by_key(|holiday| holiday.date);
        self.holidays.dedup_by_key(|holiday| holiday.date);
        self
    }

    /// Every holiday, by day.
    #[must_use]
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// What the day is called, where it is a holiday.
    #[must_use]
    pub fn holiday(&self, day: Date) -> Option<&str> {
        let place = self.holidays.binary_search_by_key(&day, |holiday| holiday.date).ok()?;
        Some(&self.holidays[place].name)
    }

    /// Whether people work on that day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        !self.weekend.has(day) && self.holiday(day).is_none()
    }

    /// The day itself where it is a working day, else the one before.
    #[must_use]
    pub fn on_or_before(&self, day: Date) -> Option<Date> {
        back_from(day).take(MOST_DAYS).find(|day| self.is_working(*day))
    }

    /// The day itself where it is a working day, else the one after.
    #[must_use]
    pub fn on_or_after(&self, day: Date) -> Option<Date> {
        day.iter_days().take(MOST_DAYS).find(|day| self.is_working(*day))
    }

    /// So many working days that end on or before a day, the last one first. `None` where the calendar has no more.
    #[must_use]
    pub fn back(&self, day: Date, count: usize) -> Option<Vec<Date>> {
        let days: Vec<Date> =
            back_from(day).take(MOST_DAYS).filter(|day| self.is_working(*day)).take(count).collect();
        (days.len() == count).then_some(days)
    }

    /// So many working days after a day, the first one first. `None` where the calendar has no more.
    #[must_use]
    pub fn forward(&self, day: Date, count: usize) -> Option<Vec<Date>> {
        let days: Vec<Date> =
            day.iter_days().skip(1).take(MOST_DAYS).filter(|day| self.is_working(*day)).take(count).collect();
        (days.len() == count).then_some(days)
    }

    /// The holidays from one day to another, both included.
    pub fn between(&self, from: Date, to: Date) -> impl Iterator<Item = &Holiday> {
        let first = self.holidays.partition_point(|holiday| holiday.date < from);
        self.holidays[first..].iter().take_while(move |holiday| holiday.date <= to)
    }

    /// The holidays from one day to another, both included, that fall on no weekend.
    pub fn skipped(&self, from: Date, to: Date) -> impl Iterator<Item = &Holiday> {
        self.between(from, to).filter(|holiday| !self.weekend.has(holiday.date))
    }

    /// Whether the holidays of that day are known.
    #[must_use]
    pub fn knows(&self, day: Date) -> bool {
        self.covers.days().is_none_or(|(from, to)| (from..=to).contains(&day))
    }
}

fn back_from(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day), |day| day.pred_opt())
}
