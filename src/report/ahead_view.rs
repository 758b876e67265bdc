//! A revision that is dated ahead, as data for machines.
//! Must not make sentences.

use super::date_view::DateView;
use super::facts_view::{AmountView, amount};
use crate::checks::Ahead;
use crate::model::{Definition, FieldPath, Table};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// A revision that is dated ahead, and what it will change.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AheadView {
    /// The day from which it is in effect.
    pub date: DateView,
    /// The last day of the project with it, where it moves that.
    pub end: Option<DateView>,
    /// The whole budget with it, where it changes that.
    pub total: Option<AmountView>,
    /// The rules that ask for an evaluation or event only with it.
    pub newly_owed: Vec<String>,
    /// The rules that ask for one no longer.
    pub no_longer_owed: Vec<String>,
    /// The evaluations whose day lies outside its window only with it.
    pub outside: Vec<String>,
}

impl AheadView {
    pub(super) fn of(one: &Ahead, definition: &Definition) -> Self {
        let ids = |rules: &[(Arc<str>, String)]| rules.iter().map(|(id, _)| id.to_string()).collect();
        let outside = one.outside.iter().map(|row| FieldPath::Row(Table::Evaluation, *row));
        Self {
            date: DateView::of(one.date),
            end: one.end.map(|(_, then)| DateView::of(then)),
            total: one.total.map(|(_, then)| amount(then)),
            newly_owed: ids(&one.newly_owed),
            no_longer_owed: ids(&one.no_longer_owed),
            outside: outside.map(|path| definition.show(path)).collect(),
        }
    }
}
