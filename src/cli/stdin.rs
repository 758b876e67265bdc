//! Definitions from the standard input, and definitions that stand one on a line.
//! Must not know what stands in them.

use evalplan::engine::Input;
use evalplan::import::toml::MAX_BYTES;
use evalplan::source::{ReadError, decoded};
use std::io::{self, BufRead, Read};
use std::path::Path;

/// The path that means the standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Whether a path means the standard input.
pub(crate) fn is_standard(path: &Path) -> bool {
    path == Path::new(STANDARD_INPUT)
}

/// The one definition on the standard input.
pub(crate) fn one(name: &str) -> Input<'static> {
    let told = name.to_owned();
    let input = Input::later(name, move || {
        let mut bytes = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        io::stdin()
            .lock()
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|cause| ReadError::Refused { path: told, cause })?;
        Ok(bytes)
    });
    input.written_in("toml")
}

/// The definitions on the lines of a stream, each under the name of that and its line; empty lines hold none.
pub(crate) fn lines<'r>(
    name: String,
    stream: impl Read + Send + 'r,
) -> impl Iterator<Item = Input<'r>> + Send {
    // What cannot be read once is not tried again.
    let mut stream = Some(decoded(stream));
    let mut number = 0_usize;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            let named = format!("{name}:{number}");
            let next = match stream.as_mut()? {
                Ok(text) => line(text),
                Err(cause) => Err(io::Error::new(cause.kind(), cause.to_string())),
            };
            match next {
                Ok(None) => return None,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(Input::ready(named, line).written_in("json")),
                Err(cause) => {
                    stream = None;
                    let path = named.clone();
                    return Some(Input::later(named, move || Err(ReadError::Refused { path, cause })));
                }
            }
        }
    })
}

/// The next line, cut where it is longer than a definition may be; nothing at the end.
fn line(stream: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let (mut line, most) = (Vec::new(), MAX_BYTES as u64 + 2);
    if stream.take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == most {
        // The rest of it is passed over, a piece at a time.
        while stream.take(most).read_until(b'\n', &mut Vec::new())? as u64 == most {}
    }
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, line};
    use std::io::BufReader;

    #[test]
    fn a_line_that_is_too_long_is_cut_and_the_next_one_is_whole() {
        let text = [vec![b'x'; 2 * MAX_BYTES + 7], b"\nnext\n".to_vec()].concat();
        let mut stream = BufReader::new(text.as_slice());
        let first = line(&mut stream).expect("memory can be read").expect("there is a line");
        assert_eq!(first.len(), MAX_BYTES + 2);
        assert_eq!(line(&mut stream).expect("memory can be read"), Some(b"next\n".to_vec()));
        assert_eq!(line(&mut stream).expect("memory can be read"), None);
    }
}
