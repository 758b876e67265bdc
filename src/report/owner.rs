//! Who closes a finding, and by when, as every format shows it.
//! Must not compute a day, and must not know a role by name.

use super::date_view::DateView;
use super::headings::Headings;
use crate::assess::{Assessment, Finding};
use crate::model::{FieldPath, Table};
use crate::schedule::{Schedule, closing};
use serde::Serialize;

/// What stands in `owner_basis` where nobody is named.
const SUGGESTED: &str = "suggested";

/// Who closes a finding, and by when; nothing of it where there is nothing to close.
#[derive(Debug, Clone, Default, Serialize, schemars::JsonSchema)]
pub struct ClosingView {
    /// Who should close it.
    pub owner: Option<String>,
    /// The key that names the owner, or `suggested` where the file names nobody.
    pub owner_basis: Option<String>,
    /// The last day, inside; nothing where no day is known.
    pub close_by: Option<DateView>,
    /// `ahead`, `at-once`, `overdue` or `unknown`.
    pub close_state: Option<&'static str>,
    /// Why that day.
    pub close_because: Option<String>,
}

impl ClosingView {
    /// Of one finding, which stands under that heading.
    pub(super) fn of(
        finding: &Finding<'_>,
        (assessment, schedule): (&Assessment<'_>, &Schedule),
        under: (&Headings, usize),
    ) -> Self {
        let Some(closing) = closing(finding, schedule, assessment) else { return Self::default() };
        let pointed = finding.judgement.field;
        let evaluation = closing.row.map(|row| FieldPath::Row(Table::Evaluation, row));
        let (headings, heading) = under;
        let named = [Some(pointed), evaluation]
            .into_iter()
            .flatten()
            .find_map(|path| headings.named_owner(path, assessment.definition));
        let (owner, basis) =
            named.unwrap_or_else(|| (headings.suggested_owner(heading).to_owned(), SUGGESTED.to_owned()));
        Self {
            owner: Some(owner),
            owner_basis: Some(basis),
            close_by: closing.by.map(DateView::of),
            close_state: Some(closing.urgency.word()),
            close_because: Some(closing.because),
        }
    }
}

/// The field by which a finding is placed: the key that its rule asks of each element, where it points at a list as a whole.
pub(super) fn placed_by(finding: &Finding<'_>, assessment: &Assessment<'_>) -> String {
    let field = finding.judgement.field;
    let whole = match field {
        FieldPath::Table(table) | FieldPath::Row(table, _) => Some(table),
        FieldPath::Key(_) | FieldPath::Element(..) | FieldPath::Rate(_) => None,
    };
    match finding.rule.check.key_of_each().filter(|key| Some(key.table) == whole) {
        Some(key) => format!("{}.*.{}", key.table.spec().name, key.spec().name),
        None => assessment.definition.show(field),
    }
}
