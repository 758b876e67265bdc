//! Times of the year in which an office does not work, or field work is hard.
//! Must not know tasks.

use crate::diag::Diagnostic;
use crate::model::{Date, Definition, FieldPath, KeyId, Table, key};
use crate::source::Span;
use chrono::Datelike;
use std::sync::Arc;

/// How people write one.
pub(super) const HOW_TO_WRITE: &str = "write the first and the last day, of every year or of one, and a name: `11-15..03-31 rains`, `2029-05-01..2029-05-20 elections`";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    /// From one day of the year to another, perhaps over its end: months and days.
    Yearly((u32, u32), (u32, u32)),
    Once(Date, Date),
}

/// A time of every year, or of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// What it is called.
    pub name: Arc<str>,
    days: Days,
}

impl Season {
    /// Reads `11-15..03-31 rains`; `None` where it is written in another way.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (days, name) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let (from, to) = days.split_once("..")?;
        let days = match (from.parse::<Date>(), to.parse::<Date>()) {
            (Ok(from), Ok(to)) if from <= to => Days::Once(from, to),
            (Err(_), Err(_)) => Days::Yearly(month_day(from)?, month_day(to)?),
            _ => return None,
        };
        let name = if name.trim().is_empty() { text.trim() } else { name.trim() };
        Some(Self { name: name.into(), days })
    }

    /// Whether one of the days from the first to the last lies in it.
    #[must_use]
    pub fn meets(&self, first: Date, last: Date) -> bool {
        match self.days {
            Days::Once(from, to) => first.max(from) <= last.min(to),
            Days::Yearly((month, day), _) => {
                // 29 February of other years is the day after the 28th.
                let begins = |year| {
                    Date::from_ymd_opt(year, month, day).or_else(|| Date::from_ymd_opt(year, month + 1, 1))
                };
                let begun = (first.year()..=last.year()).filter_map(begins);
                first <= last && self.holds(first)
                    || begun.into_iter().any(|day| (first..=last).contains(&day) && self.holds(day))
            }
        }
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        match self.days {
            Days::Once(from, to) => (from..=to).contains(&day),
            Days::Yearly(from, to) => {
                let at = (day.month(), day.day());
                if from <= to { (from..=to).contains(&at) } else { at >= from || at <= to }
            }
        }
    }
}

/// `11-15`; 29 February is a day of the year.
fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let at = (two(month) && two(day)).then(|| (month.parse().ok(), day.parse().ok()))?;
    let (month, day) = (at.0?, at.1?);
    Date::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

/// The seasons that a key of `[office]` lists; `None` where it does not say.
pub(super) fn of_office(definition: &Definition, key: KeyId) -> Option<Vec<Season>> {
    let texts = definition.single(Table::Office).texts(key)?;
    Some(texts.iter().filter_map(|text| Season::parse(text)).collect())
}

/// What is written in `[office]` and is no time of the year.
pub(super) fn problems(definition: &Definition) -> Vec<Diagnostic> {
    let keys = [key::office::BREAKS, key::office::BAD_SEASONS];
    let wrong = keys.into_iter().flat_map(|key| {
        let texts = definition.single(Table::Office).texts(key).unwrap_or_default();
        texts.iter().filter(|text| Season::parse(text).is_none()).map(move |text| (key, text))
    });
    wrong
        .map(|(key, text)| {
            let span = definition.locate(FieldPath::Key(key)).unwrap_or(Span::new(0..0));
            Diagnostic::error(definition.source, span, format!("`{text}` is no time of the year"))
                .hint(HOW_TO_WRITE)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Date, Season};
    use proptest::prelude::*;

    fn season() -> impl Strategy<Value = Season> {
        let yearly = ((1u32..=12, 1u32..=31), (1u32..=12, 1u32..=31))
            .prop_map(|(from, to)| format!("{:02}-{:02}..{:02}-{:02} s", from.0, from.1, to.0, to.1));
        let once = (0u64..1500, 0u64..500).prop_map(|(from, long)| {
            let from = Date::default() + chrono::Days::new(from);
            format!("{from}..{} s", from + chrono::Days::new(long))
        });
        let of_february = Just("02-29..02-29 s".to_owned());
        prop_oneof![yearly, once, of_february].prop_filter_map("no such day", |text| Season::parse(&text))
    }

    proptest! {
        #[test]
        fn a_season_is_met_where_a_day_lies_in_it(season in season(), from in 0u64..1500, long in 0u64..400) {
            let first = Date::default() + chrono::Days::new(from);
            let last = first + chrono::Days::new(long);
            let any = first.iter_days().take_while(|day| *day <= last).any(|day| season.holds(day));
            prop_assert_eq!(season.meets(first, last), any);
        }
    }
}
