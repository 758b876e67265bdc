//! Which dates and which budget are in effect on a day, after the revisions agreed by then.
//! Must not change the definition: the original stays readable.

use crate::model::{Amount, Date, DateRange, Definition, KeyId, Range, Record, Table, key};

/// What the revisions up to a day put in the place of the original.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Revised {
    /// The end in effect, and the row of the revision that set it.
    pub end: Option<(DateRange, u32)>,
    /// The budget in effect, and the row of the revision that set it.
    pub total: Option<(Amount, u32)>,
    /// Whether nothing can be said of the budget: it is not known which of two amounts is in effect, and they are of two currencies.
    pub total_in_doubt: bool,
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
            let before = revised
                .total
                .map(|(total, _)| total)
                .or_else(|| definition.single(Table::Budget).money(key::budget::TOTAL));
            let either = if surely { Some(total) } else { either(before, total) };
            revised.total = Some((either.unwrap_or(total), row));
            revised.total_in_doubt = either.is_none();
        }
    }
    revised
}

fn original(definition: &Definition, key: KeyId) -> Option<DateRange> {
    definition.single(Table::Project).date(key)
}

/// Both ends, where it is not known which is in effect.
fn hull(before: Option<DateRange>, after: DateRange) -> DateRange {
    before
        .map_or(after, |before| DateRange { from: before.from.min(after.from), to: before.to.max(after.to) })
}

/// Both amounts and all between, where it is not known which is in effect; nothing where they are of two currencies, or one is not
/// known.
fn either(before: Option<Amount>, after: Amount) -> Option<Amount> {
    let before = before.filter(|before| before.currency == after.currency)?;
    let range =
        Range { min: before.range.min.min(after.range.min), max: before.range.max.max(after.range.max) };
    Some(Amount { range, ..after })
}
