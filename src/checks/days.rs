//! The form `days`: how the day of an evaluation stands to the window of the duty that asks for it.
//! Must not know which evaluations there are, and must not plan any.

use super::due::share_of_life;
use super::{Due, Window};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{DateRange, add_months};
use rust_decimal::Decimal;

/// Evaluations lie within their windows; some lie so far outside that it is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// The days that are errors.
    pub grave: Vec<Grave>,
}

/// Days of some evaluations that are errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grave {
    /// The timings of the evaluations, as places in [`crate::model::TIMINGS`].
    pub timings: Vec<u8>,
    /// Which days.
    pub far: Far,
}

/// A part of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Far {
    /// Before this share of the project's life, from 0 to 1.
    BeforeShare(Decimal),
    /// More than this many calendar months after the end of the project.
    AfterEnd(i32),
}

/// Where a day stands to a window. A day or a window known in part leaves it open where their days differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Within it, whichever days are meant.
    Inside,
    /// Before the first day.
    Early,
    /// After the last day.
    Late,
    /// Not known.
    Open,
}

impl Days {
    /// The part of time in which the day of an evaluation of that timing is an error, where it lies in one for certain.
    #[must_use]
    pub fn grave(&self, timing: u8, day: DateRange, facts: &Facts<'_>) -> Option<Far> {
        let grave = self
            .grave
            .iter()
            .find(|grave| grave.timings.contains(&timing) && grave.far.holds(day, facts) == Tri::True);
        grave.map(|grave| grave.far)
    }
}

impl Far {
    /// Whether a day lies in that part of time; unknown where the dates of the project are.
    #[must_use]
    pub fn holds(self, day: DateRange, facts: &Facts<'_>) -> Tri {
        match self {
            Self::BeforeShare(share) => {
                share_of_life(facts, share).map_or(Tri::Unknown, |limit| before(day, limit))
            }
            Self::AfterEnd(months) => {
                let limit = facts.end().and_then(|end| end.map(|end| add_months(end, months)));
                limit.map_or(Tri::Unknown, |limit| before(limit, day))
            }
        }
    }
}

impl Window {
    /// Where a day stands to the window. An end that is not known leaves it open, unless the other end is passed.
    #[must_use]
    pub fn place(&self, day: DateRange) -> Place {
        let early = self.earliest.map_or(Tri::Unknown, |earliest| before(day, earliest));
        let late = self.latest.map_or(Tri::Unknown, |latest| before(latest, day));
        match (early, late) {
            (Tri::True, _) => Place::Early,
            (_, Tri::True) => Place::Late,
            (Tri::False, Tri::False) => Place::Inside,
            _ => Place::Open,
        }
    }
}

/// Whether one day lies before another.
fn before(one: DateRange, two: DateRange) -> Tri {
    if one.to < two.from {
        Tri::True
    } else if one.from >= two.to {
        Tri::False
    } else {
        Tri::Unknown
    }
}

/// The window of a duty by what the file says, whatever day brought the duty about: an evaluation that was there before a revision
/// asked for it is not too early for that.
#[must_use]
pub fn window_of(due: Option<&Due>, facts: &Facts<'_>) -> Option<Window> {
    match due {
        None | Some(Due::Every { .. }) => None,
        Some(due) => Some(due.window(facts)),
    }
}
