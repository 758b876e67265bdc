//! What is known of a definition as a whole, for programs that sort and add: when it runs, how much money, whose, where.
//! Must not judge it.

use super::date_view::DateView;
use crate::facts::Facts;
use crate::model::{Amount, Date, Definition, KeyId, Range, Table, Value, key};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// What a file defines that does not say so.
const PROJECT: &str = "project";

/// A definition in short, as it is in effect on the day of the run.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct FactsView {
    /// What the file defines: `project`, `agreement`, and so on.
    pub kind: String,
    /// Where the project stands: `draft`, `active`, and so on.
    pub status: Option<String>,
    /// The first day, given or by the end and the duration.
    pub start: Option<DateView>,
    /// The last day, inclusive, given or by the start and the duration.
    pub end: Option<DateView>,
    /// The length in whole months; the least and the most that it may be.
    pub months: Option<MonthsView>,
    /// The whole budget, in the currency of the file.
    pub budget: Option<AmountView>,
    /// The whole budget in US dollars, where it is known in them.
    pub budget_usd: Option<RangeView>,
    /// Who pays, in the order of the file.
    pub donors: Vec<String>,
    /// The countries it works in, as ISO 3166-1 calls them (two letters).
    pub countries: Vec<String>,
    /// The regions it works in.
    pub regions: Vec<String>,
    /// Its themes.
    pub themes: Vec<String>,
    /// The strategic objective that it serves.
    pub objective: Option<String>,
    /// The office that implements it.
    pub office: Option<String>,
    /// The country of that office.
    pub office_country: Option<String>,
}

/// Whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthsView {
    /// The least that they may be.
    pub min: u32,
    /// The most that they may be.
    pub max: u32,
}

/// Money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AmountView {
    /// The currency, as ISO 4217 calls it.
    pub currency: String,
    /// The least that it may be.
    pub min: Number,
    /// The most that it may be.
    pub max: Number,
}

/// A number, exact or between two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RangeView {
    /// The least that it may be.
    pub min: Number,
    /// The most that it may be.
    pub max: Number,
}

/// A decimal number as JSON has it: whole where it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
pub struct Number(#[schemars(with = "f64")] pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0.is_integer(), self.0.to_i64(), self.0.to_f64()) {
            (true, Some(whole), _) => serializer.serialize_i64(whole),
            (_, _, Some(number)) => serializer.serialize_f64(number),
            _ => serializer.serialize_none(),
        }
    }
}

impl FactsView {
    pub(super) fn of(definition: &Definition, as_of: Date) -> Self {
        let facts = Facts::new(definition, as_of);
        let project = definition.single(Table::Project);
        let office = definition.single(Table::Office);
        let donors = definition.rows(Table::Donor).iter();
        Self {
            kind: project.choice(key::project::KIND).unwrap_or(PROJECT).to_owned(),
            status: word(project.get(key::project::STATUS), key::project::STATUS),
            start: facts.start().map(DateView::of),
            end: facts.end().map(DateView::of),
            months: facts.length().map(|length| {
                let (min, max) = length.whole_months();
                MonthsView { min, max }
            }),
            budget: facts.total().map(amount),
            budget_usd: facts.total_usd().map(range),
            donors: donors.filter_map(|donor| donor.text(key::donor::NAME)).map(str::to_owned).collect(),
            countries: texts(project.get(key::project::COUNTRIES)),
            regions: texts(project.get(key::project::REGIONS)),
            themes: texts(project.get(key::project::THEMES)),
            objective: word(project.get(key::project::OBJECTIVE), key::project::OBJECTIVE),
            office: office.text(key::office::NAME).map(str::to_owned),
            office_country: office.text(key::office::COUNTRY).map(str::to_owned),
        }
    }
}

pub(super) fn amount(amount: Amount) -> AmountView {
    let RangeView { min, max } = range(&amount.range);
    AmountView { currency: amount.currency.to_string(), min, max }
}

fn range(range: &Range) -> RangeView {
    RangeView { min: Number(range.min), max: Number(range.max) }
}

fn word(value: Option<&Value>, key: KeyId) -> Option<String> {
    value.map(|value| super::known::words(value, key.spec().kind))
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Texts(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use rust_decimal::Decimal;

    #[test]
    fn numbers_are_whole_where_they_can_be() {
        let drawn = |number| serde_json::to_string(&Number(number)).expect("a number is JSON");
        assert_eq!(drawn(Decimal::new(35_000_000, 2)), "350000");
        assert_eq!(drawn(Decimal::new(35_000_001, 2)), "350000.01");
        assert_eq!(drawn(Decimal::MAX), "7.922816251426434e+28");
    }
}
