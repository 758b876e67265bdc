//! A calendar of holidays in iCalendar: its all-day events are days off.
//! Must not write iCalendar, must not choose which calendar counts, and must not say a word of the file in a message: it may be
//! another file.

use super::raw::MOST_HOLIDAYS;
use super::{Calendar, Holiday, Weekend};
use crate::diag::{Diagnostic, Loaded, in_order};
use crate::model::{Date, add_months};
use crate::schedule::vcal::{Line, lines};
use crate::source::{SourceId, Sources, Span};
use std::sync::Arc;

/// How many years a yearly event is followed.
const MOST_YEARS: i32 = 60;

/// The longest that one event may last, in days.
const LONGEST: i64 = 366;

#[derive(Default)]
struct Event<'t> {
    summary: Option<String>,
    start: Option<Line<'t>>,
    end: Option<Line<'t>>,
    rule: Option<Line<'t>>,
    cancelled: bool,
}

/// Reads the days off of an iCalendar file. Events with a time of day are no days off and are passed over, with a warning.
#[must_use]
pub fn parse_ics(source: SourceId, sources: &Sources, weekend: Weekend) -> Loaded<Calendar> {
    let text = sources.text(source);
    let mut calendar = Calendar::weekends(weekend);
    calendar.name = sources.path(source).into();
    calendar.source = sources.path(source).into();
    let mut diagnostics = Vec::new();
    let mut holidays = Vec::new();
    let mut event: Option<Event<'_>> = None;
    let mut begun = false;
    for line in lines(text) {
        match (line.name.to_ascii_uppercase().as_str(), line.value.to_ascii_uppercase().as_str()) {
            ("BEGIN", "VCALENDAR") => begun = true,
            ("BEGIN", "VEVENT") => event = Some(Event::default()),
            ("END", "VEVENT") => {
                if let Some(event) = event.take() {
                    days_off(source, &event, &mut holidays, &mut diagnostics);
                }
            }
            (name, value) => {
                let Some(event) = &mut event else { continue };
                match name {
                    "SUMMARY" => event.summary = Some(line.text()),
                    "DTSTART" => event.start = Some(line),
                    "DTEND" => event.end = Some(line),
                    "RRULE" | "RDATE" => event.rule = Some(line),
                    "STATUS" => event.cancelled = value == "CANCELLED",
                    _ => {}
                }
            }
        }
        if holidays.len() > MOST_HOLIDAYS {
            diagnostics.push(Diagnostic::error(
                source,
                Span::new(0..0),
                format!("this calendar has more than {MOST_HOLIDAYS} holidays"),
            ));
            break;
        }
    }
    if !begun {
        diagnostics.push(
            Diagnostic::error(source, Span::new(0..0), "this file is not an iCalendar file")
                .hint("it should begin with `BEGIN:VCALENDAR`"),
        );
    }
    Loaded { value: calendar.with_holidays(holidays), diagnostics: in_order(source, diagnostics) }
}

fn days_off(
    source: SourceId,
    event: &Event<'_>,
    holidays: &mut Vec<Holiday>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (false, Some(start)) = (event.cancelled, &event.start) else { return };
    let name: Arc<str> = event.summary.as_deref().unwrap_or("day off").into();
    if start.value.contains('T') {
        let message = "this event has a time of day: it is not counted as a day off";
        diagnostics.push(Diagnostic::warning(source, start.span, message).hint("make it an all-day event"));
        return;
    }
    let Some(first) = day(&start.value) else {
        diagnostics
            .push(Diagnostic::error(source, start.span, "this is not a day").hint("write it like 20290330"));
        return;
    };
    let last = match &event.end {
        Some(end) => {
            match day(&end.value).filter(|end| *end >= first && (*end - first).num_days() <= LONGEST) {
                Some(after) => after.pred_opt().filter(|last| *last >= first).unwrap_or(first),
                None => {
                    diagnostics.push(
                        Diagnostic::error(
                            source,
                            end.span,
                            "this event does not end on a day after it begins",
                        )
                        .hint("DTEND is the day after the last, within a year"),
                    );
                    return;
                }
            }
        }
        None => first,
    };
    let Some(years) = years(source, event, diagnostics) else { return };
    for year in 0..=years {
        let Some((from, to)) = add_months(first, year * 12).zip(add_months(last, year * 12)) else { break };
        if event.until().is_some_and(|until| from > until) {
            break;
        }
        holidays.extend(
            from.iter_days()
                .take_while(|day| *day <= to)
                .map(|date| Holiday { date, name: Arc::clone(&name) }),
        );
    }
}

impl Event<'_> {
    fn part(&self, name: &str) -> Option<String> {
        let rule = self.rule.as_ref()?.value.to_ascii_uppercase();
        rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    }

    fn until(&self) -> Option<Date> {
        self.part("UNTIL").and_then(|until| day(until.get(..8)?))
    }
}

/// For how many years after the first an event comes again. Only a plain yearly repetition is understood.
fn years(source: SourceId, event: &Event<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<i32> {
    let Some(rule) = &event.rule else { return Some(0) };
    let value = rule.value.to_ascii_uppercase();
    let known = |part: &str| {
        let key = part.split('=').next().unwrap_or_default();
        part == "FREQ=YEARLY"
            || part == "INTERVAL=1"
            || matches!(key, "COUNT" | "UNTIL" | "BYMONTH" | "BYMONTHDAY" | "WKST")
    };
    if value.contains("FREQ=YEARLY") && value.split(';').all(known) {
        let count = event.part("COUNT").and_then(|count| count.parse::<i32>().ok());
        return Some(count.map_or(MOST_YEARS, |count| (count - 1).clamp(0, MOST_YEARS)));
    }
    diagnostics.push(
        Diagnostic::error(source, rule.span, "this event repeats in a way that is not understood")
            .hint("only `FREQ=YEARLY` is; write the other days out, one event each"),
    );
    None
}

/// `20290330`.
fn day(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
}
