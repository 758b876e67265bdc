//! How much one assessment may try out. Must not judge.

use std::cell::Cell;

/// What one assessment may spend on supposed values, in parts looked at: about a quarter of a second of a slow machine.
const MOST_STEPS: usize = 1 << 20;

/// What one rule may spend.
const MOST_STEPS_OF_A_RULE: usize = 1 << 17;

/// The steps that are left to one assessment. A step is one element, or one rule without elements, looked at once.
#[derive(Debug)]
pub(super) struct Steps {
    left: Cell<usize>,
}

impl Default for Steps {
    fn default() -> Self {
        Self { left: Cell::new(MOST_STEPS) }
    }
}

impl Steps {
    /// How often a rule may be asked where asking it once costs so much.
    pub(super) fn times(&self, cost: usize) -> usize {
        self.left.get().min(MOST_STEPS_OF_A_RULE) / cost.max(1)
    }

    /// Takes what asking costs.
    pub(super) fn spend(&self, cost: usize) {
        self.left.set(self.left.get().saturating_sub(cost));
    }
}
