//! What a definition leaves to be filled in, said before anything else.
//! Must not decide what counts as missing.

use super::concise::plural;
use super::view::PlaceView;
use crate::model::{Definition, FieldPath};
use crate::source::{Sources, Span};
use crate::words;

/// Every value that says "not yet", in the order of the file.
pub(super) fn places(sources: &Sources, definition: &Definition) -> Vec<PlaceView> {
    let place = |(path, span): (FieldPath, Span)| {
        PlaceView::of(sources, definition.source, definition.show(path), span)
    };
    let mut places: Vec<PlaceView> = definition.unfinished().into_iter().map(place).collect();
    places.sort_by_key(|place| place.span);
    places
}

/// That the definition is unfinished, with every place; nothing where it is finished.
pub(super) fn note(places: &[PlaceView]) -> Option<String> {
    let shown: Vec<String> =
        places.iter().map(|place| format!("`{}` (line {})", place.field, place.line)).collect();
    let verb = if places.len() == 1 { "says \"not yet\" and counts" } else { "say \"not yet\" and count" };
    let said = || {
        format!(
            "unfinished: {} {verb} as missing: {}",
            plural(places.len(), "value"),
            words::list(&shown, "and")
        )
    };
    (!places.is_empty()).then(said)
}
