//! Windows of obligations that one evaluation takes at once.
//! Must not know why they are where they are.

use crate::checks::Window;
use crate::model::DateRange;

/// The days that lie in both windows; `None` where there surely are none.
pub(super) fn intersect(one: Window, two: Window) -> Option<Window> {
    let earliest = pick(one.earliest, two.earliest, later);
    let latest = pick(one.latest, two.latest, earlier);
    if let (Some(earliest), Some(latest)) = (earliest, latest)
        && earliest.from > latest.to
    {
        return None;
    }
    let target = pick(one.target, two.target, earlier);
    let target = target.map(|target| earliest.map_or(target, |earliest| later(target, earliest)));
    Some(Window {
        earliest,
        target: target.map(|target| latest.map_or(target, |latest| earlier(target, latest))),
        latest,
    })
}

fn pick(
    one: Option<DateRange>,
    two: Option<DateRange>,
    choose: fn(DateRange, DateRange) -> DateRange,
) -> Option<DateRange> {
    match (one, two) {
        (Some(one), Some(two)) => Some(choose(one, two)),
        (one, two) => one.or(two),
    }
}

fn later(one: DateRange, two: DateRange) -> DateRange {
    DateRange { from: one.from.max(two.from), to: one.to.max(two.to) }
}

fn earlier(one: DateRange, two: DateRange) -> DateRange {
    DateRange { from: one.from.min(two.from), to: one.to.min(two.to) }
}
