//! The form `each`: a condition for every element of a table, pointing at the element that fails.
//! Must not know any one rule.

use super::{Asked, Judgement, Missing, Reads, words};
use crate::expr::{Expr, Needs, Trace, Tri};
use crate::facts::Facts;
use crate::model::{FieldPath, KeyId, Table};
use std::collections::BTreeSet;

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
        let mut trace = Trace::new();
        let (mut said, mut needs) = (Vec::new(), Needs::default());
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
                let conditions =
                    self.only.iter().filter(|_| meant == Tri::Unknown).chain(Some(&self.condition).filter(|_| holds == Tri::Unknown));
                conditions.for_each(|condition| condition.add_needs(facts, bound, &mut needs));
            }
            let facts_read = match &self.asked {
                Some(_) if met == Tri::False => String::new(),
                _ => self.condition.reasons(facts, &trace),
            };
            said.push((met, row, facts_read));
        }
        judgement.needs = needs.paths;
        self.open_end(facts, &mut judgement);
        self.tell(said, facts, &mut judgement);
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

    fn tell(&self, said: Vec<(Tri, u32, String)>, facts: &Facts<'_>, judgement: &mut Judgement) {
        let decisive: Vec<_> = said.into_iter().filter(|(met, ..)| *met == judgement.met).collect();
        let Some((_, row, _)) = decisive.first() else {
            judgement.because = match (judgement.applies, &self.asked) {
                (Tri::False, _) => format!("no {} is listed that this rule is about", self.table.spec().name),
                _ if judgement.met == Tri::Unknown => {
                    format!("there may be more {} than the file lists", self.table.plural().unwrap_or(self.table.spec().name))
                }
                (_, Some(asked)) => asked.asks.to_string(),
                (_, None) => format!("{}, and it holds for all of them", words::listed(facts.count(self.table), self.table)),
            };
            return;
        };
        judgement.field = self.field.map_or(FieldPath::Row(self.table, *row), |key| FieldPath::Element(key, *row));
        if judgement.met == Tri::False {
            judgement.missing = decisive.iter().flat_map(|(_, row, _)| self.missing(*row, facts)).collect();
        }
        let name = |row: &u32| facts.definition().show(FieldPath::Row(self.table, *row));
        let lines: Vec<String> = match (&self.asked, judgement.met) {
            (None, _) => decisive.iter().map(|(_, row, why)| format!("`{}`: {why}", name(row))).collect(),
            (Some(asked), Tri::False) => {
                decisive.iter().map(|(_, row, _)| format!("`{}` {}", name(row), asked.lacking(facts, Some((self.table, *row))))).collect()
            }
            (Some(_), _) => decisive.iter().map(|(.., why)| why.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        };
        judgement.said = words::some_of(&lines);
        judgement.because = match (&self.asked, judgement.met) {
            (Some(asked), Tri::False) => asked.gap(&judgement.said),
            (Some(asked), _) => asked.unknown(&judgement.said),
            (None, _) => judgement.said.clone(),
        };
    }

    /// The element, or each part of what is asked that it lacks.
    fn missing(&self, row: u32, facts: &Facts<'_>) -> Vec<Missing> {
        let definition = facts.definition();
        let mark = definition.name(self.table, row).unwrap_or_default();
        let element = definition.name_or_number(self.table, row);
        let parts = self.asked.as_ref().map(|asked| asked.missing(facts, Some((self.table, row)))).unwrap_or_default();
        if parts.is_empty() {
            return vec![Missing { what: element, mark: mark.to_owned(), row: Some(row) }];
        }
        let part = |name: &str| Missing { what: format!("{name} at {element}"), mark: format!("{name} at {mark}"), row: Some(row) };
        parts.into_iter().map(part).collect()
    }

    /// The facts that the conditions read.
    pub fn reads(&self, reads: &mut Reads) {
        self.only.iter().chain([&self.condition]).for_each(|condition| reads.add(condition));
    }
}
