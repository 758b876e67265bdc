//! Bands of an axis in words.

use super::values::limit;
use crate::checks::{Bounds, Limit};

/// The bounds in words: `18 to 30 months inclusive`, `over US$ 350,000`.
#[must_use]
pub fn bounds(bounds: &Bounds) -> String {
    match (bounds.lower, bounds.upper) {
        (None, None) => "any".to_owned(),
        (Some((low, true)), None) => format!("{} or more", limit(low)),
        (Some((low, false)), None) => format!("over {}", limit(low)),
        (None, Some((high, true))) => format!("not over {}", limit(high)),
        (None, Some((high, false))) => format!("under {}", limit(high)),
        (Some((Limit::Months(low), true)), Some((high, true))) => {
            format!("{} to {} inclusive", low.0, limit(high))
        }
        (Some((low, true)), Some((high, true))) => format!("{} to {} inclusive", limit(low), limit(high)),
        (Some((low, from)), Some((high, to))) => {
            let (from, to) = (if from { "from" } else { "over" }, if to { "not over" } else { "under" });
            format!("{from} {} and {to} {}", limit(low), limit(high))
        }
    }
}
