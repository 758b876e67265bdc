//! Working days: the weekends and public holidays of one country or office, read and looked up.
//! Must not know tasks, and must not open files.

mod component;
mod days;
mod event;
mod ics;
mod ics_day;
mod mistake;
mod observance;
mod of_office;
mod raw;
mod recur;
mod rule;
mod series;
mod shelf;
mod unfold;
mod weekend;

pub use days::{Calendar, Coverage, Holiday};
pub use ics::parse_ics;
pub use of_office::{OfficeCalendar, calendar_file, country_of};
pub use raw::{is_calendar, parse_toml};
pub use shelf::{CalendarFile, Calendars};
pub use weekend::{Weekend, Weekends};
