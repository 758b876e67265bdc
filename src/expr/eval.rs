//! Evaluation with three values; every step is kept.
//! Must not look up a word or build a text.

use super::Fault;
use super::ast::Comparison;
use super::limits::MAX_COST;
use super::node::{Built, Constant, Node, NodeId, Slot};
use super::order::{amounts, between, compare, decide, hold};
use super::trace::{NO_ROW, Outcome, Step, Trace};
use super::val::{Truth, Val};
use crate::facts::{Fact, Facts, Word};
use crate::model::{DateRange, KeyId, Months, Range, Record, Value, key};

/// What the variables stand for at one place: the innermost, and those outside of it.
///
/// It lies on the stack of the evaluation, so that a variable costs no memory of its own.
#[derive(Clone, Copy)]
pub(super) struct Env<'e, 'a> {
    outer: Option<&'e Env<'e, 'a>>,
    slot: Slot,
    /// The innermost element of a table; the elements of lists leave it as it is.
    row: u32,
    pub(super) record: Option<&'a Record>,
    pub(super) item: Option<&'e Val<'a>>,
}

impl<'e, 'a> Env<'e, 'a> {
    /// No variable stands for anything.
    pub(super) const EMPTY: Self =
        Self { outer: None, slot: Slot::MAX, row: NO_ROW, record: None, item: None };

    /// The same, and a variable stands for an element of a table.
    #[inline]
    pub(super) fn with_row(&'e self, slot: Slot, row: u32, record: Option<&'a Record>) -> Self {
        Self { outer: Some(self), slot, row, record, item: None }
    }

    /// The same, and a variable stands for an element of a list.
    pub(super) fn with_item(&'e self, slot: Slot, item: &'e Val<'a>) -> Self {
        Self { outer: Some(self), slot, row: self.row, record: None, item: Some(item) }
    }

    /// The same on its own, for a variable that no other stands outside of.
    pub(super) fn alone<'o>(slot: Slot, row: u32, record: Option<&'a Record>) -> Env<'o, 'a> {
        Env { slot, row, record, ..Env::EMPTY }
    }

    /// The place where a variable was brought into force.
    #[inline]
    pub(super) fn find(&self, slot: Slot) -> Option<&Self> {
        let mut env = self;
        while env.slot != slot {
            env = env.outer?;
        }
        Some(env)
    }
}

/// A field of an element held against a constant.
#[derive(Clone, Copy)]
pub(super) struct FieldTest<'a> {
    body: NodeId,
    comparison: Comparison,
    key: KeyId,
    constant: &'a Constant,
}

/// One evaluation.
pub(super) struct Machine<'a, 't> {
    pub(super) built: &'a Built,
    pub(super) facts: &'a Facts<'a>,
    trace: &'t mut Trace,
    spent: u32,
}

impl<'a, 't> Machine<'a, 't> {
    #[inline]
    pub(super) fn new(built: &'a Built, facts: &'a Facts<'a>, trace: &'t mut Trace) -> Self {
        trace.clear();
        Self { built, facts, trace, spent: 0 }
    }

    #[inline]
    fn keep(&mut self, node: NodeId, first: u32, row: u32, outcome: Outcome) {
        self.trace.push(Step { node, first, row, outcome });
    }

