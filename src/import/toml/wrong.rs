//! What is wrong with a value, and what to do about it, in the user's words.
//! Must not know what a value should be.

/// What is wrong with a value, and what to write.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) next: Next,
}

/// What to do about it.
#[derive(Debug)]
pub(super) enum Next {
    /// This was most likely meant.
    Instead(String),
    /// This is the same in the spelling that is read: nothing else can be meant.
    Same(String),
    /// Do this.
    Do(&'static str),
    /// See how it is written.
    Example,
}

impl Next {
    /// That, where there is a guess.
    pub(super) fn guessed(guess: Option<String>) -> Self {
        guess.map_or(Self::Example, Self::Instead)
    }
}

/// A user's words for a message: on one line, not longer than people read, without backticks of their own. Every sign but a space
/// between words is one that is seen; where there is none, `...` stands for what should be there.
pub(super) fn shown(words: &str) -> String {
    let seen = |letter: char| match letter {
        '`' => '\'',
        '\n' | '\r' | '\t' => ' ',
        other if other.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    let mut short: String = words.chars().map(seen).take(61).collect();
    if short.chars().count() > 60 {
        short.pop();
        short.push('…');
    }
    if short.trim().is_empty() { "...".to_owned() } else { short }
}
