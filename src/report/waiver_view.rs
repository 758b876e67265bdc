//! The waivers of a definition, as every format shows them.
//! Must not judge a waiver.

use super::date_view::DateView;
use crate::assess::{Assessment, ledger};
use crate::source::Sources;
use serde::Serialize;

/// One waiver.
#[derive(Debug, Clone, Serialize)]
pub struct WaiverView {
    /// The rule, as the file names it.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: String,
    /// By which authority.
    pub authority: String,
    /// The day it was granted.
    pub granted: Option<DateView>,
    /// The last day it covers.
    pub expires: Option<DateView>,
    /// The days that are left; below zero where it lapsed.
    pub days_left: Option<i64>,
    /// `in-force`, `lapsed`, `renewed`, `unused`, `not-yet` or `not-applied`.
    pub state: &'static str,
    /// The line, from 1.
    pub line: usize,
}

/// The waivers of one definition.
pub(super) fn waivers(assessment: &Assessment<'_>, sources: &Sources) -> Vec<WaiverView> {
    let line = |span: crate::source::Span| sources.position(assessment.definition.source, span.start).line;
    ledger(assessment)
        .into_iter()
        .map(|one| WaiverView {
            rule: one.rule,
            reason: one.reason,
            granted_by: one.granted_by,
            authority: one.authority,
            granted: one.granted.map(DateView::of),
            expires: one.expires.map(DateView::of),
            days_left: one.days_left,
            state: one.standing.word(),
            line: one.span.map_or(1, line),
        })
        .collect()
}
