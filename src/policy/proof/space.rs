//! The cells of some questions: the product of the pieces of every axis, each with a definition that stands for it.
//! Must not judge.

use super::pieces::{Piece, Setting, USUAL_START, days, lengths, values};
use super::questions::Questions;
use crate::expr::Read;
use crate::facts::{Word, words};
use crate::model::{Date, DateRange, Definition, KeyId, Kind, Months, Record, Table, Value, add_months, key};
use crate::policy::pack::Pack;
use crate::source::Span;
use chrono::Days;
use std::collections::BTreeSet;

/// The most kinds of one element of a list that are told apart.
const MOST_KINDS: usize = 512;

/// One fact and the pieces that it is cut into.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// The fact.
    pub word: Word,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// The whole domain of some questions, in cells.
#[derive(Debug, Clone)]
pub(super) struct Space {
    axes: Vec<Axis>,
    base: Definition,
}

/// One cell.
#[derive(Debug)]
pub(super) struct Cell<'s> {
    space: &'s Space,
    places: Vec<usize>,
    /// A definition that stands for it.
    pub definition: Definition,
}

/// How a list is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// Free: none, or some of which nothing is known.
    Free,
    /// None, or one of every kind that the questions tell apart.
    OfEachKind,
}

impl Space {
    /// The cells of the questions of rules of a pack, which is in force from the first day to before the second.
    pub(super) fn of(
        questions: &Questions,
        pack: &Pack,
        in_force: (Option<Date>, Option<Date>),
        lists: Lists,
    ) -> Self {
        let questions = &with_shares(questions);
        let reads = &questions.reads;
        let asked = |word: Word| reads.all.contains(&Read::Word(word));
        let (start, end) = (Word::Key(key::project::START), Word::Key(key::project::END));
        let dated = asked(Word::Duration) || asked(end) || !reads.months.is_empty();
        let mut axes = Vec::new();
        if dated {
            let mut pieces = lengths(&months(questions));
            pieces.extend(questions.bare.contains(&Read::Word(end)).then(Piece::absent));
            axes.push(Axis { word: Word::Duration, pieces });
        }
        let mut pieces = days(&starts(questions, axes.first()), in_force, in_force.0.unwrap_or(USUAL_START));
        if !asked(start) && !asked(end) {
            pieces.truncate(1);
        }
        pieces.extend(questions.bare.contains(&Read::Word(start)).then(Piece::absent));
        axes.push(Axis { word: start, pieces });
        for read in &reads.all {
            match *read {
                Read::Word(word @ Word::Key(key)) if word != start && word != end => {
                    axes.push(word_axis(key, *read, questions, pack))
                }
                _ => {}
            }
        }
        axes.extend(questions.tables.iter().map(|table| list_axis(*table, lists, questions)));
        axes.retain(|axis| !axis.pieces.is_empty());
        Self { axes, base: Definition::empty(pack.source, "") }
    }

    /// How many cells there are; `None` where they cannot be counted.
    pub(super) fn size(&self) -> Option<usize> {
        self.axes.iter().try_fold(1_usize, |all, axis| all.checked_mul(axis.pieces.len()))
    }

    /// Every cell, the first axis moving slowest.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.size().unwrap_or(0)).map(|mut number| {
            let mut places = vec![0; self.axes.len()];
            for (place, axis) in places.iter_mut().zip(&self.axes).rev() {
                *place = number % axis.pieces.len();
                number /= axis.pieces.len();
            }
            Cell { definition: self.definition(&places), places, space: self }
        })
    }

    fn definition(&self, places: &[usize]) -> Definition {
        let mut definition = self.base.clone();
        let (mut start, mut length) = (None, None);
        for (axis, place) in self.axes.iter().zip(places) {
            match (axis.word, &axis.pieces[*place].setting) {
                (Word::Key(key), Setting::Value(value)) => {
                    if let (true, Value::Date(day)) = (key == key::project::START, value) {
                        start = day.exact();
                    }
                    give(definition.single_mut(key.table), key, value.clone());
                }
                (Word::Duration, Setting::Length(months, days)) => length = Some((*months, *days)),
                (Word::Table(table), Setting::Rows(rows, open)) => {
                    *definition.rows_mut(table) = rows.clone();
                    definition.set_open(table, *open);
                }
                _ => {}
            }
        }
        if let Some(length) = length {
            give_length(definition.single_mut(Table::Project), start, length);
        }
        definition
    }
}

