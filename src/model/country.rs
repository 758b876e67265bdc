//! The countries of ISO 3166-1: their codes, their names, and what people call them besides.
//! Must not guess what a word means.

use std::sync::LazyLock;

/// The table: a country a line, its columns parted by tabs.
const TABLE: &str = include_str!("../../data/countries.tsv");

/// A country of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Its two letters.
    pub code: &'static str,
    /// Its three letters.
    pub three_letters: &'static str,
    /// Its short name in English.
    pub name: &'static str,
    /// Other codes that people use.
    pub other_codes: Vec<&'static str>,
    /// Other names that people use, in small letters.
    pub other_names: Vec<&'static str>,
}

static ALL: LazyLock<Vec<Country>> = LazyLock::new(|| TABLE.lines().filter_map(country).collect());

fn country(line: &'static str) -> Option<Country> {
    let mut columns = line.split('\t');
    let (code, three_letters, name) = (columns.next()?, columns.next()?, columns.next()?);
    let mut others = || columns.next().unwrap_or_default().split(';').filter(|one| !one.is_empty()).collect();
    Some(Country { code, three_letters, name, other_codes: others(), other_names: others() })
}

impl Country {
    /// Every country, by its name.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// The country of those two capital letters.
    #[must_use]
    pub fn of_code(code: &str) -> Option<&'static Self> {
        ALL.iter().find(|country| country.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Country, TABLE};
    use std::collections::BTreeSet;

    #[test]
    fn every_line_is_a_country_whose_codes_and_names_no_other_has() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!((lines, Country::all().len()), (249, 249));
        let capitals =
            |text: &str, letters| text.len() == letters && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let mut known = BTreeSet::new();
        for country in Country::all() {
            assert!(capitals(country.code, 2) && capitals(country.three_letters, 3), "{country:?}");
            let codes = [country.code, country.three_letters].into_iter().chain(country.other_codes.clone());
            let names = country.other_names.iter().map(|name| (*name).to_owned());
            // A name with an accent may stand among the others again, in small letters.
            let all = codes.map(str::to_owned).chain([country.name.to_lowercase()]).chain(names);
            let own: BTreeSet<String> = all.collect();
            assert!(own.iter().all(|one| known.insert(one.clone())), "{country:?}");
            assert!(country.other_names.iter().all(|name| *name == name.to_lowercase()), "{country:?}");
        }
    }
}
