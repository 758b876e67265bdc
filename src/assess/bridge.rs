//! Facts that a rule holds against each other: what is known of one is a value at which the answer for the other can change.
//! Must not judge.

use crate::checks::Reads;
use crate::expr::Read;
use crate::facts::{Fact, Facts, Word};
use crate::model::{Date, KeyId, Kind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most texts that are carried over; more would make too many combinations.
const MOST_TEXTS: usize = 6;

/// The facts that a rule reads, with the values of those that stand beside no constant as cuts of one another.
pub(super) fn bridged(reads: &Reads, facts: &Facts<'_>) -> Reads {
    let mut bridged = reads.clone();
    let free = |read: &&Read| match kind(**read) {
        Some(Kind::Text | Kind::Name) => reads.texts.get(read).is_none_or(BTreeSet::is_empty),
        Some(Kind::Date) => !reads.moves_dates && reads.dates.get(read).is_none_or(BTreeSet::is_empty),
        _ => false,
    };
    let (dates, texts): (Vec<Read>, Vec<Read>) =
        reads.all.iter().filter(free).partition(|read| kind(**read) == Some(Kind::Date));
    let days: BTreeSet<Date> = dates.iter().flat_map(|read| known(*read, facts)).filter_map(day).collect();
    let words: BTreeSet<Arc<str>> =
        texts.iter().flat_map(|read| known(*read, facts)).filter_map(word).take(MOST_TEXTS).collect();
    // Two facts that are unknown may be alike or not, whatever is known besides.
    let alone = |reads: &[Read]| {
        reads.iter().flat_map(|read| known(*read, facts)).filter(|fact| !is_exact(*fact)).count() < 2
    };
    if dates.len() > 1 && !days.is_empty() {
        bridged.bridged.extend(dates.iter().filter(|_| alone(&dates)));
        bridged.dates.extend(dates.into_iter().map(|read| (read, days.clone())));
    }
    if texts.len() > 1 && !words.is_empty() && words.len() < MOST_TEXTS {
        bridged.bridged.extend(texts.iter().filter(|_| alone(&texts)));
        bridged.texts.extend(texts.into_iter().map(|read| (read, words.clone())));
    }
    bridged
}

fn kind(read: Read) -> Option<Kind> {
    match read {
        Read::Word(Word::Key(key)) | Read::Field(key) => Some(KeyId::spec(key).kind),
        Read::Word(_) => None,
    }
}

/// What the definition says of a fact, for a field once an element.
fn known<'a>(read: Read, facts: &Facts<'a>) -> Vec<Fact<'a>> {
    match read {
        Read::Word(word) => vec![facts.fact(word)],
        Read::Field(key) => (0..facts.count(key.table)).map(|row| facts.element(key, row)).collect(),
    }
}

/// Whether a fact can be one thing only.
fn is_exact(fact: Fact<'_>) -> bool {
    match fact {
        Fact::Unknown => false,
        Fact::Date(range) => range.exact().is_some(),
        _ => true,
    }
}

fn day(fact: Fact<'_>) -> Option<Date> {
    match fact {
        Fact::Date(range) => range.exact(),
        _ => None,
    }
}

fn word(fact: Fact<'_>) -> Option<Arc<str>> {
    match fact {
        Fact::Text(text) => Some(text.into()),
        _ => None,
    }
}
