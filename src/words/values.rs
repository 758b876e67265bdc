//! Values in words: money, lengths, dates, lists.
//! Must not decide anything.

use crate::checks::{Far, Limit};
use crate::facts::{Fact, Facts, Length};
use crate::model::{Amount, Currency, Date, DateRange, Months, Range, Table, add_months, key};
use rust_decimal::Decimal;

/// `US$ 350,000` or `US$ 349,999.99`.
#[must_use]
pub fn usd(amount: Decimal) -> String {
    let amount = amount.normalize();
    let text = amount.abs().to_string();
    let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.is_sign_negative() { "-" } else { "" };
    if cents.is_empty() { format!("{sign}US$ {grouped}") } else { format!("{sign}US$ {grouped}.{cents:0<2}") }
}

/// `US$ 590,000` or `US$ 300,000 to 500,000`.
#[must_use]
pub fn money(range: Range) -> String {
    match range.exact() {
        Some(amount) => usd(amount),
        None => format!("{} to {}", usd(range.min), usd(range.max).trim_start_matches("US$ ")),
    }
}

/// `EUR 590,000` or `EUR 300,000 to 500,000`: an amount in the currency that it is stated in.
#[must_use]
pub fn amount(amount: Amount) -> String {
    money(amount.range).replacen("US$", amount.currency.code(), 1)
}

/// `US$ 590,000` or `EUR 590,000`: an amount as it is reckoned with.
#[must_use]
pub fn held(held: Amount) -> String {
    if held.currency == Currency::USD { money(held.range) } else { amount(held) }
}

/// A limit of a band.
#[must_use]
pub fn limit(limit: Limit) -> String {
    match limit {
        Limit::Months(months) => months.to_string(),
        Limit::Money(amount) => usd(amount),
        Limit::Date(day) => day.to_string(),
    }
}

/// `24 months`, `23 months and 30 days`, `12 to 36 months`.
#[must_use]
pub fn length(length: Length) -> String {
    if let Length::Dates { start, after_end } = length
        && let (Some(start), Some(after_end)) = (start.exact(), after_end.exact())
    {
        return exact_length(start, after_end);
    }
    match length.whole_months() {
        (one, two) if one == two => Months(one).to_string(),
        (least, most) => format!("{least} to {}", Months(most)),
    }
}

fn exact_length(start: Date, after_end: Date) -> String {
    let whole =
        Length::Dates { start: DateRange::day(start), after_end: DateRange::day(after_end) }.whole_months().0;
    let months = i32::try_from(whole).ok().and_then(|months| add_months(start, months)).unwrap_or(start);
    let months_text = Months(whole).to_string();
    match ((after_end - months).num_days(), whole) {
        (0, _) => months_text,
        (days, 0) => day_count(days),
        (days, _) => format!("{months_text} and {}", day_count(days)),
    }
}

fn day_count(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// The length with the dates it comes from: `24 months (2014-01-01 to 2015-12-31)`.
#[must_use]
pub fn length_of(facts: &Facts<'_>) -> Option<String> {
    let said = length(facts.length()?);
    Some(match (facts.start(), facts.end()) {
        (Some(start), Some(end)) => format!("{said} ({start} to {end})"),
        _ => said,
    })
}

/// A day that a number of months would reach but that its month does not have: `31 August 2014 plus 18 months is 29 February 2016`.
#[must_use]
pub fn clamped(facts: &Facts<'_>, months: Months) -> Option<String> {
    use chrono::Datelike;
    let start = facts.start()?.exact()?;
    let moved = add_months(start, i32::try_from(months.0).ok()?)?;
    (moved.day() != start.day())
        .then(|| format!("{start} plus {months} is {moved}, because that month has no day {}", start.day()))
}

/// What is known of a fact, in words; `None` where nothing is.
#[must_use]
pub fn fact(fact: Fact<'_>) -> Option<String> {
    Some(match fact {
        Fact::Unknown | Fact::Choice(_) | Fact::Choices(_) => return None,
        Fact::Bool(value) => value.to_string(),
        Fact::Int(value) => value.to_string(),
        Fact::Decimal(value) => value.to_string(),
        Fact::Text(value) => format!("`{value}`"),
        Fact::Date(range) => range.to_string(),
        Fact::Money(range) => money(range),
        Fact::Foreign(held) => format!("{}, not known in US$", amount(held)),
        Fact::Duration(value) => length(value),
        Fact::Texts(values) => values.iter().map(|value| &**value).collect::<Vec<_>>().join(", "),
    })
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<T: AsRef<str>>(items: &[T], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// The thing that a definition is about: `the project`, `the agreement`.
#[must_use]
pub fn subject(facts: &Facts<'_>) -> &'static str {
    match facts.definition().single(Table::Project).choice(key::project::KIND) {
        Some("donor-agreement") => "the agreement",
        None | Some("project") => "the project",
        Some(_) => "the programme",
    }
}

/// The line under which a table is written: `[[party]]`, `[budget]`.
#[must_use]
pub fn header(table: Table) -> String {
    let name = table.spec().name;
    if table.plural().is_some() { format!("[[{name}]]") } else { format!("[{name}]") }
}

/// `1 party is listed`, `3 parties are listed`.
#[must_use]
pub fn listed(count: u32, table: Table) -> String {
    let spec = table.spec();
    match count {
        0 => format!("no {} is listed", spec.name),
        1 => format!("1 {} is listed", spec.name),
        _ => format!("{count} {} are listed", table.plural().unwrap_or(spec.name)),
    }
}

/// The most things that a sentence names one by one.
const MOST_NAMED: usize = 6;

/// `a, b and c`; of many things only the first few, and how many there are more.
#[must_use]
pub fn some_of<T: AsRef<str>>(items: &[T]) -> String {
    if items.len() <= MOST_NAMED {
        return list(items, "and");
    }
    let (first, rest) = items.split_at(MOST_NAMED - 1);
    let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
    format!("{} and {} more", first.join(", "), rest.len())
}

/// A part of time in which the day of an evaluation is an error: completes `it lies …`.
#[must_use]
pub fn far(far: Far) -> String {
    match far {
        Far::BeforeShare(share) => {
            format!("within the first {} per cent of the project", (share * Decimal::ONE_HUNDRED).normalize())
        }
        Far::AfterEnd(months) => format!("more than {months} months after the end of the project"),
    }
}
