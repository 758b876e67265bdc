//! Texts of any size as streams, in UTF-8 whatever they were saved in.
//! Must not open files, and must not know what stands in them.

use std::io::{BufRead, BufReader, Chain, Cursor, Read, Result, Take};

/// The text of some bytes in UTF-8, without the mark of its encoding; of UTF-16 too, with a mark or without one. Bytes that are no
/// UTF-8 are handed on as they are.
///
/// # Errors
/// Where the first bytes cannot be read.
pub fn decoded<R: Read>(mut input: R) -> Result<impl BufRead> {
    let mut head = Vec::new();
    input.by_ref().take(3).read_to_end(&mut head)?;
    let (skipped, order) = match *head.as_slice() {
        [0xEF, 0xBB, 0xBF] => (3, None),
        [0xFF, 0xFE, ..] => (2, Some(u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xFE, 0xFF, ..] => (2, Some(u16::from_be_bytes as fn([u8; 2]) -> u16)),
        // Without a mark: the first letter is one of ASCII.
        [first, 0, ..] if first != 0 => (0, Some(u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0, second, ..] if second != 0 => (0, Some(u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => (0, None),
    };
    let whole = Cursor::new(head.split_off(skipped)).chain(input);
    Ok(BufReader::new(match order {
        None => Text::Utf8(whole),
        Some(order) => {
            Text::Utf16(Utf16 { input: BufReader::new(whole), order, ahead: None, ready: Vec::new() })
        }
    }))
}

type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

enum Text<R> {
    Utf8(Whole<R>),
    Utf16(Utf16<Whole<R>>),
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        match self {
            Self::Utf8(input) => input.read(buffer),
            Self::Utf16(input) => input.read(buffer),
        }
    }
}

/// UTF-16 read as UTF-8; what is none becomes the sign for it.
struct Utf16<R> {
    input: BufReader<R>,
    order: fn([u8; 2]) -> u16,
    /// A unit that was read and not yet used.
    ahead: Option<u16>,
    /// The bytes of the last letter that are not yet handed out.
    ready: Vec<u8>,
}

impl<R: Read> Utf16<R> {
    fn unit(&mut self) -> Result<Option<u16>> {
        if let Some(unit) = self.ahead.take() {
            return Ok(Some(unit));
        }
        let mut pair = Vec::with_capacity(2);
        let mut one: Take<_> = self.input.by_ref().take(2);
        one.read_to_end(&mut pair)?;
        Ok(<[u8; 2]>::try_from(pair).ok().map(self.order))
    }

    fn letter(&mut self) -> Result<Option<char>> {
        let Some(first) = self.unit()? else { return Ok(None) };
        let second = if (0xD800..0xDC00).contains(&first) { self.unit()? } else { None };
        let units = std::iter::once(first).chain(second);
        let letter = char::decode_utf16(units).next().and_then(|letter| letter.ok());
        if letter.is_none() {
            self.ahead = second;
        }
        Ok(Some(letter.unwrap_or(char::REPLACEMENT_CHARACTER)))
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.ready.is_empty() {
                let Some(letter) = self.letter()? else { break };
                self.ready.extend(letter.encode_utf8(&mut [0; 4]).bytes());
            }
            let count = self.ready.len().min(buffer.len() - filled);
            buffer[filled..filled + count].copy_from_slice(&self.ready[..count]);
            self.ready.drain(..count);
            filled += count;
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;
    use std::io::Read;

    fn read(bytes: &[u8]) -> String {
        let mut text = Vec::new();
        decoded(bytes).and_then(|mut input| input.read_to_end(&mut text)).expect("bytes can be read");
        String::from_utf8(text).expect("it is UTF-8")
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "BEGIN: é 港 \u{1F6A2}\r\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), text);
        for (mark, bytes) in [(&b"\xFF\xFE"[..], &little), (b"\xFE\xFF", &big), (b"", &little), (b"", &big)] {
            assert_eq!(read(&[mark, bytes].concat()), text);
        }
    }

    #[test]
    fn no_bytes_stop_it() {
        assert_eq!(read(b""), "");
        assert_eq!(read(b"a"), "a");
        assert_eq!(read(b"\xEF\xBB\xBF"), "");
        assert_eq!(
            read(b"\xFF\xFE\x3D\xD8a\0b"),
            "\u{fffd}a",
            "half a pair is told and the next letter stays"
        );
        assert_eq!(read(b"\xFF\xFE\x3D\xD8"), "\u{fffd}");
    }
}
