//! The headings of the report for people, and the facts at its head: data beside the templates.
//! Must not know a field by name.

use crate::model::{Definition, FieldPath, Table, Value};
use serde::Deserialize;

/// The headings, in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    /// Whose reading the findings are.
    pub(super) reading: String,
    other: Other,
    owners: Vec<String>,
    /// The scores that are suggested for headings.
    pub(super) appraisal: Scores,
    heading: Vec<Raw>,
    fact: Vec<RawFact>,
}

/// The scores that are suggested, with the words for each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scores {
    /// Whose suggestion it is, and what counts.
    pub note: String,
    /// What is said of waived rules.
    pub waived: String,
    /// Where an error is not met.
    pub unmet: Score,
    /// Where something less is not met, or not decided.
    pub open: Score,
    /// Where all is met.
    pub met: Score,
    /// Where nothing can be judged.
    pub unjudged: Score,
}

/// One score, and why it is suggested.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Score {
    /// As it is written.
    pub score: String,
    /// Why.
    pub why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    title: String,
    owner: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: String,
    owner: String,
    fields: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    label: String,
    field: String,
    #[serde(default)]
    optional: bool,
}

impl Headings {
    /// The headings that come with the tool.
    #[must_use]
    pub fn shipped() -> Self {
        let text = crate::source::template("report/headings.toml")
            .expect("the file is in the repository, and a test reads it");
        crate::toml::from_str(text).expect("the file is in the repository, and a test reads it")
    }

    /// The titles, in their order; the last one is for what fits no other.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.heading.iter().map(|heading| heading.title.as_str()).chain([self.other.title.as_str()])
    }

    /// The titles under which a proposal is appraised, in their order.
    pub fn appraised(&self) -> impl Iterator<Item = &str> {
        self.heading.iter().map(|heading| heading.title.as_str())
    }

    /// The role that is suggested for the findings under a heading, by its place among the titles.
    #[must_use]
    pub fn suggested_owner(&self, place: usize) -> &str {
        self.heading.get(place).map_or(&self.other.owner, |heading| &heading.owner)
    }

    /// Whom a definition names for the element or table of a path, and the key that does so, as typed.
    #[must_use]
    pub fn named_owner(&self, path: FieldPath, definition: &Definition) -> Option<(String, String)> {
        let (table, row) = match path {
            FieldPath::Key(key) => (key.table, None),
            FieldPath::Element(key, row) => (key.table, Some(row)),
            FieldPath::Row(table, row) => (table, Some(row)),
            FieldPath::Table(table) => (table, None),
            FieldPath::Rate(_) => return None,
        };
        self.owners.iter().find_map(|pattern| {
            let (_, key) = pattern.split_once('.').filter(|(name, _)| Table::named(name) == Some(table))?;
            let (key, of_element) = key.strip_prefix("*.").map_or((key, false), |key| (key, true));
            let key = table.key(key)?;
            let path = if of_element { FieldPath::Element(key, row?) } else { FieldPath::Key(key) };
            match definition.value(path)? {
                Value::Text(owner) => Some((owner.to_string(), definition.show(path))),
                _ => None,
            }
        })
    }

    /// The facts at the head of a definition: label, field, and whether it may be left out.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.fact.iter().map(|fact| (fact.label.as_str(), fact.field.as_str(), fact.optional))
    }

    /// The place, among the titles, of the heading for a field: the one with the longest pattern that fits.
    #[must_use]
    pub fn place_of(&self, field: &str) -> usize {
        let patterns = self
            .heading
            .iter()
            .zip(0..)
            .flat_map(|(heading, place)| heading.fields.iter().map(move |pattern| (place, pattern)));
        let fitting =
            patterns.filter_map(|(place, pattern)| Some((fit(pattern, field)?, std::cmp::Reverse(place))));
        fitting.max().map_or(self.heading.len(), |(_, place)| place.0)
    }
}

/// How many parts of the field the pattern covers; `None` where it does not fit.
/// A name in the middle of a field may hold dots of its own, so the last part of a pattern is held against the end.
fn fit(pattern: &str, field: &str) -> Option<usize> {
    let fits = match pattern.split_once(".*.") {
        None => field.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        Some((table, key)) => field
            .strip_prefix(table)
            .and_then(|rest| rest.strip_prefix('.')?.strip_suffix(key))
            .is_some_and(|middle| middle.ends_with('.')),
    };
    fits.then(|| pattern.split('.').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_stands_under_the_closest_heading() {
        let headings = Headings::shipped();
        let title =
            |field: &str| headings.titles().nth(headings.place_of(field)).unwrap_or_default().to_owned();
        assert_eq!(title("evaluation"), "Means of verification: monitoring and evaluation");
        assert_eq!(title("evaluation.final"), "Means of verification: monitoring and evaluation");
        assert_eq!(title("evaluation.final.participants"), "Participation of partners");
        assert_eq!(title("evaluation.a.b.participants"), "Participation of partners");
        assert_eq!(title("evaluation.participants"), "Means of verification: monitoring and evaluation");
        assert_eq!(title("party"), "Participation of partners");
        assert_eq!(title("budget.total"), "Human and financial resources");
        assert_eq!(title("indicator.one.baseline"), "Baselines");
        assert_eq!(title("project.standards"), "Logic and assumptions");
        assert_eq!(title("project.themes"), "Other points", "what a donor asks for is no part of the logic");
        assert_eq!(title("unheard-of"), "Other points");
    }

    #[test]
    fn a_proposal_is_appraised_under_eight_headings_by_scores_that_the_source_knows() {
        let headings = Headings::shipped();
        assert_eq!(headings.appraised().count(), 8);
        let Scores { note, waived, unmet, open, met, unjudged } = &headings.appraisal;
        let scores = [unmet, open, met, unjudged];
        assert_eq!(scores.map(|one| one.score.as_str()), ["1", "2", "3", "X"]);
        assert!(scores.iter().all(|one| !one.why.is_empty()) && !waived.is_empty());
        assert!(note.contains("suggestion"), "whose scores they are is said: {note}");
    }

    #[test]
    fn every_heading_and_fact_names_a_table_and_key_of_definitions() {
        let headings = Headings::shipped();
        let fields = headings
            .heading
            .iter()
            .flat_map(|heading| &heading.fields)
            .chain(headings.fact.iter().map(|fact| &fact.field))
            .chain(&headings.owners);
        for field in fields {
            let mut parts = field.split('.').filter(|part| *part != "*");
            let table = parts.next().and_then(Table::named);
            let table = table.unwrap_or_else(|| panic!("`{field}` names no table"));
            assert!(parts.next().is_none_or(|key| table.key(key).is_some()), "`{field}` names no key");
        }
    }
}
