//! Words of one meaning: what the rules call a thing in a list of texts, and what people write for it.
//! Must not know which words a rule asks for.

use super::fold::{folded, holds};
use crate::model::KeyId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The words that the texts of one key can mean, each with the folded names of it.
#[derive(Debug, Clone, Default)]
pub struct Meanings(BTreeMap<Arc<str>, Vec<String>>);

/// The meanings of texts, by the key of their list.
#[derive(Debug, Clone, Default)]
pub struct MeaningWords(BTreeMap<KeyId, Meanings>);

impl MeaningWords {
    /// Adds names of a word, which is a name of itself.
    pub fn add<'n>(&mut self, key: KeyId, word: &'n str, names: impl IntoIterator<Item = &'n str>) {
        let known = self.0.entry(key).or_default().0.entry(word.into()).or_default();
        known.extend(std::iter::once(word).chain(names).map(folded).filter(|name| !name.is_empty()));
        known.sort();
        known.dedup();
    }

    /// The words of a key; `None` where its texts mean only themselves.
    #[must_use]
    pub fn of(&self, key: KeyId) -> Option<&Meanings> {
        self.0.get(&key)
    }

    /// The keys whose texts have meanings.
    pub fn keys(&self) -> impl Iterator<Item = KeyId> {
        self.0.keys().copied()
    }
}

impl Meanings {
    /// Whether it is one of the words.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// The words, sorted.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|word| &**word)
    }

    /// The words that a text means: those of which a name stands in it as whole words.
    pub fn of_text<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a Arc<str>> {
        let plain = folded(text);
        self.0
            .iter()
            .filter(move |(_, names)| names.iter().any(|name| holds(&plain, name)))
            .map(|(word, _)| word)
    }

    /// Some texts as rules read them: each by the words that it means, and as it stands where it means none. No text stands twice.
    #[must_use]
    pub fn read(&self, texts: &[Arc<str>]) -> Vec<Arc<str>> {
        let mut read: Vec<Arc<str>> = Vec::new();
        for text in texts {
            let mut meant = self.of_text(text).peekable();
            let itself = meant.peek().is_none().then_some(text);
            for word in meant.chain(itself) {
                if !read.contains(word) {
                    read.push(Arc::clone(word));
                }
            }
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::MeaningWords;
    use crate::model::key::project::TARGET_GROUPS;
    use std::sync::Arc;

    #[test]
    fn a_text_means_every_word_of_which_it_holds_a_name() {
        let mut words = MeaningWords::default();
        words.add(TARGET_GROUPS, "women", ["girls", "female"]);
        words.add(TARGET_GROUPS, "persons-with-disabilities", []);
        words.add(TARGET_GROUPS, "youth", ["young"]);
        let meanings = words.of(TARGET_GROUPS).expect("it was added");
        let read = |texts: &[&str]| {
            meanings.read(&texts.iter().map(|text| Arc::from(*text)).collect::<Vec<_>>()).join("|")
        };
        assert_eq!(read(&["Female and young workers", "girls", "miners"]), "women|youth|miners");
        assert_eq!(read(&["Persons with disabilities"]), "persons-with-disabilities");
        assert_eq!(read(&["womens", "youthful"]), "womens|youthful");
    }
}
