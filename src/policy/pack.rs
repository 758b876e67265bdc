//! A pack: documents, dates in force, how it is chosen, and its rules.
//! Must not choose.

use super::rule::{Case, Rule, Severity, Status, TableRule};
use crate::expr::Expr;
use crate::model::Date;
use crate::source::{SourceId, Span};
use std::sync::Arc;

/// How a pack comes to be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// By the start of the project; editions exclude each other.
    ByDate,
    /// Only when it is named.
    ByName,
    /// By itself, where its condition holds.
    Joins,
}

/// A document that a pack rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id within the packs.
    pub id: Arc<str>,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When, as far as it is known.
    pub date: Option<String>,
    /// The number of its last paragraph, where paragraphs are numbered.
    pub paragraphs: Option<u32>,
    /// Appendices, boxes and tables that citations may name.
    pub also: Vec<String>,
}

/// A clause that the pack accounts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its number in the list of clauses that the packs were made from, such as `004-01`.
    pub entry: Option<String>,
    /// The document, by its id in the pack.
    pub source: Arc<str>,
    /// The place in the document.
    pub at: String,
    /// What it says, in a few words.
    pub title: String,
    /// The rules that hold it: of this pack, or of another by their whole ids.
    pub rules: Vec<Arc<str>>,
    /// Why it stays with people, where no rule holds it.
    pub manual: Option<String>,
}

/// One rule pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id, the name of its folder.
    pub id: Arc<str>,
    /// Its title.
    pub title: String,
    /// How it comes to be applied.
    pub selection: Selection,
    /// The kinds of definition it is for; all where empty.
    pub kinds: Vec<Arc<str>>,
    /// The first day in force, inside.
    pub from: Option<Date>,
    /// The first day no longer in force.
    pub until: Option<Date>,
    /// How well those days are known, where not to the day: `month` or `year`.
    pub precision: Option<Arc<str>>,
    /// How bad gaps are at the most for what began before that day; as bad as ever where absent. Of packs that join.
    pub before_from: Option<Severity>,
    /// The edition whose rules it inherits, and what they are worth here.
    pub extends: Option<(Arc<str>, Status, Span)>,
    /// The condition under which it joins.
    pub joins: Option<Expr>,
    /// The donor whose requirements it holds.
    pub donor: Option<Arc<str>>,
    /// The documents it rests on.
    pub documents: Vec<Document>,
    /// The clauses it accounts for.
    pub clauses: Vec<Clause>,
    /// Its rules, sorted by id, inherited ones included.
    pub rules: Vec<Rule>,
    /// Its tables, for proof.
    pub tables: Vec<TableRule>,
    /// The cases of its rule files.
    pub cases: Vec<Case>,
    /// Whether it came with the tool.
    pub shipped: bool,
    /// The text of its `pack.toml`.
    pub source: SourceId,
}

impl Pack {
    /// The rule of that id within the pack, or one that bore it before.
    #[must_use]
    pub fn rule(&self, local: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.local == local || rule.aliases.iter().any(|alias| &**alias == local))
    }
}
