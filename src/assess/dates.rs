//! What a start and an end known in part may still be: a few pairs of days, enough to show every length and every
//! number of anniversaries that a rule tells apart.
//! Must not judge.

use super::suppose::{Axis, Supposed, months_of};
use crate::checks::Reads;
use crate::expr::Read;
use crate::facts::{Facts, Word};
use crate::model::{Date, DateRange, FieldPath, Value, add_months, key};
use std::collections::BTreeSet;

/// A range up to this many days is looked through day by day; a longer one at its ends and at what the rule asks.
const MOST_DAYS: i64 = 800;

/// How many anniversaries are told apart.
const MOST_PERIODS: i32 = 12;

/// The axes of the start and the end, where they are not known to the day and the rule reads them.
pub(super) fn axes(reads: &Reads, facts: &Facts<'_>) -> Vec<Axis> {
    let reads_dates = [Word::Duration, Word::Key(key::project::START), Word::Key(key::project::END)];
    if !reads_dates.iter().any(|word| reads.all.contains(&Read::Word(*word))) {
        return Vec::new();
    }
    let exact = |range: Option<DateRange>| range.and_then(DateRange::exact).is_some();
    let (start_known, end_known) = (exact(facts.start()), exact(facts.end()));
    if start_known && end_known {
        return Vec::new();
    }
    let (starts, ends) = days(reads, facts);
    let axis = |path: FieldPath, days: BTreeSet<Date>| Axis {
        needs: vec![path],
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
    let lengths = lengths(reads);
    let (mut starts, mut ends) = (BTreeSet::new(), BTreeSet::new());
    let mut seen = BTreeSet::new();
    for start in candidate_starts(reads, facts, &lengths) {
        for end in candidate_ends(start, facts, &lengths) {
            if end >= start && seen.insert(signature(start, end, reads)) {
                starts.insert(start);
                ends.insert(end);
            }
        }
    }
    (starts, ends)
}

/// Every number of months at which an answer can change.
fn lengths(reads: &Reads) -> BTreeSet<i32> {
    let fixed = reads.months.iter().filter_map(|months| i32::try_from(*months).ok());
    let periods = reads.periods.iter().flat_map(|(every, within)| {
        let (every, within) = (i32::try_from(*every).unwrap_or(12), i32::try_from(*within).unwrap_or(0));
        (1..=MOST_PERIODS).map(move |number| every * number + within)
    });
    fixed.chain(periods).collect()
}

fn candidate_starts(reads: &Reads, facts: &Facts<'_>, lengths: &BTreeSet<i32>) -> Vec<Date> {
    let cuts = reads.dates.get(&Read::Word(Word::Key(key::project::START))).into_iter().flatten().copied();
    let cuts: Vec<Date> = cuts.flat_map(around).collect();
    let range = match (facts.start(), facts.end()) {
        (Some(start), _) if (start.to - start.from).num_days() <= MOST_DAYS => {
            let all = start.from.iter_days().take_while(|day| *day <= start.to);
            return [start.from, start.to].into_iter().chain(all).collect();
        }
        (Some(start), _) => start,
        (None, Some(end)) => {
            let before =
                |months: i32| [end.from, end.to].into_iter().filter_map(move |end| add_months(end.succ_opt()?, -months)).flat_map(around);
            return lengths.iter().flat_map(|months| before(*months)).chain([end.from]).chain(cuts).collect();
        }
        (None, None) => return cuts.into_iter().chain([Date::default()]).collect(),
    };
    cuts.into_iter().filter(|day| (range.from..=range.to).contains(day)).chain([range.from, range.to]).collect()
}

/// Ends at, just before and just after every length that the rule asks for, inside what is known.
fn candidate_ends(start: Date, facts: &Facts<'_>, lengths: &BTreeSet<i32>) -> Vec<Date> {
    if let (Some(months), false) = (months_of(facts), facts.end().is_some_and(|end| end.exact().is_some())) {
        let end = i32::try_from(months).ok().and_then(|months| add_months(start, months)?.pred_opt());
        return end.into_iter().collect();
    }
    let at = lengths.iter().filter_map(|months| add_months(start, *months)?.pred_opt()).flat_map(around);
    match facts.end() {
        Some(end) => at.filter(|day| (end.from..=end.to).contains(day)).chain([end.from, end.to]).collect(),
        None => at.chain([start]).collect(),
    }
}

fn around(day: Date) -> impl Iterator<Item = Date> {
    [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten()
}

/// Which answer each comparison of the rule gives for these days.
fn signature(start: Date, end: Date, reads: &Reads) -> Vec<i32> {
    let after_end = end.succ_opt().unwrap_or(end);
    let order = |one: Date, two: Option<Date>| two.map_or(2, |two| one.cmp(&two) as i32);
    let lengths =
        reads.months.iter().map(|months| order(after_end, i32::try_from(*months).ok().and_then(|months| add_months(start, months))));
    let periods = reads.periods.iter().map(|(every, within)| anniversaries(start, after_end, *every, *within));
    let of = |word: Word, day: Date| reads.dates.get(&Read::Word(word)).into_iter().flatten().map(move |cut| day.cmp(cut) as i32);
    lengths.chain(periods).chain(of(Word::Key(key::project::START), start)).chain(of(Word::Key(key::project::END), end)).collect()
}

/// How many anniversaries stand before they give way.
fn anniversaries(start: Date, after_end: Date, every: u32, within: u32) -> i32 {
    let stands = |number: &i32| {
        let day = i32::try_from(every).ok().and_then(|every| add_months(start, every * number));
        day.and_then(|day| add_months(day, i32::try_from(within).ok()?)).is_some_and(|limit| limit < after_end)
    };
    i32::try_from((1..=MOST_PERIODS * 8).take_while(stands).count()).unwrap_or(0)
}

/// Whether supposed dates keep to the length in months that the file gives.
pub(super) fn keeps_length(given: &Facts<'_>, supposed: &Facts<'_>) -> bool {
    let Some(months) = months_of(given) else { return true };
    let days = supposed.start().and_then(DateRange::exact).zip(supposed.end().and_then(DateRange::exact));
    days.is_none_or(|(start, end)| i32::try_from(months).ok().and_then(|months| add_months(start, months)) == end.succ_opt())
}
