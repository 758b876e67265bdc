//! Names of one thing: which the rules use, which people use, and which only look like one.
//! Must not know whether donors or bodies are named.

use super::fold::{folded, holds};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fewest letters of a name that others can come near to: shorter ones are too much alike.
const LETTERS_TO_BE_NEAR: usize = 6;

/// The fewest letters of a name that speaks for itself inside a longer one.
const LETTERS_TO_BE_HELD: usize = 4;

/// One thing with all its names.
#[derive(Debug, Clone)]
pub struct Name {
    /// What the rules call it.
    pub name: Arc<str>,
    /// What people call it, as written, without that one.
    pub others: Vec<Arc<str>>,
    /// The references by which registers know it.
    pub identifiers: Vec<Arc<str>>,
}

/// A name that another thing has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash(
    /// What the rules call the other thing.
    pub Arc<str>,
);

/// What a name and a reference come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'n> {
    /// This one is meant.
    Known(&'n Arc<str>),
    /// No name of anything known, and so much like one of them that it may be meant.
    Near {
        /// The name that it looks like.
        like: &'n str,
        /// What the rules call that one.
        name: &'n Arc<str>,
    },
    /// The reference belongs to one, and the name to another or to nobody known.
    Contradicted {
        /// Whose the reference is.
        reference: &'n Arc<str>,
        /// Whose the name is, where that is known.
        name: Option<&'n Arc<str>>,
    },
    /// Somebody else, or nobody.
    Other,
}

/// All names of some things.
#[derive(Debug, Clone, Default)]
pub struct Names {
    known: Vec<Name>,
    by_name: BTreeMap<String, usize>,
    /// The words of each name in the order of the alphabet, and the name they make.
    by_words: BTreeMap<Vec<String>, (usize, Arc<str>)>,
    by_identifier: BTreeMap<Arc<str>, usize>,
}

impl Names {
    /// The things, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Name> {
        self.known.iter()
    }

    /// The place of the thing that the rules call so: the one that is there, or a new one.
    pub fn add(&mut self, name: &str) -> usize {
        if let Some(place) = self.known.iter().position(|known| *known.name == *name) {
            return place;
        }
        self.known.push(Name { name: name.into(), others: Vec::new(), identifiers: Vec::new() });
        self.known.len() - 1
    }

    /// Adds a name of the thing at that place.
    ///
    /// # Errors
    /// Where it is the name of another thing.
    pub fn add_name(&mut self, place: usize, name: &str) -> Result<(), Clash> {
        let plain = folded(name);
        if let Some(other) = self.by_name.get(&plain).filter(|other| **other != place) {
            return Err(Clash(Arc::clone(&self.known[*other].name)));
        }
        let mut words: Vec<String> = plain.split(' ').map(str::to_owned).collect();
        words.sort();
        self.by_words.entry(words).or_insert_with(|| (place, name.into()));
        if self.by_name.insert(plain, place).is_none() && *self.known[place].name != *name {
            self.known[place].others.push(name.into());
        }
        Ok(())
    }

    /// Adds a reference to the thing at that place.
    ///
    /// # Errors
    /// Where it is the reference to another thing.
    pub fn add_identifier(&mut self, place: usize, identifier: &str) -> Result<(), Clash> {
        match self.by_identifier.get(identifier) {
            Some(other) if *other != place => return Err(Clash(Arc::clone(&self.known[*other].name))),
            Some(_) => {}
            None => {
                self.by_identifier.insert(identifier.into(), place);
                self.known[place].identifiers.push(identifier.into());
            }
        }
        Ok(())
    }

    /// Which thing a name and a reference mean. A name that is known counts more than a reference; a reference counts where there
    /// is no name, or one that tells nothing: a name that holds that of a known thing and more tells of another.
    #[must_use]
    pub fn read(&self, name: Option<&str>, identifier: Option<&str>) -> Reading<'_> {
        let plain = name.map(folded).filter(|plain| !plain.is_empty());
        let by_name = plain
            .as_ref()
            .and_then(|plain| self.by_name.get(plain))
            .or_else(|| self.by_identifier.get(name?.trim()));
        let by_reference = identifier.and_then(|identifier| self.by_identifier.get(identifier.trim()));
        let called = |place: usize| &self.known[place].name;
        match (by_name, by_reference, plain) {
            (Some(name), Some(other), _) if name != other => {
                Reading::Contradicted { reference: called(*other), name: Some(called(*name)) }
            }
            (Some(name), ..) => Reading::Known(called(*name)),
            (None, Some(reference), Some(plain)) if self.tells_of_another(&plain) => {
                Reading::Contradicted { reference: called(*reference), name: None }
            }
            (None, Some(reference), _) => Reading::Known(called(*reference)),
            (None, None, Some(plain)) => self.near(&plain).unwrap_or(Reading::Other),
            (None, None, None) => Reading::Other,
        }
    }

    /// Whether a name that is not known holds one that is.
    fn tells_of_another(&self, plain: &str) -> bool {
        self.by_name
            .keys()
            .filter(|known| known.chars().count() >= LETTERS_TO_BE_HELD)
            .any(|known| holds(plain, known))
    }

    /// The name that is one slip away, or that has the same words in another order.
    fn near(&self, plain: &str) -> Option<Reading<'_>> {
        let mut words: Vec<String> = plain.split(' ').map(str::to_owned).collect();
        words.sort();
        if let Some((place, like)) = self.by_words.get(&words) {
            return Some(Reading::Near { like, name: &self.known[*place].name });
        }
        let letters = plain.chars().count();
        if letters < LETTERS_TO_BE_NEAR {
            return None;
        }
        let close = |known: &&String| {
            known.len().abs_diff(plain.len()) <= 4 && strsim::damerau_levenshtein(known, plain) == 1
        };
        let (like, place) =
            self.by_name.iter().find(|(known, _)| close(known)).filter(|_| !is_country(plain))?;
        let name = &self.known[*place].name;
        let written = self.known[*place].others.iter().find(|other| folded(other) == *like).unwrap_or(name);
        Some(Reading::Near { like: written, name })
    }
}

