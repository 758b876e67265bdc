//! The keys of each table in the order in which they are best written, that of the table of keys.
//! Must not change a value, and must not know how the text is written.

use super::draft::{Draft, Mend};
use crate::import::toml::TOP_KEYS;
use crate::model::{Table, written_definition};
use crate::source::Edit;
use crate::toml::{KeyPath, Step, sorted};

/// Puts the keys in order, where they are not.
pub(super) fn sort(draft: &mut Draft<'_>) {
    let (paths, edits): (Vec<KeyPath>, Vec<Edit>) = sorted(&draft.text, best).into_iter().unzip();
    let better = draft
        .edited(&edits)
        .filter(|(definition, _)| written_definition(definition) == written_definition(&draft.definition));
    if let Some(better) = better.filter(|_| !edits.is_empty()) {
        let mut headers: Vec<String> = paths.iter().map(header).collect();
        headers.dedup();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let said = format!("puts the keys {} in order", crate::words::list(&headers, "and"));
        draft.take(better, [Mend { rules: Vec::new(), said, because: String::new() }]);
    }
}

/// The keys of the table at a path, the first first.
fn best(path: &KeyPath) -> Option<Vec<&'static str>> {
    match path.steps() {
        [] => Some(TOP_KEYS.to_vec()),
        [Step::Key(name)] | [Step::Key(name), Step::Element(_)] => {
            Some(Table::named(name)?.spec().keys.iter().map(|key| key.name).collect())
        }
        _ => None,
    }
}

fn header(path: &KeyPath) -> String {
    match path.steps() {
        [] => "above the tables".to_owned(),
        [Step::Key(name), Step::Element(_)] => format!("of [[{name}]]"),
        _ => format!("of [{path}]"),
    }
}
