//! A calendar of holidays in iCalendar: its all-day events are days off. It is read whole or refused: an event of which the days are
//! not certain is an error with its line.
//! Must not write iCalendar, must not choose which calendar counts, and must not say a word of the file in a message: it may be
//! another file.

use super::component::{Components, components};
use super::days::Coverage;
use super::event::{Event, Read, Timed, is, read};
use super::observance::is_observance;
use super::series::{DaysOff, days_off};
use super::{Calendar, Holiday, Weekends};
use crate::diag::{Diagnostic, Loaded, Severity, in_order};
use crate::model::Date;
use crate::schedule::vcal::Line;
use crate::source::{SourceId, Sources, Span};

/// What events were passed over: the place of the first, and how many there are.
type Passed = Option<(Span, usize)>;

/// Reads the days off of an iCalendar file. Events with a time of day, and those marked as observances, are no days off and are passed
/// over, with a warning. Where there is an error the calendar has no days off: it must not be used.
#[must_use]
pub fn parse_ics(source: SourceId, sources: &Sources, weekend: impl Into<Weekends>) -> Loaded<Calendar> {
    let mut calendar = Calendar::weekends(weekend);
    calendar.name = sources.path(source).into();
    calendar.source = sources.path(source).into();
    let mut diagnostics = Vec::new();
    match components(source, sources.text(source)) {
        Err(damaged) => diagnostics.push(*damaged),
        Ok(found) => {
            diagnostics.extend(head(source, &found));
            let (events, timed) = events(source, &found, &mut diagnostics);
            let none = events.is_empty();
            match days_off(source, events, &timed) {
                Err(error) => diagnostics.push(*error),
                Ok(days) => {
                    diagnostics.extend(days.warnings.iter().cloned());
                    calendar.covers = coverage(&days);
                    calendar = calendar.with_holidays(holidays(days));
                }
            }
            if none && diagnostics.is_empty() {
                let message = "this calendar has no all-day event: it names no day off";
                diagnostics.push(Diagnostic::warning(source, Span::new(0..0), message));
            }
        }
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        calendar = Calendar { holidays: Vec::new(), ..calendar };
    }
    Loaded { value: calendar, diagnostics: in_order(source, diagnostics) }
}

fn holidays(days: DaysOff) -> impl Iterator<Item = Holiday> {
    days.days.into_iter().map(|(date, name)| Holiday::certain(date, name))
}

fn coverage(days: &DaysOff) -> Coverage {
    match (days.listed, days.repeats_from) {
        (None, None) => Coverage::Always,
        (None, Some(from)) => {
            let (from, _) = Coverage::years(from, from);
            Coverage::Listed(from, Date::MAX)
        }
        (Some((first, last)), None) => {
            let (from, to) = Coverage::years(first, last);
            Coverage::Listed(from, to)
        }
        (Some((first, last)), Some(_)) => {
            let (from, to) = Coverage::years(first, last);
            Coverage::Repeating(from, to)
        }
    }
}

/// What the calendar says of itself that changes all its days.
fn head(source: SourceId, found: &Components<'_>) -> Vec<Diagnostic> {
    let says = |line: &Line<'_>, name: &str, value: &str| {
        is(line, name) && line.value.trim().eq_ignore_ascii_case(value)
    };
    let error =
        |line: &Line<'_>, message: &str, hint: &str| Diagnostic::error(source, line.span, message).hint(hint);
    let mut diagnostics = Vec::new();
    for line in &found.heads {
        if is(line, "CALSCALE") && !says(line, "CALSCALE", "GREGORIAN") {
            let hint = "save it with days of the Gregorian calendar";
            diagnostics.push(error(
                line,
                "the days of this calendar are not those of the Gregorian calendar",
                hint,
            ));
        }
        if says(line, "METHOD", "CANCEL") {
            let hint =
                "it is the message that events are off, not a calendar: name the file of the calendar itself";
            diagnostics.push(error(line, "this file calls events off", hint));
        }
    }
    if let Some((span, count)) = found.strange {
        let message =
            format!("{} not written as iCalendar: passed over", many(count, "line is", "lines are"));
        diagnostics.push(
            Diagnostic::warning(source, span, message).hint("each line has a name, a colon and a value"),
        );
    }
    diagnostics
}

/// The events, those of whole days apart from those with a time; what is wrong with them, and how many are no days off.
fn events(
    source: SourceId,
    found: &Components<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Event>, Vec<Timed>) {
    let (mut whole, mut timed) = (Vec::new(), Vec::new());
    let (mut with_time, mut remembered): (Passed, Passed) = (None, None);
    for lines in &found.events {
        let text = |name: &str| lines.iter().find(|line| is(line, name)).map(Line::text).unwrap_or_default();
        match read(source, lines) {
            Err(error) => diagnostics.push(*error),
            Ok(Read::Timed(one)) => {
                if !one.is_cancelled {
                    with_time = Some(counted(with_time, one.span));
                }
                timed.push(one);
            }
            Ok(Read::Whole(event)) if is_observance(&event.name, &text("DESCRIPTION")) => {
                remembered = Some(counted(remembered, event.span));
            }
            Ok(Read::Whole(event)) => whole.push(*event),
        }
    }
    let mut warn = |passed: Passed, what: [&str; 2], hint: &str| {
        let told = passed.map(|(span, count)| {
            let message = format!(
                "{}: not counted as {}",
                many(count, what[0], what[1]),
                if count == 1 { "a day off" } else { "days off" }
            );
            Diagnostic::warning(source, span, message).hint(hint)
        });
        diagnostics.extend(told);
    };
    warn(with_time, ["event has a time of day", "events have a time of day"], "make days off all-day events");
    let hint = "where one is a day off in your office, take the mark out of its description";
    warn(remembered, ["event is marked as an observance", "events are marked as observances"], hint);
    (whole, timed)
}

fn counted(passed: Passed, span: Span) -> (Span, usize) {
    passed.map_or((span, 1), |(first, count)| (first, count + 1))
}

/// `1 line is`, `3 lines are`.
fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
