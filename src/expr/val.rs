//! Values in the middle of an evaluation: borrowed, three-valued, never turned into text.
//! Must not read facts or nodes.

use super::Fault;
use super::ast::Arithmetic;
use super::limits::MAX_LIST;
use super::trace::Outcome;
use crate::facts::{Fact, Length};
use crate::model::{Amount, DateRange, KeyId, Range, add_months};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A value in the middle of an evaluation.
#[derive(Debug, Clone)]
pub(super) enum Val<'a> {
    Unknown,
    Error(Fault),
    Null,
    Bool(bool),
    Int(i64),
    /// A number that is only known to lie between two; `i64::MAX` has no end.
    Count(i64, i64),
    Decimal(Decimal),
    Text(&'a str),
    Choice(u8, KeyId),
    Date(DateRange),
    Money(Range),
    Foreign(Amount),
    Length(Length),
    Months(u32),
    Days(u32),
    Texts(&'a [Arc<str>]),
    Choices(&'a [u8], KeyId),
    /// The elements, and how many values they hold, those of the lists among them too.
    List(Arc<[Val<'a>]>, u32),
}

/// A condition in the middle of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    False,
    Unknown,
    True,
    Error(Fault),
}

impl From<bool> for Truth {
    #[inline]
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Truth {
    /// The strong Kleene `and`; an error counts as little as it can, as in CEL.
    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, truth) | (truth, Self::True) => truth,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (error, _) => error,
        }
    }

    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, truth) | (truth, Self::False) => truth,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (error, _) => error,
        }
    }

    #[inline]
    pub(super) fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            other => other,
        }
    }

    #[inline]
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::False => Outcome::False,
            Self::Unknown => Outcome::Unknown,
            Self::True => Outcome::True,
            Self::Error(_) => Outcome::Error,
        }
    }

    pub(super) fn val<'a>(self) -> Val<'a> {
        match self {
            Self::False => Val::Bool(false),
            Self::True => Val::Bool(true),
            Self::Unknown => Val::Unknown,
            Self::Error(fault) => Val::Error(fault),
        }
    }
}

impl<'a> Val<'a> {
    #[inline]
    pub(super) fn of_fact(fact: Fact<'a>, key: KeyId) -> Self {
        match fact {
            Fact::Unknown => Self::Unknown,
            Fact::Bool(value) => Self::Bool(value),
            Fact::Int(value) => Self::Int(value),
            Fact::Decimal(value) => Self::Decimal(value),
            Fact::Text(value) => Self::Text(value),
            Fact::Choice(place) => Self::Choice(place, key),
            Fact::Date(date) => Self::Date(date),
            Fact::Money(range) => Self::Money(range),
            Fact::Foreign(amount) => Self::Foreign(amount),
            Fact::Duration(length) => Self::Length(length),
            Fact::Texts(texts) => Self::Texts(texts),
            Fact::Choices(places) => Self::Choices(places, key),
        }
    }

    pub(super) fn truth(&self) -> Truth {
        match self {
            Self::Bool(value) => Truth::from(*value),
            Self::Unknown => Truth::Unknown,
            Self::Error(fault) => Truth::Error(*fault),
            _ => Truth::Error(Fault::WrongType),
        }
    }

    /// A list of those elements; an error among them is the error of the list.
    pub(super) fn list(items: Vec<Self>) -> Self {
        let mut weight: u32 = 0;
        for item in &items {
            match item {
                Self::Error(fault) => return Self::Error(*fault),
                Self::List(_, inner) => weight = weight.saturating_add(*inner).saturating_add(1),
                _ => weight = weight.saturating_add(1),
            }
        }
        if weight > MAX_LIST { Self::Error(Fault::TooCostly) } else { Self::List(items.into(), weight) }
    }

    /// The number of elements; `None` for what is no list.
    pub(super) fn len(&self) -> Option<usize> {
        match self {
            Self::Texts(texts) => Some(texts.len()),
            Self::Choices(places, _) => Some(places.len()),
            Self::List(items, _) => Some(items.len()),
            _ => None,
        }
    }

