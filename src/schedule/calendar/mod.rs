//! Working days: the weekends and public holidays of one country or office, read and looked up.
//! Must not know tasks, and must not open files.

mod days;
mod ics;
mod of_office;
mod raw;
mod shelf;

pub use days::{Calendar, Holiday, Weekend};
pub use ics::parse_ics;
pub use of_office::{OfficeCalendar, calendar_file, country_of};
pub use raw::{is_calendar, parse_toml};
pub use shelf::{CalendarFile, Calendars};
