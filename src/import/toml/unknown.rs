//! Keys and tables that no definition has: what they were meant to be.
//! Must not read values.

use super::wrong::shown;
use crate::{
    diag::{Diagnostic, nearest},
    model::{Table, TableShape},
    source::{SourceId, Span},
};

/// The keys that stand above all tables, in the order in which they are best written.
pub const TOP_KEYS: &[&str] = &["format", "policy", "open"];

/// What people call a key, and what it is called here.
const SYNONYMS: &[(Table, &str, &str)] = &[
    (Table::Project, "name", "title"),
    (Table::Project, "id", "code"),
    (Table::Project, "number", "code"),
    (Table::Project, "begin", "start"),
    (Table::Project, "until", "end"),
    (Table::Budget, "amount", "total"),
    (Table::Revision, "budget", "total"),
    (Table::Revision, "amount", "total"),
    (Table::Output, "of", "outcome"),
    (Table::Party, "type", "group"),
    (Table::Evaluation, "name", "id"),
    (Table::Evaluation, "type", "timing"),
    (Table::Evaluation, "kind", "timing"),
    (Table::Evaluation, "due", "date"),
];

/// A table as its header is written: `[project]`, `[[evaluation]]`.
pub(super) fn header(table: Table) -> String {
    match table.spec().shape {
        TableShape::Single => format!("[{}]", table.spec().name),
        TableShape::Array { .. } => format!("[[{}]]", table.spec().name),
    }
}

/// Words as a list in a sentence: "`a`, `b` and `c`".
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// The word nearest to another, without regard to capitals and underscores.
pub(super) fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let plain = word.trim().to_lowercase().replace(['_', ' '], "-");
    let same = known.clone().into_iter().find(|candidate| *candidate == plain);
    let longer = || {
        known
            .clone()
            .into_iter()
            .find(|candidate| candidate.split_once('-').is_some_and(|(first, _)| first == plain))
    };
    same.or_else(|| nearest(&plain, known.clone())).or_else(longer)
}

/// An unknown key of a table.
pub(super) fn key(source: SourceId, span: Span, table: Table, name: &str) -> Diagnostic {
    let unknown =
        Diagnostic::error(source, span, format!("unknown key `{}` in {}", shown(name), header(table)));
    let own = table.spec().keys.iter().map(|key| key.name);
    let synonym =
        SYNONYMS.iter().find(|(home, word, _)| *home == table && *word == name).map(|(.., key)| *key);
    if let Some(meant) = synonym {
        return unknown.hint(format!("did you mean `{meant}`?"));
    }
    let meant = near(name, own.clone());
    let hint = match (meant, places_of(name)) {
        (Some(meant), Some(place)) => format!("did you mean `{meant}`? {place}"),
        (Some(meant), None) => format!("did you mean `{meant}`?"),
        (None, Some(place)) => place,
        (None, None) => format!("{} has {}", header(table), listed(own, "and")),
    };
    unknown.hint(hint)
}

/// An unknown key above all tables, or an unknown table.
pub(super) fn top(source: SourceId, span: Span, name: &str, is_table: bool) -> Diagnostic {
    let tables = Table::ALL.iter().map(|table| table.spec().name);
    let keys = TOP_KEYS.iter().copied().filter(|_| !is_table);
    let meant = Table::with_plural(name)
        .map(|table| table.spec().name)
        .or_else(|| near(name, tables.clone().chain(keys)));
    let what = if is_table {
        format!("unknown table `{}`", shown(name))
    } else {
        format!("unknown key `{}` above the tables", shown(name))
    };
    let place = places_of(name).filter(|_| !is_table);
    let hint = match (meant.map(|meant| Table::named(meant).map_or(format!("`{meant}`"), header)), place) {
        (_, Some(place)) => place,
        (Some(meant), None) => format!("did you mean {meant}?"),
        (None, None) if is_table => {
            format!("a definition has the tables {}", listed(tables, "and"))
        }
        (None, None) => format!("above the tables stand {}", listed(TOP_KEYS.iter().copied(), "and")),
    };
    Diagnostic::error(source, span, what).hint(hint)
}

/// Where a key or table of exactly that name belongs.
fn places_of(name: &str) -> Option<String> {
    if let Some(table) = Table::named(name) {
        return Some(format!("`{name}` is a table of its own: begin it with the line {}", header(table)));
    }
    if TOP_KEYS.contains(&name) {
        return Some(format!("`{name}` stands at the top of the file, above all tables"));
    }
    let homes: Vec<String> =
        Table::ALL.iter().filter(|table| table.key(name).is_some()).map(|table| header(*table)).collect();
    match homes.as_slice() {
        [] => None,
        [only] => Some(format!("`{name}` belongs in {only}")),
        [first @ .., last] => Some(format!("`{name}` belongs in {} or {last}", first.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::SYNONYMS;

    #[test]
    fn synonyms_are_no_keys_and_mean_keys() {
        for (table, word, meant) in SYNONYMS {
            assert!(
                table.key(word).is_none() && table.key(meant).is_some(),
                "{word} for {meant} in {table:?}"
            );
        }
    }
}
