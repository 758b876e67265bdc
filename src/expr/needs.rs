//! The missing facts on which an unknown result hangs.
//! Must not decide which of them suffice.

use super::join::joined;
use super::node::{Built, Node, NodeId};
use super::trace::{Outcome, Trace};
use crate::facts::{Facts, Word};
use crate::model::{FieldPath, KeyId, Table};
use std::collections::BTreeSet;

/// The facts to supply that one condition asks for, or several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Their paths.
    pub paths: BTreeSet<FieldPath>,
    /// The keys of which every element that lacks them is among the paths.
    whole: BTreeSet<KeyId>,
}

/// Adds the facts to supply; none for a result that is known.
pub(super) fn add(built: &Built, facts: &Facts, trace: &Trace, needs: &mut Needs) {
    let mut walk = Walk { built, facts, trace, found: needs };
    if let Some(root) = trace.root() {
        walk.unknown(root);
    }
}

struct Walk<'w> {
    built: &'w Built,
    facts: &'w Facts<'w>,
    trace: &'w Trace,
    found: &'w mut Needs,
}

impl Walk<'_> {
    /// Goes down where the outcome of a step is unknown.
    fn unknown(&mut self, at: usize) {
        let step = self.trace.step(at);
        // A number of elements may be known in part.
        let counted =
            matches!(self.built.node(step.node), Node::Count(_) | Node::CountWhere(..) | Node::Arith(..))
                && step.outcome == Outcome::Known;
        if step.outcome != Outcome::Unknown && !counted {
            return;
        }
        match self.built.node(step.node) {
            Node::Word(_) | Node::Field(..) => self.read(step.node, step.row),
            // A fact held against a constant keeps no step of its own.
            Node::Compare(_, fact, _) if step.first as usize == at => self.read(fact, step.row),
            Node::Compare(..)
            | Node::In(..)
            | Node::Text(..)
            | Node::Arith(..)
            | Node::Index(..)
            | Node::Choose(..) => {
                for part in self.trace.parts(at) {
                    // A fact known in part has an outcome, and may be what the comparison hangs on.
                    let step = self.trace.step(part);
                    self.read(step.node, step.row);
                    self.unknown(part);
                }
            }
            Node::Each(_, table, slot, body) => {
                self.parts(at);
                self.open(table);
                // Not every element that lacks the text has a step of its own.
                if let Some(key) = joined(self.built, slot, body).filter(|key| self.found.whole.insert(*key))
                {
                    let lacking = self.facts.index(key);
                    self.found.paths.extend(lacking.without.iter().map(|row| FieldPath::Element(key, *row)));
                }
            }
            Node::CountWhere(table, ..) => {
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
            self.found.paths.insert(FieldPath::Table(table));
        }
    }

    fn read(&mut self, node: NodeId, row: u32) {
        match self.built.node(node) {
            Node::Word(Word::Table(table)) => self.open(table),
            Node::Word(word) => self.found.paths.extend(self.facts.needs(word).iter()),
            Node::Field(_, key) => self.found.paths.extend(self.facts.element_needs(key, row).iter()),
            _ => {}
        }
    }
}
