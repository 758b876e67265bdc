//! Text literals: quotes, triple quotes, raw literals, escapes.
//! Must not know any other token.

use super::error::ExprError;

/// Reads the text literal that begins at `start`: `'..'`, `".."`, their triple forms, and `r` before any of them.
/// Gives the text and the offset behind it.
pub(super) fn text(source: &str, start: usize) -> Result<(String, usize), ExprError> {
    let raw = source[start..].starts_with(['r', 'R']);
    let open = start + usize::from(raw);
    let quote = &source[open..=open];
    let triple = quote.repeat(3);
    let long = source[open..].starts_with(&triple);
    let close = if long { triple.as_str() } else { quote };
    let mut at = open + close.len();
    let mut text = String::new();
    loop {
        let rest = &source[at..];
        if rest.starts_with(close) {
            return Ok((text, at + close.len()));
        }
        let Some(next) = rest.chars().next().filter(|next| long || !matches!(next, '\n' | '\r')) else {
            return Err(
                ExprError::new(start..at, "this text is not closed").hint(format!("end it with {close}"))
            );
        };
        if next == '\\' && !raw {
            let (character, length) = escape(rest).ok_or_else(|| bad_escape(rest, at))?;
            text.push(character);
            at += length;
        } else {
            text.push(next);
            at += next.len_utf8();
        }
    }
}

fn bad_escape(rest: &str, at: usize) -> ExprError {
    let length: usize = rest.chars().take(2).map(char::len_utf8).sum();
    let message = format!("`{}` is no escape that a text can hold", &rest[..length]);
    ExprError::new(at..at + length, message).hint(r"write a backslash as `\\`")
}

/// The character of the escape at the start of `rest`, and the length of the escape in bytes.
fn escape(rest: &str) -> Option<(char, usize)> {
    let kind = rest.chars().nth(1)?;
    let simple = |character| Some((character, 2));
    match kind {
        'a' => simple('\u{7}'),
        'b' => simple('\u{8}'),
        'f' => simple('\u{c}'),
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        'v' => simple('\u{b}'),
        '\\' | '?' | '"' | '\'' | '`' => simple(kind),
        'x' | 'X' => code(rest, 2, 2, 16),
        'u' => code(rest, 2, 4, 16),
        'U' => code(rest, 2, 8, 16),
        '0'..='3' => code(rest, 1, 3, 8),
        _ => None,
    }
}

fn code(rest: &str, skip: usize, digits: usize, radix: u32) -> Option<(char, usize)> {
    let number = rest.get(skip..skip + digits)?;
    // `from_str_radix` would take a sign.
    if !number.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(number, radix).ok()?;
    Some((char::from_u32(code)?, skip + digits))
}
