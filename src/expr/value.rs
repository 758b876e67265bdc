//! The result of an expression, owned, and its JSON.
//! Must not evaluate.

use super::types::words_of;
use super::val::Val;
use crate::facts::Length;
use crate::model::{Amount, DateRange, Months, Range, add_months};
use rust_decimal::Decimal;
use std::fmt;

/// Why an expression has no value, whatever the missing facts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A number left the range of whole numbers.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// A list has no element at that place.
    NoSuchPlace,
    /// An element of a mixed list has a type that cannot stand there.
    WrongType,
    /// The evaluation was given up because it takes too long.
    TooCostly,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overflow => "a number is too large",
            Self::DivisionByZero => "a division by zero",
            Self::NoSuchPlace => "a list has no element at that place",
            Self::WrongType => "an element of a mixed list has a type that cannot stand there",
            Self::TooCostly => "the evaluation takes too long",
        })
    }
}

/// What an expression is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// It hangs on facts that are missing.
    Unknown,
    /// It has no value, whatever the missing facts are.
    Error(Fault),
    /// `null`.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number of elements, of which some may be missing.
    Count {
        /// The least it may be.
        at_least: i64,
        /// The most it may be, where there is an end.
        at_most: Option<i64>,
    },
    /// A decimal number.
    Decimal(Decimal),
    /// Text, or a word of a closed list.
    Text(String),
    /// A date, perhaps in part.
    Date(DateRange),
    /// US dollars, perhaps as a range.
    Money(Range),
    /// Money in another currency, perhaps as a range, of which no rate is known.
    Foreign(Amount),
    /// The length of the project.
    Duration(Length),
    /// Whole calendar months.
    Months(Months),
    /// Several values.
    List(Vec<Value>),
}

impl Value {
    pub(super) fn of(val: &Val) -> Self {
        if let Some(len) = val.len() {
            return Self::List((0..len).map(|at| Self::of(&val.item(at))).collect());
        }
        match val {
            Val::Error(fault) => Self::Error(*fault),
            Val::Null => Self::Null,
            Val::Bool(value) => Self::Bool(*value),
            Val::Int(value) => Self::Int(*value),
            Val::Count(least, most) if least == most => Self::Int(*least),
            Val::Count(least, most) => {
                Self::Count { at_least: *least, at_most: (*most < i64::MAX).then_some(*most) }
            }
            Val::Decimal(value) => Self::Decimal(*value),
            Val::Text(text) => Self::Text((*text).to_owned()),
            Val::Choice(place, key) => {
                Self::Text(words_of(*key).get(usize::from(*place)).copied().unwrap_or_default().to_owned())
            }
            Val::Date(date) => Self::Date(*date),
            Val::Money(range) => Self::Money(*range),
            Val::Foreign(amount) => Self::Foreign(*amount),
            Val::Length(length) => Self::Duration(*length),
            Val::Months(months) => Self::Months(Months(*months)),
            Val::Days(days) => Self::Int(i64::from(*days)),
            Val::Unknown | Val::Texts(_) | Val::Choices(..) | Val::List(..) => Self::Unknown,
        }
    }

    /// The value as JSON: nothing known is null, and so is an error, which must be asked for before.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Self::Unknown | Self::Error(_) | Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Int(value) => (*value).into(),
            Self::Count { at_least, at_most } => {
                serde_json::json!({ "at_least": at_least, "at_most": at_most })
            }
            Self::Text(text) => Json::String(text.clone()),
            Self::List(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            Self::Date(date) if date.exact().is_none() => {
                serde_json::json!({ "from": date.from.to_string(), "to": date.to.to_string() })
            }
            Self::Decimal(_)
            | Self::Date(_)
            | Self::Money(_)
            | Self::Foreign(_)
            | Self::Duration(_)
            | Self::Months(_) => Json::String(self.to_string()),
        }
    }
}

/// Shows a value as people would type it: `USD 1000000`, `2014-06`, `18 months`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown"),
            Self::Error(fault) => write!(f, "error: {fault}"),
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Count { at_least, at_most: Some(most) } => write!(f, "{at_least} to {most}"),
            Self::Count { at_least, at_most: None } => write!(f, "at least {at_least}"),
            Self::Decimal(value) => write!(f, "{value}"),
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => write!(f, "{date}"),
            Self::Money(range) => match range.exact() {
                Some(amount) => write!(f, "USD {amount}"),
                None => write!(f, "USD {}..{}", range.min, range.max),
            },
            Self::Foreign(amount) => write!(f, "{amount}"),
            Self::Duration(length) => f.write_str(&show_length(*length)),
            Self::Months(months) => write!(f, "{months}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (place, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if place > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
        }
    }
}

/// A length in words: `24 months`, `24 months and 3 days`, `12 to 36 months`.
pub(super) fn show_length(length: Length) -> String {
    let (least, most) = length.whole_months();
    let Length::Dates { start, after_end } = length else {
        return Months(least).to_string();
    };
    let (Some(start), Some(after_end)) = (start.exact(), after_end.exact()) else {
        return if least == most {
            format!("about {}", Months(least))
        } else {
            format!("{least} to {} months", most.saturating_add(1))
        };
    };
    let whole = i32::try_from(least).ok().and_then(|months| add_months(start, months)).unwrap_or(after_end);
    match (after_end - whole).num_days() {
        0 => Months(least).to_string(),
        1 => format!("{} and 1 day", Months(least)),
        days => format!("{} and {days} days", Months(least)),
    }
}
