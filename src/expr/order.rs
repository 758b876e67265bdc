//! How values stand to each other.
//! Must not read nodes, or facts by word.

use super::Fault;
use super::ast::Comparison;
use super::node::Constant;
use super::val::{Truth, Val, interval};
use crate::facts::{Fact, Length, Orders};
use crate::model::{Months, Range};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Compares two values.
#[inline]
pub(super) fn compare(comparison: Comparison, left: &Val, right: &Val) -> Truth {
    if let Some(orders) = orders(left, right) {
        return decide(comparison, orders);
    }
    match (left, right) {
        (Val::Error(fault), _) | (_, Val::Error(fault)) => Truth::Error(*fault),
        (Val::Unknown, _) | (_, Val::Unknown) => Truth::Unknown,
        _ if comparison.is_order() => Truth::Error(Fault::WrongType),
        _ if comparison == Comparison::Equal => same(left, right),
        _ => same(left, right).not(),
    }
}

/// The truth of a comparison, given how the sides may stand to each other.
#[inline]
pub(super) fn decide(comparison: Comparison, orders: Orders) -> Truth {
    let mask = |less: bool, equal: bool, greater: bool| {
        u8::from(less) | u8::from(equal) << 1 | u8::from(greater) << 2
    };
    let possible = mask(orders.less, orders.equal, orders.greater);
    let wanted = match comparison {
        Comparison::Less => mask(true, false, false),
        Comparison::AtMost => mask(true, true, false),
        Comparison::Greater => mask(false, false, true),
        Comparison::AtLeast => mask(false, true, true),
        Comparison::Equal => mask(false, true, false),
        Comparison::NotEqual => mask(true, false, true),
    };
    if possible & !wanted == 0 {
        Truth::True
    } else if possible & wanted == 0 {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// How a value between two others, both inside, stands to a third.
#[inline]
pub(super) fn between<T: Ord>(least: &T, most: &T, other: &T) -> Orders {
    ranged(least.cmp(other), || most.cmp(other))
}

/// The same for amounts.
#[inline]
pub(super) fn amounts(range: &Range, other: &Decimal) -> Orders {
    // Most amounts and thresholds are whole dollars, which compare faster as integers.
    let order = |one: &Decimal| match one.scale() == other.scale() {
        true => one.mantissa().cmp(&other.mantissa()),
        false => one.cmp(other),
    };
    ranged(order(&range.min), || order(&range.max))
}

#[inline]
fn ranged(low: Ordering, high: impl FnOnce() -> Ordering) -> Orders {
    let high = if low.is_gt() { low } else { high() };
    Orders { less: low.is_lt(), equal: low.is_le() && high.is_ge(), greater: high.is_gt() }
}

/// Holds a fact against a constant.
#[inline(never)]
pub(super) fn hold(comparison: Comparison, fact: &Fact, constant: &Constant) -> Truth {
    let orders = match (fact, constant) {
        (Fact::Unknown, _) => return Truth::Unknown,
        (Fact::Choice(place), Constant::Choice(other, _)) => between(place, place, other),
        (Fact::Money(range), Constant::Money(amount)) => amounts(range, amount),
        (Fact::Foreign(held), Constant::Money(amount)) => {
            Orders::by_sign(held.range, Range::exactly(*amount))
        }
        (Fact::Duration(length), Constant::Months(months)) => length.compare(Months(*months)),
        (Fact::Date(date), Constant::Date(day)) => between(&date.from, &date.to, day),
        (Fact::Bool(value), Constant::Bool(other)) => between(value, value, other),
        (Fact::Int(value), Constant::Int(other)) => between(value, value, other),
        (Fact::Text(text), Constant::Text(other)) => between(text, text, &&**other),
        (Fact::Decimal(value), Constant::Decimal(other)) => between(value, value, other),
        // The type check lets no others through: lists equal no single constant.
        _ => return Truth::from(comparison == Comparison::NotEqual),
    };
    decide(comparison, orders)
}

/// How two values of one type stand to each other; `None` where they have no order.
#[inline]
fn orders(left: &Val, right: &Val) -> Option<Orders> {
    let exactly = |order: std::cmp::Ordering| Orders {
        less: order.is_lt(),
        equal: order.is_eq(),
        greater: order.is_gt(),
    };
    Some(match (left, right) {
        (Val::Foreign(left), Val::Foreign(right)) if left.currency == right.currency => {
            Orders::of((&left.range.min, &left.range.max), (&right.range.min, &right.range.max))
        }
        (Val::Foreign(left), Val::Foreign(right)) => Orders::by_sign(left.range, right.range),
        (Val::Foreign(left), Val::Money(right)) => Orders::by_sign(left.range, *right),
        (Val::Money(left), Val::Foreign(right)) => Orders::by_sign(*left, right.range),
        (Val::Money(left), Val::Money(right)) => Orders::of((&left.min, &left.max), (&right.min, &right.max)),
        (Val::Choice(left, _), Val::Choice(right, _)) => exactly(left.cmp(right)),
        (Val::Length(length), Val::Months(months)) => length.compare(Months(*months)),
        (Val::Date(left), Val::Date(right)) => Orders::of((&left.from, &left.to), (&right.from, &right.to)),
        (Val::Int(left), Val::Int(right)) => exactly(left.cmp(right)),
        (Val::Count(..), Val::Int(_) | Val::Count(..)) | (Val::Int(_), Val::Count(..)) => {
            let ((least, most), (other_least, other_most)) = (interval(left)?, interval(right)?);
            Orders::of((&least, &most), (&other_least, &other_most))
        }
        (Val::Text(left), Val::Text(right)) => exactly(left.cmp(right)),
        (Val::Bool(left), Val::Bool(right)) => exactly(left.cmp(right)),
        (Val::Decimal(left), Val::Decimal(right)) => exactly(left.cmp(right)),
        (Val::Months(left), Val::Months(right)) => exactly(left.cmp(right)),
        (Val::Months(months), Val::Length(length)) => {
            let Orders { less, equal, greater } = length.compare(Months(*months));
            Orders { less: greater, equal, greater: less }
        }
        (Val::Length(Length::Months(left)), Val::Length(Length::Months(right))) => exactly(left.cmp(right)),
        (Val::Length(_), Val::Length(_)) => Orders::ANY,
        _ => return None,
    })
}

/// Whether two values without an order are the same: lists, nothing, values of different types.
fn same(left: &Val, right: &Val) -> Truth {
    match (left.len(), right.len()) {
        (Some(one), Some(other)) if one == other => {
            let pairs = (0..one).map(|at| compare(Comparison::Equal, &left.item(at), &right.item(at)));
            pairs.fold(Truth::True, Truth::and)
        }
        (None, None) => Truth::from(matches!((left, right), (Val::Null, Val::Null))),
        _ => Truth::False,
    }
}

/// Whether a list holds a value.
pub(super) fn holds(list: &Val, value: &Val) -> Truth {
    let Some(len) = list.len() else {
        return Truth::Error(Fault::WrongType);
    };
    (0..len).map(|at| compare(Comparison::Equal, value, &list.item(at))).fold(Truth::False, Truth::or)
}
