//! What a start and an end known in part may still be: a few pairs of days, enough to show every length and every
//! number of anniversaries that a rule tells apart.
//! Must not judge.

use super::suppose::{Axis, Supposed, months_of};
use crate::checks::Reads;
use crate::expr::Read;
use crate::facts::{Facts, Word};
use crate::model::{Date, DateRange, FieldPath, Value, add_months, key};
use chrono::Datelike;
use std::collections::BTreeSet;

/// How many anniversaries are told apart; a project of a hundred years has no more.
const MOST_PERIODS: i32 = 100;

/// How many are told apart where the end of the project is not known at all.
const MOST_PERIODS_WITHOUT_END: i32 = 12;

/// The axes of the start and the end, where they are not known to the day and the rule reads them.
pub(super) fn axes(reads: &Reads, facts: &Facts<'_>) -> Vec<Axis> {
    let reads_dates = [Word::Duration, Word::Key(key::project::START), Word::Key(key::project::END)];
    if !reads_dates.iter().any(|word| reads.all.contains(&Read::Word(*word))) {
        return Vec::new();
    }
    let is_whole = |key| reads.whole.contains(&Read::Word(Word::Key(key)));
    if reads.moves_dates && (is_whole(key::project::START) || is_whole(key::project::END)) {
        return Vec::new();
    }
    let exact = |range: Option<DateRange>| range.and_then(DateRange::exact).is_some();
    let (start_known, end_known) = (exact(facts.start()), exact(facts.end()));
    if start_known && end_known {
        return Vec::new();
    }
    let (starts, ends) = days(reads, facts);
    // Where nothing is known of either, one of them alone says nothing of the length: they are supplied together.
    let of_length = reads.all.contains(&Read::Word(Word::Duration));
    let neither = of_length && facts.start().is_none() && facts.end().is_none() && months_of(facts).is_none();
    let axis = |path: FieldPath, days: BTreeSet<Date>| Axis {
        needs: if neither { vec![FieldPath::Key(key::project::START), facts.end_path()] } else { vec![path] },
        target: path,
        values: days.into_iter().map(|day| Supposed::Value(Value::Date(DateRange::day(day)))).collect(),
    };
    let given = |key| facts.definition().single(crate::model::Table::Project).get(key).is_some();
    let derived_end = months_of(facts).is_some() && !given(key::project::END);
    let derived_start = months_of(facts).is_some() && given(key::project::END) && !given(key::project::START);
    let start = (!start_known && !derived_start).then(|| axis(FieldPath::Key(key::project::START), starts));
    let end = (!end_known && !derived_end).then(|| axis(facts.end_path(), ends));
    start.into_iter().chain(end).collect()
}

/// Starts and ends that between them show every answer.
fn days(reads: &Reads, facts: &Facts<'_>) -> (BTreeSet<Date>, BTreeSet<Date>) {
    let lengths = lengths(reads, facts);
    let (mut starts, mut ends) = (BTreeSet::new(), BTreeSet::new());
    let ends_of_months = facts.end().into_iter().flat_map(|end| month_ends(end, reads));
    let of_end = reads.dates.get(&Read::Word(Word::Key(key::project::END))).into_iter().flatten().copied();
    let cuts: Vec<Date> = of_end.chain(ends_of_months).flat_map(around).collect();
    let mut seen = BTreeSet::new();
    for start in candidate_starts(reads, facts, &lengths) {
        for end in candidate_ends(start, facts, (&lengths, &cuts)) {
            if end >= start && seen.insert(signature(start, end, reads)) {
                starts.insert(start);
                ends.insert(end);
            }
        }
    }
    // One start may show every answer by itself; whether the start matters too, its other days tell.
    for (days, known) in [(&mut starts, facts.start()), (&mut ends, facts.end())] {
        days.extend(known.into_iter().flat_map(|range| [range.from, range.to]));
    }
    (starts, ends)
}

/// Every number of months at which an answer can change, among the lengths that are possible.
fn lengths(reads: &Reads, facts: &Facts<'_>) -> BTreeSet<i32> {
    let whole = |months: u32| i32::try_from(months).unwrap_or(i32::MAX - 1);
    let bounded = facts.start().and(facts.end()).and(facts.length()).map(|length| length.whole_months());
    let (least, most) = bounded.map_or((0, i32::MAX), |(least, most)| (whole(least) - 1, whole(most) + 1));
    let periods = if bounded.is_some() { MOST_PERIODS } else { MOST_PERIODS_WITHOUT_END };
    let fixed = reads.months.iter().filter_map(|months| i32::try_from(*months).ok());
    let recurring = reads.periods.iter().flat_map(|(every, within)| {
        let (every, within) = (whole(*every).min(1200), whole(*within).min(1200));
        (1..=periods).map(move |number| every * number + within)
    });
    fixed.chain(recurring).filter(|months| (least..=most).contains(months)).collect()
}

