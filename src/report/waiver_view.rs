//! The waivers of a definition, as every format shows them.
//! Must not judge a waiver.

use super::date_view::DateView;
use crate::assess::{Assessment, Waived, ledger};
use crate::model::Date;
use crate::source::Sources;
use serde::Serialize;

/// One waiver.
#[derive(Debug, Clone, Serialize)]
pub struct WaiverView {
    /// The rule, as the file names it.
    pub rule: String,
    /// On what ground, in a word, where the file says so.
    pub ground: Option<&'static str>,
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

/// How a waiver stands on a day, in words: until when, by whom and why.
pub(super) fn stands(waived: &Waived, as_of: Date) -> String {
    let stands = match waived.in_force {
        true => format!("waived until {}", waived.expires),
        false if waived.expires.to < as_of => format!("waiver ended after {}", waived.expires),
        false if waived.expires.from < as_of => format!("waiver may have ended, within {},", waived.expires),
        false => format!("waiver begins on {}", waived.granted),
    };
    format!("{stands} by {}: {}", waived.granted_by, waived.reason)
}

/// The waivers of one definition.
pub(super) fn waivers(assessment: &Assessment<'_>, sources: &Sources) -> Vec<WaiverView> {
    let line = |span: crate::source::Span| sources.position(assessment.definition.source, span.start).line;
    ledger(assessment)
        .into_iter()
        .map(|one| WaiverView {
            rule: one.rule,
            ground: one.ground,
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
