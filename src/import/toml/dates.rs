//! Dates and lengths of time, as people write them.
//! Must not know TOML's tree.

use super::wrong::{Next, Wrong, shown};
use crate::model::{Date, DateRange, MONTH_NAMES, Months, add_months, parse_months};
use chrono::Datelike;
use std::ops::RangeInclusive;

/// Years outside are slips of the keyboard.
pub(super) const YEARS: RangeInclusive<i32> = 1900..=2200;

/// The day, or what is wrong with it.
pub(super) fn day(year: i32, month: u32, day: u32) -> Result<Date, Wrong> {
    let date = Date::from_ymd_opt(year, month, day).ok_or_else(|| impossible_day(year, month, day))?;
    if YEARS.contains(&year) {
        return Ok(date);
    }
    let what = format!("the year {year} is outside {} to {}", YEARS.start(), YEARS.end());
    Err(Wrong { what, next: Next::Do("correct the year") })
}

fn impossible_day(year: i32, month: u32, day: u32) -> Wrong {
    let Some(name) = month.checked_sub(1).and_then(|index| MONTH_NAMES.get(index as usize)) else {
        let swapped = Date::from_ymd_opt(year, day, month).filter(|_| month > 12);
        let what = format!("there is no month {month:02}: months are 01 to 12");
        return Wrong { what, next: Next::guessed(swapped.map(|date| date.to_string())) };
    };
    let last = Date::from_ymd_opt(year, month, 1).and_then(|first| add_months(first, 1)?.pred_opt());
    let days = last.map_or(31, |last| last.day());
    let what = format!("there is no {day} {name} {year}: that month has {days} days");
    Wrong { what, next: Next::guessed(last.filter(|_| day > 0).map(|last| last.to_string())) }
}

/// A date in text: a day, a month or a year.
pub(super) fn in_part(text: &str) -> Result<DateRange, Wrong> {
    let unreadable =
        || Wrong { what: format!("`{}` is not a date", shown(text)), next: Next::guessed(guess(text)) };
    let digits = |part: &str, length: usize| {
        let fits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten().ok_or_else(unreadable)
    };
    let mut parts = text.split('-');
    let year = digits(parts.next().unwrap_or_default(), 4)?;
    let year = i32::try_from(year).map_err(|_| unreadable())?;
    let month = parts.next().map(|part| digits(part, 2)).transpose()?;
    let exact = parts.next().map(|part| digits(part, 2)).transpose()?;
    if parts.next().is_some() {
        return Err(unreadable());
    }
    let from = day(year, month.unwrap_or(1), exact.unwrap_or(1))?;
    let months = match (month, exact) {
        (_, Some(_)) => return Ok(DateRange::day(from)),
        (Some(_), None) => 1,
        (None, None) => 12,
    };
    let to = add_months(from, months).and_then(|next| next.pred_opt()).ok_or_else(unreadable)?;
    Ok(DateRange { from, to })
}

/// Why a text in the right form is no day of the calendar.
pub(super) fn impossible(text: &str) -> Option<Wrong> {
    let (year, month, day) = numbers(text, '-')?;
    let in_form =
        text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    let year = i32::try_from(year).ok()?;
    (in_form && Date::from_ymd_opt(year, month, day).is_none()).then(|| impossible_day(year, month, day))
}

fn numbers(text: &str, separator: char) -> Option<(u32, u32, u32)> {
    let mut parts = text.trim().split(separator).map(|part| part.trim().parse::<u32>().ok());
    let numbers = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(numbers)
}

/// What word processors make of a hyphen.
const DASHES: [char; 4] = ['–', '—', '‑', '−'];

/// What a date in another spelling most likely means, where that is plain: `31/12/2014`, `2014/12/31`, `2014-6-1`,
/// `31 December 2014`. A day that could also be a month is not guessed.
pub(super) fn guess(text: &str) -> Option<String> {
    let plain = text.trim().trim_matches('"').replace(DASHES, "-");
    let text = plain.as_str();
    let text = text.split(['T', 't']).next().filter(|date| date.len() == 10).unwrap_or(text);
    let (first, middle, last) = ['-', '/', '.']
        .into_iter()
        .find_map(|separator| numbers(text, separator))
        .or_else(|| in_words(text))?;
    let (year, month, day) = match (first, middle, last) {
        (1000.., _, _) => (first, middle, last),
        (13..=31, 1..=12, 1000..) => (last, middle, first),
        (1..=12, 13..=31, 1000..) => (last, first, middle),
        (_, _, 1000..) if first == middle => (last, middle, first),
        _ => return None,
    };
    Date::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(|date| date.to_string())
}

/// `31 December 2014`, `December 31, 2014`: with the day before the month so that it is never taken for one.
fn in_words(text: &str) -> Option<(u32, u32, u32)> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let [first, second, year] = words.as_slice() else {
        return None;
    };
    let month_of = |word: &str| {
        let word = word.to_lowercase();
        MONTH_NAMES.iter().position(|name| word.len() >= 3 && name.to_lowercase().starts_with(&word))
    };
    let (day, month) =
        month_of(second).map(|month| (first, month)).or_else(|| Some((second, month_of(first)?)))?;
    Some((year.parse().ok().filter(|year| *year >= 1000)?, u32::try_from(month).ok()? + 1, day.parse().ok()?))
}

/// A length in whole months, or what is wrong with it.
pub(super) fn months(text: &str) -> Result<Months, Wrong> {
    let wrong = |what: &str, next: Next| Err(Wrong { what: format!("`{}` {what}", shown(text)), next });
    match parse_months(text) {
        Some(months @ 1..) => Ok(Months(months.unsigned_abs())),
        Some(_) => wrong("is not a length", Next::Do("a project lasts at least one month")),
        None => {
            let number: String = text.chars().take_while(char::is_ascii_digit).collect();
            let unit = text[number.len()..].trim_matches([' ', '-', '.']).to_lowercase();
            let instead = match (number.parse::<u32>(), unit.as_str()) {
                (Ok(number @ 1..=1200), "" | "m" | "mo" | "mon" | "mth" | "mths" | "month" | "months") => {
                    Some(Months(number).to_string())
                }
                (Ok(number @ 1..=100), "y" | "yr" | "yrs" | "year" | "years") => {
                    Some(Months(number * 12).to_string())
                }
                _ => None,
            };
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let same = parse_months(&plain).is_some_and(|months| months > 0);
            let next = match (same, unit.as_str()) {
                (true, _) => Next::Same(plain),
                (false, "month" | "months") => instead.map_or(Next::Example, Next::Same),
                _ => Next::guessed(instead),
            };
            wrong("is not a length in whole months", next)
        }
    }
}
