//! Every word that a rule may say of a project, made from the table of keys.
//! Must not read a definition.

use crate::model::{KeyId, Kind, Table, TableShape, key};
use std::sync::LazyLock;

/// The type of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A decimal number.
    Decimal,
    /// Text.
    Text,
    /// One word of a closed list; compared by its place in the list.
    Choice(&'static [&'static str]),
    /// A day.
    Date,
    /// Money, in US dollars.
    Money,
    /// The length of the project, compared in calendar months.
    Duration,
    /// Several texts.
    Texts,
    /// Several words of a closed list.
    Choices(&'static [&'static str]),
    /// The elements of an array of tables.
    Table(Table),
}

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// A key of a table that stands once.
    Key(KeyId),
    /// The length of the project, from its start to the day after its end.
    Duration,
    /// The elements of an array of tables.
    Table(Table),
}

impl Word {
    /// The type of the word.
    #[must_use]
    pub fn kind(self) -> Type {
        match self {
            Self::Key(key) => type_of(key),
            Self::Duration => Type::Duration,
            Self::Table(table) => Type::Table(table),
        }
    }
}

/// The type of the values of a key.
#[must_use]
pub(super) fn type_of(key: KeyId) -> Type {
    match key.spec().kind {
        Kind::Text | Kind::Name | Kind::Currency | Kind::Country => Type::Text,
        Kind::Bool => Type::Bool,
        Kind::Int => Type::Int,
        Kind::Decimal => Type::Decimal,
        Kind::OneOf(words) => Type::Choice(words),
        Kind::Date => Type::Date,
        Kind::Duration => Type::Duration,
        Kind::Money => Type::Money,
        Kind::Bodies | Kind::Texts | Kind::Countries => Type::Texts,
        Kind::AnyOf(words) => Type::Choices(words),
    }
}

static WORDS: LazyLock<Vec<(String, Word)>> = LazyLock::new(|| {
    let mut words = vec![("project.budget".to_owned(), Word::Key(key::budget::TOTAL))];
    for table in Table::ALL {
        match table.spec().shape {
            TableShape::Array { plural, .. } => {
                words.push((format!("project.{plural}"), Word::Table(*table)))
            }
            TableShape::Single => {
                let prefix = if *table == Table::Project {
                    "project".to_owned()
                } else {
                    format!("project.{}", table.spec().name)
                };
                words.extend(fields(*table).map(|(name, key)| (format!("{prefix}.{name}"), word_of(key))));
            }
        }
    }
    words.sort();
    words
});

fn word_of(key: KeyId) -> Word {
    if key == key::project::DURATION { Word::Duration } else { Word::Key(key) }
}

/// Every word with its full path, such as `project.budget`, sorted by path.
pub fn words() -> impl Iterator<Item = (&'static str, Word)> {
    WORDS.iter().map(|(path, word)| (path.as_str(), *word))
}

/// The word of that path, such as `project.duration`.
#[must_use]
pub fn word(path: &str) -> Option<Word> {
    let place = WORDS.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
    Some(WORDS[place].1)
}

/// The fields of the elements of a table, by name.
pub fn fields(table: Table) -> impl Iterator<Item = (&'static str, KeyId)> {
    table.spec().keys.iter().filter_map(move |key| Some((key.name, table.key(key.name)?)))
}

/// The field of that name of the elements of a table.
#[must_use]
pub fn field(table: Table, name: &str) -> Option<KeyId> {
    table.key(name)
}
