//! The check of comparisons and of `in`: both sides have one type, and bare words belong to a list.
//! Must not evaluate.

use super::ast::{Ast, AstId, Comparison};
use super::check::{Checked, Checker};
use super::error::ExprError;
use super::node::Node;
use super::types::{Ty, repair, unordered};
use std::ops::Range;

impl Checker<'_> {
    /// Whether a sub-expression takes its type from the other side of a comparison.
    pub(super) fn is_pending(&self, id: AstId) -> bool {
        match self.tree.ast(id) {
            Ast::Int(_) | Ast::Decimal(_) | Ast::Text(_) | Ast::List(_) => true,
            Ast::Name(name) => {
                !self.variables.iter().any(|variable| variable.name == self.text[name.clone()])
            }
            Ast::Choose(_, yes, no) => self.is_pending(*yes) && self.is_pending(*no),
            _ => false,
        }
    }

    /// `==`, `<` and their like.
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        left: AstId,
        right: AstId,
        span: Range<usize>,
    ) -> Checked {
        let ((one, one_ty), (other, other_ty)) = if self.is_pending(left) {
            let other = self.check(right, None)?;
            (self.check(left, Some(&other.1))?, other)
        } else {
            let Some(one) = self.check(left, None) else {
                // The right side may hold mistakes of its own, but a bare word has no list to be looked up in.
                if !self.is_pending(right) {
                    self.check(right, None);
                }
                return None;
            };
            let other = self.check(right, Some(&one.1))?;
            (one, other)
        };
        if !one_ty.fits(&other_ty) {
            let texts = (self.source(self.tree.span(left)), self.source(self.tree.span(right)));
            let hint = repair((&one_ty, texts.0), (&other_ty, texts.1));
            let message = format!("{} cannot be compared with {}", one_ty.describe(), other_ty.describe());
            return self.refuse(ExprError::new(span, message).maybe_hint(hint));
        }
        if let Some(message) = unordered(comparison, &one_ty).or_else(|| unordered(comparison, &other_ty)) {
            return self.refuse(ExprError::new(span, message));
        }
        if let (Node::Word(_) | Node::Field(..), Node::Word(_) | Node::Field(..), Ty::Duration) =
            (self.built.node(one), self.built.node(other), &one_ty)
        {
            return self.refuse(
                ExprError::new(span, "a duration of the project is compared with a number of months")
                    .hint("write months(18)"),
            );
        }
        Some((self.add(Node::Compare(comparison, one, other), span), Ty::Bool))
    }

    /// `value in list`.
    pub(super) fn inside(&mut self, left: AstId, right: AstId, span: Range<usize>) -> Checked {
        let right_span = self.tree.span(right);
        let (one, other) = if self.is_pending(left) {
            let other = self.check(right, None)?;
            let item = if let Ty::List(item) = &other.1 { Some(&**item) } else { None };
            (self.check(left, item)?, other)
        } else {
            let one = self.check(left, None)?;
            let list = Ty::List(Box::new(one.1.clone()));
            (one, self.check(right, Some(&list))?)
        };
        let item = match &other.1 {
            Ty::List(item) => (**item).clone(),
            Ty::Any => Ty::Any,
            ty => {
                let message = format!("`in` looks in a list, and this is {}", ty.describe());
                return self.refuse(ExprError::new(right_span, message).hint("write a list: `[one, other]`"));
            }
        };
        // Nothing is in an empty list, whatever its type.
        let empty = matches!(self.tree.ast(right), Ast::List(items) if items.is_empty());
        if !empty && !one.1.fits(&item) {
            let plain = !matches!(item, Ty::List(_)) && !matches!(one.1, Ty::List(_));
            let hint = repair((&one.1, self.source(self.tree.span(left))), (&item, ""));
            let hint = hint.filter(|_| plain);
            let message =
                format!("{} cannot be in a list of which each is {}", one.1.describe(), item.describe());
            return self.refuse(ExprError::new(span, message).maybe_hint(hint));
        }
        Some((self.add(Node::In(one.0, other.0), span), Ty::Bool))
    }
}
