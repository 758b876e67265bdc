//! What a revision that is dated ahead will change.
//! Must not assess and must not make sentences.

use crate::model::{Amount, DateRange};
use std::sync::Arc;

/// A revision that is dated ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// The day from which it is in effect.
    pub date: DateRange,
    /// The end before it and with it, where it moves the end.
    pub end: Option<(Option<DateRange>, DateRange)>,
    /// The whole budget before it and with it, where it changes that.
    pub total: Option<(Option<Amount>, Amount)>,
    /// The rules that ask for an evaluation or event only with it: ids and titles.
    pub newly_owed: Vec<(Arc<str>, String)>,
    /// The rules that ask for one no longer.
    pub no_longer_owed: Vec<(Arc<str>, String)>,
    /// The evaluations, by row, whose day lies outside its window only with it.
    pub outside: Vec<u32>,
}
