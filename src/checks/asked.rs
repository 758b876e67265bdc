//! A condition in the words of its rule: what it asks, and what is lacking where it does not hold.
//! Must not show a condition as it is written.

use super::Check;
use crate::expr::{Expr, Trace, Tri};
use crate::facts::Facts;
use crate::model::Table;
use std::sync::Arc;

/// The words of a condition.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is asked: completes `this rule asks that …`.
    pub asks: Arc<str>,
    /// What is lacking, for each of the conditions that must all hold.
    pub parts: Vec<Part>,
}

/// One of the conditions that must all hold.
#[derive(Debug, Clone)]
pub struct Part {
    /// What is missing where it does not hold, in a word.
    pub name: Option<Arc<str>>,
    /// What must hold.
    pub condition: Expr,
    /// What is lacking where it does not: completes `the project …`, or the name of the element.
    pub lacks: Arc<str>,
}

impl Asked {
    /// What is lacking: of those parts that do not hold, or of all where no fact says which.
    #[must_use]
    pub fn lacking(&self, facts: &Facts<'_>, bound: Option<(Table, u32)>) -> Vec<Arc<str>> {
        let failing = self.failing(facts, bound);
        let lacks =
            |parts: &mut dyn Iterator<Item = &Part>| parts.map(|part| Arc::clone(&part.lacks)).collect();
        if failing.is_empty() { lacks(&mut self.parts.iter()) } else { lacks(&mut failing.into_iter()) }
    }

    /// What is missing, a word for each part that does not hold; nothing where a part has no word.
    #[must_use]
    pub fn missing(&self, facts: &Facts<'_>, bound: Option<(Table, u32)>) -> Vec<Arc<str>> {
        let names = self.failing(facts, bound).into_iter().map(|part| part.name.clone());
        names.collect::<Option<Vec<Arc<str>>>>().unwrap_or_default()
    }

    /// The parts that do not hold.
    fn failing(&self, facts: &Facts<'_>, bound: Option<(Table, u32)>) -> Vec<&Part> {
        let mut trace = Trace::none();
        self.parts
            .iter()
            .filter(|part| part.condition.condition(facts, bound, &mut trace) == Tri::False)
            .collect()
    }
}

impl Check {
    /// What is asked in words, where the form is a condition and the rule gives them.
    #[must_use]
    pub fn asked(&self) -> Option<&Asked> {
        match self {
            Self::Condition(condition) => condition.asked.as_ref(),
            Self::Each(each) => each.asked.as_ref(),
            Self::Duty(_)
            | Self::Grid(_)
            | Self::Share(_)
            | Self::Chain(_)
            | Self::Assessed
            | Self::Days(_)
            | Self::PolicyNamed => None,
        }
    }
}
