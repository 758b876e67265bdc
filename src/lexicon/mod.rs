//! What people call things and what the rules call them: donors, bodies, words of one meaning, marks of "not yet".
//! Must not read files and must not know definitions.

mod fold;
mod marks;
mod names;
mod words;

pub use fold::folded;
pub use marks::Marks;
pub use names::{Clash, Name, Names, Reading};
pub use words::{MeaningWords, Meanings};

use crate::model::{KeyId, key};
use std::sync::Arc;

/// Everything that a text can mean beside itself. An empty one gives no text another meaning.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Who pays, by all their names and references.
    pub donors: Names,
    /// Who carries projects out, by all their names.
    pub bodies: Names,
    /// Words of one meaning in lists of texts.
    pub words: MeaningWords,
    /// Texts that say "not yet".
    pub marks: Marks,
}

/// The keys of which the rules read the name of a donor.
pub const DONOR_KEYS: [KeyId; 2] = [key::donor::NAME, key::partner::NAME];

impl Lexicon {
    /// What the rules call a donor; the text itself where it is no name of one.
    #[must_use]
    pub fn donor<'a>(&'a self, name: &'a str) -> &'a str {
        match self.donors.read(Some(name), None) {
            Reading::Known(name) => name,
            _ => name,
        }
    }

    /// The bodies that a text names, each as the rules call it: the whole text where it is one, else its parts.
    #[must_use]
    pub fn bodies(&self, text: &str) -> Vec<Arc<str>> {
        let mut found: Vec<Arc<str>> = Vec::new();
        self.parts(text, BETWEEN_BODIES, &mut found);
        found
    }

    fn parts(&self, text: &str, between: &[&[&str]], found: &mut Vec<Arc<str>>) {
        let text = text.trim();
        let one = match self.bodies.read(Some(text), None) {
            Reading::Known(name) => Some(Arc::clone(name)),
            _ if between.is_empty() => Some(text.into()),
            _ => None,
        };
        match (one, between.split_first()) {
            (Some(one), _) if one.is_empty() || found.contains(&one) => {}
            (Some(one), _) => found.push(one),
            (None, Some((separators, finer))) => {
                split(text, separators).into_iter().for_each(|part| self.parts(part, finer, found));
            }
            (None, None) => {}
        }
    }
}

/// What stands between the names of several bodies, the widest first: a slash may belong to a name.
const BETWEEN_BODIES: &[&[&str]] = &[&[",", ";"], &[" and ", " et ", " en ", " y ", " & "], &["/"]];

fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    separators.iter().fold(vec![text], |parts, separator| {
        parts.into_iter().flat_map(|part| part.split(separator)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, Names};

    fn bodies() -> Lexicon {
        let mut bodies = Names::default();
        for (name, others) in [("IFSI", &["IFSI-ISVI", "ISVI"][..]), ("ITCILO", &["ITC/ILO"])] {
            let place = bodies.add(name);
            others.iter().for_each(|other| assert!(bodies.add_name(place, other).is_ok()));
        }
        Lexicon { bodies, ..Lexicon::default() }
    }

    #[test]
    fn several_bodies_are_told_apart_and_a_slash_may_belong_to_a_name() {
        let shown = |text: &str| bodies().bodies(text).join("|");
        assert_eq!(shown("ITC/ILO"), "ITCILO");
        assert_eq!(shown("FOS, Solsoc and IFSI/ISVI"), "FOS|Solsoc|IFSI");
        assert_eq!(shown("ifsi isvi et itc-ilo"), "IFSI|ITCILO");
        assert_eq!(shown("Tourism Board"), "Tourism Board");
        assert_eq!(shown(" , / "), "");
    }
}
