//! Questions about lists in plain words: what a fact has, and what it has not.
//! Must not evaluate.

use super::{Clue, Teller, constant};
use crate::expr::node::{Node, NodeId, Quantifier};
use crate::expr::trace::{Outcome, Step};
use crate::expr::types::words_of;
use crate::facts::{Fact, Word};
use std::fmt::Write as _;

/// The most entries of a list that are named.
const MOST_NAMED: usize = 8;

impl Teller<'_> {
    /// A question about a list in words; `None` where it has none of its own.
    pub(super) fn list(&self, step: Step) -> Option<Clue> {
        let holds = match step.outcome {
            Outcome::True => true,
            Outcome::False => false,
            Outcome::Unknown | Outcome::Error | Outcome::Known => return None,
        };
        match self.built.node(step.node) {
            Node::EachOf(quantifier, list, slot, body) => {
                let Node::In(element, allowed) = self.built.node(body) else { return None };
                (self.built.node(element) == Node::Variable(slot)).then_some(())?;
                self.among(quantifier, (list, step.row), &self.constants(allowed)?, holds).map(Clue::Other)
            }
            Node::In(element, list) => match self.constants(list) {
                Some(allowed) => {
                    let name = self.name(element, step.row);
                    let value = self.show(element, step.row)?;
                    Some(Clue::Is(
                        name,
                        format!("{value}: {}one of {}", if holds { "" } else { "not " }, named(&allowed)),
                    ))
                }
                None => {
                    let Node::Constant(place) = self.built.node(element) else { return None };
                    self.entries(list, step.row)?;
                    let entry = constant(&self.built.constants[place as usize]);
                    Some(Clue::Other(format!(
                        "`{}` has {}{entry}",
                        self.name(list, step.row),
                        if holds { "" } else { "no " }
                    )))
                }
            },
            _ => None,
        }
    }

    /// What the entries of a fact have to do with those that are allowed.
    fn among(
        &self,
        quantifier: Quantifier,
        (list, row): (NodeId, u32),
        allowed: &[String],
        holds: bool,
    ) -> Option<String> {
        let entries = self.entries(list, row)?;
        let name = self.name(list, row);
        let (inside, outside): (Vec<String>, Vec<String>) =
            entries.into_iter().partition(|entry| allowed.contains(entry));
        match (quantifier, holds) {
            (Quantifier::Exists, true) => Some(format!("`{name}` has {}", named(&inside))),
            (Quantifier::Exists, false) => Some(format!("`{name}` has none of {}", named(allowed))),
            (Quantifier::All, true) if inside.is_empty() => None,
            (Quantifier::All, true) => Some(format!("`{name}` has nothing but {}", named(&inside))),
            (Quantifier::All, false) => {
                Some(format!("`{name}` has {}, beside what is meant: {}", named(&outside), named(allowed)))
            }
            (Quantifier::ExistsOne, _) => None,
        }
    }

    /// The entries of a fact that is a list.
    fn entries(&self, node: NodeId, row: u32) -> Option<Vec<String>> {
        let (fact, key) = match self.built.node(node) {
            Node::Word(word @ Word::Key(key)) => (self.facts.fact(word), key),
            Node::Field(_, key) => (self.facts.element(key, row), key),
            _ => return None,
        };
        match fact {
            Fact::Texts(texts) => Some(texts.iter().map(|text| format!("\"{text}\"")).collect()),
            Fact::Choices(places) => Some(
                places
                    .iter()
                    .filter_map(|place| words_of(key).get(usize::from(*place)))
                    .map(ToString::to_string)
                    .collect(),
            ),
            _ => None,
        }
    }

    /// The entries of a list of constants.
    fn constants(&self, node: NodeId) -> Option<Vec<String>> {
        let Node::List(from, count) = self.built.node(node) else { return None };
        let children = self.built.children.get(from as usize..(from + count) as usize)?;
        children
            .iter()
            .map(|child| match self.built.node(*child) {
                Node::Constant(place) => Some(constant(&self.built.constants[place as usize])),
                _ => None,
            })
            .collect()
    }
}

/// Entries in a sentence.
fn named(entries: &[String]) -> String {
    let mut text = entries.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = entries.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        let _ = write!(text, " and {more} more");
    }
    text
}
