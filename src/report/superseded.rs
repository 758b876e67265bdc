//! Which editions have been superseded: the first line of every output.
//! Must not choose an edition.

use super::view::{DefinitionView, View};

/// What every output notes first: which editions have been superseded, and how to name another.
pub(super) fn superseded(view: &View) -> Option<String> {
    let old: Vec<&DefinitionView> = view.definitions.iter().filter(|one| !later(one).is_empty()).collect();
    let first = old.first()?;
    let mut packs: Vec<&str> = old.iter().flat_map(|one| later(one)).map(String::as_str).collect();
    packs.sort_unstable();
    packs.dedup();
    let applied = first.policy.as_ref().map_or("", |policy| policy.pack.as_str());
    let last = packs.last().copied().unwrap_or_default();
    let which = match (old.len(), view.definitions.len()) {
        (1, 1) => format!("`{applied}`, which is applied here, has been"),
        (some, all) => format!("{some} of {all} definitions are checked against an edition that was"),
    };
    Some(format!(
        "{which} superseded by {} before the project began; to apply another, write `--policy {last}` or `policy = \"{last}\"` in the file",
        crate::checks::words::list(&packs, "and"),
    ))
}

fn later(definition: &DefinitionView) -> &[String] {
    definition.policy.as_ref().map_or(&[], |policy| &policy.superseded_by)
}
