//! Evaluation with three values; every step is kept.
//! Must not look up a word or build a text.

use super::Fault;
use super::limits::{MAX_COST, MAX_VARIABLES};
use super::node::{Built, Constant, Node, NodeId, Quantifier, Slot, TextTest};
use super::trace::{NO_ROW, Outcome, Step, Trace};
use super::val::{Truth, Val, arithmetic, compare, holds};
use crate::facts::{Facts, Word};
use crate::model::{DateRange, Range, Table, key};

/// One evaluation.
pub(super) struct Machine<'a, 't> {
    built: &'a Built,
    facts: &'a Facts<'a>,
    trace: &'t mut Trace,
    /// The element of a table that each slot stands for.
    rows: [u32; MAX_VARIABLES],
    /// The innermost element of a table.
    row: u32,
    /// The element of a list that each slot stands for.
    values: Vec<Val<'a>>,
    spent: u32,
}

impl<'a, 't> Machine<'a, 't> {
    #[inline]
    pub(super) fn new(built: &'a Built, facts: &'a Facts<'a>, trace: &'t mut Trace) -> Self {
        trace.clear();
        Self {
            built,
            facts,
            trace,
            rows: [NO_ROW; MAX_VARIABLES],
            row: NO_ROW,
            values: Vec::new(),
            spent: 0,
        }
    }

    /// Lets a slot stand for an element of a table.
    pub(super) fn bind(&mut self, slot: usize, row: u32) {
        self.rows[slot] = row;
        self.row = row;
    }

    fn keep(&mut self, node: NodeId, first: u32, row: u32, outcome: Outcome) {
        self.trace.push(Step {
            node,
            first,
            row,
            outcome,
        });
    }

    /// The value of a condition.
    pub(super) fn truth(&mut self, id: NodeId) -> Truth {
        self.spent += 1;
        if self.spent > MAX_COST {
            return Truth::Error(Fault::TooCostly);
        }
        let first = self.trace.mark();
        let truth = match self.built.nodes[id as usize] {
            Node::And(left, right) => {
                let left = self.truth(left);
                left.and(self.truth(right))
            }
            Node::Compare(comparison, left, right) => {
                let left = self.val(left);
                let right = self.val(right);
                compare(comparison, &left, &right)
            }
            Node::Each(quantifier, table, slot, body) => self.each(quantifier, table, slot, body),
            Node::Or(left, right) => {
                let left = self.truth(left);
                left.or(self.truth(right))
            }
            Node::Not(inner) => self.truth(inner).not(),
            Node::HasWord(word) => self.facts.has(word).into(),
            Node::HasField(slot, key) => self
                .facts
                .element_has(key, self.rows[usize::from(slot)])
                .into(),
            Node::In(value, list) => self.inside(value, list),
            Node::Text(test, whole, part) => self.text(test, whole, part),
            Node::EachOf(quantifier, list, slot, body) => {
                self.each_of(quantifier, list, slot, body)
            }
            // Every other node keeps its own step.
            _ => return self.read(id).truth(),
        };
        let outcome = match truth {
            Truth::False => Outcome::False,
            Truth::Unknown => Outcome::Unknown,
            Truth::True => Outcome::True,
            Truth::Error(_) => Outcome::Error,
        };
        let row = match self.built.nodes[id as usize] {
            Node::HasField(slot, _) => self.rows[usize::from(slot)],
            _ => self.row,
        };
        self.keep(id, first, row, outcome);
        truth
    }

