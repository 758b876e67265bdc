//! The days off of the events of one file: recurrences, days added and left out, instances moved and called off.
//! Must not read iCalendar.

use super::event::{Event, Timed};
use super::recur::{Budget, days};
use super::rule::End;
use crate::diag::Diagnostic;
use crate::model::Date;
use crate::source::{SourceId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many days one file may ask to be looked through and marked.
const MOST_WORK: u32 = 2_000_000;

/// The days off, with what limits the knowledge of them.
#[derive(Debug, Default)]
pub(super) struct DaysOff {
    /// Each with its name; the first event of the file that has a day gives it.
    pub days: BTreeMap<Date, Arc<str>>,
    /// The first and the last day of what does not come again for ever.
    pub listed: Option<(Date, Date)>,
    /// The first day of what does.
    pub repeats_from: Option<Date>,
    pub warnings: Vec<Diagnostic>,
}

/// The events of one id: versions of the same, and instances that stand in for days of it.
#[derive(Debug, Default)]
struct Group {
    whole: Vec<Event>,
    changes: BTreeMap<Date, Change>,
}

/// What stands in for one day of a recurrence: an event of whole days, or nothing.
#[derive(Debug)]
struct Change {
    sequence: u64,
    event: Option<Event>,
}

/// Gathers the days.
pub(super) fn days_off(
    source: SourceId,
    events: Vec<Event>,
    timed: &[Timed],
) -> Result<DaysOff, Box<Diagnostic>> {
    let mut found = DaysOff::default();
    let mut budget = Budget::new(MOST_WORK);
    for group in groups(events, timed) {
        group.gather(source, &mut found, &mut budget)?;
    }
    Ok(found)
}

/// The events by their ids, in the order of the file; one without an id is alone.
fn groups(events: Vec<Event>, timed: &[Timed]) -> Vec<Group> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for event in events {
        let next = groups.len();
        let place = event.uid.clone().map_or(next, |uid| *places.entry(uid).or_insert(next));
        if place == next {
            groups.push(Group::default());
        }
        groups[place].add(event);
    }
    for one in timed {
        let group = one.uid.as_ref().and_then(|uid| places.get(uid)).zip(one.stands_for);
        if let Some((place, day)) = group {
            groups[*place].change(day, Change { sequence: one.sequence, event: None });
        }
    }
    groups
}

impl Group {
    fn add(&mut self, event: Event) {
        match event.stands_for {
            Some(day) => {
                let sequence = event.sequence;
                let event = (!event.is_cancelled).then_some(event);
                self.change(day, Change { sequence, event });
            }
            None => self.whole.push(event),
        }
    }

    /// Of two changes of one day the one of the higher number counts, of equal ones the later in the file.
    fn change(&mut self, day: Date, change: Change) {
        if self.changes.get(&day).is_none_or(|known| known.sequence <= change.sequence) {
            self.changes.insert(day, change);
        }
    }

    fn gather(
        mut self,
        source: SourceId,
        found: &mut DaysOff,
        budget: &mut Budget,
    ) -> Result<(), Box<Diagnostic>> {
        let newest = self.whole.iter().map(|event| event.sequence).max().unwrap_or(0);
        self.whole.retain(|event| event.sequence == newest);
        let mut except: Vec<Date> =
            self.whole.iter().flat_map(|event| event.except.iter().copied()).collect();
        except.sort_unstable();
        if let Some(second) = self.whole.get(1) {
            let message =
                "this event has the id of another: which is the newer is not said, and both are counted";
            found.warnings.push(
                Diagnostic::warning(source, second.span, message).hint("give each event a `UID` of its own"),
            );
        }
        for event in self.whole.iter().filter(|event| !event.is_cancelled) {
            let starts = self.starts(source, event, found, budget)?;
            found.mark(source, event, &starts, budget)?;
        }
        for (day, change) in &self.changes {
            if let Some(event) = change.event.as_ref().filter(|_| except.binary_search(day).is_err()) {
                let starts = self.starts(source, event, found, budget)?;
                found.mark(source, event, &starts, budget)?;
            }
        }
        Ok(())
    }

    /// The days on which an event begins.
    fn starts(
        &self,
        source: SourceId,
        event: &Event,
        found: &mut DaysOff,
        budget: &mut Budget,
    ) -> Result<Vec<Date>, Box<Diagnostic>> {
        let mut starts = vec![event.start];
        if let Some((rule, span)) = &event.rule {
            let given = days(rule, event.start, budget).ok_or_else(|| too_much(source, *span))?;
            if given.first() != Some(&event.start) {
                found.warnings.extend(beside_rule(source, *span, rule.end)?);
            }
            starts.extend(given);
        }
        starts.extend(&event.more);
        if event.stands_for.is_none() {
            starts.retain(|day| !self.changes.contains_key(day));
        }
        starts.retain(|day| event.except.binary_search(day).is_err());
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }
}

fn too_much(source: SourceId, span: Span) -> Box<Diagnostic> {
    let error = Diagnostic::error(source, span, "this calendar repeats more often than can be followed");
    Box::new(error.hint("keep the years that you plan in: end events with `UNTIL`"))
}

/// The first day of an event is one of its days even if its rule does not give it; how many others there are then is read in
/// different ways (RFC 5545, 3.8.5.3).
fn beside_rule(source: SourceId, span: Span, end: End) -> Result<Option<Diagnostic>, Box<Diagnostic>> {
    let message = "this rule does not give the day on which its event begins";
    if let End::Count(_) = end {
        let error = Diagnostic::error(source, span, format!("{message}, and counts its days"));
        return Err(Box::new(error.hint("begin the event on the first day that the rule gives")));
    }
    let hint = "that day is counted too; begin the event on the first day that the rule gives";
    Ok(Some(Diagnostic::warning(source, span, message).hint(hint)))
}

impl DaysOff {
    /// Marks the days of an event that begins on some days.
    fn mark(
        &mut self,
        source: SourceId,
        event: &Event,
        starts: &[Date],
        budget: &mut Budget,
    ) -> Result<(), Box<Diagnostic>> {
        let work = starts.len().saturating_mul(event.length);
        let span = event.rule.as_ref().map_or(event.span, |(_, span)| *span);
        budget.take(work).ok_or_else(|| too_much(source, span))?;
        for start in starts {
            for day in start.iter_days().take(event.length) {
                self.days.entry(day).or_insert_with(|| Arc::clone(&event.name));
            }
        }
        let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return Ok(()) };
        if event.rule.as_ref().is_some_and(|(rule, _)| rule.end == End::Never) {
            self.repeats_from = Some(self.repeats_from.map_or(*first, |known| known.min(*first)));
        } else {
            let (from, to) = self.listed.unwrap_or((*first, *last));
            self.listed = Some((from.min(*first), to.max(*last)));
        }
        Ok(())
    }
}
