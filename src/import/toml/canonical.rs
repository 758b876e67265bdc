//! What rules read instead of what is written: donors by the name that the rules use, texts of lists by the words that they mean.
//! Must not judge, and must not change what is written.

use super::{lower::Reader, wrong::shown};
use crate::diag::Diagnostic;
use crate::lexicon::{DONOR_KEYS, Names, Reading};
use crate::model::{Definition, KeyId, Kind, Record, Table, Value, key};
use std::sync::Arc;

/// Gives the rules names and words that they know; a name that only looks like one is noted.
pub(super) fn read(reader: &mut Reader<'_>, definition: &mut Definition) {
    for key in DONOR_KEYS {
        for row in 0..definition.rows(key.table).len() {
            let record = &definition.rows(key.table)[row];
            let meant = donor(reader, record, key);
            if let Some(name) = meant {
                definition.rows_mut(key.table)[row].read_instead(key, Value::Text(name));
            }
        }
    }
    for table in Table::ALL {
        let bodies = table
            .spec()
            .keys
            .iter()
            .filter(|key| key.kind == Kind::Bodies)
            .filter_map(|key| table.key(key.name));
        for key in bodies {
            definition.rows(*table).iter().for_each(|record| body(reader, record, key));
        }
    }
    for key in reader.lexicon.words.keys() {
        for row in 0..definition.rows(key.table).len() {
            let Some(texts) = definition.rows(key.table)[row].texts(key) else { continue };
            let read = reader.lexicon.words.of(key).map(|meanings| meanings.read(texts));
            if let Some(read) = read.filter(|read| *read != *texts) {
                definition.rows_mut(key.table)[row].read_instead(key, Value::Texts(read.into()));
            }
        }
    }
}

/// The name that the rules use for a donor, where that is not the one that is written.
fn donor(reader: &mut Reader<'_>, record: &Record, key: KeyId) -> Option<Arc<str>> {
    let of_donor = key.table == Table::Donor;
    let identifier = record.text(key::donor::IDENTIFIER).filter(|_| of_donor);
    let name = record.text(key);
    let lexicon = reader.lexicon;
    match lexicon.donors.read(name, identifier) {
        Reading::Known(meant) => (name != Some(&**meant)).then(|| Arc::clone(meant)),
        Reading::Near { like, name: meant } => {
            near(reader, record, key, (like, meant));
            None
        }
        Reading::Contradicted { reference, name: known } => {
            if let (Some(span), Some(name), Some(identifier)) =
                (record.place(key::donor::IDENTIFIER), name, identifier)
            {
                let message = format!(
                    "`{}` is the reference of {reference}, and the name is `{}`",
                    shown(identifier),
                    shown(name)
                );
                let hint = match known {
                    Some(known) => {
                        format!("the name counts: this donor is {known}. Correct the one that is wrong")
                    }
                    None => format!(
                        "the name counts: this donor is not {reference}. Correct the one that is wrong"
                    ),
                };
                reader.note(Diagnostic::warning(reader.source, span, message).hint(hint));
            }
            known.filter(|known| name != Some(&***known)).map(Arc::clone)
        }
        Reading::Other => None,
    }
}

/// Notes a body that only looks like one that is known.
fn body(reader: &mut Reader<'_>, record: &Record, key: KeyId) {
    let names: &Names = &reader.lexicon.bodies;
    let near_one = |name: &Arc<str>| match names.read(Some(name), None) {
        Reading::Near { like, name } => Some((like, &**name)),
        _ => None,
    };
    let found = record.texts(key).into_iter().flatten().find_map(near_one);
    if let Some(found) = found {
        near(reader, record, key, found);
    }
}

fn near(reader: &mut Reader<'_>, record: &Record, key: KeyId, (like, meant): (&str, &str)) {
    let Some(span) = record.span(key) else { return };
    let also = if like == meant { String::new() } else { format!(", a name of {meant}") };
    let written = record
        .text(key)
        .map(|text| format!("`{}`", shown(text)))
        .unwrap_or_else(|| format!("`{}`", key.spec().name));
    let message = format!("{written} looks like `{like}`{also}, and is not read as it");
    let hint = format!("did you mean `{like}`? As it stands, what the rules ask of {meant} is not checked");
    reader.note(Diagnostic::warning(reader.source, span, message).hint(hint));
}
