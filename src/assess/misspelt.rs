//! Words in free lists that rules ask for in another spelling: `Government` among the participants, where rules know `government`.
//! Must not judge: a name that no rule asks for is as good as any.

use crate::checks::Vocabulary;
use crate::diag::{Diagnostic, same_letters};
use crate::model::{Definition, Kind, Record, Table};
use crate::policy::Catalog;
use crate::source::Span;
use crate::toml::{entries, quoted};

/// The words that the rules of some packs ask for, where a text counts only in their spelling.
#[must_use]
pub fn vocabulary(catalog: &Catalog) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for rule in catalog.rules() {
        rule.check.vocabulary(&mut vocabulary);
    }
    vocabulary.retain(|key, _| catalog.lexicon.words.of(*key).is_none());
    vocabulary
}

/// Entries of free lists that differ only in spelling from a word of the rules, and that name nothing in the file.
#[must_use]
pub fn misspelt(vocabulary: &Vocabulary, definition: &Definition, text: &str) -> Vec<Diagnostic> {
    let all = Table::ALL
        .iter()
        .flat_map(|table| definition.rows(*table).iter().map(move |record| (*table, record)));
    let names: Vec<&str> = all.clone().filter_map(|(table, record)| record.text(table.name_key()?)).collect();
    all.flat_map(|(table, record)| in_record(vocabulary, (table, record), text))
        .filter(|one| !names.iter().any(|name| same_letters(name, &one.written)))
        .map(|one| {
            let message = format!("the rules know `{}` in `{}`, not `{}`", one.meant, one.key, one.written);
            let hint = format!("did you mean `{}`? As it stands, it counts as something else", one.meant);
            Diagnostic::warning(definition.source, one.span, message).hint(hint).instead(quoted(one.meant))
        })
        .collect()
}

struct Misspelt<'w> {
    key: &'static str,
    written: String,
    meant: &'w str,
    span: Span,
}

fn in_record<'w>(
    vocabulary: &'w Vocabulary,
    (table, record): (Table, &Record),
    text: &str,
) -> Vec<Misspelt<'w>> {
    let mut found = Vec::new();
    for key in
        table.spec().keys.iter().filter(|key| key.kind == Kind::Texts).filter_map(|key| table.key(key.name))
    {
        let (Some(words), Some(list), Some(span)) =
            (vocabulary.get(&key), record.texts(key), record.span(key))
        else {
            continue;
        };
        let meant = |entry: &str| {
            words.iter().find(|word| same_letters(word, entry)).filter(|_| !words.contains(entry))
        };
        if !list.iter().any(|entry| meant(entry).is_some()) {
            continue;
        }
        let places = text.get(span.range()).and_then(entries).unwrap_or_default();
        found.extend(places.into_iter().filter_map(|(written, place)| {
            // Two spellings of one word are for a person to make one.
            let alone = list.iter().filter(|entry| same_letters(entry, &written)).count() == 1;
            let meant = meant(&written).filter(|_| alone)?;
            let start = span.range().start;
            Some(Misspelt {
                key: key.spec().name,
                meant,
                written,
                span: Span::new(start + place.start..start + place.end),
            })
        }));
    }
    found
}
