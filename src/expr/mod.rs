//! The condition language of the rules: a small subset of CEL with three values.
//! Must not know one rule, TOML, or files.

mod ast;
mod atoms;
mod calls;
mod check;
mod error;
mod eval;
mod explain;
mod lexer;
mod limits;
mod literal;
mod mutants;
mod names;
mod needs;
mod node;
mod parser;
mod trace;
mod tri;
mod types;
mod val;
mod value;

pub use atoms::{Atom, Read};
pub use error::ExprError;
pub use limits::{MAX_COST, MAX_DEPTH, MAX_LIST, MAX_NODES, MAX_TEXT, MAX_VARIABLES};
pub use node::Constant;
pub use trace::Trace;
pub use tri::Tri;
pub use value::{Fault, Value};

use crate::facts::Facts;
use crate::model::{FieldPath, Table};
use check::{Bound, Checker, Variable};
use eval::Machine;
use node::Built;
use std::sync::Arc;
use types::Ty;
use val::Truth;

/// The variables that an expression may use without a macro: those of the rule form `each`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'s> {
    /// The name of each variable, and the table of whose elements it stands for one.
    pub bindings: &'s [(&'s str, Table)],
}

/// A compiled expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    text: Arc<str>,
    built: Built,
    bindings: Vec<Table>,
    atoms: Vec<Atom>,
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
        checker
            .truth(tree.root, "a rule asks for")
            .map(|root| (root, Ty::Bool))
    } else {
        checker.check(tree.root, None)
    };
    let mut errors = checker.errors;
    let Some((root, ty)) = root.filter(|_| errors.is_empty()) else {
        errors.sort_by_key(|error| (error.span.start, error.span.end));
        return Err(errors);
    };
    let built = Built {
        root,
        ty,
        ..checker.built
    };
    let atoms = atoms::atoms(&built);
    Ok(Expr {
        text: text.into(),
        built,
        bindings: scope.bindings.iter().map(|(_, table)| *table).collect(),
        atoms,
    })
}

impl Expr {
    /// The expression as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is true or false, and no other value.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        self.built.ty == Ty::Bool
    }

    fn machine<'a, 't>(
        &'a self,
        facts: &'a Facts<'a>,
        bound: Option<(Table, u32)>,
        trace: &'t mut Trace,
    ) -> Machine<'a, 't> {
        let mut machine = Machine::new(&self.built, facts, trace);
        if let Some((table, row)) = bound
            && let Some(slot) = self.bindings.iter().position(|binding| *binding == table)
        {
            machine.bind(slot, row);
        }
        machine
    }

    /// What the expression is worth. `bound` is the element for which the variable of the scope stands.
    pub fn evaluate(&self, facts: &Facts, bound: Option<(Table, u32)>, trace: &mut Trace) -> Value {
        Value::of(&self.machine(facts, bound, trace).val(self.built.root))
    }

    /// Whether the condition holds. An error counts as unknown: [`Self::evaluate`] tells it apart.
    pub fn condition(&self, facts: &Facts, bound: Option<(Table, u32)>, trace: &mut Trace) -> Tri {
        match self.machine(facts, bound, trace).truth(self.built.root) {
            Truth::True => Tri::True,
            Truth::False => Tri::False,
            Truth::Unknown | Truth::Error(_) => Tri::Unknown,
        }
    }

    /// The facts to supply on which an unknown result hangs, sorted, each once; none for a result that is known.
    #[must_use]
    pub fn needs(&self, facts: &Facts, bound: Option<(Table, u32)>) -> Vec<FieldPath> {
        let mut trace = Trace::new();
        let value = self.machine(facts, bound, &mut trace).val(self.built.root);
        match value {
            val::Val::Unknown | val::Val::Count(..) => needs::needs(&self.built, facts, &trace),
            _ => Vec::new(),
        }
    }

    /// Why the last evaluation came out as it did, in plain words: only the steps that decide.
    #[must_use]
    pub fn explain(&self, facts: &Facts, trace: &Trace) -> String {
        explain::explain(&self.built, &self.text, facts, trace)
    }

    /// Every reading of a fact, with the constants that it is held against; none is left out.
    #[must_use]
    pub fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// How many quantifiers and counts stand over each table.
    #[must_use]
    pub fn tables(&self) -> Vec<(Table, usize)> {
        atoms::tables(&self.built)
    }

    /// Every expression that differs in one comparison, constant, side of `&&` or `||`, or `!`, with what differs in words.
    #[must_use]
    pub fn mutants(&self) -> Vec<(String, Self)> {
        let mutants = mutants::mutants(&self.built, &self.text).into_iter();
        mutants
            .map(|(what, built)| {
                (
                    what,
                    Self {
                        atoms: atoms::atoms(&built),
                        built,
                        text: self.text.clone(),
                        bindings: self.bindings.clone(),
                    },
                )
            })
            .collect()
    }
}
