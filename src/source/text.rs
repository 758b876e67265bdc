//! The text in the bytes of a file, and how it was saved. Every reader of a whole file goes this way.
//! Must not know what stands in it.

use super::stream::decoded;
use std::io::Read;

/// How a text was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// As UTF-8.
    Utf8,
    /// As UTF-8 with a byte order mark, which is not in the text.
    Utf8Marked,
    /// As UTF-16. What is no letter there is the sign U+FFFD.
    Utf16,
    /// As something else: the byte at this offset is no UTF-8. It and others are the sign U+FFFD.
    Unknown {
        /// Where the byte stands, in the bytes and in the text.
        at: usize,
        /// The byte.
        byte: u8,
    },
}

/// What to do with a text that is not in UTF-8.
pub const UTF8_HINT: &str = "open it in a text editor and save it with the encoding UTF-8";

impl Saved {
    /// What is wrong with it for a format that is UTF-8 by its definition.
    #[must_use]
    pub fn fault(self) -> Option<String> {
        match self {
            Self::Utf8 | Self::Utf8Marked => None,
            Self::Utf16 => Some("the file is saved as UTF-16, not as UTF-8".to_owned()),
            Self::Unknown { byte, .. } => Some(format!("the byte 0x{byte:02X} is not UTF-8 text")),
        }
    }

    /// Where that is.
    #[must_use]
    pub fn place(self) -> std::ops::Range<usize> {
        match self {
            Self::Unknown { at, .. } => at..at + char::REPLACEMENT_CHARACTER.len_utf8(),
            _ => 0..0,
        }
    }
}

/// The text of a file, without a byte order mark, as well as its bytes can be read.
#[must_use]
pub fn text_of(bytes: &[u8]) -> (String, Saved) {
    let mut text = Vec::with_capacity(bytes.len());
    // Bytes in memory can be read.
    let _ = decoded(bytes).and_then(|mut input| input.read_to_end(&mut text));
    let saved = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Saved::Utf8Marked,
        _ if text != bytes => Saved::Utf16,
        _ => Saved::Utf8,
    };
    match String::from_utf8(text) {
        Ok(text) => (text, saved),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[at];
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Saved::Unknown { at, byte })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Saved, text_of};

    #[test]
    fn the_text_is_the_same_however_it_was_saved() {
        let little: Vec<u8> = "\u{feff}é = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of("é = 1".as_bytes()), ("é = 1".to_owned(), Saved::Utf8));
        assert_eq!(text_of("\u{feff}é = 1".as_bytes()), ("é = 1".to_owned(), Saved::Utf8Marked));
        assert_eq!(text_of(&little), ("é = 1".to_owned(), Saved::Utf16));
        assert_eq!(text_of(b""), (String::new(), Saved::Utf8));
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_place() {
        let (text, saved) = text_of(b"F\xEAte");
        assert_eq!(text, "F\u{fffd}te");
        assert_eq!(saved, Saved::Unknown { at: 1, byte: 0xEA });
        assert_eq!(saved.place(), 1..4);
        assert!(saved.fault().is_some_and(|fault| fault.contains("0xEA")));
    }
}