impl Cell<'_> {
    /// The cell in words: one part for every axis that is cut.
    pub(super) fn words(&self) -> String {
        let parts = self.space.axes.iter().zip(&self.places).filter(|(axis, _)| axis.pieces.len() > 1);
        let said: Vec<String> =
            parts.map(|(axis, place)| format!("{} {}", path(axis.word), axis.pieces[*place].words)).collect();
        if said.is_empty() { "any definition".to_owned() } else { said.join(", ") }
    }

    /// Where the cell lies on an axis: the number of its piece, and that piece in words.
    pub(super) fn on(&self, word: Word) -> Option<(usize, &str)> {
        let found = self.space.axes.iter().zip(&self.places).find(|(axis, _)| axis.word == word);
        found.map(|(axis, place)| (*place, axis.pieces[*place].words.as_str()))
    }
}

/// The questions, with each share of every amount that stands for a whole as one more cut of its part.
fn with_shares(questions: &Questions) -> Questions {
    let mut cut = questions.clone();
    for (part, of, share) in &questions.shares {
        for piece in values(*of, Read::Word(Word::Key(*of)), questions) {
            let cuts = cut.reads.money.entry(Read::Word(Word::Key(*part))).or_default();
            if let Setting::Value(Value::Money(whole)) = piece.setting {
                cuts.extend(whole.range.min.checked_mul(*share).map(|amount| amount.normalize()));
            }
        }
    }
    cut
}

/// The path of a word, as rules write it.
pub(super) fn path(word: Word) -> String {
    words().find(|(_, known)| *known == word).map(|(path, _)| path.to_owned()).unwrap_or_default()
}

/// Sets a key and gives it a place, so that it counts as given.
fn give(record: &mut Record, key: KeyId, value: Value) {
    record.set(key, Some(value), Some(Span::new(0..0)));
}

/// Sets the end by the start and the length; without a start, the length itself where it is whole months.
fn give_length(project: &mut Record, start: Option<Date>, (months, days): (u32, u64)) {
    match start {
        None if days == 0 => give(project, key::project::DURATION, Value::Duration(Months(months))),
        None => {}
        Some(start) => {
            let months = i32::try_from(months).unwrap_or(i32::MAX);
            let end =
                add_months(start, months).and_then(|day| day.checked_add_days(Days::new(days))?.pred_opt());
            if let Some(end) = end {
                give(project, key::project::END, Value::Date(DateRange::day(end)));
            }
        }
    }
}

/// The lengths that cut: those of comparisons, and those at which a recurring duty falls once more.
fn months(questions: &Questions) -> BTreeSet<u32> {
    const MOST_PERIODS: u32 = 5;
    let periods = questions.reads.periods.iter().flat_map(|(every, within)| {
        (1..=MOST_PERIODS).map(move |number| every.saturating_mul(number).saturating_add(*within))
    });
    questions.reads.months.iter().copied().chain(periods).collect()
}

/// The starts that cut: those of comparisons, and those for which a length reaches an end that is compared.
fn starts(questions: &Questions, lengths: Option<&Axis>) -> BTreeSet<Date> {
    let cuts =
        |key: KeyId| questions.reads.dates.get(&Read::Word(Word::Key(key))).into_iter().flatten().copied();
    let before = |end: Date| {
        lengths.into_iter().flat_map(|axis| &axis.pieces).filter_map(move |piece| match piece.setting {
            Setting::Length(months, days) => {
                add_months(end.succ_opt()?.checked_sub_days(Days::new(days))?, -i32::try_from(months).ok()?)
            }
            _ => None,
        })
    };
    cuts(key::project::START).chain(cuts(key::project::END).flat_map(before)).collect()
}

