//! What an expression reads, and against which constants: the cuts for cells.
//! Must not evaluate.

use super::node::{Built, Constant, Node, NodeId};
use super::types::Ty;
use crate::facts::{self, Word};
use crate::model::{KeyId, Table};

/// A fact that an expression reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// A word.
    Word(Word),
    /// A field of an element.
    Field(KeyId),
}

/// One reading of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// The fact.
    pub read: Read,
    /// The constant that it is held against; `None` where it is held against another fact,
    /// asked for with `has`, or used in any other way.
    pub against: Option<Constant>,
    /// Whether it is only asked whether the file gives it, whatever it says.
    pub given: bool,
    /// Whether it is a date that is moved by months or days before it is held against anything.
    pub moved: bool,
}

fn read(node: Node) -> Option<Read> {
    match node {
        Node::Word(word) | Node::HasWord(word) => Some(Read::Word(word)),
        Node::Field(_, key) | Node::HasField(_, key) => Some(Read::Field(key)),
        // Whether a table has any key changes with the first as with every other.
        Node::HasTable(table) => facts::fields(table).next().map(|(_, key)| Read::Word(Word::Key(key))),
        _ => None,
    }
}

/// Every reading of a fact; none is left out.
pub(super) fn atoms(built: &Built) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut seen = vec![false; built.nodes.len()];
    let reached = reached(built);
    let mut add = |atom: Atom| {
        if !atoms.contains(&atom) {
            atoms.push(atom);
        }
    };
    for id in (0..built.nodes.len()).filter(|id| reached[*id]) {
        let (Node::Compare(_, left, right) | Node::In(left, right)) = built.nodes[id] else {
            continue;
        };
        for (one, other) in [(left, right), (right, left)] {
            let constants = constants(built, other);
            let Some(read) = read(built.node(one)).filter(|_| !constants.is_empty()) else {
                continue;
            };
            seen[one as usize] = true;
            constants
                .into_iter()
                .for_each(|constant| add(Atom { read, against: Some(constant), given: false, moved: false }));
        }
    }
    let moved = moved(built);
    for (id, ((node, seen), reached)) in built.nodes.iter().zip(seen).zip(reached).enumerate() {
        let Some(read) = read(*node).filter(|_| !seen && reached) else {
            continue;
        };
        let is_bool = match node {
            Node::Word(word) => Ty::of_word(*word) == Ok(Ty::Bool),
            Node::Field(_, key) => Ty::of_key(*key) == Ty::Bool,
            _ => false,
        };
        let given = matches!(node, Node::HasWord(_) | Node::HasField(..) | Node::HasTable(_));
        add(Atom { read, against: is_bool.then_some(Constant::Bool(true)), given, moved: moved[id] });
    }
    atoms
}

/// The nodes that are dates which are moved by months or days.
fn moved(built: &Built) -> Vec<bool> {
    let mut moved = vec![false; built.nodes.len()];
    for node in &built.nodes {
        if let Node::Arith(_, date, by) = node
            && matches!(constants(built, *by).as_slice(), [Constant::Months(_) | Constant::Days(_)])
        {
            moved[*date as usize] = true;
        }
    }
    moved
}

/// The nodes that the expression evaluates: a mutant leaves out some, which stay in the list.
fn reached(built: &Built) -> Vec<bool> {
    let mut reached = vec![false; built.nodes.len()];
    let mut left = vec![built.root];
    while let Some(id) = left.pop() {
        if std::mem::replace(&mut reached[id as usize], true) {
            continue;
        }
        match built.node(id) {
            Node::Constant(_)
            | Node::Word(_)
            | Node::Field(..)
            | Node::Variable(_)
            | Node::HasWord(_)
            | Node::HasField(..)
            | Node::HasTable(_)
            | Node::Count(_) => {}
            Node::Not(one)
            | Node::Negate(one)
            | Node::Size(one)
            | Node::CountWhere(_, _, one)
            | Node::Each(_, _, _, one) => left.push(one),
            Node::And(one, two) | Node::Or(one, two) | Node::Compare(_, one, two) | Node::In(one, two) => {
                left.extend([one, two])
            }
            Node::Text(_, one, two) | Node::Arith(_, one, two) | Node::Index(one, two) => {
                left.extend([one, two])
            }
            Node::EachOf(_, one, _, two) | Node::Filter(one, _, two) | Node::Map(one, _, two) => {
                left.extend([one, two])
            }
            Node::Choose(one, two, three) => left.extend([one, two, three]),
            Node::List(from, count) => left.extend(&built.children[from as usize..(from + count) as usize]),
        }
    }
    reached
}

/// Whether facts are only asked for, and held against constants: then a few cells show every answer.
pub(super) fn is_cut(built: &Built) -> bool {
    let plain = |id: NodeId| read(built.node(id)).is_some();
    let against = |one: NodeId, other: NodeId| plain(one) && !constants(built, other).is_empty();
    let has_none = |node: &Node| match *node {
        Node::Compare(_, one, other) | Node::In(one, other) => against(one, other) || against(other, one),
        Node::Constant(_)
        | Node::Word(_)
        | Node::Field(..)
        | Node::HasWord(_)
        | Node::HasField(..)
        | Node::HasTable(_)
        | Node::List(..) => true,
        Node::Not(_) | Node::And(..) | Node::Or(..) | Node::Choose(..) => true,
        _ => false,
    };
    built.nodes.iter().all(has_none)
}

/// The constants of a node that is one, or a list of nothing else.
fn constants(built: &Built, id: NodeId) -> Vec<Constant> {
    match built.node(id) {
        Node::Constant(place) => vec![built.constants[place as usize].clone()],
        Node::List(from, count) => {
            let items: Vec<Vec<Constant>> =
                (from..from + count).map(|at| constants(built, built.children[at as usize])).collect();
            if items.iter().all(|item| item.len() == 1) { items.concat() } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// How many quantifiers and counts stand over each table, in the order of the tables.
pub(super) fn tables(built: &Built) -> Vec<(Table, usize)> {
    let stands_over = |node: &Node| match node {
        Node::Each(_, table, ..)
        | Node::CountWhere(table, ..)
        | Node::Count(table)
        | Node::HasWord(Word::Table(table)) => Some(*table),
        _ => None,
    };
    let nodes = built.nodes.iter().zip(reached(built)).filter(|(_, reached)| *reached).map(|(node, _)| node);
    let over: Vec<Table> = nodes.filter_map(stands_over).collect();
    let count = |table: Table| over.iter().filter(|other| **other == table).count();
    Table::ALL.iter().map(|table| (*table, count(*table))).filter(|(_, count)| *count > 0).collect()
}
