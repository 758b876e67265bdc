//! Countries by their codes, and what a name or another code means.
//! Must not know TOML's tree.

use super::wrong::{Next, Wrong, shown};

/// Codes that people use and ISO 3166-1 does not: the United Kingdom and Greece, as the European Union writes them.
const OTHER_CODES: &[(&str, &str)] = &[("UK", "GB"), ("EL", "GR")];

/// Names that people use and ISO 3166-1 does not.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("burma", "MM"),
    ("cape verde", "CV"),
    ("congo-brazzaville", "CG"),
    ("congo-kinshasa", "CD"),
    ("côte d'ivoire", "CI"),
    ("czech republic", "CZ"),
    ("democratic republic of congo", "CD"),
    ("democratic republic of the congo", "CD"),
    ("dr congo", "CD"),
    ("drc", "CD"),
    ("east timor", "TL"),
    ("great britain", "GB"),
    ("holland", "NL"),
    ("ivory coast", "CI"),
    ("lao pdr", "LA"),
    ("laos", "LA"),
    ("macedonia", "MK"),
    ("north korea", "KP"),
    ("republic of korea", "KR"),
    ("republic of the congo", "CG"),
    ("south korea", "KR"),
    ("swaziland", "SZ"),
    ("turkey", "TR"),
    ("united states", "US"),
    ("vatican", "VA"),
    ("vietnam", "VN"),
];

/// A country by its two letters, or what is wrong with it.
pub(super) fn country(code: &str) -> Result<&'static str, Wrong> {
    rust_iso3166::from_alpha2(code).map(|country| country.alpha2).ok_or_else(|| {
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
    let other = OTHER_CODES
        .iter()
        .find(|(other, _)| *other == upper)
        .or_else(|| OTHER_NAMES.iter().find(|(name, _)| *name == plain));
    if let Some((_, code)) = other {
        return Some(code);
    }
    if let Some(country) = rust_iso3166::from_alpha2(&upper).or_else(|| rust_iso3166::from_alpha3(&upper)) {
        return Some(country.alpha2);
    }
    let lower = word.to_lowercase();
    let bears = |name: &str| {
        let name = name.to_lowercase();
        name == lower || name.split_once([',', '(']).is_some_and(|(short, _)| short.trim_end() == lower)
    };
    let mut bearers = rust_iso3166::ALL.iter().filter(|country| bears(country.name));
    let first = bearers.next()?;
    bearers.next().is_none().then_some(first.alpha2)
}

/// The country that the beginning of a name means, where it is the only one.
fn meant(word: &str) -> Option<&'static str> {
    let lower = word.trim().to_lowercase();
    let mut begins = rust_iso3166::ALL
        .iter()
        .filter(|country| lower.len() >= 4 && country.name.to_lowercase().starts_with(&lower));
    let first = begins.next()?;
    let exact = rust_iso3166::ALL.iter().find(|country| country.name.to_lowercase() == lower);
    exact.or_else(|| begins.next().is_none().then_some(first)).map(|country| country.alpha2)
}
