//! Conditions in pack and rule files: compiled, with mistakes placed at the sub-expression in the file.
//! Must not know any one rule.

use super::raw::{RawChain, RawCheck, RawEach, RawPart, RawShare};
use super::values::Reader;
use crate::checks::{Asked, Chain, Condition, Each, Part, Share, Sum};
use crate::diag::Diagnostic;
use crate::expr::{Expr, Scope, compile_condition};
use crate::facts::{Type, Word, word};
use crate::model::{KeyId, Kind, Table};
use crate::source::Span;
use crate::toml::Spanned;
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

fn text(text: &Spanned<String>) -> Arc<str> {
    text.get_ref().as_str().into()
}

/// A condition and its words, as a form writes them.
struct Written<'r> {
    asks: &'r Option<Spanned<String>>,
    lacks: &'r Option<Spanned<String>>,
    condition: &'r Option<Spanned<String>>,
    parts: &'r [RawPart],
    span: Range<usize>,
}

impl Reader<'_> {
    /// A condition over the whole definition.
    pub(super) fn condition(&mut self, text: &Spanned<String>) -> Option<Expr> {
        self.compile(text, &Scope::default())
    }

    /// A condition over one element of a table, which it calls by that name.
    fn condition_on(&mut self, text: &Spanned<String>, name: &str, table: Table) -> Option<Expr> {
        self.compile(text, &Scope { bindings: &[(name, table)] })
    }

    fn compile(&mut self, text: &Spanned<String>, scope: &Scope<'_>) -> Option<Expr> {
        let errors = match compile_condition(text.get_ref(), scope) {
            Ok(expr) => return Some(expr),
            Err(errors) => errors,
        };
        let inside = self.inside(text);
        for error in errors {
            let span = inside.map_or(text.span(), |start| start + error.span.start..start + error.span.end);
            let diagnostic = Diagnostic::error(self.source, Span::new(span), error.message);
            self.diagnostics.push(match error.hint {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic,
            });
        }
        None
    }

    /// Where the first byte of a literal string stands in the file; `None` for a string with escapes, in which places do not map.
    fn inside(&self, text: &Spanned<String>) -> Option<usize> {
        let span = text.span();
        let quotes = (span.len().checked_sub(text.get_ref().len())?) / 2;
        let written = self.text.get(span.start + quotes..span.end.checked_sub(quotes)?)?;
        (written == text.get_ref()).then_some(span.start + quotes)
    }

    /// The form `check`.
    pub(super) fn check(&mut self, raw: &Spanned<RawCheck>) -> Option<Condition> {
        let span = raw.span();
        let raw = raw.get_ref();
        let field = match &raw.field {
            Some(field) => Some(self.path(field)?),
            None => None,
        };
        let written =
            Written { asks: &raw.asks, lacks: &raw.lacks, condition: &raw.condition, parts: &raw.part, span };
        let (condition, asked) = self.asked(&written, &Scope::default())?;
        Some(Condition { condition, asked, field })
    }

    /// A condition with its words: written as one, or as several parts that must all hold.
    fn asked(&mut self, written: &Written<'_>, scope: &Scope<'_>) -> Option<(Expr, Option<Asked>)> {
        let (whole, parts) = match (written.condition, written.parts) {
            (Some(condition), []) => {
                let whole = self.compile(condition, scope)?;
                let parts = written.lacks.iter().map(|lacks| Part {
                    name: None,
                    condition: whole.clone(),
                    lacks: text(lacks),
                });
                let parts = parts.collect();
                (whole, parts)
            }
            (None, [_, ..]) => self.parts(written.parts, scope)?,
            _ => {
                return self.error(
                    written.span.clone(),
                    "this does not say in one way what must hold",
                    "give `condition`, or `part` tables",
                );
            }
        };
        if let (Some(lacks), [_, ..]) = (written.lacks, written.parts) {
            return self.error(
                lacks.span(),
                "`lacks` has no meaning beside parts, which have their own",
                "take it out",
            );
        }
        match (written.asks, parts.is_empty()) {
            (Some(asks), false) => Some((whole, Some(Asked { asks: text(asks), parts }))),
            (None, true) => Some((whole, None)),
            (Some(asks), true) => self.error(
                asks.span(),
                "this says what is asked, and not what is lacking",
                "give `lacks` beside `asks`",
            ),
            (None, false) => {
                let span = written.lacks.as_ref().map_or(written.span.clone(), Spanned::span);
                self.error(span, "this says what is lacking, and not what is asked", "give `asks` beside it")
            }
        }
    }

    /// Several parts, and the condition that they make together. Mistakes are told of each where it stands.
    fn parts(&mut self, raw: &[RawPart], scope: &Scope<'_>) -> Option<(Expr, Vec<Part>)> {
        let compiled: Vec<Option<Expr>> =
            raw.iter().map(|part| self.compile(&part.condition, scope)).collect();
        let parts = raw.iter().zip(compiled).map(|(part, condition)| {
            Some(Part { name: part.name.as_ref().map(text), condition: condition?, lacks: text(&part.lacks) })
        });
        let parts = parts.collect::<Option<Vec<Part>>>()?;
        let all =
            raw.iter().map(|part| format!("({})", part.condition.get_ref())).collect::<Vec<_>>().join(" && ");
        let Ok(whole) = compile_condition(&all, scope) else {
            return self.error(
                raw[0].condition.span(),
                "these parts are too much for one condition",
                "write fewer, or shorter ones",
            );
        };
        Some((whole, parts))
    }

    /// The form `each`.
    pub(super) fn each(&mut self, raw: &Spanned<RawEach>) -> Option<Each> {
        let span = raw.span();
        let raw = raw.get_ref();
        let table = self.table(&raw.table)?;
        let name = raw.name.as_ref().map_or("e", |name| name.get_ref().as_str());
        let only = match &raw.only {
            Some(only) => Some(self.condition_on(only, name, table)?),
            None => None,
        };
        let field = match &raw.field {
            Some(field) => Some(self.key(table, field)?),
            None => None,
        };
        let written =
            Written { asks: &raw.asks, lacks: &raw.lacks, condition: &raw.condition, parts: &raw.part, span };
        let (condition, asked) = self.asked(&written, &Scope { bindings: &[(name, table)] })?;
        Some(Each { table, only, condition, asked, field })
    }

    /// The form `share`.
    pub(super) fn share_form(&mut self, raw: &RawShare) -> Option<Share> {
        let name = raw.name.as_ref().map_or("e", |name| name.get_ref().as_str());
        let tolerance = raw.tolerance.as_ref().map_or(Some(Decimal::ZERO), |text| self.share(text))?;
        let bound = |reader: &mut Self, text: &Option<Spanned<String>>| {
            text.as_ref().map_or(Some(None), |text| reader.share(text).map(Some))
        };
        let (min, max) = (bound(self, &raw.min)?, bound(self, &raw.max)?);
        if min.is_none() && max.is_none() {
            return self.error(
                raw.part.span(),
                "this share has no bound",
                "give `min` or `max`, such as \"0.02\"",
            );
        }
        let part = self.sum(&raw.part, raw.part_only.as_ref(), name)?;
        let of = self.sum(&raw.of, raw.of_only.as_ref(), name)?;
        let by = match &raw.by {
            Some(by) => Some(self.group(by, [&part, &of])?),
            None => None,
        };
        Some(Share { part, of, by, min: min.map(|min| min - tolerance), max: max.map(|max| max + tolerance) })
    }

    /// The key by whose texts the rows of both sums are grouped.
    fn group(&mut self, text: &Spanned<String>, sums: [&Sum; 2]) -> Option<KeyId> {
        match sums {
            [Sum::Field(part, _), Sum::Field(of, _)] if part.table == of.table => self.key(of.table, text),
            _ => self.error(
                text.span(),
                "only sums over one table can be grouped",
                "name two keys of one table, such as `allocation.amount`",
            ),
        }
    }

    /// An amount: a word such as `project.budget`, or a key of a list such as `donor.amount`, which is summed.
    fn sum(&mut self, text: &Spanned<String>, only: Option<&Spanned<String>>, name: &str) -> Option<Sum> {
        if let Some((table, key)) = text.get_ref().split_once('.')
            && let Some(table) = Table::named(table).filter(|table| table.plural().is_some())
        {
            let key = table.key(key).filter(|key| key.spec().kind == Kind::Money);
            let Some(key) = key else {
                return self.error(
                    text.span(),
                    format!("`{}` is not an amount of money", text.get_ref()),
                    "name a key that holds money, such as `donor.amount`",
                );
            };
            let only = match only {
                Some(only) => Some(self.condition_on(only, name, table)?),
                None => None,
            };
            return Some(Sum::Field(key, only));
        }
        match word(text.get_ref()) {
            Some(Word::Key(key)) if Word::Key(key).kind() == Type::Money => Some(Sum::Word(key)),
            Some(_) => self.error(
                text.span(),
                format!("`{}` is not an amount of money", text.get_ref()),
                "name one, such as `project.budget` or `donor.amount`",
            ),
            None => self.path(text).and(None),
        }
    }

    /// The form `chain`.
    pub(super) fn chain(&mut self, raw: &RawChain) -> Option<Chain> {
        let parents = self.table(&raw.parents)?;
        let children = self.table(&raw.children)?;
        let Some(name) = parents.name_key() else {
            return self.error(
                raw.parents.span(),
                format!("[[{}]] has no key that names its elements", parents.spec().name),
                "",
            );
        };
        let above: Option<KeyId> = match &raw.above {
            Some(above) => Some(self.key(parents, above)?),
            None => None,
        };
        Some(Chain { parents, name, above, key: self.key(children, &raw.key)? })
    }
}
