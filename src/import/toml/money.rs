//! Amounts, decimal numbers and currencies, as people write them.
//! Must not round, must not convert, must not know TOML's tree.

use super::{dates::Wrong, plain::shown};
use crate::model::{Amount, Currency, Range};
use rust_decimal::Decimal;

/// An exact decimal number that is written with digits and at most one point, or what is wrong with it.
pub(super) fn decimal(text: &str) -> Result<Decimal, Wrong> {
    let wrong = |what: String| Wrong { what, instead: None };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let only_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !only_digits(whole) || !part.is_none_or(only_digits) {
        return Err(Wrong { what: format!("`{}` is not a number", shown(text)), instead: without_marks(text) });
    }
    let count = whole.trim_start_matches('0').len() + part.map_or(0, str::len);
    if count > 28 {
        return Err(wrong(format!("`{}` has {count} digits; a number has at most 28", shown(text))));
    }
    Decimal::from_str_exact(text).map_err(|_| wrong(format!("`{}` is too large a number", shown(text))))
}

/// An amount, `USD 590000` or `USD 300000..500000`, or what is wrong with it.
pub(super) fn amount(text: &str) -> Result<Amount, Wrong> {
    let unreadable = || Wrong { what: format!("`{}` is not an amount", shown(text)), instead: guess(text) };
    let (code, numbers) = text.split_once(' ').ok_or_else(unreadable)?;
    let currency = currency(code).map_err(|wrong| Wrong { instead: guess(text), ..wrong })?;
    let (min, max) = numbers.split_once("..").unwrap_or((numbers, numbers));
    let number = |text: &str| {
        decimal(text).map_err(|wrong| if wrong.instead.is_some() || wrong.what.ends_with("is not a number") { unreadable() } else { wrong })
    };
    let range = Range { min: number(min)?, max: number(max)? };
    if range.min.is_sign_negative() && !range.min.is_zero() || range.max.is_sign_negative() && !range.max.is_zero() {
        return Err(Wrong { what: format!("`{}` is below zero", shown(text)), instead: None });
    }
    if range.min > range.max {
        let what = format!("the range `{}` begins above its end", shown(text));
        return Err(Wrong { what, instead: Some(format!("{currency} {max}..{min}")) });
    }
    Ok(Amount { currency, range })
}

/// A currency by its code, or what is wrong with it.
pub(super) fn currency(code: &str) -> Result<Currency, Wrong> {
    Currency::parse(code).ok_or_else(|| {
        let instead = meant(code).map(|currency| currency.to_string());
        Wrong { what: format!("`{}` is not a currency code of ISO 4217", shown(code)), instead }
    })
}

/// The currency that a sign, a name or a code in small letters means.
fn meant(word: &str) -> Option<Currency> {
    let word = word.trim().trim_end_matches('.').to_uppercase();
    let code = match word.as_str() {
        "US$" | "$" | "$US" | "DOLLAR" | "DOLLARS" | "US DOLLARS" | "US DOLLAR" => "USD",
        "€" | "EURO" | "EUROS" => "EUR",
        "£" | "POUND" | "POUNDS" => "GBP",
        "¥" | "YEN" => "JPY",
        "SFR" | "FR" => "CHF",
        other => other,
    };
    Currency::parse(code)
}

/// What an amount in another spelling most likely means, where that is plain: `US$ 590,000`, `590000 USD`, `USD590000`.
/// A number alone is shown with dollars, for the form.
pub(super) fn guess(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    let first_digit = text.find(|letter: char| letter.is_ascii_digit())?;
    let last_digit = text.rfind(|letter: char| letter.is_ascii_digit())?;
    let (before, after) = (text[..first_digit].trim(), text[last_digit + 1..].trim());
    let currency = match (before, after) {
        ("", "") => None,
        (word, "" | ".-" | ".") | ("", word) => Some(meant(word)?),
        _ => return None,
    };
    let numbers = &text[first_digit..=last_digit];
    let (min, max) = ["..", "–", "-", "to"].iter().find_map(|between| numbers.split_once(between)).unwrap_or((numbers, ""));
    let min = without_marks(min)?;
    let range = if max.is_empty() { min } else { format!("{min}..{}", without_marks(max)?) };
    let shown = format!("{} {range}", currency.unwrap_or(Currency::USD));
    amount(&shown).is_ok().then_some(shown)
}

/// The number without the marks that people put between thousands.
fn without_marks(number: &str) -> Option<String> {
    let number = number.trim();
    let marks = [',', ' ', '_', '\'', '\u{a0}', '\u{202f}', '’'];
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split(marks).collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3) && groups.first().is_some_and(|group| (1..=3).contains(&group.len()));
    if groups.len() > 1 && !grouped {
        return None;
    }
    let plain = match part {
        Some(part) => format!("{}.{part}", groups.concat()),
        None => groups.concat(),
    };
    decimal(&plain).is_ok_and(|number| number >= Decimal::ZERO).then_some(plain)
}
