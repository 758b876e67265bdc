//! One event of iCalendar: its days, how it comes again, and which event it changes.
//! Must not know other events, and must not say a word of the file in a message.

use super::ics_day::{day, length};
use super::rule::Rule;
use crate::diag::Diagnostic;
use crate::model::Date;
use crate::schedule::vcal::Line;
use crate::source::{SourceId, Span};
use std::sync::Arc;

/// The longest that one event may last, in days.
const LONGEST: i64 = 366;

/// Properties that stand once in an event, as far as they say which days it has.
const ONCE: [&str; 8] =
    ["DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "STATUS", "SEQUENCE", "UID"];

/// An event that lasts whole days.
#[derive(Debug)]
pub(super) struct Event {
    pub name: Arc<str>,
    pub uid: Option<String>,
    /// How often it has been changed: of two versions the higher counts.
    pub sequence: u64,
    /// The day of the recurrence that it stands in for.
    pub stands_for: Option<Date>,
    pub is_cancelled: bool,
    pub start: Date,
    /// How many days it lasts.
    pub length: usize,
    pub rule: Option<(Rule, Span)>,
    /// Days added and left out, each in order.
    pub more: Vec<Date>,
    pub except: Vec<Date>,
    /// Where it says when it begins.
    pub span: Span,
}

/// An event that has a time of day: no day off of itself.
#[derive(Debug)]
pub(super) struct Timed {
    pub uid: Option<String>,
    pub sequence: u64,
    pub stands_for: Option<Date>,
    pub is_cancelled: bool,
    pub span: Span,
}

/// An event, as far as it can be days off.
#[derive(Debug)]
pub(super) enum Read {
    Whole(Box<Event>),
    Timed(Timed),
}

struct Properties<'l, 't> {
    source: SourceId,
    lines: &'l [Line<'t>],
}

/// Reads the properties of an event.
pub(super) fn read(source: SourceId, lines: &[Line<'_>]) -> Result<Read, Box<Diagnostic>> {
    let properties = Properties { source, lines };
    properties.check_once()?;
    let uid = properties.one("UID").map(Line::text);
    let sequence = properties.one("SEQUENCE").and_then(|line| line.value.trim().parse().ok()).unwrap_or(0);
    let is_cancelled =
        properties.one("STATUS").is_some_and(|line| line.value.trim().eq_ignore_ascii_case("CANCELLED"));
    let stands_for = properties.stands_for()?;
    let Some(start) = properties.one("DTSTART") else {
        let span = lines.first().map_or(Span::new(0..0), |line| line.span);
        let error = Diagnostic::error(source, span, "this event does not say when it begins");
        return Err(Box::new(error.hint("it needs a line such as `DTSTART;VALUE=DATE:20290330`")));
    };
    if start.value.contains(['T', 't']) {
        return Ok(Read::Timed(Timed { uid, sequence, stands_for, is_cancelled, span: start.span }));
    }
    let first = properties.day_of(start)?;
    let except = properties.days("EXDATE")?;
    let event = Event {
        name: properties.one("SUMMARY").map(Line::text).as_deref().unwrap_or("day off").trim().into(),
        uid,
        sequence,
        stands_for,
        is_cancelled,
        start: first,
        length: properties.length(first)?,
        rule: properties.rule(first)?,
        more: properties.days("RDATE")?,
        except,
        span: start.span,
    };
    Ok(Read::Whole(Box::new(event)))
}

/// A property of the name; whatever case it has.
pub(super) fn is(line: &Line<'_>, name: &str) -> bool {
    line.name.trim().eq_ignore_ascii_case(name)
}

impl<'l, 't> Properties<'l, 't> {
    fn one(&self, name: &str) -> Option<&'l Line<'t>> {
        self.lines.iter().find(|line| is(line, name))
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = &'l Line<'t>> {
        self.lines.iter().filter(move |line| is(line, name))
    }

    fn error(&self, line: &Line<'_>, message: &str, hint: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(self.source, line.span, message).hint(hint))
    }

    fn check_once(&self) -> Result<(), Box<Diagnostic>> {
        for name in ONCE {
            if let Some(again) = self.all(name).nth(1) {
                let message = format!("this event has a second `{name}`");
                return Err(self.error(again, &message, "an event has one; write two events"));
            }
        }
        if let Some(line) = self.one("EXRULE") {
            let hint = "RFC 5545 has done away with `EXRULE`: name the days in `EXDATE`";
            return Err(self.error(line, "this event leaves out days by a rule", hint));
        }
        Ok(())
    }

    fn day_of(&self, line: &Line<'_>) -> Result<Date, Box<Diagnostic>> {
        day(&line.value).ok_or_else(|| self.error(line, "this is not a day", "write it like 20290330"))
    }

    fn days(&self, name: &'static str) -> Result<Vec<Date>, Box<Diagnostic>> {
        let mut found = Vec::new();
        for line in self.all(name) {
            for text in line.value.split(',').filter(|text| !text.trim().is_empty()) {
                found.push(day(text).ok_or_else(|| {
                    let message = format!("this `{name}` of an all-day event is not a list of days");
                    self.error(line, &message, "write it like 20290330,20290402, without a time of day")
                })?);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn stands_for(&self) -> Result<Option<Date>, Box<Diagnostic>> {
        let Some(line) = self.one("RECURRENCE-ID") else { return Ok(None) };
        if line.parameters.to_ascii_uppercase().contains("RANGE=") {
            let hint = "end the event with `UNTIL` and write a second one from that day on";
            return Err(self.error(line, "this event changes all that come after it", hint));
        }
        // That of a recurrence with a time of day names none of days off.
        if line.value.contains(['T', 't']) { Ok(None) } else { self.day_of(line).map(Some) }
    }

    fn length(&self, first: Date) -> Result<usize, Box<Diagnostic>> {
        let (line, days, hint) = match (self.one("DTEND"), self.one("DURATION")) {
            (Some(_), Some(line)) => {
                let hint = "keep `DTEND` or `DURATION`";
                return Err(self.error(line, "this event has both an end and a duration", hint));
            }
            (Some(end), None) => {
                let days = day(&end.value).map(|after| (after - first).num_days());
                (end, days, "DTEND is the day after the last, within a year")
            }
            (None, Some(line)) => {
                (line, length(&line.value), "DURATION is a number of days such as `P5D`, within a year")
            }
            (None, None) => return Ok(1),
        };
        let message = "this event does not end on a day after it begins";
        let days = days.filter(|days| (0..=LONGEST).contains(days));
        // One that ends on the day on which it begins lasts that day.
        let days = days.and_then(|days| usize::try_from(days.max(1)).ok());
        days.ok_or_else(|| self.error(line, message, hint))
    }

    fn rule(&self, first: Date) -> Result<Option<(Rule, Span)>, Box<Diagnostic>> {
        let Some(line) = self.one("RRULE") else { return Ok(None) };
        match Rule::parse(&line.value, first) {
            Ok(rule) => Ok(Some((rule, line.span))),
            Err((message, hint)) => Err(self.error(line, message, hint)),
        }
    }
}
