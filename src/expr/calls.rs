//! Functions, methods and macros.
//! Must not know operators or names.

use super::ast::{Ast, AstId};
use super::check::{Bound, Checked, Checker};
use super::error::ExprError;
use super::names::Place;
use super::node::{Constant, Node, TextTest};
use super::types::Ty;
use crate::diag::nearest;
use crate::model::Date;
use rust_decimal::Decimal;
use std::ops::Range;

const FUNCTIONS: &[&str] = &["size", "has", "usd", "months", "days", "date"];
const METHODS: &[&str] =
    &["exists", "all", "exists_one", "filter", "map", "size", "startsWith", "endsWith", "contains"];

/// The most months that a policy may speak of.
const MAX_MONTHS: i64 = 1200;

/// The most days that a policy may speak of.
const MAX_DAYS: i64 = 36_600;

impl Checker<'_> {
    /// `name(args)`.
    pub(super) fn call(&mut self, name: Range<usize>, args: &[AstId], span: Range<usize>) -> Checked {
        let function = self.source(name.clone());
        if FUNCTIONS.contains(&function) && args.len() != 1 {
            return self.refuse(ExprError::new(
                span,
                format!("`{function}` takes one value in its parentheses, and this has {}", args.len()),
            ));
        }
        match function {
            "size" => self.size(args[0], span),
            "has" => self.has(args[0], span),
            "usd" => self.usd(args[0], span),
            "months" => self.months(args[0], span),
            "days" => self.days(args[0], span),
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
                format!("`size` counts a list or the letters of a text, and this is {}", ty.describe()),
            )),
        }
    }

    fn has(&mut self, on: AstId, span: Range<usize>) -> Checked {
        if !matches!(self.tree.ast(on), Ast::Select(..)) {
            let error = ExprError::new(self.tree.span(on), "`has` asks whether the file gives a fact");
            return self.refuse(error.hint("name the fact: has(project.budget)"));
        }
        if let Some(table) = self.single_table(on) {
            return Some((self.add(Node::HasTable(table), span), Ty::Bool));
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
                    .hint("write usd(1000000) or usd(999999.99)"),
            ),
        }
    }

    fn months(&mut self, arg: AstId, span: Range<usize>) -> Checked {
        let months = if let Ast::Int(months) = self.tree.ast(arg) { Some(*months) } else { None };
        match months
            .filter(|months| (0..=MAX_MONTHS).contains(months))
            .and_then(|months| u32::try_from(months).ok())
        {
            Some(months) => self.constant(Constant::Months(months), Ty::Duration, span),
            None => self.refuse(
                ExprError::new(span, format!("`months` takes a whole number from 0 to {MAX_MONTHS}"))
                    .hint("write months(18)"),
            ),
        }
    }

    fn days(&mut self, arg: AstId, span: Range<usize>) -> Checked {
        let days = if let Ast::Int(days) = self.tree.ast(arg) { Some(*days) } else { None };
        match days.filter(|days| (0..=MAX_DAYS).contains(days)).and_then(|days| u32::try_from(days).ok()) {
            Some(days) => self.constant(Constant::Days(days), Ty::Days, span),
            None => self.refuse(
                ExprError::new(span, format!("`days` takes a whole number from 0 to {MAX_DAYS}"))
                    .hint("write it behind a date: project.end + days(1)"),
            ),
        }
    }

    fn date(&mut self, arg: AstId, span: Range<usize>) -> Checked {
        let text = if let Ast::Text(text) = self.tree.ast(arg) { Some(text) } else { None };
        let day = text.filter(|text| text.len() == 10).and_then(|text| text.parse::<Date>().ok());
        match day {
            Some(day) => self.constant(Constant::Date(day), Ty::Date, span),
            None => self.refuse(
                ExprError::new(span, "`date` takes a day of the calendar: year, month and day")
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
                let near =
                    nearest(method, METHODS.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                self.refuse(
                    error.hint(
                        near.unwrap_or_else(|| format!("after a value may stand {}", METHODS.join(", "))),
                    ),
                )
            }
        }
    }

    fn text_test(&mut self, test: TextTest, on: AstId, args: &[AstId], span: Range<usize>) -> Checked {
        let [part] = args else {
            return self.refuse(ExprError::new(span, "this takes one text in its parentheses"));
        };
        let (whole, part) = (self.check(on, Some(&Ty::Text)), self.check(*part, Some(&Ty::Text)));
        let ((whole, whole_ty), (part, part_ty)) = (whole?, part?);
        for ty in [&whole_ty, &part_ty] {
            if !ty.fits(&Ty::Text) {
                let error =
                    ExprError::new(span, format!("this asks about text, and finds {}", ty.describe()));
                return self.refuse(if matches!(ty, Ty::List(_)) {
                    error.hint("write `value in list`")
                } else {
                    error
                });
            }
        }
        Some((self.add(Node::Text(test, whole, part), span), Ty::Bool))
    }
}
