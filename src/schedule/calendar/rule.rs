//! A rule of recurrence of RFC 5545 (3.3.10) for whole days: its parts, and what of it is refused.
//! Must not give days, and must not say a word of the file in a message.

use crate::model::Date;
use chrono::Weekday;

/// The most numbers or days of the week in one part.
const MOST_VALUES: usize = 400;

/// Why a rule is refused, and what to do.
pub(super) type Refusal = (&'static str, &'static str);

/// How long one step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// When the recurrence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Never,
    Count(u32),
    Until(Date),
}

/// A rule, its parts in order and without repetition.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub every: Frequency,
    pub interval: u32,
    pub end: End,
    pub months: Vec<i32>,
    pub month_days: Vec<i32>,
    pub year_days: Vec<i32>,
    pub weeks: Vec<i32>,
    /// Days of the week, each with its ordinal; zero is every one.
    pub weekdays: Vec<(i32, Weekday)>,
    pub positions: Vec<i32>,
    pub week_starts: Weekday,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

const REPEATED: Refusal = (
    "this event repeats in a way that is not understood",
    "write a rule of RFC 5545, such as `FREQ=YEARLY` or `FREQ=MONTHLY;BYDAY=-1FR`, or one event for each day",
);
const IN_HOURS: Refusal =
    ("this event repeats within a day", "a day off repeats daily, weekly, monthly or yearly");
const BOTH_ENDS: Refusal = ("this event repeats by `COUNT` and by `UNTIL`", "keep one of the two");
const MISPLACED: Refusal = (
    "this rule has a part that its `FREQ` does not allow",
    "RFC 5545 (3.3.10) says which parts go with which frequency; write one event for each day instead",
);
const READ_DIFFERENTLY: Refusal = (
    "calendar programs read this rule in different ways",
    "write it as several events, or one event for each day",
);

impl Rule {
    /// Reads the value of an `RRULE`.
    pub(super) fn parse(value: &str, start: Date) -> Result<Self, Refusal> {
        let mut parts: Vec<(String, String)> = Vec::new();
        for part in value.trim().trim_end_matches(';').split(';') {
            let (name, value) = part.split_once('=').ok_or(REPEATED)?;
            let name = name.trim().to_ascii_uppercase();
            if parts.iter().any(|(known, _)| *known == name) {
                return Err(REPEATED);
            }
            parts.push((name, value.trim().to_ascii_uppercase()));
        }
        let every = parts.iter().find(|(name, _)| name == "FREQ").ok_or(REPEATED)?;
        let mut rule = Self::plain(frequency(&every.1)?);
        for (name, value) in &parts {
            rule.take(name, value)?;
        }
        rule.check(start)?;
        Ok(rule)
    }

    fn plain(every: Frequency) -> Self {
        Self {
            every,
            interval: 1,
            end: End::Never,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            weekdays: Vec::new(),
            positions: Vec::new(),
            week_starts: Weekday::Mon,
        }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        match name {
            "FREQ" => {}
            "INTERVAL" => self.interval = positive(value)?,
            "COUNT" if self.end == End::Never => self.end = End::Count(positive(value)?),
            "UNTIL" if self.end == End::Never => self.end = End::Until(until(value)?),
            "COUNT" | "UNTIL" => return Err(BOTH_ENDS),
            "BYMONTH" => self.months = numbers(value, 1..=12, false)?,
            "BYMONTHDAY" => self.month_days = numbers(value, 1..=31, true)?,
            "BYYEARDAY" => self.year_days = numbers(value, 1..=366, true)?,
            "BYWEEKNO" => self.weeks = numbers(value, 1..=53, true)?,
            "BYSETPOS" => self.positions = numbers(value, 1..=366, true)?,
            "BYDAY" => self.weekdays = weekdays(value)?,
            "WKST" => self.week_starts = weekday(value).ok_or(REPEATED)?,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => return Err(IN_HOURS),
            _ => return Err(REPEATED),
        }
        Ok(())
    }