    /// The element at a place.
    pub(super) fn item(&self, at: usize) -> Self {
        match self {
            Self::Texts(texts) => texts.get(at).map(|text| Self::Text(text)),
            Self::Choices(places, key) => places.get(at).map(|place| Self::Choice(*place, *key)),
            Self::List(items, _) => items.get(at).cloned(),
            _ => None,
        }
        .unwrap_or(Self::Error(Fault::NoSuchPlace))
    }

    /// The error that it is, if it is one.
    pub(super) fn fault(&self) -> Option<Fault> {
        match self {
            Self::Error(fault) => Some(*fault),
            _ => None,
        }
    }

    /// What stands in the way of using the value: nothing known, or an error.
    pub(super) fn obstacle(&self) -> Option<Self> {
        match self {
            Self::Unknown => Some(Self::Unknown),
            Self::Error(fault) => Some(Self::Error(*fault)),
            _ => None,
        }
    }
}

/// The two numbers between which a number lies.
pub(super) fn interval(val: &Val) -> Option<(i64, i64)> {
    match val {
        Val::Int(value) => Some((*value, *value)),
        Val::Count(least, most) => Some((*least, *most)),
        _ => None,
    }
}

/// The result of an operation on numbers; `+` joins lists.
pub(super) fn arithmetic<'a>(operation: Arithmetic, left: &Val<'a>, right: &Val<'a>) -> Val<'a> {
    if let Val::Error(fault) = left {
        return Val::Error(*fault);
    }
    if let Some(obstacle) = right.obstacle().or_else(|| left.obstacle()) {
        return obstacle;
    }
    match (left, right) {
        (Val::Int(left), Val::Int(right)) => match whole(operation, *left, *right) {
            Ok(value) => Val::Int(value),
            Err(fault) => Val::Error(fault),
        },
        (Val::Date(day), Val::Months(_) | Val::Days(_)) => {
            moved(operation, *day, right).map_or(Val::Error(Fault::Overflow), Val::Date)
        }
        _ => match (interval(left), interval(right), operation) {
            (Some(left), Some(right), Arithmetic::Add) => {
                Val::Count(left.0.saturating_add(right.0), left.1.saturating_add(right.1))
            }
            (Some(left), Some((value, most)), Arithmetic::Subtract) if value == most => {
                let end = if left.1 == i64::MAX { left.1 } else { left.1.saturating_sub(value) };
                Val::Count(left.0.saturating_sub(value), end)
            }
            (Some(_), Some(_), _) => Val::Unknown,
            _ => match (left.len(), right.len(), operation) {
                (Some(one), Some(other), Arithmetic::Add) => Val::list(
                    (0..one).map(|at| left.item(at)).chain((0..other).map(|at| right.item(at))).collect(),
                ),
                _ => Val::Error(Fault::WrongType),
            },
        },
    }
}

/// A date some months or days later or earlier; the last day of a shorter month where it has no such day.
fn moved(operation: Arithmetic, day: DateRange, by: &Val<'_>) -> Option<DateRange> {
    let sign = if operation == Arithmetic::Subtract { -1 } else { 1 };
    match by {
        Val::Months(months) => {
            let months = sign * i32::try_from(*months).ok()?;
            day.map(|day| add_months(day, months))
        }
        Val::Days(days) => {
            let days = chrono::TimeDelta::try_days(i64::from(sign) * i64::from(*days))?;
            day.map(|day| day.checked_add_signed(days))
        }
        _ => None,
    }
}

fn whole(operation: Arithmetic, left: i64, right: i64) -> Result<i64, Fault> {
    let divides = matches!(operation, Arithmetic::Divide | Arithmetic::Remainder);
    if divides && right == 0 {
        return Err(Fault::DivisionByZero);
    }
    let value = match operation {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide => left.checked_div(right),
        Arithmetic::Remainder => left.checked_rem(right),
    };
    value.ok_or(Fault::Overflow)
}