fn word_axis(key: KeyId, read: Read, questions: &Questions, pack: &Pack) -> Axis {
    let mut pieces = values(key, read, questions);
    if key == key::project::KIND && !pack.kinds.is_empty() {
        let quoted: BTreeSet<String> = pack.kinds.iter().map(|kind| crate::toml::quoted(kind)).collect();
        pieces.retain(|piece| quoted.contains(&piece.words));
    }
    pieces.extend((questions.bare.contains(&read) || pieces.is_empty()).then(Piece::absent));
    Axis { word: Word::Key(key), pieces }
}

fn list_axis(table: Table, lists: Lists, questions: &Questions) -> Axis {
    let plural = table.plural().unwrap_or(table.spec().name);
    let none = Piece { words: format!("without {plural}"), setting: Setting::Rows(Vec::new(), false) };
    let mut pieces = vec![none];
    match lists {
        Lists::Free => pieces.push(Piece {
            words: format!("with {plural} of any kind"),
            setting: Setting::Rows(vec![Record::empty(table)], true),
        }),
        Lists::OfEachKind => {
            let conditions = questions.reads.tables.get(&table).copied().unwrap_or(1);
            let kinds = kinds(table, questions);
            pieces.extend(kinds.iter().map(|one| rows(table, vec![one.clone()])));
            if conditions > 1 && kinds.len() * kinds.len() <= MOST_KINDS {
                let pairs =
                    kinds.iter().flat_map(|one| kinds.iter().map(move |two| vec![one.clone(), two.clone()]));
                pieces.extend(pairs.map(|pair| rows(table, pair)));
            }
        }
    }
    Axis { word: Word::Table(table), pieces }
}

fn rows(table: Table, mut records: Vec<Record>) -> Piece {
    let shown = |record: &Record| crate::model::written_record(table, record).trim_end().replace('\n', ", ");
    let words = format!(
        "with {}",
        records.iter().map(|record| format!("{{ {} }}", shown(record))).collect::<Vec<_>>().join(" and ")
    );
    records.iter_mut().zip(["a", "b"]).for_each(|(record, name)| complete(table, record, name));
    Piece { words, setting: Setting::Rows(records, false) }
}

/// Gives an element what a definition may not leave out: a name, and every field of a waiver.
fn complete(table: Table, record: &mut Record, name: &str) {
    let keys = table.spec().keys.iter().filter_map(|key| table.key(key.name));
    for key in keys.filter(|key| Some(*key) == table.name_key() || table == Table::Waiver) {
        if record.get(key).is_none() {
            let day = || Value::Date(DateRange::day(USUAL_START));
            give(record, key, if key.spec().kind == Kind::Date { day() } else { Value::Text(name.into()) });
        }
    }
}

/// Every kind of element that the questions tell apart.
fn kinds(table: Table, questions: &Questions) -> Vec<Record> {
    let fields = questions.reads.all.iter().filter_map(|read| match read {
        Read::Field(key) if key.table == table => Some(*key),
        _ => None,
    });
    let mut kinds = vec![Record::empty(table)];
    for key in fields {
        let mut options = values(key, Read::Field(key), questions);
        if options.is_empty() || questions.bare.contains(&Read::Field(key)) {
            options.push(Piece::absent());
        }
        let with = |record: &Record, option: &Piece| {
            let mut record = record.clone();
            if let Setting::Value(value) = &option.setting {
                give(&mut record, key, value.clone());
            }
            record
        };
        kinds = kinds
            .iter()
            .flat_map(|record| options.iter().map(move |option| with(record, option)))
            .take(MOST_KINDS)
            .collect();
    }
    kinds
}
