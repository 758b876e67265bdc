//! One axis cut into points and the open intervals between them, with a value that stands for each.
//! Must not know which rule cut it.

use super::questions::Questions;
use crate::expr::Read;
use crate::model::{Amount, Currency, Date, DateRange, KeyId, Kind, Range, Record, Value};
use crate::words;
use chrono::Days;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The start of a project where nothing asks for it: the same as that of a case that gives none.
pub(super) const USUAL_START: Date = match Date::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => Date::MIN,
};

/// A part of an axis in which no comparison changes.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The part in words: `exactly 18 months`.
    pub words: String,
    /// What stands for it.
    pub setting: Setting,
}

/// What a cell says of one axis.
#[derive(Debug, Clone)]
pub(super) enum Setting {
    /// The file does not give it.
    Absent,
    /// The key has this value.
    Value(Value),
    /// The project runs so many calendar months and days.
    Length(u32, u64),
    /// The list has these elements, and perhaps more.
    Rows(Vec<Record>, bool),
}

impl Piece {
    pub(super) fn absent() -> Self {
        Self { words: "not given".to_owned(), setting: Setting::Absent }
    }
}

/// The cuts below and above a piece; the same for a point.
type Ends<T> = (Option<T>, Option<T>);

/// Cuts, each as a point, with what lies before, between and behind them.
fn cut<T: Ord + Clone>(
    cuts: &BTreeSet<T>,
    between: impl Fn(Option<&T>, Option<&T>) -> Option<T>,
) -> Vec<(T, Ends<T>)> {
    let points: Vec<&T> = cuts.iter().collect();
    let mut pieces = Vec::new();
    for place in 0..=points.len() {
        let (low, high) = (place.checked_sub(1).map(|place| points[place]), points.get(place).copied());
        pieces.extend(between(low, high).map(|value| (value, (low.cloned(), high.cloned()))));
        pieces.extend(high.map(|point| (point.clone(), (Some(point.clone()), Some(point.clone())))));
    }
    pieces
}

fn in_words(ends: Ends<String>, [at, over, under, from_to]: [&str; 4]) -> String {
    match ends {
        (Some(low), Some(high)) if low == high => format!("{at} {low}"),
        (Some(low), Some(high)) => format!("{from_to} {low} and {under} {high}"),
        (Some(low), None) => format!("{over} {low}"),
        (None, Some(high)) => format!("{under} {high}"),
        (None, None) => "any".to_owned(),
    }
}

const AMOUNTS: [&str; 4] = ["exactly", "over", "under", "over"];
const DAYS: [&str; 4] = ["on", "after", "before", "after"];

/// The length of a project.
pub(super) fn lengths(cuts: &BTreeSet<u32>) -> Vec<Piece> {
    const HALF_A_MONTH: u64 = 14;
    let cuts: BTreeSet<(u32, u64)> =
        cuts.iter().filter(|months| **months > 0).map(|months| (*months, 0)).collect();
    let between = |low: Option<&(u32, u64)>, high: Option<&(u32, u64)>| {
        let low = low.map_or(0, |(months, _)| *months);
        Some(match high {
            None => (low.saturating_add(12), 0),
            Some((high, _)) if high - low > 1 => (low + (high - low) / 2, 0),
            Some(_) => (low, HALF_A_MONTH),
        })
    };
    let show = |(months, _): (u32, u64)| crate::model::Months(months).to_string();
    let pieces = cut(&cuts, between).into_iter();
    pieces
        .map(|((months, days), (low, high))| Piece {
            words: in_words((low.map(show), high.map(show)), AMOUNTS),
            setting: Setting::Length(months, days),
        })
        .collect()
}

/// Days, at least from the first and before the second of some bounds.
pub(super) fn days(
    cuts: &BTreeSet<Date>,
    (from, until): (Option<Date>, Option<Date>),
    usual: Date,
) -> Vec<Piece> {
    const A_YEAR: Days = Days::new(365);
    let cuts: BTreeSet<Date> = cuts.iter().copied().chain(from).chain(until).collect();
    let between = |low: Option<&Date>, high: Option<&Date>| match (low, high) {
        (None, None) => Some(usual),
        (None, Some(high)) => high.checked_sub_days(A_YEAR),
        (Some(low), None) => low.checked_add_days(A_YEAR),
        (Some(low), Some(high)) => {
            let half = u64::try_from((*high - *low).num_days() / 2).unwrap_or(0);
            low.checked_add_days(Days::new(half)).filter(|day| day > low)
        }
    };
    let inside = |day: &Date| from.is_none_or(|from| *day >= from) && until.is_none_or(|until| *day < until);
    let pieces = cut(&cuts, between).into_iter().filter(|(day, _)| inside(day));
    pieces
        .map(|(day, (low, high))| Piece {
            words: in_words((low.map(|day| day.to_string()), high.map(|day| day.to_string())), DAYS),
            setting: Setting::Value(Value::Date(DateRange::day(day))),
        })
        .collect()
}

