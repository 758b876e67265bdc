//! What the missing facts may still be: a few values for each, enough to show every answer that a rule can give.
//! Must not judge.

use crate::checks::Reads;
use crate::expr::Read;
use crate::facts::{Fact, Facts, Length, NeedsOf, Word};
use crate::model::{
    Amount, Currency, Date, DateRange, Definition, FieldPath, KeyId, Kind, Range, Record, Table, Value, key,
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most combinations of supposed values that are tried for one rule.
pub(super) const MOST_COMBINATIONS: usize = 16_384;

/// The most ways in which a list may go on that are tried for one rule.
const MOST_OF_A_LIST: usize = 1024;

/// The most words of a closed list or texts of which every subset is supposed.
const MOST_SUBSET_WORDS: usize = 5;

/// One missing fact and the values that are supposed for it in turn.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// The keys that would supply it.
    pub needs: Vec<FieldPath>,
    /// The key that the supposed values are put under.
    pub target: FieldPath,
    /// The values.
    pub values: Vec<Supposed>,
}

/// One supposed value.
#[derive(Debug, Clone)]
pub(super) enum Supposed {
    /// The fact has this value.
    Value(Value),
    /// The list has these elements more, and no others.
    Rows(Vec<Record>),
}

/// The missing facts among those that a rule reads.
pub(super) fn axes(reads: &Reads, facts: &Facts<'_>) -> Vec<Axis> {
    let mut reads = super::bridge::bridged(reads, facts);
    super::events::cut(&mut reads, facts);
    let reads = &reads;
    let mut axes = super::dates::axes(reads, facts);
    for read in &reads.all {
        match *read {
            Read::Word(Word::Key(key)) if key != key::project::START && key != key::project::END => {
                axes.extend(word_axis(key, reads, facts))
            }
            Read::Word(_) => {}
            Read::Field(key) => {
                let rows = 0..facts.count(key.table);
                axes.extend(rows.filter_map(|row| {
                    axis(facts.element_needs(key, row), FieldPath::Element(key, row), key, reads, facts)
                }));
            }
        }
    }
    axes.extend(
        reads.tables.iter().filter_map(|(table, conditions)| table_axis(*table, *conditions, reads, facts)),
    );
    axes
}

/// Whether some values show every answer that a rule can give for a fact. One that is held against other facts, or summed, has too
/// many: it stays unknown, unless those are known and stand among the values that it is held against.
fn is_shown_by_few(kind: Kind, read: Read, reads: &Reads) -> bool {
    !reads.whole.contains(&read)
        || matches!(kind, Kind::Bool | Kind::OneOf(_) | Kind::AnyOf(_))
        || reads.bridged.contains(&read)
}

fn word_axis(key: KeyId, reads: &Reads, facts: &Facts<'_>) -> Option<Axis> {
    let target = if key == key::budget::TOTAL { facts.total_path() } else { FieldPath::Key(key) };
    axis(facts.needs(Word::Key(key)), target, key, reads, facts)
}

fn axis(needs: NeedsOf, target: FieldPath, key: KeyId, reads: &Reads, facts: &Facts<'_>) -> Option<Axis> {
    let needs: Vec<FieldPath> = needs.iter().collect();
    if needs.is_empty() {
        return None;
    }
    let known = match target {
        FieldPath::Element(key, row) if key.table != Table::Revision => facts.element(key, row),
        FieldPath::Element(..) => facts.fact(Word::Key(key)),
        _ => facts.fact(Word::Key(key)),
    };
    let read = match target {
        FieldPath::Element(key, _) if key.table != Table::Revision => Read::Field(key),
        _ => Read::Word(Word::Key(key)),
    };
    let values = if is_shown_by_few(key.spec().kind, read, reads) {
        values(key, read, known, reads)
    } else {
        Vec::new()
    };
    Some(Axis { needs, target, values: values.into_iter().map(Supposed::Value).collect() })
}

