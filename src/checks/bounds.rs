//! A band of an axis: under, min, max, over.
//! Must not know which rule it belongs to.

use crate::expr::Tri;
use crate::facts::{Fact, Facts, Orders, Word};
use crate::model::{Date, Months, Range};
use rust_decimal::Decimal;

/// A value that an axis is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Calendar months, for the length.
    Months(Months),
    /// US dollars.
    Money(Decimal),
    /// A day.
    Date(Date),
}

/// The part of an axis that a band covers. No bound on a side: it runs on without end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The lower bound and whether it is inside (`min`) or not (`over`).
    pub lower: Option<(Limit, bool)>,
    /// The upper bound and whether it is inside (`max`) or not (`under`).
    pub upper: Option<(Limit, bool)>,
}

impl Bounds {
    /// Whether the value of the axis lies inside.
    #[must_use]
    pub fn holds(&self, axis: Word, facts: &Facts<'_>) -> Tri {
        let fact = facts.fact(axis);
        let above = self.lower.map_or(Tri::True, |(limit, inside)| {
            let orders = compare(fact, limit);
            decide(orders.greater || (inside && orders.equal), orders.less || (!inside && orders.equal))
        });
        let below = self.upper.map_or(Tri::True, |(limit, inside)| {
            let orders = compare(fact, limit);
            decide(orders.less || (inside && orders.equal), orders.greater || (!inside && orders.equal))
        });
        above.and(below)
    }

    /// Whether the value of the axis is known to lie on a bound.
    #[must_use]
    pub fn touches(&self, axis: Word, facts: &Facts<'_>) -> bool {
        let fact = facts.fact(axis);
        [self.lower, self.upper]
            .into_iter()
            .flatten()
            .any(|(limit, _)| compare(fact, limit) == Orders { less: false, equal: true, greater: false })
    }
}

fn decide(possible: bool, impossible: bool) -> Tri {
    match (possible, impossible) {
        (true, false) => Tri::True,
        (false, true) => Tri::False,
        _ => Tri::Unknown,
    }
}

fn compare(fact: Fact<'_>, limit: Limit) -> Orders {
    match (fact, limit) {
        (Fact::Duration(length), Limit::Months(months)) => length.compare(months),
        (Fact::Money(range), Limit::Money(usd)) => Orders::of((&range.min, &range.max), (&usd, &usd)),
        (Fact::Foreign(amount), Limit::Money(usd)) => Orders::by_sign(amount.range, Range::exactly(usd)),
        (Fact::Date(range), Limit::Date(day)) => Orders::of((&range.from, &range.to), (&day, &day)),
        _ => Orders::ANY,
    }
}
