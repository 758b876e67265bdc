//! At which days a missing date decides of an event: those at which its window has just closed on the day of the run, or just
//! holds a meeting that the file records. Must not judge.

use crate::checks::Reads;
use crate::expr::Read;
use crate::facts::{Fact, Facts};
use crate::model::{Date, DateRange, Table, add_months, key};

/// Adds those days to the values of the dates from which windows of events count.
pub(super) fn cut(reads: &mut Reads, facts: &Facts<'_>) {
    for (word, earliest, latest, kind) in reads.events.clone() {
        let meetings: Vec<DateRange> = meetings(kind, facts).collect();
        let closes = meetings.iter().map(|day| day.to).chain([facts.as_of()]).map(|day| (day, latest));
        let opens = meetings.iter().map(|day| day.from).map(|day| (day, earliest));
        let days = closes.chain(opens).filter_map(|(day, months)| add_months(day, -months)).flat_map(near);
        reads.dates.entry(Read::Word(word)).or_default().extend(days);
    }
}

fn meetings(kind: u8, facts: &Facts<'_>) -> impl Iterator<Item = DateRange> {
    let of_kind = (0..facts.count(Table::Meeting))
        .filter(move |row| facts.element(key::meeting::KIND, *row) == Fact::Choice(kind));
    of_kind.filter_map(|row| match facts.element(key::meeting::DATE, row) {
        Fact::Date(day) => Some(day),
        _ => None,
    })
}

/// The days on either side: counted back by months, the end of a month may land a few days off.
fn near(day: Date) -> impl Iterator<Item = Date> {
    [-3, 0, 3].into_iter().filter_map(move |days| day.checked_add_signed(chrono::TimeDelta::try_days(days)?))
}
