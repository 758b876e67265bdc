//! From bytes to text: encoding, size, and what is no text at all.
//! Must not know TOML.

use super::MAX_BYTES;
use crate::{
    diag::Diagnostic,
    source::{Saved, SourceId, Span, UTF8_HINT, text_of},
};

/// A mistake that waits for the id of its text.
pub(super) type Mistake = Box<dyn FnOnce(SourceId) -> Diagnostic>;

/// The text of a file, as far as the bytes are one.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) usable: bool,
}

/// Decodes the bytes; what is not UTF-8 is shown as well as it can be and not used.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    if bytes.len() > MAX_BYTES {
        let text = String::from_utf8_lossy(&bytes[..4096]).into_owned();
        let message = format!("the file has {} bytes; a definition has at most {MAX_BYTES}", bytes.len());
        return refused(
            text,
            0..0,
            message,
            "one file holds one project: divide it, or check that it is the right file",
        );
    }
    let (text, saved) = text_of(bytes);
    if let Some(fault) = saved.fault() {
        return refused(text, saved.place(), fault, UTF8_HINT);
    }
    // The mark stays: what mends a definition changes its bytes.
    let text = if saved == Saved::Utf8Marked { format!("\u{feff}{text}") } else { text };
    if let Some(at) = text.find('\0') {
        return refused(
            text,
            at..at + 1,
            "this is not a text file".to_owned(),
            "check that it is the right file; a definition is a text that people write",
        );
    }
    let mut mistakes: Vec<Mistake> = Vec::new();
    if saved == Saved::Utf8Marked {
        mistakes.push(Box::new(|source| {
            Diagnostic::warning(source, Span::new(0..3), "the file begins with an invisible byte order mark")
                .hint("save it as UTF-8 without a byte order mark (BOM): some programs refuse the mark")
        }));
    }
    Decoded { text, mistakes, usable: true }
}

fn refused(text: String, place: std::ops::Range<usize>, message: String, hint: &'static str) -> Decoded {
    let mistake: Mistake =
        Box::new(move |source| Diagnostic::error(source, Span::new(place), message).hint(hint));
    Decoded { text, mistakes: vec![mistake], usable: false }
}
