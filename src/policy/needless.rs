//! Keys of packs and rules that say nothing where they stand: who wrote one meant something by it, and learns that it
//! is not heard.
//! Must not read values.

use super::raw::{RawBand, RawDue, RawEach, RawEvaluation, RawPack, RawRequirement, RawRule, RawShare};
use super::values::Reader;
use crate::model::Table;
use crate::toml::Spanned;

impl Reader<'_> {
    fn needless<T>(&mut self, key: &str, value: Option<&Spanned<T>>, why: &str) {
        if let Some(value) = value {
            let _: Option<()> =
                self.error(value.span(), format!("`{key}` has no meaning {why}"), "take it out");
        }
    }

    /// Keys of `pack.toml`.
    pub(super) fn needless_in_pack(&mut self, raw: &RawPack) {
        if raw.from.is_none() {
            self.needless("until", raw.until.as_ref(), "without `from`");
            self.needless("precision", raw.precision.as_ref(), "without `from`");
            self.needless("before-from", raw.before_from.as_ref(), "without `from`");
        }
        if raw.extends.is_none() {
            self.needless("inherited-status", raw.inherited_status.as_ref(), "without `extends`");
            self.needless("[[inherited]]", raw.inherited.first().map(|one| &one.rule), "without `extends`");
        }
        if matches!(raw.selection.get_ref().as_str(), "by-date" | "by-name") {
            self.needless("joins", raw.joins.as_ref(), "where `selection` is not `joins`");
            self.needless("before-from", raw.before_from.as_ref(), "where `selection` is not `joins`");
        }
    }

    /// Keys of a rule, outside and inside its form.
    pub(super) fn needless_in_rule(&mut self, raw: &RawRule) {
        if raw.band.is_empty() {
            self.needless("axis", raw.axis.as_ref(), "without [[band]]");
            self.needless("partition", raw.partition.as_ref(), "without [[band]]");
            self.needless("[[duty]]", raw.duty.first().map(|duty| &duty.id), "without [[band]]");
        }
        if let Some(requires) = &raw.requires {
            self.needless("duty", requires.get_ref().duty.as_ref(), "outside a band: the rule is the duty");
            self.needless_in_requirement(requires.get_ref());
        }
        let of_bands = raw.band.iter().flat_map(|RawBand { requires, .. }| requires);
        of_bands.for_each(|requires| self.needless_in_requirement(requires.get_ref()));
        raw.share.iter().for_each(|share| self.needless_in_share(share.get_ref()));
        if let Some(RawEach { name: Some(name), condition, part, only, .. }) =
            raw.each.as_ref().map(Spanned::get_ref)
        {
            let said = |text: &Spanned<String>| text.get_ref().contains(name.get_ref());
            let mut conditions = condition.iter().chain(only).chain(part.iter().map(|part| &part.condition));
            if !conditions.any(said) {
                self.needless("as", Some(name), "where no condition says it");
            }
        }
    }

    fn needless_in_requirement(&mut self, raw: &RawRequirement) {
        let every = raw.due.as_ref().is_some_and(|due| due.get_ref().every.is_some());
        match &raw.evaluation {
            Some(evaluation) => {
                self.needless(
                    "recorded-as",
                    raw.recorded_as.as_ref(),
                    "for an evaluation: it is recorded as [[evaluation]]",
                );
                self.needless_in_evaluation(evaluation.get_ref());
                if every {
                    self.needless("count", raw.count.as_ref(), "beside `every`: one is due each time");
                }
            }
            None if raw.recorded_as.is_none() => {
                self.needless(
                    "count",
                    raw.count.as_ref(),
                    "for an event without `recorded-as`: nothing counts it",
                );
            }
            None => {}
        }
        if let Some(due) = &raw.due {
            self.needless_in_due(due.get_ref());
        }
    }

    fn needless_in_evaluation(&mut self, raw: &RawEvaluation) {
        if raw.timing.is_some() {
            self.needless("any-of", raw.any_of.first(), "beside `timing`: it is one or the other");
        }
        if raw.any_of.is_empty() {
            self.needless("assigned-to", raw.assigned_to.as_ref(), "without `any-of`");
        }
    }

    fn needless_in_due(&mut self, raw: &RawDue) {
        if raw.every.is_none() {
            self.needless("month", raw.month.as_ref(), "without `every`");
            self.needless("yields-to-final-within", raw.yields_to_final_within.as_ref(), "without `every`");
        } else {
            self.needless("target", raw.target.as_ref(), "beside `every`: each time is aimed at its own day");
        }
        if raw.earliest.is_none() || raw.share.is_some() || raw.every.is_some() {
            self.needless(
                "not-before-share",
                raw.not_before_share.as_ref(),
                "without `from` and `earliest` in months, of which it is the later",
            );
        }
        if raw.share.is_some() {
            self.needless("target", raw.target.as_ref(), "beside `share`, which says what is aimed at");
        }
    }

    fn needless_in_share(&mut self, raw: &RawShare) {
        let is_list = |text: &Spanned<String>| {
            text.get_ref()
                .split_once('.')
                .and_then(|(table, _)| Table::named(table))
                .is_some_and(|table| table.plural().is_some())
        };
        if !is_list(&raw.part) {
            self.needless(
                "part-only",
                raw.part_only.as_ref(),
                "where `part` is one amount, not a key of a list",
            );
        }
        if !is_list(&raw.of) {
            self.needless("of-only", raw.of_only.as_ref(), "where `of` is one amount, not a key of a list");
        }
        if raw.part_only.is_none() && raw.of_only.is_none() {
            self.needless("as", raw.name.as_ref(), "without `part-only` or `of-only`");
        }
    }
}
