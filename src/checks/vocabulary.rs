//! The words that rules look for in lists of texts.
//! Must not judge.

use super::{Check, Reads};
use crate::expr::Read;
use crate::facts::Word;
use crate::model::{KeyId, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The words that rules look for in lists of texts, by the key of the list.
pub type Vocabulary = BTreeMap<KeyId, BTreeSet<Arc<str>>>;

impl Check {
    /// Adds the words that the rule looks for in lists of texts.
    pub fn vocabulary(&self, vocabulary: &mut Vocabulary) {
        let texts = |key: &KeyId| key.spec().kind == Kind::Texts;
        if let Self::Grid(grid) = self {
            for side in grid.rows.iter().chain([&grid.columns]).filter(|side| texts(&side.key)) {
                vocabulary.entry(side.key).or_default().extend(side.words.iter().cloned());
            }
        }
        let mut reads = Reads::default();
        self.reads(&mut reads);
        for (read, words) in reads.texts {
            let (Read::Word(Word::Key(key)) | Read::Field(key)) = read else { continue };
            if texts(&key) {
                vocabulary.entry(key).or_default().extend(words);
            }
        }
    }
}
