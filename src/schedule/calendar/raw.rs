//! A calendar file in TOML, as shipped or of a user: read with places.
//! Must not choose which calendar counts, and must not say a word of the file in a message: it may be another file.

use super::{Calendar, Holiday, Weekend};
use crate::diag::{Diagnostic, Loaded, in_order};
use crate::model::Date;
use crate::source::{SourceId, Sources, Span};
use crate::toml::Datetime;
use crate::toml::Spanned;
use crate::toml::{DeTable, Deserializer};
use chrono::Weekday;
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
    weekend: Option<Spanned<Vec<Spanned<String>>>>,
    from: Option<Spanned<Datetime>>,
    to: Option<Spanned<Datetime>>,
    source: Option<String>,
    #[serde(default)]
    holiday: Vec<RawHoliday>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHoliday {
    name: String,
    dates: Vec<Spanned<Datetime>>,
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
pub fn parse_toml(source: SourceId, sources: &Sources, weekend: Weekend) -> Loaded<Calendar> {
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
    let weekend = raw.weekend.as_ref().and_then(|days| reader.weekend(days)).unwrap_or(weekend);
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
        covers: from.zip(to),
        holidays: Vec::new(),
    };
    let holidays = reader.holidays(&raw.holiday);
    Loaded { value: calendar.with_holidays(holidays), diagnostics: in_order(source, reader.diagnostics) }
}

/// How a calendar is written.
const FORM: &str = "a calendar has lines such as `country = \"MW\"` or `weekend = [\"saturday\", \"sunday\"]`, and below [[holiday]] \
    `name = \"Easter Monday\"` and `dates = [2029-04-02]`";

/// What the reader of TOML found wrong. Only keys of calendars are named.
fn told(source: SourceId, error: &crate::toml::Error) -> Diagnostic {
    let message = error.message();
    let (what, hint) = if let Some((_, known)) =
        message.strip_prefix("unknown field `").and_then(|rest| rest.rsplit_once("`, expected "))
    {
        (
            "a calendar has no such key here",
            format!("known here: {}", known.replace("one of ", "").replace('`', "")),
        )
    } else if message.starts_with("missing field `name`") {
        ("this holiday has no `name`", "add `name`: it cannot be left out".to_owned())
    } else if message.starts_with("missing field `dates`") {
        ("this holiday has no `dates`", "add `dates`: they cannot be left out".to_owned())
    } else if message.starts_with("invalid ") && message.contains(", expected ") && error.span().is_some() {
        ("a calendar has another kind of value here", FORM.to_owned())
    } else {
        ("this is not TOML", FORM.to_owned())
    };
    Diagnostic::error(source, Span::new(error.span().unwrap_or(0..0)), what).hint(hint)
}

impl Reader {
    fn error(&mut self, span: std::ops::Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(self.source, Span::new(span), message).hint(hint));
    }

    fn weekend(&mut self, days: &Spanned<Vec<Spanned<String>>>) -> Option<Weekend> {
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
            for date in &holiday.dates {
                if found.len() >= MOST_HOLIDAYS {
                    self.error(
                        date.span(),
                        format!("this calendar has more than {MOST_HOLIDAYS} holidays"),
                        "keep the years that you plan in",
                    );
                    return found;
                }
                found.extend(self.day(date).map(|date| Holiday { date, name: Arc::clone(&name) }));
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
