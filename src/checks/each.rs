//! The form `each`: a condition for every element of a table, pointing at the element that fails.
//! Must not know any one rule.

use super::{Judgement, Missing, Reads, words};
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
            let name = facts.definition().show(FieldPath::Row(self.table, row));
            said.push((met, row, name, self.condition.explain(facts, &trace)));
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

    fn tell(&self, said: Vec<(Tri, u32, String, String)>, facts: &Facts<'_>, judgement: &mut Judgement) {
        let decisive: Vec<_> = said.into_iter().filter(|(met, ..)| *met == judgement.met).collect();
        let plural = self.table.plural().unwrap_or(self.table.spec().name);
        let Some((_, row, ..)) = decisive.first() else {
            judgement.because = match judgement.applies {
                Tri::False => format!("no {plural} that this is about are listed"),
                _ => format!("{}, and it holds for all of them", words::listed(facts.count(self.table), self.table)),
            };
            return;
        };
        judgement.field = self.field.map_or(FieldPath::Row(self.table, *row), |key| FieldPath::Element(key, *row));
        if judgement.met == Tri::False {
            judgement.missing = decisive.iter().map(|(_, row, ..)| self.missing(*row, facts)).collect();
        }
        let lines: Vec<String> = decisive.iter().map(|(_, _, name, why)| format!("`{name}`: {why}")).collect();
        judgement.because = words::list(&lines, "and");
        judgement.said = judgement.because.clone();
    }

    fn missing(&self, row: u32, facts: &Facts<'_>) -> Missing {
        let definition = facts.definition();
        let mark = definition.name(self.table, row).unwrap_or_default().to_owned();
        Missing { what: definition.name_or_number(self.table, row), mark, row: Some(row) }
    }

    /// The facts that the conditions read.
    pub fn reads(&self, reads: &mut Reads) {
        self.only.iter().chain([&self.condition]).for_each(|condition| reads.add(condition));
    }
}
