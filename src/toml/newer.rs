//! Spellings that only TOML 1.1 allows; other programs may refuse them.
//! Must not be asked about a text with syntax mistakes.

use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};
use toml_parser::lexer::TokenKind;

/// A warning for every spelling that TOML 1.0 does not have.
#[must_use]
pub fn warn_of_newer(source: SourceId, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // Nothing else can be new: a table in braces, or a sign that is escaped.
    if !text.contains(['{', '\\']) {
        return found;
    }
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut comma = None;
    for token in toml_parser::Source::new(text).lex() {
        let (start, end) = (token.span().start(), token.span().end());
        let span = Span::new(start..end);
        let mut say =
            |span, what: &str, hint: &str| found.push(Diagnostic::warning(source, span, what).hint(hint));
        match token.kind() {
            TokenKind::LeftCurlyBracket => brackets.push(Bracket { curly: Some(span), warned: false }),
            TokenKind::LeftSquareBracket => brackets.push(Bracket { curly: None, warned: false }),
            TokenKind::RightCurlyBracket => {
                if let Some(comma) = comma {
                    say(
                        comma,
                        "a comma before `}` is TOML 1.1, which other programs may refuse",
                        "leave the comma out",
                    );
                }
                brackets.pop();
            }
            TokenKind::RightSquareBracket => drop(brackets.pop()),
            TokenKind::Newline => {
                if let Some(Bracket { curly: Some(curly), warned: warned @ false }) = brackets.last_mut() {
                    *warned = true;
                    say(
                        *curly,
                        "a table in `{ }` over several lines is TOML 1.1, which other programs may refuse",
                        "write it on one line, or as a table with a header",
                    );
                }
            }
            TokenKind::BasicString | TokenKind::MlBasicString if new_escape(&text[start..end]) => {
                say(
                    span,
                    "`\\e` and `\\x` in a text are TOML 1.1, which other programs may refuse",
                    "write the sign itself",
                );
            }
            _ => {}
        }
        match token.kind() {
            TokenKind::Comma => comma = Some(span),
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment => {}
            _ => comma = None,
        }
    }
    found
}

/// A bracket that is open: a curly one with its place, or a square one.
struct Bracket {
    curly: Option<Span>,
    warned: bool,
}

fn new_escape(raw: &str) -> bool {
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' && matches!(letters.next(), Some('e' | 'x')) {
            return true;
        }
    }
    false
}
