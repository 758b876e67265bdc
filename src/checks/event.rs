//! Dated events that are no evaluations: which of those that are past the file records.
//! Must not plan them, and must not know any one rule.

use super::{Due, Judgement, Meetings, Missing, Occurrence, Owed, Reason, Window, owed::times, owed::window};
use crate::expr::Tri;
use crate::facts::{Fact, Facts};
use crate::model::{DateRange, FieldPath, Table, key};
use std::sync::Arc;

/// How a definition stands to an event. One that the file does not record at all is only dated, and is met; one that it records
/// is missing where its last day is past and no meeting of its kind took place in its window.
pub(super) fn judge(one: &Owed<'_>, title: &Arc<str>, facts: &Facts<'_>) -> Judgement {
    let here = FieldPath::Table(Table::Meeting);
    let Some(kind) = one.requirement.recorded_as else {
        return Judgement {
            reason: Reason::Meetings(Arc::clone(title), Meetings::NotRecorded),
            ..Judgement::new(one.applies, Tri::True, here)
        };
    };
    let (windows, unbounded) = match &one.requirement.due {
        Some(due @ Due::Every { .. }) => {
            let times = times(one, due, facts);
            (times.sure.iter().map(|time: &Occurrence| time.window).collect(), times.unbounded)
        }
        _ => (vec![window(one, facts)], false),
    };
    let count = one.requirement.count as usize;
    let undated =
        of_kind(kind, facts).filter(|row| facts.element(key::meeting::DATE, *row) == Fact::Unknown).count();
    let is_past = |window: &Window| window.latest.is_some_and(|latest| latest.to < facts.as_of());
    let may_be_past = |window: &Window| window.latest.is_none_or(|latest| latest.from < facts.as_of());
    let is_missing =
        |window: &Window| is_past(window) && meetings(kind, window, facts).len() + undated < count;
    // One that may be past, or whose meeting may lie outside, leaves it open.
    let is_in_doubt = |window: &Window| {
        may_be_past(window) && !is_missing(window) && surely_in(kind, window, facts) < count
    };
    let in_doubt = windows.iter().any(is_in_doubt);
    let past: Vec<Window> = windows.into_iter().filter(is_past).collect();
    let unrecorded: Vec<(&Window, u32)> =
        past.iter().zip(1u32..).filter(|(window, _)| is_missing(window)).collect();
    let open = facts.is_open(Table::Meeting);
    let met = match (unrecorded.is_empty(), open || unbounded) {
        (true, _) if !unbounded && !in_doubt => Tri::True,
        (false, false) => Tri::False,
        _ => Tri::Unknown,
    };
    let mut judgement = Judgement::new(one.applies, met, here);
    let missing = |(window, number): &(&Window, u32)| Missing::Meeting {
        kind,
        number: *number,
        by: window.latest.map(|latest| latest.to),
    };
    judgement.missing = unrecorded.iter().map(missing).collect();
    if met == Tri::Unknown {
        judgement.needs.extend(open.then_some(here));
        judgement.needs.extend(times_needed(one, kind, unbounded, in_doubt, facts));
    }
    let meetings = match (unbounded, past.len(), judgement.missing.as_slice()) {
        (true, ..) => Meetings::Uncounted,
        (false, _, []) if met == Tri::Unknown => Meetings::InDoubt,
        (false, 0, _) => Meetings::NonePast(facts.as_of()),
        (false, past, []) => Meetings::AllRecorded(past),
        (false, ..) => Meetings::NoRecord,
    };
    judgement.reason = Reason::Meetings(Arc::clone(title), meetings);
    judgement
}

/// The facts on which the windows of an event rest where they are not all known, and the days of the meetings that may fall into them.
fn times_needed(
    one: &Owed<'_>,
    kind: u8,
    unbounded: bool,
    in_doubt: bool,
    facts: &Facts<'_>,
) -> Vec<FieldPath> {
    let mut needs = Vec::new();
    if unbounded || in_doubt {
        let dates = one.requirement.due.iter().flat_map(Due::reads);
        needs.extend(dates.flat_map(|word| facts.needs(word).iter()));
    }
    if in_doubt {
        let days = of_kind(kind, facts).flat_map(|row| facts.element_needs(key::meeting::DATE, row).iter());
        needs.extend(days);
    }
    needs
}

/// The days of the meetings of that kind that took place, or may have, in the window, in order.
#[must_use]
pub fn meetings(kind: u8, window: &Window, facts: &Facts<'_>) -> Vec<DateRange> {
    let mut days: Vec<DateRange> = days(kind, facts).filter(|day| may_lie(*day, window)).collect();
    days.sort_unstable();
    days
}

/// How many meetings of that kind took place in the window, whichever days of what is known in part are the right ones.
fn surely_in(kind: u8, window: &Window, facts: &Facts<'_>) -> usize {
    let opens = |day: DateRange| window.earliest.is_some_and(|earliest| day.from >= earliest.to);
    let closes = |day: DateRange| window.latest.is_some_and(|latest| day.to <= latest.from);
    days(kind, facts).filter(|day| opens(*day) && closes(*day)).count()
}

fn days(kind: u8, facts: &Facts<'_>) -> impl Iterator<Item = DateRange> {
    of_kind(kind, facts).filter_map(|row| match facts.element(key::meeting::DATE, row) {
        Fact::Date(day) => Some(day),
        _ => None,
    })
}

/// The rows of the meetings of that kind.
fn of_kind(kind: u8, facts: &Facts<'_>) -> impl Iterator<Item = u32> {
    (0..facts.count(Table::Meeting))
        .filter(move |row| facts.element(key::meeting::KIND, *row) == Fact::Choice(kind))
}

fn may_lie(day: DateRange, window: &Window) -> bool {
    window.earliest.is_none_or(|earliest| day.to >= earliest.from)
        && window.latest.is_none_or(|latest| day.from <= latest.to)
}
