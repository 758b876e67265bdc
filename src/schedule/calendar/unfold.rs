//! Letters that a fold has cut in two put together again, before bytes are read as text (RFC 5545, 3.1): the fold is moved behind
//! the letter, so that every line keeps its number.
//! Must not read lines.

use std::borrow::Cow;

/// The bytes with every letter whole, as far as they are UTF-8.
pub(super) fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut whole: Option<Vec<u8>> = None;
    let mut at = 0;
    while at < bytes.len() {
        let Some((missing, length)) = cut(bytes, at) else {
            if let Some(whole) = &mut whole {
                whole.push(bytes[at]);
            }
            at += 1;
            continue;
        };
        let whole = whole.get_or_insert_with(|| bytes[..at].to_vec());
        whole.extend(missing.letter);
        whole.extend(missing.folds);
        at += length;
    }
    whole.map_or(Cow::Borrowed(bytes), Cow::Owned)
}

/// A letter that folds run through.
struct Cut {
    letter: Vec<u8>,
    folds: Vec<u8>,
}

/// The letter that begins here, where a fold runs through it, and how many bytes it and the folds take.
fn cut(bytes: &[u8], at: usize) -> Option<(Cut, usize)> {
    let size = match bytes[at] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut found = Cut { letter: vec![bytes[at]], folds: Vec::new() };
    let mut next = at + 1;
    while found.letter.len() < size {
        let fold = fold(&bytes[next..]);
        match bytes.get(next + fold) {
            Some(byte @ 0x80..=0xBF) => {
                found.folds.extend(&bytes[next..next + fold]);
                found.letter.push(*byte);
                next += fold + 1;
            }
            _ => return None,
        }
    }
    (!found.folds.is_empty()).then_some((found, next - at))
}

/// How many bytes the folds take with which a text begins.
fn fold(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', b' ' | b'\t', ..] => 3,
        [b'\n', b' ' | b'\t', ..] => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn folds_move_behind_the_letters_that_they_cut() {
        assert_eq!(&*mended(b"ind\xC3\r\n \xA9p"), "indé\r\n p".as_bytes());
        assert_eq!(&*mended(b"\xF0\n \x9F\n\t\x9A\n \xA2!"), "🚢\n \n\t\n !".as_bytes());
    }

    #[test]
    fn nothing_else_changes() {
        for bytes in [
            &b"plain\r\n folded"[..],
            "é 港 🚢".as_bytes(),
            b"\xC3\r\n x",
            b"F\xEAte",
            b"\xC3",
            b"\xE0\r\n ",
            b"",
        ] {
            assert_eq!(&*mended(bytes), bytes);
        }
    }
}
