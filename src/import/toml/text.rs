//! From bytes to text: encoding, size, and what is no text at all.
//! Must not know TOML.

use super::MAX_BYTES;
use crate::{
    diag::Diagnostic,
    source::{SourceId, Span},
};

/// A mistake that waits for the id of its text.
pub(super) type Mistake = Box<dyn FnOnce(SourceId) -> Diagnostic>;

/// The text of a file, as far as the bytes are one.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) usable: bool,
}

const UTF8_HINT: &str = "open it in a text editor and save it with the encoding UTF-8";

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
    if let Some(text) = utf16(bytes) {
        return refused(text, 0..0, "the file is saved as UTF-16, not as UTF-8".to_owned(), UTF8_HINT);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let at = error.valid_up_to();
            let message = format!("the byte 0x{:02X} is not UTF-8 text", bytes[at]);
            let lossy = String::from_utf8_lossy(bytes).into_owned();
            return refused(lossy, at..at + '\u{fffd}'.len_utf8(), message, UTF8_HINT);
        }
    };
    if let Some(at) = text.find('\0') {
        return refused(
            text,
            at..at + 1,
            "this is not a text file".to_owned(),
            "check that it is the right file; a definition is a text that people write",
        );
    }
    let mut mistakes: Vec<Mistake> = Vec::new();
    if text.starts_with('\u{feff}') {
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

fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    Some(String::from_utf16_lossy(&units))
}
