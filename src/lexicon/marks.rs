//! Marks of "not yet": texts that stand where something is still to be written.
//! Must not know which key a text belongs to.

use super::fold::plain;
use std::collections::BTreeSet;

/// What may stand around a mark: `[TBD]`, `<to complete>`, `"?"`.
const AROUND: &[char] =
    &['[', ']', '(', ')', '{', '}', '<', '>', '"', '\'', '*', '_', '«', '»', '“', '”', '‘', '’'];

/// The texts that say "not yet", and those that look like it and are answers.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    whole: BTreeSet<String>,
    begins: BTreeSet<String>,
    answers: BTreeSet<String>,
}

impl Marks {
    /// Adds a text that is a mark where it is the whole text.
    pub fn add_whole(&mut self, text: &str) {
        self.whole.insert(compared(text));
    }

    /// Adds a text that is a mark where another begins with it, whatever stands behind.
    pub fn add_begin(&mut self, text: &str) {
        self.begins.insert(compared(text));
    }

    /// Adds a text that is an answer.
    pub fn add_answer(&mut self, text: &str) {
        self.answers.insert(compared(text));
    }

    /// Whether a text says "not yet".
    #[must_use]
    pub fn is_mark(&self, text: &str) -> bool {
        let text = compared(text);
        let bare = text.trim_matches(|letter: char| AROUND.contains(&letter) || letter.is_whitespace());
        let is = |text: &str| self.whole.contains(text) || self.begins_with_mark(text);
        let other = Some(bare).filter(|bare| *bare != text);
        let is_answer = self.answers.contains(&text) || other.is_some_and(|bare| self.answers.contains(bare));
        !is_answer && (is(&text) || other.is_some_and(|bare| !bare.is_empty() && is(bare)))
    }

    /// Whether a mark stands first in a text. Only those with its first letter are looked at.
    fn begins_with_mark(&self, text: &str) -> bool {
        let Some(first) = text.chars().next() else { return false };
        let first = first.encode_utf8(&mut [0; 4]).to_owned();
        self.begins
            .range(first.clone()..)
            .take_while(|mark| mark.starts_with(&first))
            .any(|mark| begins(text, mark))
    }
}

/// Without case, accents and needless spaces; punctuation stays, since marks are made of it.
fn compared(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text begins with another as whole words.
fn begins(text: &str, mark: &str) -> bool {
    text.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn marks_are_whole_or_stand_first() {
        let mut marks = Marks::default();
        ["?", "TBD", "unknown", "xxx"].iter().for_each(|mark| marks.add_whole(mark));
        ["TO COMPLETE", "à définir", "TBD"].iter().for_each(|mark| marks.add_begin(mark));
        marks.add_answer("n/a");
        for text in [
            "?",
            " tbd ",
            "TBD.",
            "[TBD]",
            "<to  complete>",
            "TO COMPLETE: the union",
            "A DEFINIR avec le bailleur",
            "XXX",
            "(xxx)",
        ] {
            assert!(marks.is_mark(text), "{text}");
        }
        for text in
            ["n/a", "[n/a]", "unknown soldier", "Tbdx", "what is to complete", "0", "xxxl", "", "[]", "()"]
        {
            assert!(!marks.is_mark(text), "{text}");
        }
    }
}