    fn check(&self, start: Date) -> Result<(), Refusal> {
        let yearly = self.every == Frequency::Yearly;
        let ordinals = self.weekdays.iter().any(|(ordinal, _)| *ordinal != 0);
        let in_months = yearly || self.every == Frequency::Monthly;
        let misplaced = !(yearly || self.weeks.is_empty() && self.year_days.is_empty())
            || (self.every == Frequency::Weekly && !self.month_days.is_empty())
            || (ordinals && (!in_months || !self.weeks.is_empty()))
            || (!self.positions.is_empty() && !self.has_parts());
        if misplaced {
            return Err(MISPLACED);
        }
        let most = if self.every == Frequency::Monthly || !self.months.is_empty() { 5 } else { 53 };
        if self.weekdays.iter().any(|(ordinal, _)| ordinal.abs() > most) {
            return Err(MISPLACED);
        }
        if let End::Until(until) = self.end
            && until < start
        {
            return Err((
                "this event ends before it begins",
                "`UNTIL` is the last day on which it may begin",
            ));
        }
        if self.is_ambiguous(start, ordinals) { Err(READ_DIFFERENTLY) } else { Ok(()) }
    }

    /// Whether programs in wide use give different days. Weeks across the end of a year belong to the one or the other year; a week
    /// without a day is the day of the start or all seven; the first week is whole or begins on the first day; a day of the week
    /// with an ordinal and one without are joined or held against each other.
    fn is_ambiguous(&self, start: Date, ordinals: bool) -> bool {
        let across = self.weeks.iter().any(|week| matches!(week, 1 | 52 | 53 | -1));
        let counted_in_years = self.interval > 1 || !self.positions.is_empty();
        let weekly = self.every == Frequency::Weekly && !self.positions.is_empty();
        (!self.weeks.is_empty() && self.weekdays.is_empty())
            || self.weeks.iter().any(|week| *week <= -52)
            || (across && counted_in_years)
            || (weekly && chrono::Datelike::weekday(&start) != self.week_starts)
            || (ordinals && self.weekdays.iter().any(|(ordinal, _)| *ordinal == 0))
    }

    /// Whether it says which days, beside how often.
    pub(super) fn has_parts(&self) -> bool {
        let lists = [&self.months, &self.month_days, &self.year_days, &self.weeks];
        lists.iter().any(|list| !list.is_empty()) || !self.weekdays.is_empty()
    }
}

fn frequency(word: &str) -> Result<Frequency, Refusal> {
    Ok(match word {
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        "HOURLY" | "MINUTELY" | "SECONDLY" => return Err(IN_HOURS),
        _ => return Err(REPEATED),
    })
}

fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn positive(text: &str) -> Result<u32, Refusal> {
    digits(text).filter(|number| *number > 0).ok_or(REPEATED)
}

/// A number that counts from the start, or with a minus from the end.
fn signed(text: &str) -> Option<i32> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    i32::try_from(digits(number)?).ok().map(|number| sign * number)
}

fn numbers(list: &str, known: std::ops::RangeInclusive<i32>, signs: bool) -> Result<Vec<i32>, Refusal> {
    let mut found = Vec::new();
    for text in list.split(',').take(MOST_VALUES + 1) {
        let number = signed(text.trim()).filter(|number| known.contains(&number.abs()));
        found.push(number.filter(|number| signs || *number > 0).ok_or(REPEATED)?);
    }
    if found.len() > MOST_VALUES {
        return Err(REPEATED);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn weekday(text: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| *name == text).map(|(_, day)| *day)
}

fn weekdays(list: &str) -> Result<Vec<(i32, Weekday)>, Refusal> {
    let mut found: Vec<(i32, Weekday)> = Vec::new();
    for text in list.split(',').map(str::trim).take(MOST_VALUES + 1) {
        let at = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)).ok_or(REPEATED)?;
        let (ordinal, name) = text.split_at(at);
        let ordinal =
            if ordinal.is_empty() { Some(0) } else { signed(ordinal).filter(|number| *number != 0) };
        let one = ordinal.zip(weekday(name)).ok_or(REPEATED)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    if found.len() > MOST_VALUES { Err(REPEATED) } else { Ok(found) }
}

/// The last day, from a day or a day with a time.
fn until(text: &str) -> Result<Date, Refusal> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let sound = time.is_none_or(|time| {
        let time = time.strip_suffix('Z').unwrap_or(time);
        time.len() == 6 && digits(time).is_some()
    });
    super::ics_day::day(date).filter(|_| sound).ok_or(REPEATED)
}
