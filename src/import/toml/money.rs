//! Amounts, decimal numbers and currencies, as people write them.
//! Must not round, must not convert, must not know TOML's tree.

use super::wrong::{Next, Wrong, shown};
use crate::model::{Amount, Currency, Range};
use rust_decimal::Decimal;

/// The most digits of a number that stays exact.
const MOST_DIGITS: usize = 28;

/// Whether a text is digits with at most one point among them.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').map_or_else(|| digits(text), |(whole, part)| digits(whole) && digits(part))
}

/// An exact decimal number that is written with digits and at most one point, or what is wrong with it.
pub(super) fn decimal(text: &str) -> Result<Decimal, Wrong> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !is_number(digits) {
        return Err(Wrong {
            what: format!("`{}` is not a number", shown(text)),
            next: Next::guessed(without_marks(text)),
        });
    }
    let what = format!("`{}` has more than {MOST_DIGITS} digits", shown(text));
    let short =
        digits.trim_start_matches('0').trim_start_matches('.').bytes().filter(|byte| *byte != b'.').count()
            <= MOST_DIGITS;
    let number = Decimal::from_str_exact(text).ok().filter(|_| short);
    number.ok_or(Wrong { what, next: Next::Do("shorten it: numbers are kept exact, which has a limit") })
}

/// An amount, `USD 590000` or `USD 300000..500000`, or what is wrong with it.
pub(super) fn amount(text: &str) -> Result<Amount, Wrong> {
    let next = || match respelt(text) {
        _ if is_doubtful(text) => Next::Do(DOUBTFUL),
        Some(same) => Next::Same(same),
        None => Next::guessed(guess(text)),
    };
    let unreadable = || Wrong { what: format!("`{}` is not an amount", shown(text)), next: next() };
    let (code, numbers) = text.split_once(' ').ok_or_else(unreadable)?;
    let known = currency(code);
    if known.is_err()
        && (code.contains(|letter: char| letter.is_ascii_digit())
            || !numbers.starts_with(|letter: char| letter.is_ascii_digit()))
    {
        return Err(unreadable());
    }
    let currency = known.map_err(|wrong| Wrong { next: next(), ..wrong })?;
    let (min, max) = numbers.split_once("..").unwrap_or((numbers, numbers));
    let number = |text: &str| {
        decimal(text).map_err(|wrong| if matches!(wrong.next, Next::Do(_)) { wrong } else { unreadable() })
    };
    let range = Range { min: number(min)?, max: number(max)? };
    if min.starts_with('-') || max.starts_with('-') {
        return Err(Wrong {
            what: format!("`{}` is below zero", shown(text)),
            next: Next::Do("an amount is zero or more"),
        });
    }
    if range.min > range.max {
        let what = format!("the range `{}` begins above its end", shown(text));
        return Err(Wrong { what, next: Next::Instead(format!("{currency} {max}..{min}")) });
    }
    Ok(Amount { currency, range })
}

/// What to do about a point that may stand between thousands.
pub(super) const DOUBTFUL: &str = "a point stands before decimals: write thousands without any mark, as in `USD 500000`, and decimals with two digits, as in `USD 500.00`";

/// Whether an amount has a point before three digits, where much of Europe puts one between thousands: half a million, or five
/// hundred, and nobody but the writer knows. Currencies whose coins are thousandths may be written so.
pub(super) fn is_doubtful(text: &str) -> bool {
    let Some(first) = text.find(|letter: char| letter.is_ascii_digit()) else { return false };
    let last = text.rfind(|letter: char| letter.is_ascii_digit()).map_or(text.len(), |last| last + 1);
    let (code, numbers) = (text[..first].trim(), &text[first..last]);
    let code = if code.is_empty() { text[last..].trim() } else { code };
    let digits = |part: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let doubtful = |number: &str| {
        let parts = number.trim().split_once('.');
        parts.is_some_and(|(whole, part)| {
            digits(whole, 1..=3) && !whole.starts_with('0') && digits(part, 3..=3)
        })
    };
    let in_thousandths = meant(code).and_then(Currency::decimals).is_some_and(|decimals| decimals > 2);
    !in_thousandths && numbers.split("..").any(doubtful)
}

/// The same amount as it is read, where only the code's letters, a currency's own sign or spaces differ: ` usd  5000`, `€5000`.
fn respelt(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let (code, numbers) = trimmed.split_at(trimmed.find(|letter: char| letter.is_ascii_digit())?);
    let numbers: Vec<&str> = numbers.split("..").map(str::trim).collect();
    let plain = format!("{} {}", same(code)?, numbers.join(".."));
    (plain != text && amount(&plain).is_ok()).then_some(plain)
}

/// A currency by its code, or what is wrong with it.
pub(super) fn currency(code: &str) -> Result<Currency, Wrong> {
    Currency::parse(code).ok_or_else(|| {
        let what = format!("`{}` is not a currency code of ISO 4217", shown(code));
        let next = same(code).map(|currency| Next::Same(currency.to_string()));
        Wrong {
            what,
            next: next.unwrap_or_else(|| Next::guessed(meant(code).map(|currency| currency.to_string()))),
        }
    })
}

/// The currency of a code in small letters, or of a sign that no other currency has.
fn same(word: &str) -> Option<Currency> {
    match word.trim() {
        "US$" => Some(Currency::USD),
        "€" => Currency::parse("EUR"),
        code => Currency::parse(&code.to_uppercase()),
    }
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
    let (min, max) = ["..", "–", "-", "to"]
        .iter()
        .find_map(|between| numbers.split_once(between))
        .unwrap_or((numbers, ""));
    let min = without_marks(min)?;
    let range = if max.is_empty() { min } else { format!("{min}..{}", without_marks(max)?) };
    Some(format!("{} {range}", currency.unwrap_or(Currency::USD)))
}

/// The number without the marks that people put between thousands, and with a point before its decimals. A comma before
/// one or two digits is the decimal point of most of Europe.
fn without_marks(number: &str) -> Option<String> {
    let marks = [' ', '_', '\'', '\u{a0}', '\u{202f}', '’'];
    let number = number.trim();
    let short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let comma = number.rsplit_once(',').filter(|(_, part)| short(part));
    let (whole, part, thousands) = match (comma, number.split_once('.')) {
        (Some((whole, part)), _) => (whole, Some(part), '.'),
        (None, Some((whole, part))) => (whole, Some(part), ','),
        (None, None) => (number, None, ','),
    };
    let groups: Vec<&str> = whole.split(|letter| letter == thousands || marks.contains(&letter)).collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|group| (1..=3).contains(&group.len()));
    let plain = part.map_or_else(|| groups.concat(), |part| format!("{}.{part}", groups.concat()));
    ((groups.len() == 1 || grouped) && is_number(&plain)).then_some(plain)
}
