//! A calendar file in TOML, as shipped or of a user: read with places.
//! Must not choose which calendar counts, and must not say a word of the file in a message: it may be another file.

use super::days::Coverage;
use super::mistake::told;
use super::{Calendar, Holiday, Weekend, Weekends};
use crate::diag::{Diagnostic, Loaded, in_order};
use crate::model::Date;
use crate::source::{SourceId, Sources, Span};
use crate::toml::Datetime;
use crate::toml::Spanned;
use crate::toml::{DeTable, Deserializer};
use chrono::{Datelike, Weekday};
use serde::Deserialize;
use std::sync::Arc;

/// The most holidays that one file may hold.
pub(super) const MOST_HOLIDAYS: usize = 20_000;

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCalendar {
    country: Option<String>,
    name: Option<String>,
    weekend: Option<Days>,
    #[serde(default)]
    earlier_weekend: Vec<RawWeekend>,
    from: Option<Spanned<Datetime>>,
    to: Option<Spanned<Datetime>>,
    source: Option<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    holiday: Vec<RawHoliday>,
}

type Days = Spanned<Vec<Spanned<String>>>;

/// A weekend of an earlier time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawWeekend {
    days: Days,
    /// The last day on which it was in force.
    until: Spanned<Datetime>,
    #[serde(rename = "source")]
    _source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHoliday {
    name: String,
    dates: Vec<Spanned<Datetime>>,
    /// The first and the last year, several times, in which the days are estimates.
    #[serde(default)]
    estimated: Vec<Spanned<[i32; 2]>>,
    /// Where days come from that the source of the calendar does not have.
    #[serde(rename = "source")]
    _source: Option<String>,
}

/// Whether a text is written like a calendar, sound or not: its keys are those of one, and none is that of a project.
#[must_use]
pub fn is_calendar(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (table, _) = DeTable::parse_recoverable(&text);
    let table = table.get_ref();
    !table.contains_key("project") && ["holiday", "weekend"].iter().any(|key| table.contains_key(*key))
}

struct Reader {
    source: SourceId,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a calendar. A file that says nothing of the weekend gets the one given.
#[must_use]
pub fn parse_toml(source: SourceId, sources: &Sources, weekend: impl Into<Weekends>) -> Loaded<Calendar> {
    let (table, errors) = DeTable::parse_recoverable(sources.text(source));
    let raw = if errors.is_empty() {
        RawCalendar::deserialize(Deserializer::from(table)).map_err(|error| vec![error])
    } else {
        Err(errors)
    };
    let raw = match raw {
        Ok(raw) => raw,
        Err(errors) => {
            let diagnostics = errors.iter().map(|error| told(source, error)).collect();
            return Loaded { value: Calendar::weekends(weekend), diagnostics: in_order(source, diagnostics) };
        }
    };
    let mut reader = Reader { source, diagnostics: Vec::new() };
    let weekend =
        reader.weekends(raw.weekend.as_ref(), &raw.earlier_weekend).unwrap_or_else(|| weekend.into());
    let from = raw.from.as_ref().and_then(|day| reader.day(day));
    let to = raw.to.as_ref().and_then(|day| reader.day(day));
    if let (Some(from), Some(to), Some(place)) = (from, to, &raw.to)
        && to < from
    {
        reader.error(
            place.span(),
            "this calendar ends before it begins",
            "`to` is the last day for which it knows holidays",
        );
    }
    let name = raw.name.or(raw.country).unwrap_or_else(|| sources.path(source).to_owned());
    let calendar = Calendar {
        name: name.into(),
        source: raw.source.unwrap_or_else(|| sources.path(source).to_owned()).into(),
        weekend,
        covers: Coverage::Always,
        lacks: raw.lacks.iter().map(|text| text.as_str().into()).collect(),
        holidays: Vec::new(),
    };
    let mut calendar = calendar.with_holidays(reader.holidays(&raw.holiday));
    calendar.covers = coverage((from, to), calendar.holidays());
    Loaded { value: calendar, diagnostics: in_order(source, reader.diagnostics) }
}

/// The days that the file says it covers; what it does not say is taken from its holidays.
fn coverage((from, to): (Option<Date>, Option<Date>), holidays: &[Holiday]) -> Coverage {
    if let (Some(from), Some(to)) = (from, to) {
        return Coverage::Stated(from, to);
    }
    match (holidays.first(), holidays.last()) {
        (Some(first), Some(last)) => {
            let (first, last) = Coverage::years(first.date, last.date);
            Coverage::Listed(from.unwrap_or(first), to.unwrap_or(last))
        }
        _ => Coverage::Always,
    }
}

impl Reader {
    fn error(&mut self, span: std::ops::Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(self.source, Span::new(span), message).hint(hint));
    }

