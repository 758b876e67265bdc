//! Reading a definition by the words of the rules.
//! Must not evaluate conditions.

use super::index::{Index, Indexes};
use super::{Length, Word, revise};
use crate::model::{
    Amount, Currency, Date, DateRange, Definition, FieldPath, KeyId, Months, Range, Record, Table, Value,
    add_months, key,
};
use rust_decimal::Decimal;
use std::rc::Rc;
use std::sync::Arc;

/// What is known of one fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fact<'a> {
    /// Nothing.
    Unknown,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// Text.
    Text(&'a str),
    /// One word of a closed list, by its place.
    Choice(u8),
    /// A date, perhaps in part.
    Date(DateRange),
    /// US dollars, perhaps as a range.
    Money(Range),
    /// Money in another currency, which the definition gives no rate for: known, and not known in US dollars.
    Foreign(Amount),
    /// The length of the project.
    Duration(Length),
    /// Several texts.
    Texts(&'a [Arc<str>]),
    /// Several words of a closed list, by their places.
    Choices(&'a [u8]),
}

/// The keys that would make a fact exact: none when it is, at most two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NeedsOf([Option<FieldPath>; 2]);

impl NeedsOf {
    fn one(path: FieldPath) -> Self {
        Self([Some(path), None])
    }

    /// The keys, in the order of the table of keys.
    pub fn iter(self) -> impl Iterator<Item = FieldPath> {
        self.0.into_iter().flatten()
    }
}

/// A definition as it is in effect on a day.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    definition: &'a Definition,
    as_of: Date,
    start: Option<DateRange>,
    end: Option<DateRange>,
    length: Option<Length>,
    total: Option<Amount>,
    /// The total in US dollars: the fact that rules read most.
    total_usd: Option<Range>,
    revised: revise::Revised,
    indexes: Indexes,
}

impl<'a> Facts<'a> {
    /// The definition as it is in effect on that day, after the revisions agreed by then.
    #[must_use]
    pub fn new(definition: &'a Definition, as_of: Date) -> Self {
        let project = definition.single(Table::Project);
        let revised = revise::revised(definition, as_of);
        let duration = project.duration(key::project::DURATION).filter(|_| revised.end.is_none());
        let given_start = project.date(key::project::START);
        let given_end = revised.end.map(|(end, _)| end).or_else(|| project.date(key::project::END));
        let start = narrowed(
            given_start,
            given_end.zip(duration).and_then(|(end, months)| start_before(end, months)),
        );
        let end = narrowed(
            given_end,
            given_start.zip(duration).and_then(|(start, months)| end_after(start, months)),
        );
        let total = revised
            .total
            .map(|(total, _)| total)
            .or_else(|| definition.single(Table::Budget).money(key::budget::TOTAL));
        let total = total.filter(|_| !revised.total_in_doubt);
        let length = length(given_start, given_end, duration);
        let facts = Self {
            definition,
            as_of,
            start,
            end,
            length,
            total,
            total_usd: None,
            revised,
            indexes: Indexes::default(),
        };
        Self { total_usd: total.and_then(|total| facts.usd(total).ok()), ..facts }
    }

    /// The definition as it was first agreed, before any revision.
    #[must_use]
    pub fn original(definition: &'a Definition) -> Self {
        Self::new(definition, Date::MIN)
    }

    /// The definition that is read.
    #[must_use]
    pub fn definition(&self) -> &'a Definition {
        self.definition
    }

    /// The day on which it is read.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The first day of the project, as far as it is known: given, or the end less the duration.
    #[must_use]
    pub fn start(&self) -> Option<DateRange> {
        self.start
    }

    /// The last day of the project in effect, inside, as far as it is known: given, or the start and the duration.
    #[must_use]
    pub fn end(&self) -> Option<DateRange> {
        self.end
    }

    /// The length of the project, from its start to the day after its end.
    #[must_use]
    #[inline]
    pub fn length(&self) -> Option<Length> {
        self.length
    }

    /// The budget in effect in its own currency, as far as it is known.
    #[must_use]
    pub fn total(&self) -> Option<Amount> {
        self.total
    }

    /// The budget in effect in US dollars, as far as it is known.
    #[must_use]
    #[inline]
    pub fn total_usd(&self) -> Option<&Range> {
        self.total_usd.as_ref()
    }

    /// The day of the revision that set the end or the budget now in effect, the later one of both.
    #[must_use]
    pub fn revised_on(&self) -> Option<DateRange> {
        let rows = [self.revised.end.map(|(_, row)| row), self.revised.total.map(|(_, row)| row)];
        let revisions = self.definition.rows(Table::Revision);
        rows.into_iter()
            .flatten()
            .filter_map(|row| revisions.get(row as usize)?.date(key::revision::DATE))
            .max()
    }

    /// What is known of a word.
    #[must_use]
    #[inline]
    pub fn fact(&self, word: Word) -> Fact<'a> {
        match word {
            Word::Duration => self.length.map_or(Fact::Unknown, Fact::Duration),
            Word::Key(key) if key == key::project::START => self.start.map_or(Fact::Unknown, Fact::Date),
            Word::Key(key) if key == key::project::END => self.end.map_or(Fact::Unknown, Fact::Date),
            Word::Key(key) if key == key::budget::TOTAL => self
                .total
                .map_or(Fact::Unknown, |total| self.total_usd.map_or(Fact::Foreign(total), Fact::Money)),
            Word::Key(key) => self.read(self.definition.single(key.table), key),
            Word::Table(_) => Fact::Unknown,
        }
    }

    /// What is known of a field of one element of a table.
    #[must_use]
    pub fn element(&self, key: KeyId, row: u32) -> Fact<'a> {
        self.definition
            .rows(key.table)
            .get(row as usize)
            .map_or(Fact::Unknown, |record| self.read(record, key))
    }

    /// What is known of a field of a record of the definition.
    #[must_use]
    #[inline]
    pub fn read(&self, record: &'a Record, key: KeyId) -> Fact<'a> {
        match record.read(key) {
            None => Fact::Unknown,
            Some(Value::Bool(value)) => Fact::Bool(*value),
            Some(Value::Int(value)) => Fact::Int(*value),
            Some(Value::Decimal(value)) => Fact::Decimal(*value),
            Some(Value::Text(value)) => Fact::Text(value),
            Some(Value::Choice(value)) => Fact::Choice(*value),
            Some(Value::Date(value)) => Fact::Date(*value),
            Some(Value::Duration(value)) => Fact::Duration(Length::Months(*value)),
            Some(Value::Money(amount)) => self.usd(*amount).map_or(Fact::Foreign(*amount), Fact::Money),
            Some(Value::Texts(values)) => Fact::Texts(values),
            Some(Value::Choices(values)) => Fact::Choices(values),
        }
    }

    /// The number of elements that the file knows.
    #[must_use]
    pub fn count(&self, table: Table) -> u32 {
        u32::try_from(self.definition.rows(table).len()).unwrap_or(u32::MAX)
    }

    /// The elements of a table by the text of a key.
    #[must_use]
    pub fn index(&self, key: KeyId) -> Rc<Index> {
        self.indexes.of(self.definition, key)
    }

    /// Whether there may be more elements than the file knows.
    #[must_use]
    pub fn is_open(&self, table: Table) -> bool {
        self.definition.is_open(table)
    }

    /// Whether the file gives anything for a word; always known. A value without a place in the file is supposed, not given.
    #[must_use]
    pub fn has(&self, word: Word) -> bool {
        let given = |key: KeyId| self.definition.single(key.table).span(key).is_some();
        match word {
            Word::Duration => {
                given(key::project::DURATION) || (given(key::project::START) && given(key::project::END))
            }
            Word::Key(key) => given(key),
            Word::Table(table) => !self.definition.rows(table).is_empty(),
        }
    }

    /// Whether the file gives any key of a table that stands once; always known.
    #[must_use]
    pub fn has_table(&self, table: Table) -> bool {
        let record = self.definition.single(table);
        super::fields(table).any(|(_, key)| record.span(key).is_some())
    }

    /// Whether the file gives a field of one element of a table; always known.
    #[must_use]
    pub fn element_has(&self, key: KeyId, row: u32) -> bool {
        self.definition.rows(key.table).get(row as usize).is_some_and(|record| record.span(key).is_some())
    }

    /// The keys to supply so that a word is known exactly; none where it is.
    #[must_use]
    pub fn needs(&self, word: Word) -> NeedsOf {
        let inexact = |date: Option<DateRange>| date.is_none_or(|date| date.exact().is_none());
        match word {
            Word::Duration => match self.length {
                Some(Length::Months(_)) => NeedsOf::default(),
                _ => NeedsOf([
                    inexact(self.start).then_some(FieldPath::Key(key::project::START)),
                    inexact(self.end).then_some(self.end_path()),
                ]),
            },
            Word::Key(key) if key == key::project::START && !inexact(self.start) => NeedsOf::default(),
            Word::Key(key) if key == key::project::END => {
                if inexact(self.end) {
                    NeedsOf::one(self.end_path())
                } else {
                    NeedsOf::default()
                }
            }
            Word::Key(key) if key == key::budget::TOTAL => self.needs_of_money(self.total, self.total_path()),
            Word::Key(key) => {
                self.needs_of_record(self.definition.single(key.table), key, FieldPath::Key(key))
            }
            Word::Table(table) => {
                if self.is_open(table) {
                    NeedsOf::one(FieldPath::Table(table))
                } else {
                    NeedsOf::default()
                }
            }
        }
    }

    /// The keys to supply so that a field of one element is known exactly; none where it is.
    #[must_use]
    pub fn element_needs(&self, key: KeyId, row: u32) -> NeedsOf {
        let record = self.definition.rows(key.table).get(row as usize);
        record.map_or_else(NeedsOf::default, |record| {
            self.needs_of_record(record, key, FieldPath::Element(key, row))
        })
    }

    /// An amount in US dollars, at the rate that the definition gives; the missing rate where it gives none.
    ///
    /// # Errors
    /// The path of the rate to supply.
    pub fn usd(&self, amount: Amount) -> Result<Range, FieldPath> {
        if amount.currency == Currency::USD {
            return Ok(amount.range);
        }
        let rates = self.definition.rows(Table::Rate).iter();
        let rate = rates
            .filter(|rate| rate.text(key::rate::CURRENCY) == Some(amount.currency.code()))
            .find_map(|rate| match rate.get(key::rate::USD) {
                Some(Value::Decimal(usd)) => Some(*usd),
                _ => None,
            });
        rate.and_then(|usd| amount.range.times(usd)).ok_or(FieldPath::Rate(amount.currency))
    }

    /// Where the end in effect stands, or would stand.
    #[must_use]
    pub fn end_path(&self) -> FieldPath {
        self.revised
            .end
            .map_or(FieldPath::Key(key::project::END), |(_, row)| FieldPath::Element(key::revision::END, row))
    }

    /// Where the budget in effect stands, or would stand.
    #[must_use]
    pub fn total_path(&self) -> FieldPath {
        self.revised.total.map_or(FieldPath::Key(key::budget::TOTAL), |(_, row)| {
            FieldPath::Element(key::revision::TOTAL, row)
        })
    }

    fn needs_of_record(&self, record: &Record, key: KeyId, path: FieldPath) -> NeedsOf {
        match record.read(key) {
            None => NeedsOf::one(path),
            Some(Value::Date(date)) if date.exact().is_none() => NeedsOf::one(path),
            Some(Value::Money(amount)) => self.needs_of_money(Some(*amount), path),
            Some(_) => NeedsOf::default(),
        }
    }

    fn needs_of_money(&self, amount: Option<Amount>, path: FieldPath) -> NeedsOf {
        let Some(amount) = amount else { return NeedsOf::one(path) };
        let exact = amount.range.exact().is_some();
        match (self.usd(amount), exact) {
            (Ok(_), true) => NeedsOf::default(),
            (Ok(_), false) => NeedsOf::one(path),
            (Err(rate), true) => NeedsOf::one(rate),
            (Err(rate), false) => NeedsOf([Some(path), Some(rate)]),
        }
    }
}

