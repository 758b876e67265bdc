//! The closed lists of words of packs and rules, each word with its meaning: the reader and the schemas for editors use them.
//! Must not hold what definitions choose from: that stands in `model/words.rs`.

/// Words, each with its meaning.
pub type Words = &'static [(&'static str, &'static str)];

/// How a pack comes to bind a definition.
pub const SELECTIONS: Words = &[
    ("by-date", "By the start of the project; editions exclude each other."),
    ("by-name", "Only where it is named: `--policy`, or `policy` in a definition."),
    ("joins", "By itself, beside the edition, where its condition holds."),
];

/// How exactly the days of a pack are known.
pub const PRECISIONS: Words = &[("day", "To the day."), ("month", "To the month."), ("year", "To the year.")];

/// How bad a gap is.
pub const SEVERITIES: Words = &[
    ("error", "The project breaks the policy."),
    ("warning", "The project should be looked at."),
    ("note", "Good to know."),
];

/// What a citation is worth.
pub const STATUSES: Words = &[
    ("confirmed", "Read in the source itself."),
    ("confirmed-secondary", "Read in another text that restates the source."),
    ("inferred", "Follows from what was read, or from practice."),
    ("unconfirmed", "Remembered, and found nowhere."),
];

/// What a case can expect of a rule.
pub const VERDICTS: Words = &[
    ("met", "The definition does what the rule asks."),
    ("gap", "It does not."),
    ("undecided", "The definition does not say enough to tell."),
    ("not-applicable", "The rule asks nothing of it."),
];

/// The words without their meanings.
#[must_use]
pub(super) fn plain(words: Words) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

#[cfg(test)]
mod tests {
    use super::{SEVERITIES, STATUSES, plain};
    use crate::policy::{Severity, Status};

    #[test]
    fn the_words_are_those_that_are_shown() {
        assert_eq!(plain(STATUSES), Status::ALL.map(|status| status.to_string()));
        assert!(
            plain(SEVERITIES)
                .into_iter()
                .all(|word| Severity::parse(word).is_some_and(|known| known.to_string() == word))
        );
    }
}
