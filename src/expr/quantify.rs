//! Quantifiers, counts, filters and maps: a body for every element.
//! Must not look up a word or build a text.

use super::Fault;
use super::eval::{Env, Machine};
use super::node::{Node, NodeId, Quantifier, Slot};
use super::val::{Truth, Val};

impl<'a> Machine<'a, '_> {
    /// A quantifier over a table, which may have more elements than the file knows.
    #[inline(never)]
    pub(super) fn each(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Truth {
        let Node::Each(quantifier, table, slot, body) = self.built.nodes[id as usize] else {
            return Truth::Unknown;
        };
        let mut tally = Tally::new(quantifier, self.facts.is_open(table));
        if let Some(test) = self.field_test(body, slot) {
            for (row, record) in (0..).zip(self.facts.definition().rows(table)) {
                let truth = self.test_field(test, row, record);
                if tally.add(truth) || self.spent_all() {
                    break;
                }
            }
            return tally.result();
        }
        let records = self.facts.definition().rows(table);
        if let Some(rows) = self.decisive(quantifier, (slot, body), env) {
            for (row, record) in rows.into_iter().filter_map(|row| Some((row, records.get(row as usize)?))) {
                tally.add(self.truth(body, &env.with_row(slot, row, Some(record))));
            }
            return tally.result();
        }
        for (row, record) in (0..).zip(records) {
            let truth = self.truth(body, &env.with_row(slot, row, Some(record)));
            if tally.add(truth) || self.spent_all() {
                break;
            }
        }
        tally.result()
    }

    /// A quantifier over a list.
    pub(super) fn each_of(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Truth {
        let Node::EachOf(quantifier, list, slot, body) = self.built.nodes[id as usize] else {
            return Truth::Unknown;
        };
        let list = self.val(list, env);
        self.charge(&list);
        let Some(len) = list.len() else {
            return no_list(&list).truth();
        };
        let mut tally = Tally::new(quantifier, false);
        for at in 0..len {
            let truth = self.truth(body, &env.with_item(slot, &list.item(at)));
            if tally.add(truth) || self.spent_all() {
                break;
            }
        }
        tally.result()
    }

    /// The number of elements of a table for which the body holds, as far as it is known.
    pub(super) fn count_where(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Val<'a> {
        let Node::CountWhere(table, slot, body) = self.built.nodes[id as usize] else {
            return Val::Unknown;
        };
        let (mut sure, mut possible) = (0, 0);
        for (row, record) in (0..).zip(self.facts.definition().rows(table)) {
            match self.truth(body, &env.with_row(slot, row, Some(record))) {
                Truth::True => sure += 1,
                Truth::Unknown => possible += 1,
                Truth::Error(fault) => return Val::Error(fault),
                Truth::False => {}
            }
        }
        if self.facts.is_open(table) {
            Val::Count(sure, i64::MAX)
        } else if possible > 0 {
            Val::Count(sure, sure + possible)
        } else {
            Val::Int(sure)
        }
    }

    /// The elements of a list for which the body holds.
    pub(super) fn filter(
        &mut self,
        list: NodeId,
        (slot, body): (Slot, NodeId),
        env: &Env<'_, 'a>,
    ) -> Val<'a> {
        let list = self.val(list, env);
        self.charge(&list);
        let Some(len) = list.len() else {
            return no_list(&list);
        };
        let mut items = Vec::new();
        let mut unknown = false;
        for at in 0..len {
            let item = list.item(at);
            match self.truth(body, &env.with_item(slot, &item)) {
                Truth::True => items.push(item),
                Truth::False => {}
                Truth::Unknown => unknown = true,
                Truth::Error(fault) => return Val::Error(fault),
            }
        }
        if unknown { Val::Unknown } else { Val::list(items) }
    }

    /// The body for every element of a list.
    pub(super) fn map(&mut self, list: NodeId, (slot, body): (Slot, NodeId), env: &Env<'_, 'a>) -> Val<'a> {
        let list = self.val(list, env);
        self.charge(&list);
        let Some(len) = list.len() else {
            return no_list(&list);
        };
        let mut items = Vec::with_capacity(len);
        for at in 0..len {
            match self.val(body, &env.with_item(slot, &list.item(at))) {
                Val::Error(fault) => return Val::Error(fault),
                val => items.push(val),
            }
        }
        Val::list(items)
    }
}

/// What becomes of a list that is not there.
fn no_list<'a>(val: &Val<'a>) -> Val<'a> {
    val.obstacle().unwrap_or(Val::Error(Fault::WrongType))
}

/// The values of the elements seen so far.
struct Tally {
    quantifier: Quantifier,
    found: Truth,
    sure: u32,
    possible: u32,
    fault: Option<Fault>,
}

impl Tally {
    #[inline]
    fn new(quantifier: Quantifier, open: bool) -> Self {
        let rest = if open { Truth::Unknown } else { Truth::False };
        Self { quantifier, found: rest, sure: 0, possible: u32::from(open), fault: None }
    }

    /// Counts an element in; true where no further one can change the result.
    #[inline]
    fn add(&mut self, truth: Truth) -> bool {
        match self.quantifier {
            Quantifier::Exists => self.found = self.found.or(truth),
            // `all` is `exists` of the opposite, turned around.
            Quantifier::All => self.found = self.found.or(truth.not()),
            Quantifier::ExistsOne => match truth {
                Truth::True => self.sure += 1,
                Truth::Unknown => self.possible += 1,
                Truth::Error(fault) => self.fault = Some(fault),
                Truth::False => {}
            },
        }
        matches!(self.found, Truth::True)
    }

    #[inline]
    fn result(&self) -> Truth {
        match self.quantifier {
            Quantifier::Exists => self.found,
            Quantifier::All => self.found.not(),
            Quantifier::ExistsOne => match (self.fault, self.sure, self.possible) {
                (Some(fault), ..) => Truth::Error(fault),
                (None, 2.., _) => Truth::False,
                (None, sure, 0) => Truth::from(sure == 1),
                (None, ..) => Truth::Unknown,
            },
        }
    }
}
