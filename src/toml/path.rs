//! Paths of keys: where a value stands, whatever way it is written.
//! Must not look into texts.

use super::write::key;
use std::fmt;

/// One step into a table or a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key of a table.
    Key(String),
    /// An element of a list or of an array of tables, from 0.
    Element(usize),
}

/// Where a value stands: the steps to it from the top of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyPath(Vec<Step>);

impl KeyPath {
    /// The top of a text, in which its tables stand.
    #[must_use]
    pub fn top() -> Self {
        Self::default()
    }

    /// The path with a key more.
    #[must_use]
    pub fn key(mut self, name: impl Into<String>) -> Self {
        self.0.push(Step::Key(name.into()));
        self
    }

    /// The path with an element more, from 0.
    #[must_use]
    pub fn element(mut self, number: usize) -> Self {
        self.0.push(Step::Element(number));
        self
    }

    /// Its keys with dots between them, as a header has them.
    pub(super) fn name(&self) -> String {
        let names =
            self.0.iter().filter_map(|step| if let Step::Key(name) = step { Some(key(name)) } else { None });
        names.collect::<Vec<_>>().join(".")
    }

    /// The steps, from the top.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl From<&[Step]> for KeyPath {
    fn from(steps: &[Step]) -> Self {
        Self(steps.to_vec())
    }
}

impl From<Vec<Step>> for KeyPath {
    fn from(steps: Vec<Step>) -> Self {
        Self(steps)
    }
}

/// `evaluation[0].date`, with quotes round keys that need them; elements count from 0.
impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (step, place) in self.0.iter().zip(0..) {
            match step {
                Step::Key(name) if place > 0 => write!(f, ".{}", key(name))?,
                Step::Key(name) => f.write_str(&key(name))?,
                Step::Element(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_as_people_type_it() {
        let path = KeyPath::top().key("evaluation").element(0).key("a b");
        assert_eq!(path.to_string(), "evaluation[0].\"a b\"");
        assert_eq!(KeyPath::top().to_string(), "");
    }
}
