//! How to close a gap, filled with the days and the things that are missing.

use super::missing::missing;
use super::spoken::spoken;
use super::values::{header, list, some_of};
use crate::checks::{Missing, Window};
use crate::model::{DateRange, Definition, Table};
use std::sync::Arc;

/// What the text of a remedy may be filled with.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// What is missing, in a few words.
    pub missing: String,
    /// The first day of the window.
    pub earliest: String,
    /// The day aimed at.
    pub target: String,
    /// The last day of the window.
    pub latest: String,
}

/// What a remedy is filled with; `by_element` groups what is missing by the elements that lack it.
#[must_use]
pub fn remedy(lacking: &[Missing], by_element: bool, window: Window, definition: &Definition) -> Remedy {
    let day = |day: Option<DateRange>| match day.map(|day| (day, day.exact())) {
        None => "a day that the missing dates decide".to_owned(),
        Some((_, Some(day))) => day.to_string(),
        Some((day, None)) => format!("a day within {day}"),
    };
    Remedy {
        missing: spoken(if by_element {
            of_elements(lacking, definition)
        } else {
            some_of(&each(lacking, definition))
        }),
        earliest: day(window.earliest),
        target: day(window.target),
        latest: day(window.latest),
    }
}

fn each(lacking: &[Missing], definition: &Definition) -> Vec<String> {
    lacking.iter().map(|one| missing(one, definition)).collect()
}

/// Of elements that lack several things each once, `final (government, workers)`.
fn of_elements(lacking: &[Missing], definition: &Definition) -> String {
    let mut elements: Vec<(String, Vec<&str>)> = Vec::new();
    for one in lacking {
        let (element, part) = match one {
            Missing::OfElement { part, table, row } => {
                (definition.name_or_number(*table, *row), Some(&**part))
            }
            other => (missing(other, definition), None),
        };
        match elements.iter_mut().find(|(known, _)| *known == element) {
            Some((_, parts)) => parts.extend(part),
            None => elements.push((element, part.into_iter().collect())),
        }
    }
    let told = |(element, parts): &(String, Vec<&str>)| match parts.as_slice() {
        [] => element.clone(),
        parts => format!("{element} ({})", parts.join(", ")),
    };
    some_of(&elements.iter().map(told).collect::<Vec<_>>())
}

/// Which packs join once the file has a table.
#[must_use]
pub fn wakes(table: Table, packs: &[Arc<str>]) -> String {
    let ids: Vec<String> = packs.iter().map(|pack| format!("`{pack}`")).collect();
    let whose = if ids.len() == 1 { "joins: its rules then apply" } else { "join: their rules then apply" };
    spoken(format!("Once the file has {}, {} {whose} too.", header(table), list(&ids, "and")))
}
