//! A compiled expression and what can be asked of it.
//! Must not know how it was compiled.

use super::atoms::{self, Atom};
use super::eval::{Env, Machine};
use super::explain::Clue;
use super::needs::Needs;
use super::node::{Built, Constant};
use super::trace::Trace;
use super::tri::Tri;
use super::types::Ty;
use super::val::{Truth, Val};
use super::value::Value;
use super::{explain, mutants, needs};
use crate::facts::Facts;
use crate::model::{FieldPath, Table};
use std::sync::Arc;

/// A compiled expression. A clone shares what was compiled.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    text: Arc<str>,
    built: Arc<Built>,
    bindings: Arc<[Table]>,
    atoms: Arc<[Atom]>,
}

impl Expr {
    pub(super) fn new(text: &str, built: Built, bindings: Vec<Table>) -> Self {
        let atoms = atoms::atoms(&built).into();
        Self { text: text.into(), built: built.into(), bindings: bindings.into(), atoms }
    }

    /// The expression as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is true or false, and no other value.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        self.built.ty == Ty::Bool
    }

    /// What the variable of the scope stands for.
    #[inline]
    fn env<'e, 'a>(&self, facts: &Facts<'a>, bound: Option<(Table, u32)>) -> Env<'e, 'a> {
        let Some((table, row)) = bound else {
            return Env::EMPTY;
        };
        let slot = (0..).zip(&*self.bindings).find(|(_, binding)| **binding == table);
        let record = facts.definition().rows(table).get(row as usize);
        slot.map_or(Env::EMPTY, |(slot, _)| Env::alone(slot, row, record))
    }

    /// What the expression is worth. `bound` is the element for which the variable of the scope stands.
    pub fn evaluate(&self, facts: &Facts, bound: Option<(Table, u32)>, trace: &mut Trace) -> Value {
        let env = self.env(facts, bound);
        Value::of(&Machine::new(&self.built, facts, trace).val(self.built.root, &env))
    }

    /// Whether the condition holds. An error counts as unknown: [`Self::evaluate`] tells it apart.
    pub fn condition(&self, facts: &Facts, bound: Option<(Table, u32)>, trace: &mut Trace) -> Tri {
        let env = self.env(facts, bound);
        match Machine::new(&self.built, facts, trace).truth(self.built.root, &env) {
            Truth::True => Tri::True,
            Truth::False => Tri::False,
            Truth::Unknown | Truth::Error(_) => Tri::Unknown,
        }
    }

    /// The facts to supply on which an unknown result hangs, sorted, each once; none for a result that is known.
    #[must_use]
    pub fn needs(&self, facts: &Facts, bound: Option<(Table, u32)>) -> Vec<FieldPath> {
        let mut needs = Needs::default();
        self.add_needs(facts, bound, &mut needs);
        needs.paths.into_iter().collect()
    }

    /// Adds the same to those of other conditions or elements.
    pub fn add_needs(&self, facts: &Facts, bound: Option<(Table, u32)>, needs: &mut Needs) {
        let mut trace = Trace::new();
        let env = self.env(facts, bound);
        if let Val::Unknown | Val::Count(..) =
            Machine::new(&self.built, facts, &mut trace).val(self.built.root, &env)
        {
            needs::add(&self.built, facts, &trace, needs);
        }
    }

    /// Why the last evaluation came out as it did: only the steps that decide, and the expression itself where it has no words.
    #[must_use]
    pub fn explain(&self, facts: &Facts, trace: &Trace) -> String {
        explain::explain(&self.built, Some(&self.text), facts, trace)
    }

    /// The same for those who do not read expressions: what is known of the facts that decide, and no code.
    #[must_use]
    pub fn reasons(&self, facts: &Facts, trace: &Trace) -> String {
        explain::explain(&self.built, None, facts, trace)
    }

    /// The same, one by one, of which `most` are told; and how many there are more, where that was counted.
    #[must_use]
    pub fn clues(&self, facts: &Facts, trace: &Trace, most: usize) -> (Vec<Clue>, Option<usize>) {
        explain::clues(&self.built, None, (facts, trace), most)
    }

    /// Every reading of a fact, with the constants that it is held against; none is left out.
    #[must_use]
    pub fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// Every text that stands in it as a constant.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        self.built.constants.iter().filter_map(|constant| match constant {
            Constant::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Every number, amount, length and day that stands in it as a constant.
    pub fn numbers(&self) -> impl Iterator<Item = &Constant> {
        let is_number = |constant: &&Constant| match constant {
            Constant::Int(_)
            | Constant::Decimal(_)
            | Constant::Date(_)
            | Constant::Money(_)
            | Constant::Months(_)
            | Constant::Days(_) => true,
            Constant::Null | Constant::Bool(_) | Constant::Text(_) | Constant::Choice(..) => false,
        };
        self.built.constants.iter().filter(is_number)
    }

    /// Whether facts are only asked for and held against constants, without looking through lists: then the constants
    /// cut the facts into cells that show every answer.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        atoms::is_cut(&self.built)
    }

    /// How many quantifiers and counts stand over each table.
    #[must_use]
    pub fn tables(&self) -> Vec<(Table, usize)> {
        atoms::tables(&self.built)
    }

    /// Every expression that differs in one comparison, constant, side of `&&` or `||`, or `!`, with what differs in words.
    #[must_use]
    pub fn mutants(&self) -> Vec<(String, Self)> {
        let mutants = mutants::mutants(&self.built, &self.text).into_iter();
        mutants
            .map(|(what, built)| {
                let atoms = atoms::atoms(&built).into();
                (
                    what,
                    Self {
                        atoms,
                        built: built.into(),
                        text: self.text.clone(),
                        bindings: self.bindings.clone(),
                    },
                )
            })
            .collect()
    }
}
