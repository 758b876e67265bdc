//! Texts as they are compared: without case, accents and punctuation.
//! Must not know what a text means.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters of a text in small ones, without the marks on them.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    // By way of capitals, so that letters that have none of their own, such as ß, are written out.
    letters.flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// A name as it is compared: words of small letters and digits with one space between them, letters that stand alone joined
/// (`U.S.` is `us`), without an article before it.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = plain(text);
    let mut words: Vec<String> = Vec::new();
    let mut alone = false;
    for word in plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let single = word.chars().count() == 1;
        match words.last_mut().filter(|_| alone && single) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
        alone = single;
    }
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

/// Whether a text holds another as whole words; both are folded.
pub(super) fn holds(text: &str, part: &str) -> bool {
    let begins = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    begins
        .into_iter()
        .any(|at| text[at..].strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::{folded, holds};

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        for (one, two) in [
            ("Communauté flamande", "COMMUNAUTE  FLAMANDE"),
            ("Belgium (Flanders)", "Belgium - Flanders"),
            ("U.S. Government", "us government"),
            ("The Netherlands", "netherlands"),
            ("Weißrussland", "WEISSRUSSLAND"),
            ("Flämische Regierung", "Fla\u{308}mische Regierung"),
            ("Institut d'Éducation", "INSTITUT D’EDUCATION"),
        ] {
            assert_eq!(folded(one), folded(two));
        }
        assert_eq!(folded("The"), "the");
        assert_eq!(folded("?! –"), "");
    }

    #[test]
    fn only_whole_words_are_held() {
        assert!(holds("young women and men", "women") && holds("women", "women"));
        assert!(!holds("womens", "women") && !holds("young women", "men"));
    }
}
