//! Tokens of an expression, with their places.
//! Must not know which names exist.

use super::error::ExprError;
use super::literal;
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name, perhaps kebab-case; its letters stand at its place.
    Name,
    /// A whole number without sign; 2^63 is inside for the sake of the least number.
    Int(u64),
    /// A number with a point.
    Decimal(Decimal),
    /// A text literal.
    Text(Arc<str>),
    /// An operator or a bracket.
    Sign(&'static str),
    /// The end of the expression.
    End,
}

/// A token and its place.
pub(super) type Spanned = (Token, Range<usize>);

/// Longer signs before the shorter ones that they begin with.
const SIGNS: &[&str] = &[
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")",
    "[", "]",
];

/// Cuts an expression into tokens; the last one is [`Token::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<Spanned>, ExprError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at = skip_space(source, at);
        let Some(next) = source[at..].chars().next() else {
            tokens.push((Token::End, source.len()..source.len()));
            return Ok(tokens);
        };
        let (token, end) = match next {
            '"' | '\'' => text(source, at)?,
            '0'..='9' => number(source, at)?,
            '.' if source[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => number(source, at)?,
            'a'..='z' | 'A'..='Z' | '_' => name(source, at)?,
            _ => sign(source, at, next)?,
        };
        tokens.push((token, at..end));
        at = end;
    }
}

/// Steps over white space and comments.
fn skip_space(source: &str, mut at: usize) -> usize {
    loop {
        let rest = &source[at..];
        let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with("//") {
            return at;
        }
        at += trimmed.find('\n').unwrap_or(trimmed.len());
    }
}

fn text(source: &str, at: usize) -> Result<(Token, usize), ExprError> {
    let (text, end) = literal::text(source, at)?;
    Ok((Token::Text(text.into()), end))
}

fn sign(source: &str, at: usize, next: char) -> Result<(Token, usize), ExprError> {
    if let Some(sign) = SIGNS.iter().find(|sign| source[at..].starts_with(**sign)) {
        return Ok((Token::Sign(sign), at + sign.len()));
    }
    let error =
        ExprError::new(at..at + next.len_utf8(), format!("`{}` has no meaning here", next.escape_debug()));
    Err(match next {
        '=' => error.hint("write `==` to compare"),
        '&' => error.hint("write `&&` for and"),
        '|' => error.hint("write `||` for or"),
        '{' | '}' => error.hint("maps are not part of the condition language; lists are written `[1, 2]`"),
        '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' => error.hint("write straight quotes: \" or '"),
        _ => error,
    })
}

/// A name: letters, digits and underscores, in parts joined by single dashes; a part after a dash begins with a letter.
fn name(source: &str, at: usize) -> Result<(Token, usize), ExprError> {
    let bytes = source.as_bytes();
    let mut end = at;
    while end < bytes.len() {
        let dash = bytes[end] == b'-' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic);
        if !(bytes[end].is_ascii_alphanumeric() || bytes[end] == b'_' || dash) {
            break;
        }
        end += 1;
    }
    if source[end..].starts_with(['"', '\'']) {
        match source[at..end].to_ascii_lowercase().as_str() {
            "r" => return text(source, at),
            "b" | "br" | "rb" => {
                return Err(ExprError::new(at..end, "bytes are not part of the condition language")
                    .hint("write a text: \"...\""));
            }
            _ => {}
        }
    }
    Ok((Token::Name, end))
}

fn number(source: &str, at: usize) -> Result<(Token, usize), ExprError> {
    let rest = &source[at..];
    let hex = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X"));
    let (digits, radix, point) = match hex {
        Some(hex) => (&hex[..digits(hex, 16)], 16, false),
        None => {
            let whole = digits(rest, 10);
            let fraction = rest[whole..].strip_prefix('.').map_or(0, |rest| digits(rest, 10));
            let length = if fraction > 0 { whole + 1 + fraction } else { whole };
            (&rest[..length], 10, fraction > 0)
        }
    };
    let end = at + digits.len() + if hex.is_some() { 2 } else { 0 };
    let bad = |end: usize, message: &str| ExprError::new(at..end, message);
    let tail = source[end..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .map_or(source.len(), |tail| end + tail);
    if tail > end {
        return Err(match &source[end..tail] {
            "u" | "U" => {
                bad(tail, "unsigned numbers are not part of the condition language").hint("leave out the `u`")
            }
            other if radix == 10 && other.starts_with(['e', 'E']) => {
                bad(tail, "numbers with an exponent are not part of the condition language")
                    .hint("write the number out")
            }
            _ => bad(tail, "a number cannot be followed by letters"),
        });
    }
    if point {
        let decimal =
            Decimal::from_str_exact(digits).map_err(|_| bad(end, "this number has too many digits"))?;
        return Ok((Token::Decimal(decimal), end));
    }
    let parsed = u64::from_str_radix(digits, radix).ok().filter(|number| *number <= 1 << 63);
    let number = parsed.ok_or_else(|| {
        bad(end, if digits.is_empty() { "this number has no digits" } else { "this number is too large" })
    })?;
    Ok((Token::Int(number), end))
}

fn digits(text: &str, radix: u32) -> usize {
    text.find(|c: char| !c.is_digit(radix)).unwrap_or(text.len())
}