    /// The value of any node.
    #[inline]
    pub(super) fn val(&mut self, id: NodeId) -> Val<'a> {
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
            | Node::In(..)
            | Node::Text(..) => self.truth(id).val(),
            _ => {
                self.spent += 1;
                if self.spent > MAX_COST {
                    return Val::Error(Fault::TooCostly);
                }
                self.read(id)
            }
        }
    }

    /// The value of a node that is no condition by its form.
    fn read(&mut self, id: NodeId) -> Val<'a> {
        let first = self.trace.mark();
        let mut row = self.row;
        let val = match self.built.nodes[id as usize] {
            Node::Constant(place) => return constant(&self.built.constants[place as usize]),
            Node::Word(word) => {
                let key = if let Word::Key(key) = word {
                    key
                } else {
                    key::project::DURATION
                };
                Val::of_fact(self.facts.fact(word), key)
            }
            Node::Field(slot, key) => {
                row = self.rows[usize::from(slot)];
                Val::of_fact(self.facts.element(key, row), key)
            }
            node => self.built_up(node),
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

    /// The value of a node that is made of others.
    #[inline(never)]
    fn built_up(&mut self, node: Node) -> Val<'a> {
        match node {
            Node::Variable(slot) => self
                .values
                .get(usize::from(slot))
                .cloned()
                .unwrap_or(Val::Unknown),
            Node::Negate(inner) => match self.val(inner) {
                Val::Int(value) => value
                    .checked_neg()
                    .map_or(Val::Error(Fault::Overflow), Val::Int),
                Val::Count(..) => Val::Unknown,
                other => other.obstacle().unwrap_or(Val::Error(Fault::WrongType)),
            },
            Node::Arith(operation, left, right) => {
                let left = self.val(left);
                let right = self.val(right);
                self.charge(&left);
                self.charge(&right);
                arithmetic(operation, &left, &right)
            }
            Node::Choose(test, yes, no) => self.choose(test, yes, no),
            Node::List(from, count) => {
                let nodes = &self.built.children[from as usize..(from + count) as usize];
                Val::list(nodes.iter().map(|node| self.val(*node)).collect())
            }
            Node::Index(list, at) => self.index(list, at),
            Node::Size(of) => size(&self.val(of)),
            Node::Count(table) => {
                let sure = i64::from(self.facts.count(table));
                if self.facts.is_open(table) {
                    Val::Count(sure, i64::MAX)
                } else {
                    Val::Int(sure)
                }
            }
            Node::CountWhere(table, slot, body) => self.count_where(table, slot, body),
            Node::Filter(list, slot, body) => self.filter(list, slot, body),
            Node::Map(list, slot, body) => self.map(list, slot, body),
            _ => Val::Unknown,
        }
    }

    /// A list costs as much as it holds.
    fn charge(&mut self, val: &Val) {
        let weight = if let Val::List(_, weight) = val {
            *weight
        } else {
            u32::try_from(val.len().unwrap_or(0)).unwrap_or(u32::MAX)
        };
        self.spent = self.spent.saturating_add(weight);
    }

    fn spent_all(&self) -> bool {
        self.spent > MAX_COST
    }

    fn choose(&mut self, test: NodeId, yes: NodeId, no: NodeId) -> Val<'a> {
        match self.truth(test) {
            Truth::True => self.val(yes),
            Truth::False => self.val(no),
            Truth::Error(fault) => Val::Error(fault),
            Truth::Unknown => {
                let yes = self.val(yes);
                let no = self.val(no);
                match compare(super::ast::Comparison::Equal, &yes, &no) {
                    Truth::True => yes,
                    _ => Val::Unknown,
                }
            }
        }
    }

    fn index(&mut self, list: NodeId, at: NodeId) -> Val<'a> {
        let list = self.val(list);
        let at = self.val(at);
        if let Some(obstacle) = list.obstacle().or_else(|| at.obstacle()) {
            return obstacle;
        }
        match (list.len(), at) {
            (Some(_), Val::Int(at)) => {
                usize::try_from(at).map_or(Val::Error(Fault::NoSuchPlace), |at| list.item(at))
            }
            (Some(_), Val::Count(..)) => Val::Unknown,
            _ => Val::Error(Fault::WrongType),
        }
    }

    #[inline(never)]
    fn inside(&mut self, value: NodeId, list: NodeId) -> Truth {
        let value = self.val(value);
        if let Node::List(from, count) = self.built.nodes[list as usize] {
            // A literal list need not be built to be looked in.
            let nodes = &self.built.children[from as usize..(from + count) as usize];
            let (mut found, mut fault) = (Truth::False, value.truth_of_error());
            for node in nodes {
                let item = self.val(*node);
                fault = fault.or(item.truth_of_error());
                found = found.or(compare(super::ast::Comparison::Equal, &value, &item));
            }
            return fault.unwrap_or(found);
        }
        let list = self.val(list);
        self.charge(&list);
        match value.truth_of_error().or(list.truth_of_error()) {
            Some(fault) => fault,
            None if matches!(list, Val::Unknown) => Truth::Unknown,
            None => holds(&list, &value),
        }
    }

    #[inline(never)]
    fn text(&mut self, test: TextTest, whole: NodeId, part: NodeId) -> Truth {
        let whole = self.val(whole);
        let part = self.val(part);
        match (&whole, &part) {
            (Val::Text(whole), Val::Text(part)) => match test {
                TextTest::StartsWith => whole.starts_with(part).into(),
                TextTest::EndsWith => whole.ends_with(part).into(),
                TextTest::Contains => whole.contains(part).into(),
            },
            (Val::Error(fault), _) | (_, Val::Error(fault)) => Truth::Error(*fault),
            (Val::Unknown, _) | (_, Val::Unknown) => Truth::Unknown,
            _ => Truth::Error(Fault::WrongType),
        }
    }

    /// A quantifier over a table, which may have more elements than the file knows.
    fn each(&mut self, quantifier: Quantifier, table: Table, slot: Slot, body: NodeId) -> Truth {
        let mut tally = Tally::new(
            quantifier,
            if self.facts.is_open(table) {
                Truth::Unknown
            } else {
                Truth::False
            },
        );
        let outer = self.row;
        for row in 0..self.facts.count(table) {
            self.bind(usize::from(slot), row);
            if tally.add(self.truth(body)) || self.spent_all() {
                break;
            }
        }
        self.row = outer;
        tally.result()
    }

    #[inline(never)]
    fn each_of(&mut self, quantifier: Quantifier, list: NodeId, slot: Slot, body: NodeId) -> Truth {
        let list = self.val(list);
        let Some(len) = list.len() else {
            return list
                .obstacle()
                .unwrap_or(Val::Error(Fault::WrongType))
                .truth();
        };
        let mut tally = Tally::new(quantifier, Truth::False);
        for at in 0..len {
            self.set(slot, list.item(at));
            if tally.add(self.truth(body)) || self.spent_all() {
                break;
            }
        }
        tally.result()
    }

    fn set(&mut self, slot: Slot, val: Val<'a>) {
        let place = usize::from(slot);
        if self.values.len() <= place {
            self.values.resize(place + 1, Val::Unknown);
        }
        self.values[place] = val;
    }

    fn count_where(&mut self, table: Table, slot: Slot, body: NodeId) -> Val<'a> {
        let (mut sure, mut possible) = (0, 0);
        let outer = self.row;
        let mut fault = None;
        for row in 0..self.facts.count(table) {
            self.bind(usize::from(slot), row);
            match self.truth(body) {
                Truth::True => sure += 1,
                Truth::Unknown => possible += 1,
                Truth::Error(error) => fault = Some(error),
                Truth::False => {}
            }
            if self.spent_all() {
                break;
            }
        }
        self.row = outer;
        match fault {
            Some(fault) => Val::Error(fault),
            None if self.facts.is_open(table) => Val::Count(sure, i64::MAX),
            None if possible > 0 => Val::Count(sure, sure + possible),
            None => Val::Int(sure),
        }
    }

    fn filter(&mut self, list: NodeId, slot: Slot, body: NodeId) -> Val<'a> {
        let list = self.val(list);
        let Some(len) = list.len() else {
            return list.obstacle().unwrap_or(Val::Error(Fault::WrongType));
        };
        let mut items = Vec::new();
        let mut unknown = false;
        for at in 0..len {
            self.set(slot, list.item(at));
            match self.truth(body) {
                Truth::True => items.push(list.item(at)),
                Truth::False => {}
                Truth::Unknown => unknown = true,
                Truth::Error(fault) => return Val::Error(fault),
            }
        }
        if unknown {
            Val::Unknown
        } else {
            Val::list(items)
        }
    }

    fn map(&mut self, list: NodeId, slot: Slot, body: NodeId) -> Val<'a> {
        let list = self.val(list);
        let Some(len) = list.len() else {
            return list.obstacle().unwrap_or(Val::Error(Fault::WrongType));
        };
        let mut items = Vec::with_capacity(len);
        for at in 0..len {
            self.set(slot, list.item(at));
            match self.val(body) {
                Val::Error(fault) => return Val::Error(fault),
                val => items.push(val),
            }
        }
        Val::list(items)
    }
}

