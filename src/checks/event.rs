//! Dated events that are no evaluations: which of those that are past the file records.
//! Must not plan them, and must not know any one rule.

use super::{Due, Judgement, Missing, Occurrence, Owed, Window, duty::times, duty::window, words};
use crate::expr::Tri;
use crate::facts::{Fact, Facts};
use crate::model::{DateRange, FieldPath, MEETINGS, Table, key};

/// How a definition stands to an event. One that the file does not record at all is only dated, and is met; one that it records
/// is missing where its last day is past and no meeting of its kind took place in its window.
pub(super) fn judge(one: &Owed<'_>, title: &str, facts: &Facts<'_>) -> Judgement {
    let here = FieldPath::Table(Table::Meeting);
    let Some(kind) = one.requirement.recorded_as else {
        return Judgement {
            because: format!("{title}: dated, and not recorded in the file"),
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
    let past: Vec<Window> = windows.into_iter().filter(|window| window.latest.is_some_and(|latest| latest.to < facts.as_of())).collect();
    let numbered = past.iter().zip(1u32..);
    let unrecorded: Vec<(&Window, u32)> =
        numbered.filter(|(window, _)| meetings(kind, window, facts).len() < one.requirement.count as usize).collect();
    let open = facts.is_open(Table::Meeting);
    let met = match (unrecorded.is_empty(), open || unbounded) {
        (true, _) if !unbounded => Tri::True,
        (false, false) => Tri::False,
        _ => Tri::Unknown,
    };
    let mut judgement = Judgement::new(one.applies, met, here);
    let kind = MEETINGS[usize::from(kind)];
    let missing =
        |(window, number): &(&Window, u32)| Missing { what: format!("{kind} by {}", last_day(window)), mark: format!("{kind} {number}") };
    judgement.missing = unrecorded.iter().map(missing).collect();
    if met == Tri::Unknown {
        judgement.needs.extend(open.then_some(here));
        if unbounded {
            let dates = one.requirement.due.iter().flat_map(Due::reads);
            judgement.needs.extend(dates.flat_map(|word| facts.needs(word).iter()));
        }
    }
    judgement.because = match (unbounded, past.len(), judgement.missing.as_slice()) {
        (true, ..) => format!("{title}: how many are due hangs on dates that are not known"),
        (false, 0, _) => format!("{title}: none is past on {}", facts.as_of()),
        (false, past, []) => format!("{title}: all {past} that are past are recorded"),
        (false, _, missing) => format!("{title}: no record of {}", words::list(missing, "and")),
    };
    judgement.said = judgement.because.clone();
    judgement
}

fn last_day(window: &Window) -> String {
    window.latest.map(|latest| latest.to.to_string()).unwrap_or_default()
}

/// The days of the meetings of that kind that took place, or may have, in the window, in order.
#[must_use]
pub fn meetings(kind: u8, window: &Window, facts: &Facts<'_>) -> Vec<DateRange> {
    let inside = |row: u32| match (facts.element(key::meeting::KIND, row), facts.element(key::meeting::DATE, row)) {
        (Fact::Choice(found), Fact::Date(day)) => (found == kind && may_lie(day, window)).then_some(day),
        _ => None,
    };
    let mut days: Vec<DateRange> = (0..facts.count(Table::Meeting)).filter_map(inside).collect();
    days.sort_unstable();
    days
}

fn may_lie(day: DateRange, window: &Window) -> bool {
    window.earliest.is_none_or(|earliest| day.to >= earliest.from) && window.latest.is_none_or(|latest| day.from <= latest.to)
}