/// The length: by exact dates, else by the months that the file gives, else by dates known in part.
fn length(start: Option<DateRange>, end: Option<DateRange>, months: Option<Months>) -> Option<Length> {
    let dates = start
        .zip(end)
        .and_then(|(start, end)| Some(Length::Dates { start, after_end: end.map(|day| day.succ_opt())? }));
    let exact = start.and_then(DateRange::exact).is_some() && end.and_then(DateRange::exact).is_some();
    match (dates, months) {
        (Some(dates), None) => Some(dates),
        (Some(dates), Some(_)) if exact => Some(dates),
        (_, months) => months.map(Length::Months),
    }
}

/// A date as the file gives it, and as the other date and the length make it: what both allow, where the file knows it only in part.
fn narrowed(given: Option<DateRange>, made: Option<DateRange>) -> Option<DateRange> {
    let (Some(one), Some(other)) = (given, made) else { return given.or(made) };
    let both = DateRange { from: one.from.max(other.from), to: one.to.min(other.to) };
    Some(if both.from <= both.to { both } else { one })
}

fn end_after(start: DateRange, months: Months) -> Option<DateRange> {
    let months = i32::try_from(months.0).ok()?;
    start.map(|day| add_months(day, months)?.pred_opt())
}

fn start_before(end: DateRange, months: Months) -> Option<DateRange> {
    let months = i32::try_from(months.0).ok()?;
    end.map(|day| add_months(day.succ_opt()?, -months))
}
