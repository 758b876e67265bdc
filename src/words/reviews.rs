//! Recurring duties in words: the times at which one falls due, and which evaluations stand for them.

use super::values::list;
use crate::checks::{Review, Reviews};
use crate::model::TIMINGS;

/// The times of a recurring duty, which evaluations stand for them, and which one gives way.
pub(super) fn all_reviews(reviews: &Reviews) -> String {
    if reviews.unbounded {
        return "cannot tell how many are owed: some dates are not known".to_owned();
    }
    let timing = TIMINGS[usize::from(reviews.timing)];
    let at = |review: &Review| {
        review
            .day
            .map_or_else(|| "on a day that the missing dates decide".to_owned(), |day| format!("about {day}"))
    };
    let show = |review: &Review| {
        let listed = if review.listed { "listed" } else { "not listed" };
        format!("{timing}-{} {} ({listed})", review.number, at(review))
    };
    let all = |reviews: &[Review]| list(&reviews.iter().map(show).collect::<Vec<_>>(), "and");
    let mut parts = Vec::new();
    if !reviews.sure.is_empty() && reviews.sure.iter().all(|review| !review.is_bounded) {
        let unmet = reviews.sure.iter().filter(|review| !review.listed).count();
        parts.push(format!(
            "owed: {}, on days that the missing dates decide ({unmet} not listed)",
            reviews.sure.len()
        ));
    } else if !reviews.sure.is_empty() {
        parts.push(format!("owed: {}", all(&reviews.sure)));
    }
    if !reviews.possible.is_empty() {
        parts.push(format!("perhaps owed: {}", all(&reviews.possible)));
    }
    if reviews.sure.is_empty() && reviews.possible.is_empty() {
        parts.push("none falls inside the project".to_owned());
    }
    if let Some(review) = &reviews.yielded {
        parts.push(format!("{timing}-{} {} gives way to the final evaluation", review.number, at(review)));
    }
    parts.join("; ")
}
