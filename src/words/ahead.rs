//! Revisions that are dated ahead, in words.

use super::spoken::spoken;
use super::values::{held, list};
use crate::checks::Ahead;
use crate::model::{Definition, FieldPath, Table};
use std::sync::Arc;

/// What a revision that is dated ahead will change.
#[must_use]
pub fn ahead(one: &Ahead, definition: &Definition) -> String {
    let when = if one.date.exact().is_some() { "on" } else { "in" };
    let mut parts = Vec::new();
    if let Some((before, then)) = one.end {
        let before = before.map(|before| format!(" instead of {before}")).unwrap_or_default();
        parts.push(format!("the end is {then}{before}"));
    }
    if let Some((before, then)) = one.total {
        let before = before.map(|before| format!(" instead of {}", held(before))).unwrap_or_default();
        parts.push(format!("the budget is {}{before}", held(then)));
    }
    let rules = |rules: &[(Arc<str>, String)]| {
        let shown: Vec<String> = rules.iter().map(|(id, title)| format!("{title} (`{id}`)")).collect();
        list(&shown, "and")
    };
    if !one.newly_owed.is_empty() {
        parts.push(format!("newly owed: {}", rules(&one.newly_owed)));
    }
    if !one.no_longer_owed.is_empty() {
        parts.push(format!("no longer owed: {}", rules(&one.no_longer_owed)));
    }
    if !one.outside.is_empty() {
        let shown: Vec<String> = one
            .outside
            .iter()
            .map(|row| format!("`{}`", definition.show(FieldPath::Row(Table::Evaluation, *row))))
            .collect();
        let lie = if shown.len() == 1 { "lies outside its window" } else { "lie outside their windows" };
        parts.push(format!("{} then {lie}", list(&shown, "and")));
    }
    let parts = if parts.is_empty() { "nothing changes either".to_owned() } else { parts.join("; ") };
    spoken(format!(
        "a revision takes effect {when} {}; until then nothing changes. From then on, {parts}",
        one.date
    ))
}
