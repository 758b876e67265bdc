//! What a template may be, looked at before the engine reads it: so long, so deep, made of these tags. What is left is parsed, run
//! and dropped in little stack, whatever it says. Must not give meaning to names, and must not be kinder than the engine: it reads
//! at least what the engine reads as code.

/// The most bytes of a template: 1 MiB.
const MOST_BYTES: usize = 1024 * 1024;

/// The most tags, and the most words and signs in all of them.
const MOST_TAGS: usize = 20_000;
const MOST_TOKENS: usize = 200_000;

/// The most words and signs in one tag, for the engine goes a step deeper for each `not`, `+` or `|`.
const MOST_IN_TAG: usize = 500;

/// The most brackets that are open at once in one tag.
const MOST_BRACKETS: usize = 50;

/// The most blocks that are open at once; an `elif` is one more, for the engine reads it so.
const MOST_OPEN: usize = 100;

/// The tags that open a block, with those that close it.
const BLOCKS: [(&str, &str); 4] =
    [("for", "endfor"), ("if", "endif"), ("with", "endwith"), ("filter", "endfilter")];

/// What is wrong with a template, and in which line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) line: usize,
    pub(super) what: String,
}

/// A word or sign in a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'t> {
    text: &'t str,
    end: usize,
}

/// The template as the engine may read it: what a namespace keeps goes through the filter `kept`, for it alone outlives a turn of
/// a loop, and could grow deeper with each.
pub(super) fn bounded(text: &str) -> Result<String, Refused> {
    let refused = |at: usize, what: String| Refused { line: text[..at].matches('\n').count() + 1, what };
    if text.len() > MOST_BYTES {
        return Err(refused(0, format!("it is larger than {} MiB", MOST_BYTES / 1024 / 1024)));
    }
    let (mut tags, mut tokens) = (0, 0);
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut edits: Vec<(usize, &str)> = Vec::new();
    each_tag(text, |sign, tag| {
        (tags, tokens) = (tags + 1, tokens + tag.len());
        if tags > MOST_TAGS || tokens > MOST_TOKENS {
            return Err(format!(
                "it has more than {MOST_TAGS} tags, or {MOST_TOKENS} words and signs in them"
            ));
        }
        if sign == b'%' {
            count(tag, &mut open)?;
            edits.extend(kept(tag).into_iter().flatten());
        }
        Ok(())
    })
    .map_err(|(at, what)| refused(at, what))?;
    Ok(edited(text, &edits))
}

/// Looks at every tag, and stops where one is not as it should be: with its place, and what is wrong.
fn each_tag<'t>(
    text: &'t str,
    mut look: impl FnMut(u8, &[Token<'t>]) -> Result<(), String>,
) -> Result<(), (usize, String)> {
    let mut at = 0;
    while let Some((from, sign)) = next_tag(text, at) {
        let inside = behind_sign(text, from);
        if sign == b'#' {
            at = text[inside..].find("#}").map_or(text.len(), |end| inside + end + 2);
            continue;
        }
        if let Some(end) = behind_raw(text, inside).filter(|_| sign == b'%') {
            at = end;
            continue;
        }
        let tag = tag(text, inside, sign)
            .and_then(|tag| look(sign, &tag).map(|()| tag))
            .map_err(|what| (from, what))?;
        at = tag.last().map_or(inside, |last| last.end);
    }
    Ok(())
}

/// The next `{{`, `{%` or `{#`.
fn next_tag(text: &str, from: usize) -> Option<(usize, u8)> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(1))
        .find(|at| bytes[*at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))
        .map(|at| (at, bytes[at + 1]))
}

/// The place behind the sign that opens a tag, and behind what says which spaces to keep.
fn behind_sign(text: &str, from: usize) -> usize {
    from + 2 + usize::from(matches!(text.as_bytes().get(from + 2), Some(b'-' | b'+')))
}

/// The place behind a part that is taken as it stands, where one begins here; the end of the text where it has none.
fn behind_raw(text: &str, inside: usize) -> Option<usize> {
    let name = |at: usize, name: &str| {
        let rest = text[at..].trim_ascii_start().strip_prefix(name)?.trim_ascii_start();
        let rest = rest.strip_prefix(['-', '+']).unwrap_or(rest);
        Some(text.len() - rest.strip_prefix("%}")?.len())
    };
    let mut at = name(inside, "raw")?;
    while let Some(found) = text[at..].find("{%") {
        at += found + 2;
        let signed = at + usize::from(text[at..].starts_with(['-', '+']));
        if let Some(end) = name(signed, "endraw") {
            return Some(end);
        }
    }
    Some(text.len())
}

/// The words and signs of a tag up to its end, which is the last of them where there is one.
fn tag(text: &str, inside: usize, sign: u8) -> Result<Vec<Token<'_>>, String> {
    let closing = if sign == b'%' { "%}" } else { "}}" };
    let (mut tokens, mut depth, mut at) = (Vec::new(), 0usize, inside);
    loop {
        at = text.len() - text[at..].trim_ascii_start().len();
        let rest = &text[at..];
        let end = rest.strip_prefix(['-', '+']).filter(|rest| rest.starts_with(closing)).unwrap_or(rest);
        let (length, last) = match rest.chars().next() {
            None => return Ok(tokens),
            _ if depth == 0 && end.starts_with(closing) => (rest.len() - end.len() + closing.len(), true),
            Some(quote @ ('"' | '\'')) => (string(rest, quote), false),
            Some(letter) => (word(rest).max(letter.len_utf8()), false),
        };
        match rest.as_bytes()[0] {
            _ if last => {}
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1).ok_or("a bracket closes that was not opened")?
            }
            _ => {}
        }
        at += length;
        tokens.push(Token { text: &rest[..length], end: at });
        if depth > MOST_BRACKETS {
            return Err(format!("more than {MOST_BRACKETS} brackets are open at once"));
        }
        if last {
            return Ok(tokens);
        }
        if tokens.len() > MOST_IN_TAG {
            return Err(format!("a tag has more than {MOST_IN_TAG} words and signs"));
        }
    }
}

