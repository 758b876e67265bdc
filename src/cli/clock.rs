//! The only place that asks the clock.

use chrono::NaiveDate;
use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// Today, in universal time.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
pub(crate) fn today() -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = chrono::Days::new(seconds / SECONDS_A_DAY);
    NaiveDate::default().checked_add_days(days).unwrap_or_default()
}
