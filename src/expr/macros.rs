//! Macros, which bring a variable into force: `exists`, `all`, `exists_one`, `filter`, `map`.
//! Must not know operators, functions or names.

use super::ast::{Ast, AstId};
use super::check::{Bound, Checked, Checker, Variable};
use super::error::ExprError;
use super::limits::MAX_VARIABLES;
use super::node::{Node, NodeId, Quantifier, Slot};
use super::types::Ty;
use crate::facts::{self, Word};
use crate::model::Table;
use std::ops::Range;

/// What a macro goes over.
enum Over {
    Table(Table),
    List(NodeId, Ty),
}

impl Checker<'_> {
    /// The table that a sub-expression names, if it names one.
    pub(super) fn table(&self, id: AstId) -> Option<Table> {
        let Ast::Select(on, name) = self.tree.ast(id) else {
            return None;
        };
        let Ast::Name(root) = self.tree.ast(*on) else {
            return None;
        };
        if self.source(root.clone()) != "project" || self.variable("project").is_some() {
            return None;
        }
        match facts::word(&format!("project.{}", self.source(name.clone())))? {
            Word::Table(table) => Some(table),
            _ => None,
        }
    }

    /// `table.filter(variable, body)`, which can be counted.
    pub(super) fn filtered_table(&self, id: AstId) -> Option<(Table, AstId, AstId)> {
        let Ast::Method(on, name, args) = self.tree.ast(id) else {
            return None;
        };
        let [variable, body] = args[..] else {
            return None;
        };
        let table = self.table(*on)?;
        (self.source(name.clone()) == "filter").then_some((table, variable, body))
    }

    /// `on.exists(variable, body)` and its like.
    pub(super) fn macro_call(
        &mut self,
        on: AstId,
        method: &str,
        args: &[AstId],
        span: Range<usize>,
    ) -> Checked {
        let over = match self.table(on) {
            Some(table) => Over::Table(table),
            None if self.filtered_table(on).is_some() => {
                let error = ExprError::new(
                    span,
                    format!("a filtered list of elements can only be counted, not asked `{method}`"),
                );
                return self.refuse(error.hint("put both conditions into one, joined by `&&`"));
            }
            None => match self.check(on, None)? {
                (node, Ty::List(item)) => Over::List(node, *item),
                (node, Ty::Any) => Over::List(node, Ty::Any),
                (_, ty) => {
                    return self.refuse(ExprError::new(
                        span,
                        format!("`{method}` goes over a list, and this is {}", ty.describe()),
                    ));
                }
            },
        };
        match (method, args) {
            ("map", [variable, body]) => self.map(over, *variable, (None, *body), span),
            ("map", [variable, test, body]) => self.map(over, *variable, (Some(*test), *body), span),
            ("filter", [variable, body]) => self.filter(over, *variable, *body, span),
            ("exists", [variable, body]) => {
                self.quantified(Quantifier::Exists, over, (*variable, *body), span)
            }
            ("all", [variable, body]) => self.quantified(Quantifier::All, over, (*variable, *body), span),
            ("exists_one" | "existsOne", [variable, body]) => {
                self.quantified(Quantifier::ExistsOne, over, (*variable, *body), span)
            }
            _ => {
                let error = ExprError::new(
                    span,
                    format!("`{method}` takes a name for the element and a condition on it"),
                );
                self.refuse(error.hint(format!("write `list.{method}(e, ...)` with a condition on `e`")))
            }
        }
    }

    /// Checks a body that must be a condition, with the variable in force.
    pub(super) fn body(&mut self, variable: &AstId, bound: Bound, body: AstId) -> Option<(Slot, NodeId)> {
        let slot = self.bind(*variable, bound)?;
        let body = self.truth(body, "this macro asks for");
        self.variables.pop();
        Some((slot, body?))
    }

    /// Brings a variable into force; the caller takes it out again.
    fn bind(&mut self, variable: AstId, bound: Bound) -> Option<Slot> {
        let span = self.tree.span(variable);
        let name = if let Ast::Name(name) = self.tree.ast(variable) {
            Some(self.source(name.clone()))
        } else {
            None
        };
        let Some(name) = name.filter(|name| *name != "project" && !name.contains('-')) else {
            self.refuse(
                ExprError::new(span, "here stands a short name for the element, without dashes")
                    .hint("write a letter, such as `e`"),
            );
            return None;
        };
        let slot = self.variables.len();
        if slot >= MAX_VARIABLES {
            self.refuse(
                ExprError::new(span, format!("more than {MAX_VARIABLES} variables are in force here"))
                    .hint("split it into several rules"),
            );
            return None;
        }
        let slot = Slot::try_from(slot).unwrap_or(Slot::MAX);
        self.variables.push(Variable { name: name.to_owned(), bound, slot });
        Some(slot)
    }

    fn quantified(
        &mut self,
        quantifier: Quantifier,
        over: Over,
        (variable, body): (AstId, AstId),
        span: Range<usize>,
    ) -> Checked {
        let node = match over {
            Over::Table(table) => {
                let (slot, body) = self.body(&variable, Bound::Row(table), body)?;
                Node::Each(quantifier, table, slot, body)
            }
            Over::List(list, item) => {
                let (slot, body) = self.body(&variable, Bound::Item(item), body)?;
                Node::EachOf(quantifier, list, slot, body)
            }
        };
        Some((self.add(node, span), Ty::Bool))
    }

    fn filter(&mut self, over: Over, variable: AstId, body: AstId, span: Range<usize>) -> Checked {
        let Over::List(list, item) = over else {
            let error = ExprError::new(span, "a filtered list of elements can only be counted");
            return self.refuse(error.hint("write size(project.evaluations.filter(e, ...)) >= 1"));
        };
        let (slot, body) = self.body(&variable, Bound::Item(item.clone()), body)?;
        Some((self.add(Node::Filter(list, slot, body), span), Ty::List(Box::new(item))))
    }

    fn map(
        &mut self,
        over: Over,
        variable: AstId,
        (test, body): (Option<AstId>, AstId),
        span: Range<usize>,
    ) -> Checked {
        let Over::List(list, item) = over else {
            let error = ExprError::new(span, "`map` does not go over the elements of a definition");
            return self
                .refuse(error.hint("ask with `exists` or `all`, or count with size(... .filter(e, ...))"));
        };
        let list = match test {
            Some(test) => {
                let (slot, test) = self.body(&variable, Bound::Item(item.clone()), test)?;
                self.add(Node::Filter(list, slot, test), span.clone())
            }
            None => list,
        };
        let slot = self.bind(variable, Bound::Item(item))?;
        let body = self.check(body, None);
        self.variables.pop();
        let (body, ty) = body?;
        Some((self.add(Node::Map(list, slot, body), span), Ty::List(Box::new(ty))))
    }
}
