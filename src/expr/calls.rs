//! Functions, methods and macros.
//! Must not know operators or names.

use super::ast::{Ast, AstId};
use super::check::{Bound, Checked, Checker, Variable};
use super::error::ExprError;
use super::limits::MAX_VARIABLES;
use super::names::Place;
use super::node::{Constant, Node, NodeId, Quantifier, Slot, TextTest};
use super::types::Ty;
use crate::diag::nearest;
use crate::facts::{self, Word};
use crate::model::{Date, Table};
use rust_decimal::Decimal;
use std::ops::Range;

const FUNCTIONS: &[&str] = &["size", "has", "usd", "months", "date"];
const METHODS: &[&str] = &[
    "exists",
    "all",
    "exists_one",
    "filter",
    "map",
    "size",
    "startsWith",
    "endsWith",
    "contains",
];

/// The most months that a policy may speak of.
const MAX_MONTHS: i64 = 1200;

/// What a macro goes over.
enum Over {
    Table(Table),
    List(NodeId, Ty),
}

impl Checker<'_> {
    /// `name(args)`.
    pub(super) fn call(
        &mut self,
        name: Range<usize>,
        args: &[AstId],
        span: Range<usize>,
    ) -> Checked {
        let function = self.source(name.clone());
        if FUNCTIONS.contains(&function) && args.len() != 1 {
            return self.refuse(ExprError::new(
                span,
                format!(
                    "`{function}` takes one value in its parentheses, and this has {}",
                    args.len()
                ),
            ));
        }
        match function {
            "size" => self.size(args[0], span),
            "has" => self.has(args[0], span),
            "usd" => self.usd(args[0], span),
            "months" => self.months(args[0], span),
            "date" => self.date(args[0], span),
            _ => {
                let error = ExprError::new(name, format!("there is no function `{function}`"));
                let hint = match function {
                    "duration" => "write months(18)".to_owned(),
                    "timestamp" => "write date(\"2003-01-01\")".to_owned(),
                    _ if METHODS.contains(&function) => {
                        format!("write it after a value: `list.{function}(...)`")
                    }
                    _ => match nearest(function, FUNCTIONS.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the functions are {}", FUNCTIONS.join(", ")),
                    },
                };
                self.refuse(error.hint(hint))
            }
        }
    }

    fn size(&mut self, on: AstId, span: Range<usize>) -> Checked {
        if let Some(table) = self.table(on) {
            return Some((self.add(Node::Count(table), span), Ty::Int));
        }
        if let Some((table, variable, body)) = self.filtered_table(on) {
            let (slot, body) = self.body(&variable, Bound::Row(table), body)?;
            return Some((self.add(Node::CountWhere(table, slot, body), span), Ty::Int));
        }
        let (node, ty) = self.check(on, None)?;
        match ty {
            Ty::List(_) | Ty::Text | Ty::Any => Some((self.add(Node::Size(node), span), Ty::Int)),
            ty => self.refuse(ExprError::new(
                span,
                format!(
                    "`size` counts a list or the letters of a text, and this is {}",
                    ty.describe()
                ),
            )),
        }
    }

    /// The table that a sub-expression names, if it names one.
    fn table(&self, id: AstId) -> Option<Table> {
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
    fn filtered_table(&self, id: AstId) -> Option<(Table, AstId, AstId)> {
        let Ast::Method(on, name, args) = self.tree.ast(id) else {
            return None;
        };
        let [variable, body] = args[..] else {
            return None;
        };
        let table = self.table(*on)?;
        (self.source(name.clone()) == "filter").then_some((table, variable, body))
    }

    fn has(&mut self, on: AstId, span: Range<usize>) -> Checked {
        if !matches!(self.tree.ast(on), Ast::Select(..)) {
            let error = ExprError::new(
                self.tree.span(on),
                "`has` asks whether the file gives a fact",
            );
            return self.refuse(error.hint("name the fact: has(project.budget)"));
        }
        let node = match self.place(on)? {
            Place::Word(word) => Node::HasWord(word),
            Place::Field(slot, key) => Node::HasField(slot, key),
        };
        Some((self.add(node, span), Ty::Bool))
    }

    fn usd(&mut self, arg: AstId, span: Range<usize>) -> Checked {
        let amount = match self.tree.ast(arg) {
            Ast::Int(amount) => Some(Decimal::from(*amount)),
            Ast::Decimal(amount) => Some(*amount),
            Ast::Text(text) => Decimal::from_str_exact(text).ok(),
            _ => None,
        };
        match amount.filter(|amount| !amount.is_sign_negative()) {
            Some(amount) => self.constant(Constant::Money(amount), Ty::Money, span),
            None => self.refuse(
                ExprError::new(span, "`usd` takes an amount in US dollars, not below zero")
                    .hint("write usd(350000) or usd(349999.99)"),
            ),
        }
    }

    fn months(&mut self, arg: AstId, span: Range<usize>) -> Checked {
        let months = if let Ast::Int(months) = self.tree.ast(arg) {
            Some(*months)
        } else {
            None
        };
        match months
            .filter(|months| (0..=MAX_MONTHS).contains(months))
            .and_then(|months| u32::try_from(months).ok())
        {
            Some(months) => self.constant(Constant::Months(months), Ty::Duration, span),
            None => self.refuse(
                ExprError::new(
                    span,
                    format!("`months` takes a whole number from 0 to {MAX_MONTHS}"),
                )
                .hint("write months(18)"),
            ),
        }
    }

    fn date(&mut self, arg: AstId, span: Range<usize>) -> Checked {
        let text = if let Ast::Text(text) = self.tree.ast(arg) {
            Some(text)
        } else {
            None
        };
        let day = text
            .filter(|text| text.len() == 10)
            .and_then(|text| text.parse::<Date>().ok());
        match day {
            Some(day) => self.constant(Constant::Date(day), Ty::Date, span),
            None => self.refuse(
                ExprError::new(
                    span,
                    "`date` takes a day of the calendar: year, month and day",
                )
                .hint("write date(\"2003-01-01\")"),
            ),
        }
    }

    /// `on.name(args)`.
    pub(super) fn method(
        &mut self,
        on: AstId,
        name: Range<usize>,
        args: &[AstId],
        span: Range<usize>,
    ) -> Checked {
        let method = self.source(name.clone());
        match method {
            "exists" | "all" | "exists_one" | "existsOne" | "filter" | "map" => {
                self.macro_call(on, method, args, span)
            }
            "size" if args.is_empty() => self.size(on, span),
            "startsWith" => self.text_test(TextTest::StartsWith, on, args, span),
            "endsWith" => self.text_test(TextTest::EndsWith, on, args, span),
            "contains" => self.text_test(TextTest::Contains, on, args, span),
            _ => {
                let error = ExprError::new(name, format!("there is no `.{method}(...)`"));
                let near = nearest(method, METHODS.iter().copied())
                    .map(|near| format!("did you mean `{near}`?"));
                self.refuse(error.hint(
                    near.unwrap_or_else(|| {
                        format!("after a value may stand {}", METHODS.join(", "))
                    }),
                ))
            }
        }
    }

    fn text_test(
        &mut self,
        test: TextTest,
        on: AstId,
        args: &[AstId],
        span: Range<usize>,
    ) -> Checked {
        let [part] = args else {
            return self.refuse(ExprError::new(
                span,
                "this takes one text in its parentheses",
            ));
        };
        let (whole, part) = (
            self.check(on, Some(&Ty::Text)),
            self.check(*part, Some(&Ty::Text)),
        );
        let ((whole, whole_ty), (part, part_ty)) = (whole?, part?);
        for ty in [&whole_ty, &part_ty] {
            if !ty.fits(&Ty::Text) {
                let error = ExprError::new(
                    span,
                    format!("this asks about text, and finds {}", ty.describe()),
                );
                return self.refuse(if matches!(ty, Ty::List(_)) {
                    error.hint("write `value in list`")
                } else {
                    error
                });
            }
        }
        Some((self.add(Node::Text(test, whole, part), span), Ty::Bool))
    }

    fn macro_call(
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
                    format!(
                        "a filtered list of elements can only be counted, not asked `{method}`"
                    ),
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
            ("map", [variable, body]) => self.map(over, *variable, None, *body, span),
            ("map", [variable, test, body]) => self.map(over, *variable, Some(*test), *body, span),
            ("filter", [variable, body]) => self.filter(over, *variable, *body, span),
            ("exists", [variable, body]) => {
                self.quantified(Quantifier::Exists, over, (*variable, *body), span)
            }
            ("all", [variable, body]) => {
                self.quantified(Quantifier::All, over, (*variable, *body), span)
            }
            ("exists_one" | "existsOne", [variable, body]) => {
                self.quantified(Quantifier::ExistsOne, over, (*variable, *body), span)
            }
            _ => {
                let error = ExprError::new(
                    span,
                    format!("`{method}` takes a name for the element and a condition on it"),
                );
                self.refuse(error.hint(format!(
                    "write `list.{method}(e, ...)` with a condition on `e`"
                )))
            }
        }
    }

    /// Checks a body that must be a condition, with the variable in force.
    fn body(&mut self, variable: &AstId, bound: Bound, body: AstId) -> Option<(Slot, NodeId)> {
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
                ExprError::new(
                    span,
                    "here stands a short name for the element, without dashes",
                )
                .hint("write a letter, such as `e`"),
            );
            return None;
        };
        let slot = self.variables.len();
        if slot >= MAX_VARIABLES {
            self.refuse(
                ExprError::new(
                    span,
                    format!("more than {MAX_VARIABLES} variables are in force here"),
                )
                .hint("split it into several rules"),
            );
            return None;
        }
        let slot = Slot::try_from(slot).unwrap_or(Slot::MAX);
        self.variables.push(Variable {
            name: name.to_owned(),
            bound,
            slot,
        });
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
        Some((
            self.add(Node::Filter(list, slot, body), span),
            Ty::List(Box::new(item)),
        ))
    }

    fn map(
        &mut self,
        over: Over,
        variable: AstId,
        test: Option<AstId>,
        body: AstId,
        span: Range<usize>,
    ) -> Checked {
        let Over::List(list, item) = over else {
            let error = ExprError::new(span, "`map` does not go over the elements of a definition");
            return self.refuse(
                error.hint("ask with `exists` or `all`, or count with size(... .filter(e, ...))"),
            );
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
        Some((
            self.add(Node::Map(list, slot, body), span),
            Ty::List(Box::new(ty)),
        ))
    }
}
