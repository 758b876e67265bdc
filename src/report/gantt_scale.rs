//! Where days stand in a Gantt chart.
//! Must not know rows beyond their days.

use super::gantt_rows::Row;
use crate::model::Date;
use chrono::{Datelike, TimeDelta};

/// The narrowest day that is still shaded.
const NARROWEST: f64 = 0.9;

/// What follows from a report is drawn for at most so many days beyond everything else.
const BEYOND: i64 = 60;

/// The days of a chart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub first: Date,
    pub last: Date,
    /// The width of a day.
    pub day: f64,
}

impl Scale {
    /// The scale that holds every row in that width; what lasts long after a report is cut off. `None` where there is no row.
    pub(super) fn of(rows: &[Row], today: Option<Date>, width: f64) -> Option<Self> {
        let from = rows.iter().map(|row| row.days.0).min()?;
        let to = rows.iter().map(|row| row.days.1).max()?;
        let must = rows
            .iter()
            .filter(|row| row.whole)
            .map(|row| row.days.1)
            .chain(rows.iter().filter_map(|row| row.milestone))
            .max();
        let cut =
            must.and_then(|must| must.checked_add_signed(TimeDelta::days(BEYOND))).unwrap_or(to).min(to);
        let near = |today: &Date| (from - *today).num_days() <= BEYOND && (*today - cut).num_days() <= BEYOND;
        let today = today.filter(near);
        let first = from.min(today.unwrap_or(from)).checked_sub_signed(TimeDelta::days(3))?;
        let last = cut.max(today.unwrap_or(cut)).checked_add_signed(TimeDelta::days(3))?;
        let days = f64::from(i32::try_from((last - first).num_days() + 1).ok()?);
        Some(Self { first, last, day: (width / days).min(12.0) })
    }

    pub(super) fn width(&self) -> f64 {
        self.x(self.last) + self.day
    }

    /// Where a day begins.
    pub(super) fn x(&self, day: Date) -> f64 {
        f64::from(i32::try_from((day - self.first).num_days()).unwrap_or(0)) * self.day
    }

    pub(super) fn holds(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Whether single days can be seen.
    pub(super) fn shows_days(&self) -> bool {
        self.day >= NARROWEST
    }

    /// The days at which a month, a quarter or a year begins, as the width allows, with their names.
    pub(super) fn marks(&self) -> Vec<(Date, String)> {
        let months =
            [1, 3, 12].into_iter().find(|months| f64::from(*months) * 30.0 * self.day >= 55.0).unwrap_or(12);
        let begins = |day: &Date| day.day() == 1 && day.month0().is_multiple_of(months);
        let fits = |day: &Date| self.x(*day) + 50.0 <= self.width();
        let days = self.first.iter_days().take_while(|day| *day <= self.last).filter(begins).filter(fits);
        days.map(|day| {
            (day, if months == 12 { day.format("%Y").to_string() } else { day.format("%b %Y").to_string() })
        })
        .collect()
    }
}
