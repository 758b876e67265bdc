//! From the tree to the typed form: operators, lists, constants.
//! Must not evaluate.

use super::ast::{Arithmetic, Ast, AstId, Binary, Tree};
use super::error::ExprError;
use super::node::{Built, Constant, Node, NodeId, Slot};
use super::types::{Ty, repair};
use crate::model::Table;
use std::ops::Range;

/// A node and its type; `None` where a mistake has been told.
pub(super) type Checked = Option<(NodeId, Ty)>;

/// What a variable stands for.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    /// An element of a table.
    Row(Table),
    /// An element of a list of that type.
    Item(Ty),
}

/// A variable in force.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) bound: Bound,
    pub(super) slot: Slot,
}

/// The state of a check.
pub(super) struct Checker<'t> {
    pub(super) text: &'t str,
    pub(super) tree: &'t Tree,
    pub(super) built: Built,
    pub(super) variables: Vec<Variable>,
    pub(super) errors: Vec<ExprError>,
}

impl<'t> Checker<'t> {
    pub(super) fn new(text: &'t str, tree: &'t Tree, variables: Vec<Variable>) -> Self {
        let built = Built {
            nodes: Vec::new(),
            spans: Vec::new(),
            constants: Vec::new(),
            children: Vec::new(),
            root: 0,
            ty: Ty::Any,
        };
        Self { text, tree, built, variables, errors: Vec::new() }
    }

    /// Tells a mistake.
    pub(super) fn refuse(&mut self, error: ExprError) -> Checked {
        self.errors.push(error);
        None
    }

