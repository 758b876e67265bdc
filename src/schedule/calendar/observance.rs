//! Marks by which calendars of others tell days that people only remember from days off, as `rules/observances.toml` lists them.
//! Must not read iCalendar.

use crate::source::shipped_rule_file;
use serde::Deserialize;
use std::sync::OnceLock;

/// The marks.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Marks {
    /// What the first line of the description says, in any case of letters.
    description: Vec<String>,
    /// What all stands in the second line, in whatever language the first is.
    second_line: Vec<String>,
    /// What the name contains, in any case of letters.
    name: Vec<String>,
}

fn marks() -> &'static Marks {
    static MARKS: OnceLock<Marks> = OnceLock::new();
    MARKS.get_or_init(|| {
        let text = shipped_rule_file("observances.toml").unwrap_or_default();
        crate::toml::from_str(text).expect("the shipped list of marks is TOML")
    })
}

/// Whether an event of that name and description is an observance and no day off.
pub(super) fn is_observance(name: &str, description: &str) -> bool {
    let marks = marks();
    let mut lines = description.split('\n').map(str::trim);
    let first = lines.next().unwrap_or_default();
    // "observance - bank holiday" is one too.
    let word = first.split(" - ").next().unwrap_or_default().trim().to_lowercase();
    let name = name.to_lowercase();
    marks.description.iter().any(|mark| mark.to_lowercase() == word)
        || lines.next().is_some_and(|line| marks.second_line.iter().all(|part| line.contains(part.as_str())))
        || marks.name.iter().any(|mark| name.contains(&mark.to_lowercase()))
}
