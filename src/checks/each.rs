//! The form `each`: a condition for every element of a table, pointing at the element that fails.
//! Must not know any one rule.

use super::{Asked, Judgement, Missing, Reads, Reason};
use crate::expr::{Expr, Needs, Trace, Tri};
use crate::facts::Facts;
use crate::model::{FieldPath, KeyId, Table};

/// A condition over every element of a table.
#[derive(Debug, Clone)]
pub struct Each {
    /// The table.
    pub table: Table,
    /// The elements it is about; all where absent.
    pub only: Option<Expr>,
    /// What must hold for each.
    pub condition: Expr,
    /// The same in words, where the rule gives them.
    pub asked: Option<Asked>,
    /// The key of the element to point at; its header where absent.
    pub field: Option<KeyId>,
}

impl Each {
    /// How the elements of a definition stand to the condition.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        let mut judgement = Judgement::new(Tri::False, Tri::True, FieldPath::Table(self.table));
        let mut trace = Trace::none();
        let (mut open, mut needs) = (Vec::new(), Needs::default());
        for row in 0..facts.count(self.table) {
            let bound = Some((self.table, row));
            let meant = self.only.as_ref().map_or(Tri::True, |only| only.condition(facts, bound, &mut trace));
            let holds = self.condition.condition(facts, bound, &mut trace);
            let met = meant.not().or(holds);
            judgement.applies = judgement.applies.or(meant);
            judgement.met = judgement.met.and(met);
            if met == Tri::True {
                continue;
            }
            if met == Tri::Unknown {
                let conditions = self
                    .only
                    .iter()
                    .filter(|_| meant == Tri::Unknown)
                    .chain(Some(&self.condition).filter(|_| holds == Tri::Unknown));
                conditions.for_each(|condition| condition.add_needs(facts, bound, &mut needs));
            }
            open.push((met, row));
        }
        judgement.needs = needs.paths;
        self.open_end(facts, &mut judgement);
        self.give_reason(open, facts, &mut judgement);
        judgement
    }

    /// What the file does not list may go either way.
    fn open_end(&self, facts: &Facts<'_>, judgement: &mut Judgement) {
        if facts.is_open(self.table) {
            judgement.applies = judgement.applies.or(Tri::Unknown);
            if judgement.met == Tri::True {
                judgement.met = Tri::Unknown;
                judgement.needs.insert(FieldPath::Table(self.table));
            }
        }
    }

    fn give_reason(&self, open: Vec<(Tri, u32)>, facts: &Facts<'_>, judgement: &mut Judgement) {
        let rows: Vec<u32> =
            open.into_iter().filter(|(met, _)| *met == judgement.met).map(|(_, row)| row).collect();
        let Some(first) = rows.first() else {
            judgement.reason = match (judgement.applies, &self.asked) {
                (Tri::False, _) => Reason::NoneMeant(self.table),
                _ if judgement.met == Tri::Unknown => Reason::MayBeMore(self.table),
                (_, Some(asked)) => Reason::Asked(asked.asks.clone()),
                (_, None) => Reason::HoldsForAll(self.table, facts.count(self.table)),
            };
            return;
        };
        judgement.field =
            self.field.map_or(FieldPath::Row(self.table, *first), |key| FieldPath::Element(key, *first));
        if judgement.met == Tri::False {
            judgement.missing = rows.iter().flat_map(|row| self.missing(*row, facts)).collect();
        }
        judgement.reason = match (&self.asked, judgement.met) {
            (Some(asked), Tri::False) => {
                let lacks = |row: u32| (row, asked.lacking(facts, Some((self.table, row))));
                Reason::ElementsLack {
                    table: self.table,
                    rows: rows.into_iter().map(lacks).collect(),
                    asks: asked.asks.clone(),
                }
            }
            (asked, _) => Reason::ElementFacts {
                table: self.table,
                rows,
                condition: self.condition.clone(),
                asks: asked.as_ref().map(|asked| asked.asks.clone()),
            },
        };
    }

    /// The element, or each part of what is asked that it lacks.
    fn missing(&self, row: u32, facts: &Facts<'_>) -> Vec<Missing> {
        let parts = self
            .asked
            .as_ref()
            .map(|asked| asked.missing(facts, Some((self.table, row))))
            .unwrap_or_default();
        if parts.is_empty() {
            return vec![Missing::Element(self.table, row)];
        }
        parts.into_iter().map(|part| Missing::OfElement { part, table: self.table, row }).collect()
    }

    /// The facts that the conditions read.
    pub fn reads(&self, reads: &mut Reads) {
        self.only.iter().chain([&self.condition]).for_each(|condition| reads.add(condition));
    }
}
