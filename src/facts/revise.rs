//! Which dates and which budget are in effect on a day, after the revisions agreed by then.
//! Must not change the definition: the original stays readable.

use crate::model::{Amount, Date, DateRange, Definition, KeyId, Record, Table, key};

/// What the revisions up to a day put in the place of the original.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Revised {
    /// The end in effect, and the row of the revision that set it.
    pub end: Option<(DateRange, u32)>,
    /// The budget in effect, and the row of the revision that set it.
    pub total: Option<(Amount, u32)>,
}

/// The revisions dated on or before that day, the last one of each kind in effect.
pub(super) fn revised(definition: &Definition, as_of: Date) -> Revised {
    let mut dated: Vec<(DateRange, u32, &Record)> = definition
        .rows(Table::Revision)
        .iter()
        .zip(0..)
        .filter_map(|(record, row)| Some((record.date(key::revision::DATE)?, row, record)))
        .filter(|(date, ..)| date.from <= as_of)
        .collect();
    dated.sort_by_key(|(date, row, _)| (date.from, *row));
    let mut revised = Revised::default();
    for (date, row, record) in dated {
        let surely = date.to <= as_of;
        if let Some(end) = record.date(key::revision::END) {
            let before = revised.end.map(|(end, _)| end).or_else(|| original(definition, key::project::END));
            revised.end = Some((if surely { end } else { hull(before, end) }, row));
        }
        if let Some(total) = record.money(key::revision::TOTAL) {
            revised.total = Some((total, row));
        }
    }
    revised
}

fn original(definition: &Definition, key: KeyId) -> Option<DateRange> {
    definition.single(Table::Project).date(key)
}

/// Both ends, where it is not known which is in effect.
fn hull(before: Option<DateRange>, after: DateRange) -> DateRange {
    before.map_or(after, |before| DateRange { from: before.from.min(after.from), to: before.to.max(after.to) })
}