/// Whether it is the name of a country, which is no slip.
fn is_country(plain: &str) -> bool {
    crate::model::Country::all().iter().any(|country| folded(country.name) == plain)
}

#[cfg(test)]
mod tests {
    use super::{Names, Reading};

    fn names() -> Names {
        let mut names = Names::default();
        for (name, others, references) in [
            ("Flanders", &["Vlaanderen", "Flemish Government"][..], &["BE-70"][..]),
            ("Belgium", &["Belgian Government"], &["BE-10"]),
            ("Ireland", &[], &[]),
        ] {
            let place = names.add(name);
            [name].iter().chain(others).for_each(|name| assert!(names.add_name(place, name).is_ok()));
            references.iter().for_each(|reference| assert!(names.add_identifier(place, reference).is_ok()));
        }
        names
    }

    fn told(name: Option<&str>, identifier: Option<&str>) -> String {
        match names().read(name, identifier) {
            Reading::Known(name) => name.to_string(),
            Reading::Near { like, .. } => format!("near {like}"),
            Reading::Contradicted { reference, name } => {
                format!("{:?} against {reference}", name.map(|name| &**name))
            }
            Reading::Other => "other".to_owned(),
        }
    }

    #[test]
    fn whole_names_are_known_and_slips_are_only_near() {
        assert_eq!(told(Some("VLAANDEREN"), None), "Flanders");
        assert_eq!(told(Some("Government, Flemish"), None), "near Flemish Government");
        assert_eq!(told(Some("Flandres"), None), "near Flanders");
        assert_eq!(told(Some("Fladers"), None), "near Flanders");
        assert_eq!(told(Some("West Flanders"), None), "other");
        assert_eq!(told(Some("Iceland"), None), "other");
        assert_eq!(told(Some("..."), None), "other");
    }

    #[test]
    fn a_name_that_contradicts_a_reference_wins() {
        assert_eq!(told(None, Some("BE-70")), "Flanders");
        assert_eq!(told(Some("BE-70"), None), "Flanders");
        assert_eq!(told(Some("Ministry of Foreign Affairs"), Some("BE-10")), "Belgium");
        assert_eq!(told(Some("Vlaanderen"), Some("BE-10")), "Some(\"Flanders\") against Belgium");
        assert_eq!(told(Some("NGO Plan Belgium"), Some("BE-10")), "None against Belgium");
        assert_eq!(told(Some("Vlaanderen"), Some("XX-1")), "Flanders");
    }

    #[test]
    fn a_name_has_one_owner() {
        let mut names = names();
        let place = names.add("Wallonia");
        assert!(names.add_name(place, "vlaanderen").is_err_and(|clash| &*clash.0 == "Flanders"));
        assert!(names.add_identifier(place, "BE-70").is_err_and(|clash| &*clash.0 == "Flanders"));
        assert_eq!(names.add("Flanders"), 0);
    }
}
