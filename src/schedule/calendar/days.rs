//! The days off of one country or office.
//! Must not read files, and must not know tasks.

use crate::model::Date;
use chrono::{Datelike, Weekday};
use std::sync::Arc;

/// The most days that are looked through for working days: 27 years.
const MOST_DAYS: usize = 10_000;

/// Which days of the week are days off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekend(u8);

impl Weekend {
    /// Saturday and Sunday.
    pub const SATURDAY_SUNDAY: Self = Self(0b110_0000);

    /// No day.
    pub const NONE: Self = Self(0);

    /// The same with one more day; `None` where no day of the week would be left.
    #[must_use]
    pub fn with(self, day: Weekday) -> Option<Self> {
        let days = self.0 | 1 << day.num_days_from_monday();
        (days != 0b111_1111).then_some(Self(days))
    }

    /// Whether the day of the week is one of them.
    #[must_use]
    pub fn has(self, day: Weekday) -> bool {
        self.0 & 1 << day.num_days_from_monday() != 0
    }
}

/// One day off that is no weekend of itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// What it is called.
    pub name: Arc<str>,
}

/// The days on which nobody works, in one country or office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Whose days they are: the country's name, or the file's.
    pub name: Arc<str>,
    /// Where they come from, in words.
    pub source: Arc<str>,
    /// The weekend.
    pub weekend: Weekend,
    /// The first and the last day for which holidays are known; `None` where the file does not say.
    pub covers: Option<(Date, Date)>,
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
    pub fn weekends(weekend: Weekend) -> Self {
        Self {
            name: "weekends".into(),
            source: "weekends alone".into(),
            weekend,
            covers: None,
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
        !self.weekend.has(day.weekday()) && self.holiday(day).is_none()
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

    /// The holidays of a time, both ends inside, that fall on no weekend.
    pub fn skipped(&self, from: Date, to: Date) -> impl Iterator<Item = &Holiday> {
        let first = self.holidays.partition_point(|holiday| holiday.date < from);
        let days = self.holidays[first..].iter().take_while(move |holiday| holiday.date <= to);
        days.filter(|holiday| !self.weekend.has(holiday.date.weekday()))
    }

    /// Whether the holidays of that day are known.
    #[must_use]
    pub fn knows(&self, day: Date) -> bool {
        self.covers.is_none_or(|(from, to)| (from..=to).contains(&day))
    }
}

fn back_from(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day), |day| day.pred_opt())
}
