//! Operators on values: numbers, lists, texts, `?:`.
//! Must not look up a word or build a text.

use super::Fault;
use super::ast::Comparison;
use super::eval::{Env, Machine};
use super::node::{Node, NodeId, TextTest};
use super::order::{compare, holds};
use super::val::{Truth, Val, arithmetic};

impl<'a> Machine<'a, '_> {
    /// The value of a node that is made of others.
    #[inline(never)]
    pub(super) fn built_up(&mut self, id: NodeId, env: &Env<'_, 'a>) -> Val<'a> {
        match self.built.nodes[id as usize] {
            Node::Variable(slot) => {
                let item = env.find(slot).and_then(|found| found.item);
                item.cloned().unwrap_or(Val::Unknown)
            }
            Node::Negate(inner) => match self.val(inner, env) {
                Val::Int(value) => value.checked_neg().map_or(Val::Error(Fault::Overflow), Val::Int),
                Val::Count(..) => Val::Unknown,
                other => other.obstacle().unwrap_or(Val::Error(Fault::WrongType)),
            },
            Node::Arith(operation, left, right) => {
                let left = self.val(left, env);
                let right = self.val(right, env);
                self.charge(&left);
                self.charge(&right);
                arithmetic(operation, &left, &right)
            }
            Node::Choose(test, yes, no) => self.choose([test, yes, no], env),
            Node::List(from, count) => {
                let nodes = &self.built.children[from as usize..(from + count) as usize];
                Val::list(nodes.iter().map(|node| self.val(*node, env)).collect())
            }
            Node::Index(list, at) => self.index(list, at, env),
            Node::Size(of) => {
                let val = self.val(of, env);
                self.charge(&val);
                size(&val)
            }
            Node::Count(table) => {
                let sure = i64::from(self.facts.count(table));
                if self.facts.is_open(table) { Val::Count(sure, i64::MAX) } else { Val::Int(sure) }
            }
            Node::CountWhere(..) => self.count_where(id, env),
            Node::Filter(list, slot, body) => self.filter(list, (slot, body), env),
            Node::Map(list, slot, body) => self.map(list, (slot, body), env),
            _ => Val::Unknown,
        }
    }

    fn choose(&mut self, [test, yes, no]: [NodeId; 3], env: &Env<'_, 'a>) -> Val<'a> {
        match self.truth(test, env) {
            Truth::True => self.val(yes, env),
            Truth::False => self.val(no, env),
            Truth::Error(fault) => Val::Error(fault),
            Truth::Unknown => {
                let yes = self.val(yes, env);
                let no = self.val(no, env);
                self.charge(&yes);
                match (&yes, &no) {
                    (Val::Error(fault), Val::Error(_)) => Val::Error(*fault),
                    _ if compare(Comparison::Equal, &yes, &no) == Truth::True => yes,
                    _ => Val::Unknown,
                }
            }
        }
    }

    fn index(&mut self, list: NodeId, at: NodeId, env: &Env<'_, 'a>) -> Val<'a> {
        let list = self.val(list, env);
        let at = self.val(at, env);
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

    /// `value in list`.
    pub(super) fn inside(&mut self, value: NodeId, list: NodeId, env: &Env<'_, 'a>) -> Truth {
        let value = self.val(value, env);
        if let Node::List(from, count) = self.built.nodes[list as usize] {
            // A literal list need not be built to be looked in.
            let nodes = &self.built.children[from as usize..(from + count) as usize];
            let (mut found, mut fault) = (Truth::False, value.fault());
            for node in nodes {
                let item = self.val(*node, env);
                fault = fault.or(item.fault());
                found = found.or(compare(Comparison::Equal, &value, &item));
            }
            return fault.map_or(found, Truth::Error);
        }
        let list = self.val(list, env);
        self.charge(&list);
        match value.fault().or(list.fault()) {
            Some(fault) => Truth::Error(fault),
            None if matches!(list, Val::Unknown) => Truth::Unknown,
            None => holds(&list, &value),
        }
    }

    /// A question about two texts.
    pub(super) fn text(&mut self, test: TextTest, sides: [NodeId; 2], env: &Env<'_, 'a>) -> Truth {
        let [whole, part] = sides.map(|side| self.val(side, env));
        self.charge(&whole);
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
