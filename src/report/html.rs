//! HTML that shows text as it is.
//! Must not know what the text is about.

use super::harmless::{Part, parts, plain};

/// A text as HTML that shows exactly that text, in an element or in a quoted attribute.
#[must_use]
pub(super) fn escape(text: &str) -> String {
    let text = plain(text);
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text of our own with code between backticks.
#[must_use]
pub(super) fn prose(text: &str) -> String {
    let pieces = parts(text).into_iter().map(|part| match part {
        Part::Text(words) => unbroken(&escape(words)),
        Part::Code(name) => code(name),
    });
    pieces.collect()
}

/// A text in which no day is broken at the end of a line.
fn unbroken(text: &str) -> String {
    let shape = |from: usize| text.as_bytes().get(from..from + DAY.len());
    let is_day = |from: usize| {
        let like =
            |(byte, model): (&u8, u8)| if model == b'0' { byte.is_ascii_digit() } else { *byte == model };
        shape(from).is_some_and(|bytes| bytes.iter().zip(DAY.bytes()).all(like))
    };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (from, _) in text.char_indices() {
        if from >= done && is_day(from) {
            let to = from + DAY.len();
            out.push_str(&format!("{}<span class=\"day\">{}</span>", &text[done..from], &text[from..to]));
            done = to;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The shape of a day: a nought stands for any digit.
const DAY: &str = "0000-00-00";

/// A name or path as code.
#[must_use]
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// A day that machines can read too.
#[must_use]
pub(super) fn day(day: &str) -> String {
    let day = escape(day);
    format!("<time datetime=\"{day}\">{day}</time>")
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn days_are_not_broken_and_all_else_is_as_it_was() {
        assert_eq!(prose("on 2014-01-31, é<2014"), "on <span class=\"day\">2014-01-31</span>, é&lt;2014");
        assert_eq!(
            prose("2014-01-312014-02-28"),
            "<span class=\"day\">2014-01-31</span><span class=\"day\">2014-02-28</span>"
        );
        assert_eq!(prose("2014-1-31 `2014-01-31` é"), "2014-1-31 <code>2014-01-31</code> é");
    }
}