/// How long the text in quotes is that begins here; all that follows where it has no end.
fn string(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, letter)| {
        let ends = !escaped && *letter == quote;
        escaped = !escaped && *letter == '\\';
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// How long the name or number is that begins here; nothing where none does.
fn word(rest: &str) -> usize {
    rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

/// Counts the blocks that are open behind a tag.
fn count<'t>(tag: &[Token<'t>], open: &mut Vec<(&'t str, usize)>) -> Result<(), String> {
    let name = tag.first().map_or("", |first| first.text);
    let has = |word: &str| tag.iter().any(|token| token.text == word);
    match name {
        "for" if has("recursive") => {
            return Err("loops do not call themselves here: leave out `recursive`".to_owned());
        }
        "set" if has("=") => {}
        "set" => open.push(("endset", 1)),
        "elif" => open.last_mut().iter_mut().for_each(|(_, depth)| *depth += 1),
        "else" | "include" | "do" => {}
        _ => match BLOCKS.iter().find(|(opens, _)| *opens == name) {
            Some((_, closes)) => open.push((closes, 1)),
            None if open.last().is_some_and(|(closes, _)| *closes == name) => drop(open.pop()),
            None => return Err(format!("there is no `{{% {name} %}}` here")),
        },
    }
    let depth: usize = open.iter().map(|(_, depth)| depth).sum();
    if depth > MOST_OPEN {
        Err(format!("more than {MOST_OPEN} blocks are open at once, each `elif` counted"))
    } else {
        Ok(())
    }
}

/// What is written around the value that a namespace is to keep.
fn kept(tag: &[Token<'_>]) -> Option<[(usize, &'static str); 2]> {
    let is = tag.iter().position(|token| token.text == "=").filter(|_| tag[0].text == "set")?;
    let value = tag.get(is + 1..tag.len() - 1).filter(|value| !value.is_empty())?;
    let is_kept = tag[..is].iter().any(|token| token.text == ".");
    is_kept.then_some([(tag[is].end, "("), (value.last()?.end, ")|kept")])
}

fn edited(text: &str, edits: &[(usize, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len() * 8);
    let mut done = 0;
    for (at, added) in edits {
        out.extend([&text[done..*at], added]);
        done = *at;
    }
    out + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::{bounded, each_tag};
    use minijinja::Environment;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The words that stand in tags.
    fn words(text: &str) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        let _ = each_tag(text, |_, tag| {
            words.extend(tag.iter().map(|token| token.text.to_owned()));
            Ok(())
        });
        words
    }

    /// Pieces of which templates are made, and some that look like it.
    const PIECES: [&str; 40] = [
        "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "{{-", "-}}", "{%+", "+%}", "raw", "endraw", "if",
        "endif", "for", "in", "endfor", "set", "=", "==", "a", "b", ".", ",", "'", "\"", "\\", "-", "+", "~",
        "(", ")", "[", "]", "}", "\n", " ", "é",
    ];

    proptest! {
        #[test]
        fn whatever_the_engine_takes_for_a_name_was_looked_at(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
            let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
            let environment = Environment::new();
            if let (Ok(_), Ok(template)) = (bounded(&text), environment.template_from_str(&text)) {
                let known = words(&text);
                for name in template.undeclared_variables(true).iter().flat_map(|name| name.split('.')) {
                    prop_assert!(known.contains(name), "{name} in {text:?}");
                }
            }
        }

        #[test]
        fn a_template_that_the_engine_reads_is_read_with_what_is_written_around_values_too(
            pieces in proptest::collection::vec(0..PIECES.len(), 0..12)
        ) {
            let inner: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
            let text = format!("{{% set n.x = {inner} %}}{{{{ a }}}}");
            let mut environment = Environment::new();
            environment.add_filter("kept", |value: minijinja::Value| value);
            if let (Ok(edited), true) = (bounded(&text), environment.template_from_str(&text).is_ok()) {
                prop_assert!(environment.template_from_str(&edited).is_ok(), "{text:?} became {edited:?}");
            }
        }
    }

    #[test]
    fn what_a_namespace_keeps_is_held_and_nothing_else_is_changed() {
        let same = [
            "{% set a = b.c %}",
            "{{ a.b == c }}",
            "{% raw %}{% set a.b = c %}{% endraw %}",
            "{# {% set a.b = c %} #}",
            "{% if a.b == 1 %}{% endif %}",
        ];
        assert!(same.iter().all(|text| bounded(text).as_deref() == Ok(*text)));
        assert_eq!(bounded("{%- set a.b = c + 1 -%}").as_deref(), Ok("{%- set a.b =( c + 1)|kept -%}"));
        assert_eq!(
            bounded("{% set a.b = c == 'd = %}' %}").as_deref(),
            Ok("{% set a.b =( c == 'd = %}')|kept %}")
        );
    }

    #[test]
    fn what_is_refused_has_its_line() {
        let line = |text: &str| bounded(text).err().map(|refused| refused.line);
        assert_eq!(line("a\n{% raw %}\n{% endraw %}\n{% block a %}"), Some(4));
        assert_eq!(line("a\n\n{{ ) }}"), Some(3));
        assert_eq!(line(&format!("\n{{{{ {} }}}}", "not ".repeat(1000))), Some(2));
        assert_eq!(line("{% for x in y recursive %}{% endfor %}"), Some(1));
    }
}
