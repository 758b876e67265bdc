//! The form `chain`: a chain of results without orphans and without cycles.
//! Must not know any one rule.

use super::{Judgement, Missing, Reason};
use crate::expr::Tri;
use crate::facts::{Fact, Facts};
use crate::model::{FieldPath, KeyId, Table};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::BTreeMap;

/// Children that name their parent, and parents that may name one above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The table of parents.
    pub parents: Table,
    /// The key of a parent that names it.
    pub name: KeyId,
    /// The key of a parent that names the parent above.
    pub above: Option<KeyId>,
    /// The key of a child that names its parent; its table is that of the children.
    pub key: KeyId,
}

/// What is wrong with one element.
struct Fault {
    field: FieldPath,
    missing: Missing,
}

impl Chain {
    /// How the chain of a definition stands.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        let children = self.key.table;
        let listed = facts.count(self.parents) + facts.count(children);
        let open = facts.is_open(self.parents) || facts.is_open(children);
        let applies = if listed > 0 {
            Tri::True
        } else if open {
            Tri::Unknown
        } else {
            Tri::False
        };
        let mut judgement = Judgement::new(applies, Tri::True, FieldPath::Table(self.parents));
        let (mut sure, mut maybe) = (self.cycles(facts), Vec::new());
        self.orphans(facts, &mut judgement, (&mut sure, &mut maybe));
        self.childless(facts, (&mut sure, &mut maybe));
        let (met, faults) = match (sure.is_empty(), maybe.is_empty() && !open) {
            (false, _) => (Tri::False, sure),
            (true, true) => (Tri::True, Vec::new()),
            (true, false) => (Tri::Unknown, maybe),
        };
        judgement.met = met;
        if open {
            judgement.needs.extend(
                [self.parents, children]
                    .into_iter()
                    .filter(|table| facts.is_open(*table))
                    .map(FieldPath::Table),
            );
        }
        if let Some(first) = faults.first() {
            judgement.field = first.field;
        }
        let faults: Vec<Missing> = faults.into_iter().map(|fault| fault.missing).collect();
        if met == Tri::False {
            judgement.missing.clone_from(&faults);
        }
        judgement.reason = if faults.is_empty() { Reason::Linked(listed) } else { Reason::NotLinked(faults) };
        judgement
    }

    /// Children without a parent that the file lists.
    fn orphans(
        &self,
        facts: &Facts<'_>,
        judgement: &mut Judgement,
        (sure, maybe): (&mut Vec<Fault>, &mut Vec<Fault>),
    ) {
        for row in 0..facts.count(self.key.table) {
            let field = FieldPath::Element(self.key, row);
            let fault = Fault { field, missing: Missing::Parent { key: self.key, row, of: self.parents } };
            match facts.element(self.key, row) {
                Fact::Text(parent) if self.row_of(facts, parent).is_some() => {}
                Fact::Text(_) if facts.is_open(self.parents) => maybe.push(fault),
                Fact::Text(_) => sure.push(fault),
                _ => {
                    judgement.needs.insert(field);
                    sure.push(fault);
                }
            }
        }
    }

    /// Parents that no child names. A parent with others below it has no need of children of its own.
    fn childless(&self, facts: &Facts<'_>, (sure, maybe): (&mut Vec<Fault>, &mut Vec<Fault>)) {
        let children = self.key.table;
        let named_by = [Some(self.key), self.above]
            .into_iter()
            .flatten()
            .map(|key| facts.index(key))
            .collect::<Vec<_>>();
        let below = |name: &str| named_by.iter().any(|index| index.find(name).is_some());
        for row in 0..facts.count(self.parents) {
            let named = match facts.element(self.name, row) {
                Fact::Text(name) => below(name),
                _ => false,
            };
            if !named {
                let field = FieldPath::Row(self.parents, row);
                let list = if facts.is_open(children) || facts.is_open(self.parents) {
                    &mut *maybe
                } else {
                    &mut *sure
                };
                list.push(Fault {
                    field,
                    missing: Missing::Child { table: self.parents, row, of: children },
                });
            }
        }
    }

    /// Parents that stand above themselves by way of others.
    fn cycles(&self, facts: &Facts<'_>) -> Vec<Fault> {
        let Some(above) = self.above else { return Vec::new() };
        let mut graph: DiGraph<u32, ()> = DiGraph::new();
        let nodes: Vec<_> = (0..facts.count(self.parents)).map(|row| graph.add_node(row)).collect();
        for (row, node) in nodes.iter().enumerate() {
            if let Fact::Text(parent) = facts.element(above, u32::try_from(row).unwrap_or(u32::MAX))
                && let Some(target) = self.row_of(facts, parent)
            {
                graph.add_edge(*node, nodes[target as usize], ());
            }
        }
        let mut cycles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for part in tarjan_scc(&graph) {
            let mut rows: Vec<u32> = part.iter().map(|node| graph[*node]).collect();
            rows.sort_unstable();
            if rows.len() > 1 || graph.contains_edge(part[0], part[0]) {
                cycles.insert(rows[0], rows);
            }
        }
        cycles
            .into_iter()
            .map(|(first, rows)| Fault {
                field: FieldPath::Element(above, first),
                missing: Missing::Cycle(self.parents, rows),
            })
            .collect()
    }

    fn row_of(&self, facts: &Facts<'_>, name: &str) -> Option<u32> {
        facts.index(self.name).find(name)
    }
}
