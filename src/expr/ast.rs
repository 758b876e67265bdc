//! An expression as written: a flat tree with the place of every sub-expression.
//! Must not know types or which names exist.

use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

/// A place in [`Tree::nodes`].
pub(super) type AstId = usize;

/// An operator with two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    And,
    Or,
    In,
    Compare(Comparison),
    Arith(Arithmetic),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    NotEqual,
}

impl Comparison {
    /// As written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }

    /// The comparison that says the same with the sides exchanged.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Equal | Self::NotEqual => self,
        }
    }

    /// Whether it asks for an order, not only for equality.
    pub(super) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// An operation on numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// One sub-expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ast {
    Null,
    Bool(bool),
    Int(i64),
    Decimal(Decimal),
    Text(Arc<str>),
    /// A name; its place is kept apart from that of parentheses around it.
    Name(Range<usize>),
    /// A field of something; the place is that of the field's name.
    Select(AstId, Range<usize>),
    Index(AstId, AstId),
    List(Vec<AstId>),
    Not(AstId),
    Negate(AstId),
    Binary(Binary, AstId, AstId),
    Choose(AstId, AstId, AstId),
    /// `name(args)`; the place is that of the name.
    Call(Range<usize>, Vec<AstId>),
    /// `on.name(args)`; the place is that of the name.
    Method(AstId, Range<usize>, Vec<AstId>),
}

/// A sub-expression, its place, and how deep it goes.
#[derive(Debug)]
pub(super) struct AstNode {
    pub(super) ast: Ast,
    pub(super) span: Range<usize>,
    pub(super) depth: usize,
}

/// A whole expression.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<AstNode>,
    pub(super) root: AstId,
}

impl Tree {
    pub(super) fn ast(&self, id: AstId) -> &Ast {
        &self.nodes[id].ast
    }

    pub(super) fn span(&self, id: AstId) -> Range<usize> {
        self.nodes[id].span.clone()
    }
}
