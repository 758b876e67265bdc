//! What an evaluation saw: one step a node, in a buffer that is used again.
//! Must not evaluate.

use super::node::NodeId;

/// How a step came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    False,
    Unknown,
    True,
    Error,
    /// A value that is neither true nor false.
    Known,
}

/// One step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) node: NodeId,
    /// The first step of the parts of this node; they stand right before it.
    pub(super) first: u32,
    /// The element of a table that was looked at; [`NO_ROW`] for none.
    pub(super) row: u32,
    pub(super) outcome: Outcome,
}

/// No element is looked at.
pub(super) const NO_ROW: u32 = u32::MAX;

/// The steps of the last evaluation. One buffer serves any number of evaluations, of any expressions.
#[derive(Debug, Default)]
pub struct Trace {
    steps: Vec<Step>,
    /// Whether nothing is kept.
    is_off: bool,
}

impl Trace {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One that keeps nothing, for those who ask only how an evaluation comes out.
    #[must_use]
    pub fn none() -> Self {
        Self { is_off: true, ..Self::default() }
    }

    /// The number of steps of the last evaluation.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing was evaluated yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
    }

    /// The place of the next step. The cost of an evaluation is bounded far below 2^32 steps.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "MAX_COST bounds the number of steps")]
    pub(super) fn mark(&self) -> u32 {
        self.steps.len() as u32
    }

    #[inline]
    pub(super) fn push(&mut self, step: Step) {
        if !self.is_off {
            self.steps.push(step);
        }
    }

    /// The last step, that of the whole expression.
    pub(super) fn root(&self) -> Option<usize> {
        self.steps.len().checked_sub(1)
    }

    pub(super) fn step(&self, at: usize) -> Step {
        self.steps[at]
    }

    /// The parts of a step, in the order in which they were looked at.
    pub(super) fn parts(&self, at: usize) -> Vec<usize> {
        let first = self.steps[at].first as usize;
        let mut parts = Vec::new();
        let mut end = at;
        while end > first {
            parts.push(end - 1);
            end = self.steps[end - 1].first as usize;
        }
        parts.reverse();
        parts
    }
}
