//! Who outside the project has reviewed the packs of a definition.
//! Must not judge a review.

use crate::policy::Pack;
use crate::words;

/// A sentence for each pack that was reviewed, and one for all others.
pub(super) fn reviews<'p>(packs: impl Iterator<Item = &'p Pack>) -> Vec<String> {
    let (none, some): (Vec<&Pack>, Vec<&Pack>) = packs.partition(|pack| pack.reviewed_by.is_empty());
    let ids: Vec<String> = none.iter().map(|pack| format!("`{}`", pack.id)).collect();
    let nobody = match none.as_slice() {
        [] => None,
        [one] => Some(format!("{}: {}", ids[0], one.reviewed())),
        _ => Some(format!("nobody outside this project has reviewed {}", words::list(&ids, "or"))),
    };
    some.iter().map(|pack| format!("`{}`: {}", pack.id, pack.reviewed())).chain(nobody).collect()
}