/// Starts at the ends of what is known, at what the rule asks, and where a length that it asks for reaches an end of
/// what is known of the end. Between two such days, in order, the same lengths are possible.
fn candidate_starts(reads: &Reads, facts: &Facts<'_>, lengths: &BTreeSet<i32>) -> BTreeSet<Date> {
    let ends_of_months = facts.start().into_iter().flat_map(|start| month_ends(start, reads));
    let of_start =
        reads.dates.get(&Read::Word(Word::Key(key::project::START))).into_iter().flatten().copied();
    let cuts = of_start.chain(ends_of_months).flat_map(around);
    let before = |end: DateRange| {
        let limits = [end.from, end.to].into_iter().filter_map(|day| day.succ_opt());
        limits
            .flat_map(|limit| lengths.iter().filter_map(move |months| add_months(limit, -months)))
            .flat_map(near)
            .collect::<Vec<_>>()
    };
    let by_length = facts.end().map(before).unwrap_or_default();
    let candidates = cuts.chain(by_length);
    match (facts.start(), facts.end()) {
        (Some(start), _) => candidates
            .filter(|day| (start.from..=start.to).contains(day))
            .chain([start.from, start.to])
            .collect(),
        (None, Some(end)) => candidates.chain([end.from]).collect(),
        (None, None) => candidates.chain([Date::default()]).collect(),
    }
}

/// A few days on either side: moving back by months may land as far from where moving forth started, at the ends of months.
fn near(day: Date) -> impl Iterator<Item = Date> {
    (-3..=3).filter_map(move |days| day.checked_add_signed(chrono::TimeDelta::try_days(days)?))
}

/// Ends at, just before and just after every length that the rule asks for, inside what is known.
fn candidate_ends(start: Date, facts: &Facts<'_>, (lengths, cuts): (&BTreeSet<i32>, &[Date])) -> Vec<Date> {
    if let (Some(months), false) = (months_of(facts), facts.end().is_some_and(|end| end.exact().is_some())) {
        let end = i32::try_from(months).ok().and_then(|months| add_months(start, months)?.pred_opt());
        return end.into_iter().collect();
    }
    let at = lengths
        .iter()
        .filter_map(|months| add_months(start, *months)?.pred_opt())
        .flat_map(around)
        .chain(cuts.iter().copied());
    match facts.end() {
        Some(end) => at.filter(|day| (end.from..=end.to).contains(day)).chain([end.from, end.to]).collect(),
        None => at.chain([start]).collect(),
    }
}

/// The ends of the months that the rule asks for, in the years between two days, both inside.
fn month_ends(days: DateRange, reads: &Reads) -> impl Iterator<Item = Date> {
    let years = days.from.year()..=days.to.year().min(days.from.year() + MOST_PERIODS);
    let last = |year: i32, month: u32| add_months(Date::from_ymd_opt(year, month, 1)?, 1)?.pred_opt();
    years.flat_map(move |year| reads.month_ends.iter().filter_map(move |month| last(year, *month)))
}

fn around(day: Date) -> impl Iterator<Item = Date> {
    [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten()
}

/// Which answer each comparison of the rule gives for these days.
fn signature(start: Date, end: Date, reads: &Reads) -> Vec<i32> {
    let after_end = end.succ_opt().unwrap_or(end);
    let order = |one: Date, two: Option<Date>| two.map_or(2, |two| one.cmp(&two) as i32);
    let lengths = reads.months.iter().map(|months| {
        order(after_end, i32::try_from(*months).ok().and_then(|months| add_months(start, months)))
    });
    let periods =
        reads.periods.iter().map(|(every, within)| anniversaries(start, after_end, *every, *within));
    let days = DateRange { from: start, to: after_end };
    let inside = month_ends(days, reads).filter(|day| start <= *day && *day < after_end).count();
    let of = |word: Word, day: Date| {
        reads.dates.get(&Read::Word(word)).into_iter().flatten().map(move |cut| day.cmp(cut) as i32)
    };
    let inside = [i32::try_from(inside).unwrap_or(i32::MAX)];
    lengths
        .chain(periods)
        .chain(inside)
        .chain(of(Word::Key(key::project::START), start))
        .chain(of(Word::Key(key::project::END), end))
        .collect()
}

/// How many anniversaries stand before they give way.
fn anniversaries(start: Date, after_end: Date, every: u32, within: u32) -> i32 {
    let stands = |number: &i32| {
        let day = i32::try_from(every).ok().and_then(|every| add_months(start, every * number));
        day.and_then(|day| add_months(day, i32::try_from(within).ok()?))
            .is_some_and(|limit| limit < after_end)
    };
    i32::try_from((1..=MOST_PERIODS).take_while(stands).count()).unwrap_or(0)
}

/// Whether supposed dates keep to the length in months that the file gives.
pub(super) fn keeps_length(given: &Facts<'_>, supposed: &Facts<'_>) -> bool {
    let Some(months) = months_of(given) else { return true };
    let days = supposed.start().and_then(DateRange::exact).zip(supposed.end().and_then(DateRange::exact));
    days.is_none_or(|(start, end)| {
        i32::try_from(months).ok().and_then(|months| add_months(start, months)) == end.succ_opt()
    })
}
