//! The days of the week that are days off, and until when they were others.
//! Must not know holidays.

use crate::model::Date;
use chrono::{Datelike, Weekday};
use std::sync::Arc;

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

/// The weekend of a country through time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekends {
    /// The weekends of earlier times, each with its last day, the oldest first.
    earlier: Arc<[(Date, Weekend)]>,
    now: Weekend,
}

impl From<Weekend> for Weekends {
    fn from(now: Weekend) -> Self {
        Self { earlier: Arc::default(), now }
    }
}

impl Weekends {
    /// A weekend that followed others, each of which is given with its last day.
    #[must_use]
    pub fn after(mut earlier: Vec<(Date, Weekend)>, now: Weekend) -> Self {
        earlier.sort_by_key(|(until, _)| *until);
        Self { earlier: earlier.into(), now }
    }

    /// The weekend in force on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Weekend {
        let place = self.earlier.partition_point(|(until, _)| *until < day);
        self.earlier.get(place).map_or(self.now, |(_, weekend)| *weekend)
    }

    /// Whether a day is one of its weekend.
    #[must_use]
    pub fn has(&self, day: Date) -> bool {
        self.on(day).has(day.weekday())
    }
}
