//! The types of sub-expressions, in the words of a policy officer.
//! Must not build or evaluate anything.

use super::ast::Comparison;
use crate::facts;
use crate::model::{KeyId, Kind, Table};

/// The type of a sub-expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty {
    /// Known when it is evaluated: an element of a mixed or empty list.
    Any,
    Null,
    Bool,
    Int,
    Decimal,
    Text,
    /// A word of the list of that key.
    Choice(KeyId),
    Date,
    Money,
    Duration,
    /// Days, by which a date is moved; they are compared with nothing.
    Days,
    List(Box<Ty>),
}

/// The words that a key may hold.
pub(super) fn words_of(key: KeyId) -> &'static [&'static str] {
    match key.spec().kind {
        Kind::OneOf(words) | Kind::AnyOf(words) => words,
        _ => &[],
    }
}

impl Ty {
    /// The type of the values of a key; the length of the project is one too.
    pub(super) fn of_key(key: KeyId) -> Self {
        let list = |item| Self::List(Box::new(item));
        match key.spec().kind {
            Kind::Text | Kind::Name | Kind::Currency | Kind::Country => Self::Text,
            Kind::Bool => Self::Bool,
            Kind::Int => Self::Int,
            Kind::Decimal => Self::Decimal,
            Kind::OneOf(_) => Self::Choice(key),
            Kind::Date => Self::Date,
            Kind::Duration => Self::Duration,
            Kind::Money => Self::Money,
            Kind::Bodies | Kind::Texts | Kind::Countries => list(Self::Text),
            Kind::AnyOf(_) => list(Self::Choice(key)),
        }
    }

    /// The type of a word; `None` for the elements of a table, which are no value.
    pub(super) fn of_word(word: facts::Word) -> Result<Self, Table> {
        match word {
            facts::Word::Key(key) => Ok(Self::of_key(key)),
            facts::Word::Duration => Ok(Self::Duration),
            facts::Word::Table(table) => Err(table),
        }
    }

    /// Whether the type is one that lists may mix.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Self::Any | Self::Null | Self::Bool | Self::Int | Self::Text => true,
            Self::List(item) => item.is_plain(),
            _ => false,
        }
    }

    /// Whether a value of this type may stand where that one is asked for.
    pub(super) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Any, other) | (other, Self::Any) => other.is_plain(),
            (Self::Choice(one), Self::Choice(other)) => words_of(*one) == words_of(*other),
            (Self::List(one), Self::List(other)) => one.fits(other),
            _ => self == wanted,
        }
    }

    /// The type of a list or a choice that holds both; `None` where they cannot stand together.
    pub(super) fn join(self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::List(one), Self::List(other)) => Some(Self::List(Box::new(one.join(other)?))),
            (one, other) if one == *other => Some(one),
            (one @ Self::Choice(_), other) if one.fits(other) => Some(one),
            (one, other) if one.is_plain() && other.is_plain() => Some(Self::Any),
            // An empty list has no type of its own yet.
            (Self::Any, other) => Some(other.clone()),
            (one, Self::Any) => Some(one),
            _ => None,
        }
    }

    /// Whether two values of the type have an order.
    pub(super) fn is_ordered(&self) -> bool {
        !matches!(self, Self::Null | Self::Days | Self::List(_))
    }

    /// In plain words, with an article.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Any => "a value of any type".to_owned(),
            Self::Null => "`null`".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Int => "a whole number".to_owned(),
            Self::Decimal => "a decimal number".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Choice(key) => {
                format!("one of the words of `{}` ({})", key.spec().name, words_of(*key).join(", "))
            }
            Self::Date => "a date".to_owned(),
            Self::Money => "money".to_owned(),
            Self::Duration => "a duration".to_owned(),
            Self::Days => "a number of days".to_owned(),
            Self::List(item) if **item == Self::Any => "a list".to_owned(),
            Self::List(item) => format!("a list (each {})", item.describe()),
        }
    }
}

/// What to write instead, where two sides of a comparison have different types.
pub(super) fn repair(left: (&Ty, &str), right: (&Ty, &str)) -> Option<String> {
    let one_way = |domain: &Ty, other: (&Ty, &str)| {
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let shown = |fallback: &str| {
            if digits(other.1) { other.1.to_owned() } else { fallback.to_owned() }
        };
        match (domain, other.0) {
            (Ty::Money, Ty::Int | Ty::Decimal | Ty::Text) => Some(format!("write usd({})", shown("1000000"))),
            (Ty::Duration, Ty::Int | Ty::Decimal | Ty::Text) => {
                Some(format!("write months({})", shown("18")))
            }
            (Ty::Date, Ty::Text | Ty::Int | Ty::Decimal) => {
                let text = other.1.trim_matches(['"', '\'']);
                let day = text.parse::<crate::model::Date>().is_ok();
                Some(format!("write date(\"{}\")", if day { text } else { "2003-01-01" }))
            }
            (_, Ty::Null) => Some(
                "ask whether the file gives it: write has(project.budget), or !has(project.budget)"
                    .to_owned(),
            ),
            (Ty::List(item), other) if other.fits(item) => {
                Some("ask whether the list holds it: write `value in list`".to_owned())
            }
            _ => None,
        }
    };
    one_way(left.0, right).or_else(|| one_way(right.0, left))
}

/// What is wrong with that comparison of that type, if anything.
pub(super) fn unordered(comparison: Comparison, ty: &Ty) -> Option<String> {
    (comparison.is_order() && !ty.is_ordered())
        .then(|| format!("{} has no order, so `{}` cannot compare it", ty.describe(), comparison.sign()))
}
