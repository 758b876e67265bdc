//! Words that are meant: those nearest to a misspelt one.
//! Must not know what a word is for.

/// The longest word that is looked for, in bytes: to hold two against each other takes time by the product of their lengths.
const LONGEST: usize = 200;

/// The known word nearest to a misspelt one, where one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let limit = (word.chars().count() / 3).max(1) + 1;
    let scored = known
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate));
    scored.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// Whether two words differ only in capitals and in what stands between their parts: `Mid term` and `mid-term`.
#[must_use]
pub fn same_letters(one: &str, other: &str) -> bool {
    let letters = |word: &str| -> String {
        word.chars()
            .filter(|letter| !matches!(letter, ' ' | '-' | '_'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(one) == letters(other)
}