    /// The weekend and those before it; nothing where the file says nothing of today's.
    fn weekends(&mut self, now: Option<&Days>, earlier: &[RawWeekend]) -> Option<Weekends> {
        if let (None, Some(first)) = (now, earlier.first()) {
            let message = "this calendar has an earlier weekend and no later one";
            let hint = "add `weekend = [\"friday\", \"saturday\"]`: the days off since then";
            self.error(first.until.span(), message, hint);
        }
        let mut before: Vec<(Date, Weekend)> = Vec::new();
        for raw in earlier {
            let read = self.day(&raw.until).zip(self.weekend(&raw.days));
            let Some((until, weekend)) = read else { continue };
            if before.iter().any(|(known, _)| *known == until) {
                self.error(
                    raw.until.span(),
                    "two earlier weekends end on this day",
                    "each ends on a day of its own",
                );
            }
            before.push((until, weekend));
        }
        Some(Weekends::after(before, self.weekend(now?)?))
    }

    fn weekend(&mut self, days: &Days) -> Option<Weekend> {
        let mut weekend = Weekend::NONE;
        for day in days.get_ref() {
            let Some((_, known)) = DAYS.iter().find(|(name, _)| name == day.get_ref()) else {
                self.error(
                    day.span(),
                    "this is no day of the week",
                    "write the days off in full: `weekend = [\"friday\", \"saturday\"]`",
                );
                return None;
            };
            match weekend.with(*known) {
                Some(more) => weekend = more,
                None => {
                    self.error(
                        days.span(),
                        "this weekend leaves no day to work on",
                        "name only the days off, such as `[\"friday\", \"saturday\"]`",
                    );
                    return None;
                }
            }
        }
        Some(weekend)
    }

    fn holidays(&mut self, raw: &[RawHoliday]) -> Vec<Holiday> {
        let mut found: Vec<Holiday> = Vec::new();
        for holiday in raw {
            let name: Arc<str> = holiday.name.as_str().into();
            for years in &holiday.estimated {
                let [first, last] = years.get_ref();
                if last < first {
                    let hint = "write the first and the last year, such as `estimated = [[2026, 2035]]`";
                    self.error(years.span(), "these years end before they begin", hint);
                }
            }
            let is_estimate = |day: Date| {
                holiday
                    .estimated
                    .iter()
                    .any(|years| (years.get_ref()[0]..=years.get_ref()[1]).contains(&day.year()))
            };
            for date in &holiday.dates {
                if found.len() >= MOST_HOLIDAYS {
                    self.error(
                        date.span(),
                        format!("this calendar has more than {MOST_HOLIDAYS} holidays"),
                        "keep the years that you plan in",
                    );
                    return found;
                }
                found.extend(self.day(date).map(|date| Holiday {
                    date,
                    name: Arc::clone(&name),
                    is_estimate: is_estimate(date),
                }));
            }
        }
        found
    }

    fn day(&mut self, value: &Spanned<Datetime>) -> Option<Date> {
        let Datetime { date, time, .. } = value.get_ref();
        let day = date.filter(|_| time.is_none());
        let day = day.and_then(|day| {
            Date::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day))
        });
        if day.is_none() {
            self.error(value.span(), "this is not a day", "write it like 2029-03-30");
        }
        day
    }
}