    pub(super) fn source(&self, span: Range<usize>) -> &'t str {
        &self.text[span]
    }

    pub(super) fn add(&mut self, node: Node, span: Range<usize>) -> NodeId {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.built.nodes.push(node);
        self.built.spans.push((cut(span.start), cut(span.end)));
        cut(self.built.nodes.len() - 1)
    }

    pub(super) fn constant(&mut self, constant: Constant, ty: Ty, span: Range<usize>) -> Checked {
        let place = u32::try_from(self.built.constants.len()).unwrap_or(u32::MAX);
        self.built.constants.push(constant);
        Some((self.add(Node::Constant(place), span), ty))
    }

    /// Checks a sub-expression. `wanted` is the type of the other side, which bare words and literals take on.
    pub(super) fn check(&mut self, id: AstId, wanted: Option<&Ty>) -> Checked {
        let span = self.tree.span(id);
        let tree = self.tree;
        match tree.ast(id) {
            Ast::Null => self.constant(Constant::Null, Ty::Null, span),
            Ast::Bool(value) => self.constant(Constant::Bool(*value), Ty::Bool, span),
            Ast::Int(value) if wanted == Some(&Ty::Decimal) => {
                self.constant(Constant::Decimal((*value).into()), Ty::Decimal, span)
            }
            Ast::Int(value) => self.constant(Constant::Int(*value), Ty::Int, span),
            Ast::Decimal(value) => self.decimal(*value, wanted, span),
            Ast::Text(text) => match wanted {
                Some(Ty::Choice(key)) => self.choice(text, *key, span),
                _ => self.constant(Constant::Text(text.clone()), Ty::Text, span),
            },
            Ast::Name(name) => self.name(name.clone(), wanted),
            Ast::Select(..) => self.path(id),
            Ast::Index(on, at) => self.index(*on, *at, span),
            Ast::List(items) => self.list(items, wanted, span),
            Ast::Not(inner) => {
                let inner = self.truth(*inner, "`!` turns around")?;
                Some((self.add(Node::Not(inner), span), Ty::Bool))
            }
            Ast::Negate(inner) => {
                let inner = self.number(*inner, "`-`")?;
                Some((self.add(Node::Negate(inner), span), Ty::Int))
            }
            Ast::Binary(operator, left, right) => self.binary(*operator, *left, *right, span),
            Ast::Choose(test, yes, no) => self.choose([*test, *yes, *no], wanted, span),
            Ast::Call(name, args) => self.call(name.clone(), args, span),
            Ast::Method(on, name, args) => self.method(*on, name.clone(), args, span),
        }
    }

    fn decimal(&mut self, value: rust_decimal::Decimal, wanted: Option<&Ty>, span: Range<usize>) -> Checked {
        if wanted == Some(&Ty::Decimal) {
            return self.constant(Constant::Decimal(value), Ty::Decimal, span);
        }
        let hint = match wanted {
            Some(ty) => repair((ty, ""), (&Ty::Decimal, self.source(span.clone()))),
            None => None,
        };
        let hint = hint.unwrap_or_else(|| "write a whole number, or usd(349999.99) for money".to_owned());
        self.refuse(ExprError::new(span, "a number with a point cannot stand here").hint(hint))
    }

    /// A condition; `what` says in a message who asks for it.
    pub(super) fn truth(&mut self, id: AstId, what: &str) -> Option<NodeId> {
        let (node, ty) = self.check(id, Some(&Ty::Bool))?;
        if ty.fits(&Ty::Bool) {
            return Some(node);
        }
        let message = format!("{what} a condition that is true or false, and this is {}", ty.describe());
        self.refuse(
            ExprError::new(self.tree.span(id), message).hint("compare it with something: `==`, `<`, `in`"),
        );
        None
    }

    /// A whole number; `what` is the sign that asks for it.
    pub(super) fn number(&mut self, id: AstId, what: &str) -> Option<NodeId> {
        let (node, ty) = self.check(id, Some(&Ty::Int))?;
        if ty.fits(&Ty::Int) {
            return Some(node);
        }
        let error = ExprError::new(
            self.tree.span(id),
            format!("{what} works on whole numbers, and this is {}", ty.describe()),
        );
        self.refuse(match ty {
            Ty::Text => error.hint("conditions compare texts, they do not build them"),
            _ => error,
        });
        None
    }

    fn binary(&mut self, operator: Binary, left: AstId, right: AstId, span: Range<usize>) -> Checked {
        let node = match operator {
            Binary::And | Binary::Or => {
                let what = if operator == Binary::And { "`&&` joins" } else { "`||` joins" };
                let (left, right) = (self.truth(left, what), self.truth(right, what));
                if operator == Binary::And { Node::And(left?, right?) } else { Node::Or(left?, right?) }
            }
            Binary::Compare(comparison) => return self.compare(comparison, left, right, span),
            Binary::In => return self.inside(left, right, span),
            Binary::Arith(operation @ (Arithmetic::Add | Arithmetic::Subtract)) if self.is_step(right) => {
                return self.moved(operation, left, right, span);
            }
            Binary::Arith(Arithmetic::Add) => return self.sum(left, right, span),
            Binary::Arith(operation) => {
                let sign = match operation {
                    Arithmetic::Add => "`+`",
                    Arithmetic::Subtract => "`-`",
                    Arithmetic::Multiply => "`*`",
                    Arithmetic::Divide => "`/`",
                    Arithmetic::Remainder => "`%`",
                };
                let (left, right) = (self.number(left, sign), self.number(right, sign));
                return Some((self.add(Node::Arith(operation, left?, right?), span), Ty::Int));
            }
        };
        Some((self.add(node, span), Ty::Bool))
    }

    /// Whether it is a length by which a date can be moved: `months(3)` or `days(1)`.
    fn is_step(&self, id: AstId) -> bool {
        matches!(self.tree.ast(id), Ast::Call(name, _) if matches!(self.source(name.clone()), "months" | "days"))
    }

    /// A date some months or days later or earlier.
    fn moved(&mut self, operation: Arithmetic, date: AstId, by: AstId, span: Range<usize>) -> Checked {
        let (date, by) =
            (self.check(date, Some(&Ty::Date)).map(|checked| (checked, date)), self.check(by, None));
        let ((node, ty), id) = date?;
        let (by, _) = by?;
        if ty != Ty::Date {
            let error = ExprError::new(
                self.tree.span(id),
                format!("only a date can be moved by months or days, and this is {}", ty.describe()),
            );
            return self.refuse(error.hint("write project.end + months(3)"));
        }
        Some((self.add(Node::Arith(operation, node, by), span), Ty::Date))
    }

    /// `+` joins numbers and lists.
    fn sum(&mut self, left: AstId, right: AstId, span: Range<usize>) -> Checked {
        let is_list = |id: AstId| matches!(self.tree.ast(id), Ast::List(_));
        if is_list(left) || is_list(right) {
            let (left, right) = (self.check(left, None), self.check(right, None));
            let ((left, one), (right, other)) = (left?, right?);
            let both = matches!((&one, &other), (Ty::List(_) | Ty::Any, Ty::List(_) | Ty::Any));
            let Some(ty) = one.clone().join(&other).filter(|_| both) else {
                return self.refuse(ExprError::new(
                    span,
                    format!("`+` cannot join {} and {}", one.describe(), other.describe()),
                ));
            };
            return Some((self.add(Node::Arith(Arithmetic::Add, left, right), span), ty));
        }
        let checked = self.check(left, None);
        if let Some((node, ty @ Ty::List(_))) = checked {
            let (right, other) = self.check(right, Some(&ty))?;
            let Some(ty) = ty.clone().join(&other).filter(|_| matches!(other, Ty::List(_))) else {
                return self.refuse(ExprError::new(
                    span,
                    format!("`+` cannot join {} and {}", ty.describe(), other.describe()),
                ));
            };
            return Some((self.add(Node::Arith(Arithmetic::Add, node, right), span), ty));
        }
        let number = checked
            .and_then(|(node, ty)| if ty.fits(&Ty::Int) { Some((node, ty)) } else { self.no_sum(left, &ty) });
        let right = self.number(right, "`+`");
        let ty = if matches!(number, Some((_, Ty::Any))) { Ty::Any } else { Ty::Int };
        Some((self.add(Node::Arith(Arithmetic::Add, number?.0, right?), span), ty))
    }

    fn no_sum(&mut self, id: AstId, ty: &Ty) -> Checked {
        let error = ExprError::new(
            self.tree.span(id),
            format!("`+` works on whole numbers and lists, and this is {}", ty.describe()),
        );
        self.refuse(match ty {
            Ty::Text => error.hint("conditions compare texts, they do not build them"),
            Ty::Date => error.hint("a date moves by `months(3)` or `days(1)`"),
            _ => error,
        })
    }

    fn list(&mut self, items: &[AstId], wanted: Option<&Ty>, span: Range<usize>) -> Checked {
        let wanted_item = if let Some(Ty::List(item)) = wanted { Some(&**item) } else { None };
        let mut nodes = Vec::with_capacity(items.len());
        let mut ty: Option<Ty> = None;
        for item in items {
            let (node, item_ty) = self.check(*item, wanted_item)?;
            nodes.push(node);
            let described = item_ty.describe();
            ty = match ty {
                None => Some(item_ty),
                Some(before) => match before.clone().join(&item_ty) {
                    Some(joined) => Some(joined),
                    None => {
                        let message = format!(
                            "a list holds values of one type, and this one holds {} and {described}",
                            before.describe()
                        );
                        return self.refuse(ExprError::new(span, message));
                    }
                },
            };
        }
        let first = u32::try_from(self.built.children.len()).unwrap_or(u32::MAX);
        let count = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        self.built.children.extend(nodes);
        let item = ty.or_else(|| wanted_item.cloned()).unwrap_or(Ty::Any);
        Some((self.add(Node::List(first, count), span), Ty::List(Box::new(item))))
    }

    fn index(&mut self, on: AstId, at: AstId, span: Range<usize>) -> Checked {
        let (list, ty) = self.check(on, None)?;
        let item = match ty {
            Ty::List(item) => *item,
            Ty::Any => Ty::Any,
            ty => {
                return self.refuse(ExprError::new(
                    span,
                    format!("`[...]` takes a place in a list, and this is {}", ty.describe()),
                ));
            }
        };
        let at = self.number(at, "`[...]`")?;
        Some((self.add(Node::Index(list, at), span), item))
    }

    fn choose(&mut self, [test, yes, no]: [AstId; 3], wanted: Option<&Ty>, span: Range<usize>) -> Checked {
        let test = self.truth(test, "`?` asks for");
        let (yes, no) = if self.is_pending(yes) && wanted.is_none() {
            let no = self.check(no, None)?;
            (self.check(yes, Some(&no.1))?, no)
        } else {
            let yes = self.check(yes, wanted)?;
            let no = self.check(no, wanted.or(Some(&yes.1)))?;
            (yes, no)
        };
        let Some(ty) = yes.1.clone().join(&no.1) else {
            let message =
                format!("the two sides of `:` differ: {} and {}", yes.1.describe(), no.1.describe());
            return self.refuse(ExprError::new(span, message));
        };
        Some((self.add(Node::Choose(test?, yes.0, no.0), span), ty))
    }
}