/// Values of a key that between them give every answer to the comparisons that the rule makes.
fn values(key: KeyId, read: Read, known: Fact<'_>, reads: &Reads) -> Vec<Value> {
    match key.spec().kind {
        Kind::Bool => vec![Value::Bool(true), Value::Bool(false)],
        Kind::OneOf(words) => choices(words, read, reads).into_iter().map(Value::Choice).collect(),
        Kind::AnyOf(words) => {
            let asked = if reads.whole.contains(&read) {
                places(words).collect()
            } else {
                asked_choices(read, reads)
            };
            subsets(&asked).into_iter().map(|set| Value::Choices(set.into())).collect()
        }
        Kind::Money => money(read, known, reads),
        Kind::Date => {
            dates(read, known, reads).into_iter().map(|day| Value::Date(DateRange::day(day))).collect()
        }
        Kind::Bodies | Kind::Texts | Kind::Countries => {
            subsets(&several_texts(read, reads)).into_iter().map(|set| Value::Texts(set.into())).collect()
        }
        Kind::Text | Kind::Name | Kind::Currency | Kind::Country => {
            texts(read, reads).into_iter().map(Value::Text).collect()
        }
        Kind::Int => vec![Value::Int(0), Value::Int(i64::MAX)],
        Kind::Decimal | Kind::Duration => Vec::new(),
    }
}

/// The words that a rule tells apart: one for each way to stand to the words that it asks for.
fn choices(words: &[&str], read: Read, reads: &Reads) -> Vec<u8> {
    if reads.whole.contains(&read) {
        return places(words).collect();
    }
    let asked = asked_choices(read, reads);
    let mut seen = BTreeSet::new();
    places(words)
        .filter(|place| seen.insert(asked.iter().map(|word| place.cmp(word)).collect::<Vec<_>>()))
        .collect()
}

fn asked_choices(read: Read, reads: &Reads) -> Vec<u8> {
    reads.choices.get(&read).into_iter().flatten().copied().collect()
}

/// The texts of a list that a rule tells apart: those that it asks for, and another where it looks at all of them.
fn several_texts(read: Read, reads: &Reads) -> Vec<Arc<str>> {
    let mut asked = texts(read, reads);
    if !reads.whole.contains(&read) && asked.len() > 1 {
        asked.pop();
    }
    asked
}

fn places(words: &[&str]) -> impl Iterator<Item = u8> {
    0..u8::try_from(words.len()).unwrap_or(u8::MAX)
}

/// Every subset of a few things; of many, none, each one, and all.
fn subsets<T: Clone>(things: &[T]) -> Vec<Vec<T>> {
    if things.len() <= MOST_SUBSET_WORDS {
        let pick = |mask: usize| {
            things
                .iter()
                .enumerate()
                .filter(move |(place, _)| mask >> place & 1 == 1)
                .map(|(_, thing)| thing.clone())
                .collect()
        };
        return (0..1_usize << things.len()).map(pick).collect();
    }
    let single = things.iter().map(|thing| vec![thing.clone()]);
    [Vec::new(), things.to_vec()].into_iter().chain(single).collect()
}

/// The texts that the rule asks for, and one that is none of them.
fn texts(read: Read, reads: &Reads) -> Vec<Arc<str>> {
    let asked = reads.texts.get(&read).into_iter().flatten().cloned();
    asked.chain([Arc::from("\u{1}another")]).collect()
}

/// Amounts at, just below and just above every amount that the rule asks for, inside what is known.
fn money(read: Read, known: Fact<'_>, reads: &Reads) -> Vec<Value> {
    let cent = Decimal::new(1, 2);
    let range = match known {
        Fact::Money(range) => range,
        // In US dollars it has the sign that it has in its own currency.
        Fact::Foreign(amount) if amount.range.min > Decimal::ZERO => Range { min: cent, max: Decimal::MAX },
        _ => Range { min: Decimal::ZERO, max: Decimal::MAX },
    };
    let cuts: BTreeSet<Decimal> = reads.money.get(&read).cloned().unwrap_or_default();
    let around = cuts.iter().flat_map(|cut| [cut - cent, *cut, cut + cent]);
    let ends = [range.min, range.max.min(cuts.last().copied().unwrap_or_default() + Decimal::ONE_HUNDRED)];
    let amounts: BTreeSet<Decimal> =
        around.chain(ends).filter(|amount| (range.min..=range.max).contains(amount)).collect();
    let mut seen = BTreeSet::new();
    let distinct = amounts
        .into_iter()
        .filter(|amount| seen.insert(cuts.iter().map(|cut| amount.cmp(cut)).collect::<Vec<_>>()));
    distinct
        .map(|amount| Value::Money(Amount { currency: Currency::USD, range: Range::exactly(amount) }))
        .collect()
}

