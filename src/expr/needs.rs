//! The missing facts on which an unknown result hangs.
//! Must not decide which of them suffice.

use super::node::{Built, Node, NodeId};
use super::trace::{Outcome, Trace};
use crate::facts::{Facts, Word};
use crate::model::{FieldPath, Table};

/// The facts to supply, sorted, each once; none for a result that is known.
pub(super) fn needs(built: &Built, facts: &Facts, trace: &Trace) -> Vec<FieldPath> {
    let mut walk = Walk { built, facts, trace, found: Vec::new() };
    if let Some(root) = trace.root() {
        walk.unknown(root);
    }
    walk.found.sort_unstable();
    walk.found.dedup();
    walk.found
}

struct Walk<'w> {
    built: &'w Built,
    facts: &'w Facts<'w>,
    trace: &'w Trace,
    found: Vec<FieldPath>,
}

impl Walk<'_> {
    /// Goes down where the outcome of a step is unknown.
    fn unknown(&mut self, at: usize) {
        let step = self.trace.step(at);
        // A number of elements may be known in part.
        let counted =
            matches!(self.built.node(step.node), Node::Count(_) | Node::CountWhere(..) | Node::Arith(..)) && step.outcome == Outcome::Known;
        if step.outcome != Outcome::Unknown && !counted {
            return;
        }
        match self.built.node(step.node) {
            Node::Word(_) | Node::Field(..) => self.read(step.node, step.row),
            // A fact held against a constant keeps no step of its own.
            Node::Compare(_, fact, _) if step.first as usize == at => self.read(fact, step.row),
            Node::Compare(..) | Node::In(..) | Node::Text(..) | Node::Arith(..) | Node::Index(..) | Node::Choose(..) => {
                for part in self.trace.parts(at) {
                    // A fact known in part has an outcome, and may be what the comparison hangs on.
                    let step = self.trace.step(part);
                    self.read(step.node, step.row);
                    self.unknown(part);
                }
            }
            Node::Each(_, table, ..) | Node::CountWhere(table, ..) => {
                self.parts(at);
                self.open(table);
            }
            Node::Count(table) => self.open(table),
            _ => self.parts(at),
        }
    }

    fn parts(&mut self, at: usize) {
        for part in self.trace.parts(at) {
            self.unknown(part);
        }
    }

    fn open(&mut self, table: Table) {
        if self.facts.is_open(table) {
            self.found.push(FieldPath::Table(table));
        }
    }

    fn read(&mut self, node: NodeId, row: u32) {
        match self.built.node(node) {
            Node::Word(Word::Table(table)) => self.open(table),
            Node::Word(word) => self.found.extend(self.facts.needs(word).iter()),
            Node::Field(_, key) => self.found.extend(self.facts.element_needs(key, row).iter()),
            _ => {}
        }
    }
}
