//! Countries by their codes, and what a name or another code means.
//! Must not know TOML's tree.

use super::wrong::{Next, Wrong, shown};
use crate::model::Country;

/// A country by its two letters, or what is wrong with it.
pub(super) fn country(code: &str) -> Result<&'static str, Wrong> {
    Country::of_code(code).map(|country| country.code).ok_or_else(|| {
        let next = match (same(code), meant(code), code.to_uppercase().as_str()) {
            (Some(same), ..) => Next::Same(same.to_owned()),
            (None, Some(meant), _) => Next::Instead(meant.to_owned()),
            (None, None, "XK" | "KOSOVO") => Next::Do("ISO 3166 has no code for Kosovo: write it under `regions`"),
            (None, None, _) => Next::Do("a country is written with the two capital letters of ISO 3166, such as \"ZA\" for South Africa"),
        };
        Wrong { what: format!("`{}` is not a country code of ISO 3166", shown(code)), next }
    })
}

/// The country of another code, or of a whole name that no other country bears: `za`, `ZAF`, `UK`, `South Africa`, `Tanzania`.
fn same(word: &str) -> Option<&'static str> {
    let word = word.trim();
    let upper = word.to_uppercase();
    let plain = word.to_lowercase().replace('’', "'");
    let called =
        |country: &&Country| country.other_codes.contains(&&*upper) || country.other_names.contains(&&*plain);
    let coded = |country: &&Country| country.code == upper || country.three_letters == upper;
    let mut all = Country::all().iter();
    if let Some(country) = all.clone().find(called).or_else(|| all.find(coded)) {
        return Some(country.code);
    }
    let lower = word.to_lowercase();
    let bears = |name: &str| {
        let name = name.to_lowercase();
        name == lower || name.split_once([',', '(']).is_some_and(|(short, _)| short.trim_end() == lower)
    };
    let mut bearers = Country::all().iter().filter(|country| bears(country.name));
    let first = bearers.next()?;
    bearers.next().is_none().then_some(first.code)
}

/// The country that the beginning of a name means, where it is the only one.
fn meant(word: &str) -> Option<&'static str> {
    let lower = word.trim().to_lowercase();
    let mut begins = Country::all()
        .iter()
        .filter(|country| lower.len() >= 4 && country.name.to_lowercase().starts_with(&lower));
    let first = begins.next()?;
    let exact = Country::all().iter().find(|country| country.name.to_lowercase() == lower);
    exact.or_else(|| begins.next().is_none().then_some(first)).map(|country| country.code)
}
