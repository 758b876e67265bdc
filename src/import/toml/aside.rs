//! What is written and counts as missing: marks of "not yet", and values that cannot be what is asked.
//! Must not judge a project.

use super::lower::Reader;
use super::unknown::listed;
use super::values::{Item, place};
use super::wrong::shown;
use crate::diag::{Diagnostic, Label};
use crate::model::{Aside, Definition, KeyId, Table, add_months, key};
use crate::toml::DeValue;

/// The most years between a project and a day of one of its evaluations; a day farther off is a slip.
const MOST_YEARS_OFF: i32 = 15;

impl Reader<'_> {
    /// What stands for a key and counts as missing.
    pub(super) fn set_aside(&mut self, key: KeyId, item: &Item<'_>) -> Option<Aside> {
        if self.is_broken(item) {
            return None;
        }
        let marks = &self.lexicon.marks;
        let is_mark = |item: &&Item<'_>| item.get_ref().as_str().is_some_and(|text| marks.is_mark(text));
        let found: Vec<_> = match item.get_ref() {
            DeValue::Array(items) => items.iter().filter(is_mark).map(place).collect(),
            _ => Some(item).filter(is_mark).map(place).into_iter().collect(),
        };
        if !found.is_empty() {
            return Some(Aside { span: place(item), marks: found });
        }
        let DeValue::Array(items) = item.get_ref() else { return None };
        let wrong = items
            .iter()
            .find_map(|item| Some((item.get_ref().as_str()?, item)).filter(|(text, _)| !is_standard(text)));
        let (text, entry) = wrong.filter(|_| key == key::project::STANDARDS)?;
        let message =
            format!("`{}` is not the number of a Convention, Protocol or Recommendation", shown(text));
        let hint = format!(
            "write \"C87\", \"P29\", \"R204\" or \"MLC, 2006\"; until then `{}` counts as not known",
            key.spec().name
        );
        self.note_in_file(Diagnostic::warning(self.source, place(entry), message).hint(hint));
        Some(Aside { span: place(item), marks: Vec::new() })
    }
}

/// Whether a text is the number of an international labour standard: `C87`, `C. 87`, `Convention No. 87`, `P29`, `R204`, `MLC, 2006`.
fn is_standard(text: &str) -> bool {
    let plain = crate::lexicon::folded(text);
    if plain == "mlc" || plain == "mlc 2006" || plain.starts_with("maritime labour convention") {
        return true;
    }
    let kinds = [
        "convention no",
        "convention",
        "protocol no",
        "protocol",
        "recommendation no",
        "recommendation",
        "c",
        "p",
        "r",
    ];
    // One number alone: folding joins figures that stand apart.
    let numbers =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|figures| !figures.is_empty()).count();
    let number =
        kinds.iter().find_map(|kind| plain.strip_prefix(kind)).map(str::trim).filter(|_| numbers == 1);
    number.and_then(|number| number.parse::<u16>().ok()).is_some_and(|number| (1..1000).contains(&number))
}

/// Sets aside the days of evaluations that lie so far from the project that they cannot be meant.
pub(super) fn implausible(reader: &mut Reader<'_>, definition: &mut Definition) {
    let project = definition.single(Table::Project);
    let (start, end) = (project.date(key::project::START), project.date(key::project::END));
    let revised =
        definition.rows(Table::Revision).iter().filter_map(|revision| revision.date(key::revision::END));
    let Some(last) = end.into_iter().chain(revised).chain(start).map(|day| day.to).max() else { return };
    let first = start.map_or_else(|| end.map_or(last, |end| end.from), |start| start.from);
    let years = |day, years: i32| add_months(day, years * 12);
    let bounds = years(first, -MOST_YEARS_OFF).zip(years(last, MOST_YEARS_OFF));
    let Some((earliest, latest)) = bounds else { return };
    for key in [key::evaluation::DATE, key::evaluation::COMPLETED] {
        for row in 0..definition.rows(Table::Evaluation).len() {
            let record = &definition.rows(Table::Evaluation)[row];
            let (Some(day), Some(span)) = (record.date(key), record.span(key)) else { continue };
            if day.to >= earliest && day.from <= latest {
                continue;
            }
            let message = format!("{day} lies more than {MOST_YEARS_OFF} years outside the project");
            let hint = format!("correct the year; until then `{}` counts as not known", key.spec().name);
            reader.note_in_file(Diagnostic::warning(reader.source, span, message).hint(hint));
            definition.rows_mut(Table::Evaluation)[row].set_aside(key, Aside { span, marks: Vec::new() });
        }
    }
}

/// Notes that the file is not finished, with every place.
pub(super) fn unfinished(reader: &mut Reader<'_>, definition: &Definition) {
    let mut places = definition.unfinished();
    places.sort_by_key(|(_, span)| *span);
    let Some((_, first)) = places.first() else { return };
    let (count, verb) = if places.len() == 1 {
        ("1 value".to_owned(), "says")
    } else {
        (format!("{} values", places.len()), "say")
    };
    let mut paths: Vec<String> = places.iter().map(|(path, _)| definition.show(*path)).collect();
    paths.dedup();
    let message = format!(
        "this file is unfinished: {count} {verb} \"not yet\": {}",
        listed(paths.iter().map(String::as_str), "and")
    );
    let hint = "what is not filled in counts as missing; in a text, `n/a` is an answer";
    let others = places[1..].iter().map(|(_, span)| Label {
        source: reader.source,
        span: *span,
        message: "and here".to_owned(),
    });
    let diagnostic =
        Diagnostic::unfinished(reader.source, *first, message).hint(hint).known_as("this file is unfinished");
    reader.note_in_file(Diagnostic {
        others: others.collect(),
        label: "not filled in".to_owned(),
        ..diagnostic
    });
}

#[cfg(test)]
mod tests {
    use super::is_standard;

    #[test]
    fn standards_are_known_by_their_numbers() {
        for text in [
            "C87",
            "c 87",
            "C. 087",
            "Convention No. 87",
            "P29",
            "R204",
            "MLC, 2006",
            "MLC",
            "Recommendation 204",
            "C087",
        ] {
            assert!(is_standard(text), "{text}");
        }
        for text in [
            "banana",
            "C",
            "87",
            "C0",
            "C87b",
            "Convention",
            "X87",
            "C-1-2",
            "MLC 2014 amendments of fruit",
            "",
        ] {
            assert!(!is_standard(text), "{text}");
        }
    }
}
