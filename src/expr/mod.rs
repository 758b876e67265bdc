//! The condition language of the rules: a small subset of CEL with three values.
//! Must not know one rule, TOML, or files.

mod ast;
mod atoms;
mod calls;
mod check;
mod compare;
mod error;
mod eval;
mod explain;
mod expression;
mod join;
mod lexer;
mod limits;
mod literal;
mod macros;
mod mutants;
mod names;
mod needs;
mod node;
mod operate;
mod order;
mod parser;
mod quantify;
#[cfg(test)]
mod tests;
mod trace;
mod tri;
mod types;
mod val;
mod value;

pub use atoms::{Atom, Read};
pub use error::ExprError;
pub use explain::Clue;
pub use expression::Expr;
pub use limits::{MAX_COST, MAX_DEPTH, MAX_LIST, MAX_NODES, MAX_TEXT, MAX_VARIABLES};
pub use needs::Needs;
pub use node::Constant;
pub use trace::Trace;
pub use tri::Tri;
pub use value::{Fault, Value};

use crate::model::Table;
use check::{Bound, Checker, Variable};
use node::Built;
use types::Ty;

/// The variables that an expression may use without a macro: those of the rule form `each`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'s> {
    /// The name of each variable, and the table of whose elements it stands for one.
    pub bindings: &'s [(&'s str, Table)],
}

/// Compiles an expression of any type.
///
/// # Errors
/// Every mistake in it, in the order of the text.
pub fn compile(text: &str, scope: &Scope) -> Result<Expr, Vec<ExprError>> {
    compile_as(text, scope, false)
}

/// Compiles an expression that must be true or false.
///
/// # Errors
/// Every mistake in it, in the order of the text.
pub fn compile_condition(text: &str, scope: &Scope) -> Result<Expr, Vec<ExprError>> {
    compile_as(text, scope, true)
}

fn compile_as(text: &str, scope: &Scope, condition: bool) -> Result<Expr, Vec<ExprError>> {
    let tree = parser::parse(text).map_err(|error| vec![error])?;
    let bindings = scope.bindings.iter().take(MAX_VARIABLES).zip(0..);
    let variables = bindings.map(|((name, table), slot)| Variable {
        name: (*name).to_owned(),
        bound: Bound::Row(*table),
        slot,
    });
    let mut checker = Checker::new(text, &tree, variables.collect());
    let root = if condition {
        checker.truth(tree.root, "a rule asks for").map(|root| (root, Ty::Bool))
    } else {
        checker.check(tree.root, None)
    };
    let mut errors = checker.errors;
    let Some((root, ty)) = root.filter(|_| errors.is_empty()) else {
        errors.sort_by_key(|error| (error.span.start, error.span.end));
        return Err(errors);
    };
    let built = Built { root, ty, ..checker.built };
    let bindings = scope.bindings.iter().map(|(_, table)| *table).collect();
    Ok(Expr::new(text, built, bindings))
}