    /// The value of a condition.
    pub(super) fn truth(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Truth {
        self.spent = self.spent.saturating_add(1);
        if self.spent > MAX_COST {
            return Truth::Error(Fault::TooCostly);
        }
        let first = self.trace.mark();
        let mut row = env.row;
        let truth = match self.built.nodes[id as usize] {
            Node::Compare(comparison, left, right) => {
                let nodes = &self.built.nodes;
                // Most comparisons hold a fact against a constant; such a fact keeps no step of its own.
                match (nodes[left as usize], nodes[right as usize]) {
                    (Node::Word(word), Node::Constant(place)) => {
                        let constant = &self.built.constants[place as usize];
                        self.hold_word(comparison, word, constant)
                    }
                    (Node::Field(slot, key), Node::Constant(place)) => {
                        let constant = &self.built.constants[place as usize];
                        let found = env.find(slot);
                        row = found.map_or(NO_ROW, |found| found.row);
                        match found.and_then(|found| found.record) {
                            Some(record) => self.hold_field(comparison, (record, key), constant),
                            None => Truth::Unknown,
                        }
                    }
                    _ => {
                        let left = self.val(left, env);
                        let right = self.val(right, env);
                        self.charge(&left);
                        self.charge(&right);
                        compare(comparison, &left, &right)
                    }
                }
            }
            Node::And(left, right) => self.all_of(left, right, env),
            Node::Or(left, right) => self.any_of(left, right, env),
            Node::Not(inner) => self.truth(inner, env).not(),
            Node::Each(..) => self.each(id, env),
            Node::HasWord(word) => self.facts.has(word).into(),
            Node::HasTable(table) => self.facts.has_table(table).into(),
            Node::HasField(slot, key) => {
                let found = env.find(slot);
                row = found.map_or(NO_ROW, |found| found.row);
                let record = found.and_then(|found| found.record);
                record.is_some_and(|record| record.span(key).is_some()).into()
            }
            // Every other node is no condition by its form, and keeps its own step.
            _ => return self.other_truth(id, first, env),
        };
        self.keep(id, first, row, truth.outcome());
        truth
    }

    /// Both sides, always; a chain `a && b && c` keeps one step for all its signs.
    fn all_of(&mut self, left: NodeId, right: NodeId, env: &Env<'_, 'a>) -> Truth {
        let left = match self.built.nodes[left as usize] {
            Node::And(one, other) => self.all_of(one, other, env),
            _ => self.side(left, env),
        };
        left.and(self.side(right, env))
    }

    fn any_of(&mut self, left: NodeId, right: NodeId, env: &Env<'_, 'a>) -> Truth {
        let left = match self.built.nodes[left as usize] {
            Node::Or(one, other) => self.any_of(one, other, env),
            _ => self.side(left, env),
        };
        left.or(self.side(right, env))
    }

    /// The same, for the sides of `&&` and `||`: a fact held against a constant is spared the call.
    #[inline]
    fn side(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Truth {
        let nodes = &self.built.nodes;
        if let Node::Compare(comparison, left, right) = nodes[id as usize]
            && let (Node::Word(word), Node::Constant(place)) = (nodes[left as usize], nodes[right as usize])
        {
            self.spent = self.spent.saturating_add(1);
            let first = self.trace.mark();
            let constant = &self.built.constants[place as usize];
            let truth = self.hold_word(comparison, word, constant);
            self.keep(id, first, env.row, truth.outcome());
            return truth;
        }
        self.truth(id, env)
    }

    #[inline(never)]
    fn other_truth(&mut self, id: NodeId, first: u32, env: &Env<'_, 'a>) -> Truth {
        let truth = match self.built.nodes[id as usize] {
            Node::In(value, list) => self.inside(value, list, env),
            Node::Text(test, whole, part) => self.text(test, [whole, part], env),
            Node::EachOf(..) => self.each_of(id, env),
            _ => return self.read(id, env).truth(),
        };
        self.keep(id, first, env.row, truth.outcome());
        truth
    }

    /// The fact that a node reads, if it does nothing else, and the element that it is read of.
    #[inline]
    fn fact(&self, id: NodeId, env: &Env<'_, 'a>) -> Option<(Fact<'a>, u32)> {
        match self.built.nodes[id as usize] {
            Node::Word(word) => Some((self.facts.fact(word), env.row)),
            Node::Field(slot, key) => {
                let found = env.find(slot);
                let record = found.and_then(|found| found.record);
                let fact = record.map_or(Fact::Unknown, |record| self.facts.read(record, key));
                Some((fact, found.map_or(NO_ROW, |found| found.row)))
            }
            _ => None,
        }
    }

    /// The facts that policies ask for most are read in place, without a copy.
    #[inline]
    fn hold_word(&self, comparison: Comparison, word: Word, constant: &Constant) -> Truth {
        let orders = match (word, constant) {
            (Word::Duration, Constant::Months(months)) => {
                let length = self.facts.length();
                length.map(|length| length.compare(Months(*months)))
            }
            (Word::Key(key::budget::TOTAL), Constant::Money(amount)) if self.facts.total_usd().is_some() => {
                self.facts.total_usd().map(|range| amounts(range, amount))
            }
            _ => return hold(comparison, &self.facts.fact(word), constant),
        };
        orders.map_or(Truth::Unknown, |orders| decide(comparison, orders))
    }

    /// A body that does no more than hold a field of its element against a constant: the most frequent by far.
    #[inline]
    pub(super) fn field_test(&self, body: NodeId, slot: Slot) -> Option<FieldTest<'a>> {
        let nodes = &self.built.nodes;
        let Node::Compare(comparison, left, right) = nodes[body as usize] else {
            return None;
        };
        match (nodes[left as usize], nodes[right as usize]) {
            (Node::Field(own, key), Node::Constant(place)) if own == slot => {
                Some(FieldTest { body, comparison, key, constant: &self.built.constants[place as usize] })
            }
            _ => None,
        }
    }

    /// Such a body for one element, with the same step as [`Self::truth`] keeps.
    #[inline]
    pub(super) fn test_field(&mut self, test: FieldTest<'a>, row: u32, record: &'a Record) -> Truth {
        self.spent = self.spent.saturating_add(1);
        let first = self.trace.mark();
        let truth = self.hold_field(test.comparison, (record, test.key), test.constant);
        self.keep(test.body, first, row, truth.outcome());
        truth
    }

    /// A field of an element held against a constant; a word of a list is read in place.
    #[inline(always)]
    fn hold_field(
        &self,
        comparison: Comparison,
        (record, key): (&'a Record, KeyId),
        constant: &Constant,
    ) -> Truth {
        match (record.get(key), constant) {
            (None, _) => Truth::Unknown,
            (Some(Value::Choice(place)), Constant::Choice(other, _)) => {
                decide(comparison, between(place, place, other))
            }
            _ => hold(comparison, &self.facts.read(record, key), constant),
        }
    }

    /// The value of any node.
    pub(super) fn val(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Val<'a> {
        match self.built.nodes[id as usize] {
            Node::Constant(place) => constant(&self.built.constants[place as usize]),
            Node::And(..)
            | Node::Or(..)
            | Node::Not(_)
            | Node::Compare(..)
            | Node::Each(..)
            | Node::EachOf(..)
            | Node::HasWord(_)
            | Node::HasField(..)
            | Node::HasTable(_)
            | Node::In(..)
            | Node::Text(..) => self.truth(id, env).val(),
            _ => {
                self.spent = self.spent.saturating_add(1);
                if self.spent > MAX_COST {
                    return Val::Error(Fault::TooCostly);
                }
                self.read(id, env)
            }
        }
    }

    /// The value of a node that is no condition by its form.
    fn read(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Val<'a> {
        let first = self.trace.mark();
        let node = self.built.nodes[id as usize];
        let (val, row) = match (node, self.fact(id, env)) {
            (Node::Constant(place), _) => return constant(&self.built.constants[place as usize]),
            (Node::Word(Word::Key(key)) | Node::Field(_, key), Some((fact, row))) => {
                (Val::of_fact(fact, key), row)
            }
            (_, Some((fact, row))) => (Val::of_fact(fact, key::project::DURATION), row),
            (_, None) => (self.built_up(id, env), env.row),
        };
        let outcome = match &val {
            Val::Unknown => Outcome::Unknown,
            Val::Bool(true) => Outcome::True,
            Val::Bool(false) => Outcome::False,
            Val::Error(_) => Outcome::Error,
            _ => Outcome::Known,
        };
        self.keep(id, first, row, outcome);
        val
    }

    /// A list costs as much as it holds, and a text by its length, so that no loop over them is free.
    pub(super) fn charge(&mut self, val: &Val) {
        let weight = match val {
            Val::List(_, weight) => *weight,
            Val::Text(text) => u32::try_from(text.len() / 64).unwrap_or(u32::MAX),
            other => u32::try_from(other.len().unwrap_or(0)).unwrap_or(u32::MAX),
        };
        self.spent = self.spent.saturating_add(weight);
    }

    /// Whether the evaluation has been given up.
    #[inline]
    pub(super) fn spent_all(&self) -> bool {
        self.spent > MAX_COST
    }
}

#[inline]
fn constant(constant: &Constant) -> Val<'_> {
    match constant {
        Constant::Null => Val::Null,
        Constant::Bool(value) => Val::Bool(*value),
        Constant::Int(value) => Val::Int(*value),
        Constant::Decimal(value) => Val::Decimal(*value),
        Constant::Text(text) => Val::Text(text),
        Constant::Choice(place, key) => Val::Choice(*place, *key),
        Constant::Date(day) => Val::Date(DateRange::day(*day)),
        Constant::Money(amount) => Val::Money(Range::exactly(*amount)),
        Constant::Months(months) => Val::Months(*months),
        Constant::Days(days) => Val::Days(*days),
    }
}