impl Val<'_> {
    fn truth_of_error(&self) -> Option<Truth> {
        if let Self::Error(fault) = self {
            Some(Truth::Error(*fault))
        } else {
            None
        }
    }
}

/// The number of elements or of letters.
fn size<'a>(val: &Val<'a>) -> Val<'a> {
    let count = match val {
        Val::Text(text) => text.chars().count(),
        other => match other.len() {
            Some(len) => len,
            None => return other.obstacle().unwrap_or(Val::Error(Fault::WrongType)),
        },
    };
    i64::try_from(count).map_or(Val::Error(Fault::Overflow), Val::Int)
}

/// The values of the elements seen so far.
struct Tally {
    quantifier: Quantifier,
    found: Truth,
    sure: u32,
    possible: u32,
    fault: Option<Fault>,
    open: bool,
}

impl Tally {
    #[inline]
    fn new(quantifier: Quantifier, rest: Truth) -> Self {
        Self {
            quantifier,
            found: rest,
            sure: 0,
            possible: 0,
            fault: None,
            open: rest == Truth::Unknown,
        }
    }

    /// Counts an element in; true where no further one can change the result.
    #[inline]
    fn add(&mut self, truth: Truth) -> bool {
        match self.quantifier {
            // `all` is `exists` of the opposite, turned around.
            Quantifier::Exists => self.found = self.found.or(truth),
            Quantifier::All => self.found = self.found.or(truth.not()),
            Quantifier::ExistsOne => match truth {
                Truth::True => self.sure += 1,
                Truth::Unknown => self.possible += 1,
                Truth::Error(fault) => self.fault = Some(fault),
                Truth::False => {}
            },
        }
        self.found == Truth::True
    }

    #[inline]
    fn result(&self) -> Truth {
        match self.quantifier {
            Quantifier::Exists => self.found,
            Quantifier::All => self.found.not(),
            Quantifier::ExistsOne => {
                match (self.fault, self.sure, self.possible > 0 || self.open) {
                    (Some(fault), ..) => Truth::Error(fault),
                    (None, 2.., _) => Truth::False,
                    (None, _, true) => Truth::Unknown,
                    (None, sure, false) => Truth::from(sure == 1),
                }
            }
        }
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
    }
}