/// Amounts of money.
fn amounts(cuts: &BTreeSet<Decimal>) -> Vec<Piece> {
    let between = |low: Option<&Decimal>, high: Option<&Decimal>| match (low, high) {
        (None, None) => Some(Decimal::ONE_THOUSAND),
        (None, Some(high)) => (!high.is_zero()).then(|| *high / Decimal::TWO),
        (Some(low), None) => low.checked_mul(Decimal::TWO)?.checked_add(Decimal::ONE),
        (Some(low), Some(high)) => Some(*low + (*high - *low) / Decimal::TWO).filter(|half| half > low),
    };
    let pieces = cut(cuts, between).into_iter();
    pieces
        .map(|(amount, (low, high))| Piece {
            words: in_words((low.map(words::usd), high.map(words::usd)), AMOUNTS),
            setting: Setting::Value(Value::Money(Amount {
                currency: Currency::USD,
                range: Range::exactly(amount.normalize()),
            })),
        })
        .collect()
}

/// The values of a key that between them give every answer to the questions; none where no value can be told apart.
pub(super) fn values(key: KeyId, read: Read, questions: &Questions) -> Vec<Piece> {
    let reads = &questions.reads;
    let empty = BTreeSet::new();
    let texts = || -> Vec<Arc<str>> {
        let asked: Vec<Arc<str>> = reads.texts.get(&read).into_iter().flatten().cloned().collect();
        let other = another(key)
            .iter()
            .find(|text| asked.iter().all(|asked| **asked != ***text))
            .map(|text| Arc::from(*text));
        asked.into_iter().chain(other).collect()
    };
    let valued = |value: Value| Piece {
        words: crate::model::written_value(key, &value),
        setting: Setting::Value(value),
    };
    match key.spec().kind {
        Kind::Bool => [true, false].map(|value| valued(Value::Bool(value))).into(),
        Kind::OneOf(words) => places(words).map(|place| valued(Value::Choice(place))).collect(),
        Kind::AnyOf(words) => subsets(&places(words).collect::<Vec<_>>())
            .into_iter()
            .map(|set| valued(Value::Choices(set.into())))
            .collect(),
        Kind::Money => amounts(reads.money.get(&read).map_or(&BTreeSet::new(), |cuts| cuts)),
        Kind::Date => days(reads.dates.get(&read).unwrap_or(&empty), (None, None), USUAL_START),
        Kind::Bodies | Kind::Texts | Kind::Countries => {
            // A text that names bodies names one at least.
            let fits = |set: &Vec<Arc<str>>| !set.is_empty() || key.spec().kind != Kind::Bodies;
            subsets(&texts()).into_iter().filter(fits).map(|set| valued(Value::Texts(set.into()))).collect()
        }
        Kind::Text | Kind::Name | Kind::Currency | Kind::Country => {
            texts().into_iter().map(|text| valued(Value::Text(text))).collect()
        }
        Kind::Int | Kind::Decimal | Kind::Duration => Vec::new(),
    }
}

/// Values that no rule asks for, in the hope that one of them is not asked for.
fn another(key: KeyId) -> &'static [&'static str] {
    match key.spec().kind {
        Kind::Country | Kind::Countries => &["AD", "VU"],
        Kind::Currency => &["XDR", "USD"],
        _ => &["another", "one more"],
    }
}

fn places(words: &[&str]) -> impl Iterator<Item = u8> {
    0..u8::try_from(words.len()).unwrap_or(u8::MAX)
}

/// Every subset of a few things; of many, none, each one, and all but each one.
fn subsets<T: Clone>(things: &[T]) -> Vec<Vec<T>> {
    const A_FEW: usize = 4;
    let keep = |wanted: &dyn Fn(usize) -> bool| -> Vec<T> {
        things
            .iter()
            .enumerate()
            .filter(|(place, _)| wanted(*place))
            .map(|(_, thing)| thing.clone())
            .collect()
    };
    if things.len() <= A_FEW {
        return (0..1_usize << things.len()).map(|mask| keep(&|place| mask >> place & 1 == 1)).collect();
    }
    let single = (0..things.len()).map(|one| keep(&|place| place == one));
    let without = (0..things.len()).map(|one| keep(&|place| place != one));
    [Vec::new(), things.to_vec()].into_iter().chain(single).chain(without).collect()
}
