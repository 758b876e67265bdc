//! Names and paths: what they stand for, and what was probably meant.
//! Must not know operators.

use super::ast::{Ast, AstId};
use super::check::{Bound, Checked, Checker, Variable};
use super::error::ExprError;
use super::node::{Constant, Node, Slot};
use super::types::{Ty, words_of};
use crate::diag::nearest;
use crate::facts::{self, Word};
use crate::model::{KeyId, Table};
use std::ops::Range;

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Word(Word),
    Field(Slot, KeyId),
}

impl Checker<'_> {
    /// A name that stands alone: a variable, or a word of the list that is asked for.
    pub(super) fn name(&mut self, span: Range<usize>, wanted: Option<&Ty>) -> Checked {
        let name = self.source(span.clone());
        if let Some(variable) = self.variable(name) {
            return match variable.bound {
                Bound::Item(ty) => Some((self.add(Node::Variable(variable.slot), span), ty)),
                Bound::Row(table) => {
                    let fields = facts::fields(table).next().map_or("", |(field, _)| field);
                    let message =
                        format!("`{name}` stands for a whole {}, which is no value", table.spec().name);
                    self.refuse(
                        ExprError::new(span, message)
                            .hint(format!("name one of its fields, such as {name}.{fields}")),
                    )
                }
            };
        }
        if let Some(Ty::Choice(key)) = wanted {
            if words_of(*key).contains(&name) {
                return self.choice(name, *key, span);
            }
            if !self.is_made_of_variables(name) {
                return self.choice(name, *key, span);
            }
        }
        let error = self.unknown(name, span);
        self.refuse(error)
    }

    /// The innermost variable of that name.
    pub(super) fn variable(&self, name: &str) -> Option<Variable> {
        self.variables.iter().rev().find(|variable| variable.name == name).cloned()
    }

    /// Whether a name is made of variables with dashes between them. In CEL that is a subtraction, here names have dashes: it is
    /// refused, for as one name it would bind more closely than a minus does.
    fn is_made_of_variables(&self, name: &str) -> bool {
        name.contains('-') && name.split('-').all(|part| self.variable(part).is_some())
    }

    /// A word of the list of a key, bare or as a text.
    pub(super) fn choice(&mut self, word: &str, key: KeyId, span: Range<usize>) -> Checked {
        let words = words_of(key);
        if let Some(place) = words.iter().position(|known| *known == word) {
            let place = u8::try_from(place).unwrap_or(u8::MAX);
            return self.constant(Constant::Choice(place, key), Ty::Choice(key), span);
        }
        let message =
            format!("`{word}` is no word of `{}`, which knows {}", key.spec().name, words.join(", "));
        let hint = nearest(word, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        self.refuse(ExprError::new(span, message).maybe_hint(hint))
    }

    fn unknown(&self, name: &str, span: Range<usize>) -> ExprError {
        if name == "project" {
            return ExprError::new(span, "`project` is no value")
                .hint("name one of its facts, such as `project.budget`");
        }
        let error = ExprError::new(span, format!("`{name}` is not known here"));
        let path = format!("project.{name}");
        if facts::word(&path).is_some() {
            return error.hint(format!("did you mean `{path}`?"));
        }
        let lists = facts::words().find_map(|(path, word)| match word {
            Word::Key(key) if words_of(key).contains(&name) => Some((path.to_owned(), key)),
            Word::Table(table) => facts::fields(table)
                .find(|(_, key)| words_of(*key).contains(&name))
                .map(|(_, key)| (format!("e.{}", key.spec().name), key)),
            _ => None,
        });
        if let Some((path, _)) = lists {
            return error.hint(format!(
                "`{name}` is a word of a list; compare it with its fact, such as `{path} == {name}`"
            ));
        }
        if name.split('-').any(|part| part != name && self.variable(part).is_some()) {
            return error.hint("put a space on both sides of a minus");
        }
        let known = self.variables.iter().map(|variable| variable.name.as_str()).chain(["project"]);
        let near = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
        let near = near.or_else(|| last_part(name));
        error.hint(near.unwrap_or_else(|| "facts begin with `project.`; a text stands in quotes".to_owned()))
    }

    /// A path as a value.
    pub(super) fn path(&mut self, id: AstId) -> Checked {
        let span = self.tree.span(id);
        match self.place(id)? {
            Place::Field(slot, key) => Some((self.add(Node::Field(slot, key), span), Ty::of_key(key))),
            Place::Word(word) => match Ty::of_word(word) {
                Ok(ty) => Some((self.add(Node::Word(word), span), ty)),
                Err(table) => {
                    let path = self.source(span.clone());
                    let message = format!(
                        "`{path}` is a list of {}, which is no value by itself",
                        table.plural().unwrap_or_default()
                    );
                    let hint = format!(
                        "ask about its elements, such as `{path}.exists(e, has(e.{}))`, or `size({path})`",
                        first_field(table)
                    );
                    self.refuse(ExprError::new(span, message).hint(hint))
                }
            },
        }
    }

    /// What a path leads to; a mistake is told.
    pub(super) fn place(&mut self, id: AstId) -> Option<Place> {
        let span = self.tree.span(id);
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut at = id;
        let root = loop {
            match self.tree.ast(at) {
                Ast::Select(on, name) => {
                    parts.push(name.clone());
                    at = *on;
                }
                Ast::Name(name) => break name.clone(),
                _ => {
                    let message =
                        "only `project` and the variables of `exists`, `all` and their like have fields";
                    self.refuse(ExprError::new(span, message));
                    return None;
                }
            }
        };
        parts.reverse();
        let root_name = self.source(root.clone());
        let names: Vec<&str> = parts.iter().map(|part| self.source(part.clone())).collect();
        match self.variable(root_name) {
            Some(variable) => self.field(&variable, &names, span),
            None if root_name == "project" => self.word(&names, span),
            None => {
                let error = self.unknown_root(root_name, &names, span, root);
                self.refuse(error);
                None
            }
        }
    }

    /// The table that stands once and that a path leads to, where it leads to no value: `project.sustainability`.
    pub(super) fn single_table(&self, id: AstId) -> Option<Table> {
        let Ast::Select(on, name) = self.tree.ast(id) else { return None };
        let Ast::Name(root) = self.tree.ast(*on) else { return None };
        let (root, name) = (self.source(root.clone()), self.source(name.clone()));
        let table =
            Table::named(name).filter(|table| table.plural().is_none() && *table != Table::Project)?;
        let is_value = facts::word(&format!("project.{name}")).is_some();
        (root == "project" && self.variable(root).is_none() && !is_value).then_some(table)
    }

    fn field(&mut self, variable: &Variable, names: &[&str], span: Range<usize>) -> Option<Place> {
        let name = &variable.name;
        let error = match (&variable.bound, names) {
            (Bound::Item(_), _) => {
                ExprError::new(span, format!("`{name}` stands for one value, which has no fields"))
            }
            (Bound::Row(table), [field]) => match facts::field(*table, field) {
                Some(key) => return Some(Place::Field(variable.slot, key)),
                None => {
                    let known: Vec<&str> = facts::fields(*table).map(|(name, _)| name).collect();
                    let message =
                        format!("a {} has no `{field}`; it has {}", table.spec().name, known.join(", "));
                    let hint = nearest(field, known.iter().copied())
                        .map(|near| format!("did you mean `{name}.{near}`?"));
                    ExprError::new(span, message).maybe_hint(hint)
                }
            },
            (Bound::Row(_), _) => {
                ExprError::new(span, format!("a field of `{name}` has no fields of its own"))
            }
        };
        self.refuse(error);
        None
    }

    fn word(&mut self, names: &[&str], span: Range<usize>) -> Option<Place> {
        let path = format!("project.{}", names.join("."));
        if let Some(word) = facts::word(&path) {
            return Some(Place::Word(word));
        }
        let parent = path.rsplit_once('.').map_or("project", |(parent, _)| parent);
        let error = match facts::word(parent) {
            Some(Word::Table(table)) => {
                let message =
                    format!("`{parent}` is a list, and `{path}` could be that of any of its elements");
                let field = names
                    .last()
                    .filter(|name| facts::field(table, name).is_some())
                    .copied()
                    .unwrap_or(first_field(table));
                ExprError::new(span, message)
                    .hint(format!("ask about its elements, such as `{parent}.exists(e, has(e.{field}))`"))
            }
            _ => {
                let below = format!("{parent}.");
                let known: Vec<&str> = facts::words()
                    .filter_map(|(word, _)| word.strip_prefix(&below))
                    .filter(|rest| !rest.contains('.'))
                    .collect();
                let prefix = facts::words().any(|(word, _)| word.starts_with(&format!("{path}.")));
                let hint = suggestion(&path);
                let message = match (prefix, known.is_empty() || hint.is_some()) {
                    (true, _) => format!("`{path}` is no value by itself"),
                    (false, true) => format!("there is no `{path}`"),
                    (false, false) => {
                        format!("there is no `{path}`; `{parent}` has {}", known.join(", "))
                    }
                };
                ExprError::new(span, message).maybe_hint(hint)
            }
        };
        self.refuse(error);
        None
    }

    fn unknown_root(
        &self,
        root: &str,
        names: &[&str],
        span: Range<usize>,
        root_span: Range<usize>,
    ) -> ExprError {
        let whole = format!("{root}.{}", names.join("."));
        let error = ExprError::new(root_span, format!("`{root}` is not known here"));
        let variables = || self.variables.iter().map(|variable| variable.name.as_str());
        if facts::word(&format!("project.{whole}")).is_some() {
            return ExprError::new(span, format!("`{whole}` is not known here"))
                .hint(format!("did you mean `project.{whole}`?"));
        }
        if root.contains('-') {
            return error.hint("put a space on both sides of a minus");
        }
        match nearest(root, variables().chain(["project"])) {
            Some(near) => error.hint(format!("did you mean `{near}.{}`?", names.join("."))),
            None => {
                error.hint("paths begin with `project` or with a variable of `exists`, `all` and their like")
            }
        }
    }
}

fn first_field(table: Table) -> &'static str {
    facts::fields(table).next().map_or("", |(name, _)| name)
}

/// The path whose last part is nearest to a name; a name of one or two letters is near to anything.
fn last_part(name: &str) -> Option<String> {
    let last = |path: &'static str| path.rsplit('.').next().unwrap_or_default();
    let near = nearest(name, facts::words().map(|(path, _)| last(path)))?;
    let path = facts::words().map(|(path, _)| path).find(|path| last(path) == near);
    path.filter(|_| name.len() > 2).map(|path| format!("did you mean `{path}`?"))
}

/// The nearest known path, or a path below the one that was written.
fn suggestion(path: &str) -> Option<String> {
    let below = format!("{path}.");
    let deeper = facts::words().map(|(word, _)| word).find(|word| word.starts_with(&below));
    let near = deeper.or_else(|| nearest(path, facts::words().map(|(word, _)| word)));
    near.map(|near| format!("did you mean `{near}`?"))
}