/// Days at, just before and just after every day that the rule asks for, inside what is known.
fn dates(read: Read, known: Fact<'_>, reads: &Reads) -> Vec<Date> {
    let cuts: BTreeSet<Date> = reads.dates.get(&read).cloned().unwrap_or_default();
    let range = match known {
        Fact::Date(range) => range,
        _ => {
            let base = cuts.first().copied().unwrap_or_default();
            let last = cuts.last().copied().unwrap_or(base);
            DateRange { from: base.pred_opt().unwrap_or(base), to: last.succ_opt().unwrap_or(last) }
        }
    };
    let around = cuts.iter().flat_map(|cut| [cut.pred_opt(), Some(*cut), cut.succ_opt()]).flatten();
    let days: BTreeSet<Date> =
        around.chain([range.from, range.to]).filter(|day| (range.from..=range.to).contains(day)).collect();
    let mut seen = BTreeSet::new();
    days.into_iter()
        .filter(|day| seen.insert(cuts.iter().map(|cut| day.cmp(cut)).collect::<Vec<_>>()))
        .collect()
}

/// What an open list may have more: nothing, or up to as many elements as there are conditions on it, of every kind that they tell
/// apart. `None` where that does not show every answer, or would be too much: the list stays open then.
fn table_axis(table: Table, conditions: usize, reads: &Reads, facts: &Facts<'_>) -> Option<Axis> {
    let of_table = |read: &Read| matches!(read, Read::Field(key) if key.table == table);
    // What is only supposed is given nowhere, and an element that the file does not name may give it.
    if !facts.is_open(table) || reads.given.iter().any(of_table) {
        return None;
    }
    let fields: Vec<KeyId> = reads
        .all
        .iter()
        .filter_map(|read| match read {
            Read::Field(key) if key.table == table => Some(*key),
            _ => None,
        })
        .collect();
    let mut kinds = vec![Record::empty(table)];
    for key in fields {
        if !is_shown_by_few(key.spec().kind, Read::Field(key), reads) {
            return None;
        }
        let options = values(key, Read::Field(key), Fact::Unknown, reads);
        if options.len() * kinds.len() > MOST_OF_A_LIST {
            return None;
        }
        kinds = kinds
            .iter()
            .flat_map(|record| {
                options.iter().map(move |value| {
                    let mut record = record.clone();
                    record.set(key, Some(value.clone()), None);
                    record
                })
            })
            .collect();
    }
    Some(Axis {
        needs: vec![FieldPath::Table(table)],
        target: FieldPath::Table(table),
        values: sets(&kinds, conditions)?.into_iter().map(Supposed::Rows).collect(),
    })
}

/// Every set of up to so many elements of some kinds; `None` where there are too many.
fn sets(kinds: &[Record], most: usize) -> Option<Vec<Vec<Record>>> {
    // Each with the kind of its last element, from which a longer one goes on, so that none comes twice.
    let mut last: Vec<(usize, Vec<Record>)> = vec![(0, Vec::new())];
    let mut sets = vec![Vec::new()];
    for _ in 0..most {
        let longer = |(from, set): &(usize, Vec<Record>)| {
            let with = |place: usize| (place, set.iter().chain([&kinds[place]]).cloned().collect());
            (*from..kinds.len()).map(with).collect::<Vec<_>>()
        };
        let more: usize = last.iter().map(|(from, _)| kinds.len() - from).sum();
        if sets.len() + more > MOST_OF_A_LIST {
            return None;
        }
        last = last.iter().flat_map(longer).collect();
        sets.extend(last.iter().map(|(_, set)| set.clone()));
    }
    Some(sets)
}

/// The definition with a value supposed; what the file gives of it keeps its place, so that it still counts as given.
/// `facts` are those of the definition without anything supposed.
pub(super) fn suppose(definition: &mut Definition, facts: &Facts<'_>, axis: &Axis, value: &Supposed) {
    match (axis.target, value) {
        (FieldPath::Key(key), Supposed::Value(value)) => set(definition.single_mut(key.table), key, value),
        (FieldPath::Element(key, row), Supposed::Value(value)) => {
            if let Some(record) = definition.rows_mut(key.table).get_mut(row as usize) {
                set(record, key, value);
            }
        }
        (FieldPath::Table(table), Supposed::Rows(rows)) => {
            let known = facts.definition().rows(table).len();
            definition.rows_mut(table).truncate(known);
            definition.rows_mut(table).extend(rows.iter().cloned());
            definition.set_open(table, false);
        }
        _ => {}
    }
}

fn set(record: &mut Record, key: KeyId, value: &Value) {
    let span = record.span(key);
    record.set(key, Some(value.clone()), span);
}

/// The length given in months, where the dates do not settle it.
pub(super) fn months_of(facts: &Facts<'_>) -> Option<u32> {
    match facts.length()? {
        Length::Months(months) => Some(months.0),
        Length::Dates { .. } => None,
    }
}
