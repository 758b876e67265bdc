//! The compact typed form: a flat list of nodes, every word resolved, every constant read.
//! Must not evaluate.

use super::ast::{Arithmetic, Comparison};
use super::types::Ty;
use crate::facts::Word;
use crate::model::{Date, KeyId, Table};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A place in the list of nodes.
pub(super) type NodeId = u32;

/// A place for a variable in an evaluation.
pub(super) type Slot = u8;

/// A constant of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// Text.
    Text(Arc<str>),
    /// A word of the list of a key, by its place.
    Choice(u8, KeyId),
    /// A day.
    Date(Date),
    /// US dollars.
    Money(Decimal),
    /// Whole calendar months.
    Months(u32),
    /// Days, by which a date is moved.
    Days(u32),
}

/// What a question about text asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextTest {
    StartsWith,
    EndsWith,
    Contains,
}

/// What a quantifier asks of its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    Exists,
    All,
    ExistsOne,
}

/// One node. Children stand before their parents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Node {
    Constant(u32),
    Word(Word),
    /// A field of the element that the slot stands for.
    Field(Slot, KeyId),
    /// The element of a list that the slot stands for.
    Variable(Slot),
    HasWord(Word),
    HasField(Slot, KeyId),
    /// Whether a table that stands once has any key.
    HasTable(Table),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Compare(Comparison, NodeId, NodeId),
    In(NodeId, NodeId),
    Text(TextTest, NodeId, NodeId),
    Negate(NodeId),
    Arith(Arithmetic, NodeId, NodeId),
    Choose(NodeId, NodeId, NodeId),
    /// From, and how many of, [`Built::children`].
    List(u32, u32),
    Index(NodeId, NodeId),
    Size(NodeId),
    /// The number of elements of a table.
    Count(Table),
    /// The number of elements of a table for which the body holds.
    CountWhere(Table, Slot, NodeId),
    /// A quantifier over a table.
    Each(Quantifier, Table, Slot, NodeId),
    /// A quantifier over a list.
    EachOf(Quantifier, NodeId, Slot, NodeId),
    Filter(NodeId, Slot, NodeId),
    Map(NodeId, Slot, NodeId),
}

/// Everything that a compiled expression holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Built {
    pub(super) nodes: Vec<Node>,
    /// The place of every node in the text.
    pub(super) spans: Vec<(u32, u32)>,
    pub(super) constants: Vec<Constant>,
    pub(super) children: Vec<NodeId>,
    pub(super) root: NodeId,
    pub(super) ty: Ty,
}

impl Built {
    pub(super) fn node(&self, id: NodeId) -> Node {
        self.nodes[id as usize]
    }
}
