//! Questions for an element that gives the same text as one outside, such as `outputs.exists(i, i.of == o.id)`: answered by looking
//! the text up. Must not look through a table.

use super::ast::Comparison;
use super::eval::{Env, Machine};
use super::node::{Built, Node, NodeId, Quantifier, Slot};
use crate::model::{KeyId, Kind, Value};

/// The most elements that do not say which keep steps of their own: more than an explanation names.
const MOST_STEPS: usize = 64;

/// Both sides of such a body: the key of the element, and the variable outside with its key.
fn sides(built: &Built, slot: Slot, body: NodeId) -> Option<(KeyId, Slot, KeyId)> {
    let Node::Compare(Comparison::Equal, left, right) = built.node(body) else { return None };
    match (built.node(left), built.node(right)) {
        (Node::Field(own, key), Node::Field(outer, of)) | (Node::Field(outer, of), Node::Field(own, key))
            if own == slot && outer != slot =>
        {
            let is_text = |key: KeyId| matches!(key.spec().kind, Kind::Text | Kind::Name);
            (is_text(key) && is_text(of)).then_some((key, outer, of))
        }
        _ => None,
    }
}

/// The key whose text a body looks for, where it is such a question.
pub(super) fn joined(built: &Built, slot: Slot, body: NodeId) -> Option<KeyId> {
    sides(built, slot, body).map(|(key, ..)| key)
}

impl<'a> Machine<'a, '_> {
    /// The elements that decide whether there is one: the first that gives the text; else some that do not say; else any, for all
    /// say something else. `None` where the question is another one.
    pub(super) fn decisive(
        &self,
        quantifier: Quantifier,
        (slot, body): (Slot, NodeId),
        env: &Env<'_, 'a>,
    ) -> Option<Vec<u32>> {
        let (key, outer, of) = sides(self.built, slot, body).filter(|_| quantifier == Quantifier::Exists)?;
        let Value::Text(text) = env.find(outer)?.record?.get(of)? else { return None };
        let index = self.facts.index(key);
        Some(match (index.find(text), index.without.as_slice()) {
            (Some(row), _) => vec![row],
            (None, []) => vec![0],
            (None, unknown) => unknown.iter().copied().take(MOST_STEPS).collect(),
        })
    }
}
