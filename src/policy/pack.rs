//! A pack: documents, dates in force, how it is chosen, and its rules.
//! Must not choose.

use super::rule::{Case, Cite, Rule, Severity, Status, TableRule};
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

impl Selection {
    /// The word of `pack.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ByDate => "by-date",
            Self::ByName => "by-name",
            Self::Joins => "joins",
        }
    }
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

/// Somebody outside the project who has read a pack against its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who.
    pub who: String,
    /// When.
    pub on: Date,
    /// What was read.
    pub what: String,
}

/// A rule that the pack had and has no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Its id within the pack.
    pub id: Arc<str>,
    /// Why it is gone.
    pub because: String,
    /// The place of its id.
    pub span: Span,
}

impl Retired {
    /// What is told to whoever names it: that it is gone, and why.
    #[must_use]
    pub fn told(&self, pack: &Pack) -> String {
        format!("the rule `{}/{}` is retired: {}", pack.id, self.id, self.because)
    }
}

/// In what an inherited rule differs here: only what is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    /// The rule, by its id within the pack.
    pub rule: Arc<str>,
    /// What the citation is worth here.
    pub status: Option<Status>,
    /// The clause here.
    pub cite: Option<Cite>,
    /// Why it matters, or what it rests on, here.
    pub why: Option<String>,
    /// How bad a gap is here.
    pub severity: Option<Severity>,
    /// The place of the rule's name.
    pub span: Span,
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
    /// In what inherited rules differ here.
    pub inherited: Vec<Inherited>,
    /// The rules that it has no more.
    pub retired: Vec<Retired>,
    /// Who outside the project has reviewed it; nobody where empty.
    pub reviewed_by: Vec<Review>,
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
    /// Who outside the project has reviewed it, when and what, in a sentence without its end.
    #[must_use]
    pub fn reviewed(&self) -> String {
        if self.reviewed_by.is_empty() {
            return "nobody outside this project has reviewed this pack".to_owned();
        }
        let one = |review: &Review| format!("{} on {} ({})", review.who, review.on, review.what);
        format!("reviewed by {}", self.reviewed_by.iter().map(one).collect::<Vec<_>>().join("; "))
    }

    /// Why the pack has no more the rule of that id within it; nothing where it has it, or never had.
    #[must_use]
    pub fn retired(&self, local: &str) -> Option<&Retired> {
        self.retired.iter().find(|retired| &*retired.id == local)
    }

    /// The rule of that id within the pack, or one that bore it before.
    #[must_use]
    pub fn rule(&self, local: &str) -> Option<&Rule> {
        self.rules
            .iter()
            .find(|rule| &*rule.local == local)
            .or_else(|| self.rules.iter().find(|rule| rule.is_called(local)))
    }
}
