//! What is asked for beyond a definition, and the packs that bind it.
//! Must not choose.

use super::question::{Early, Question};
use crate::expr::Expr;
use crate::facts::Facts;
use crate::model::DateRange;
use crate::policy::{Pack, Rule, Severity};
use std::collections::BTreeSet;

/// What the user asks for beyond the definition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The edition named on the command line.
    pub policy: Option<String>,
    /// The edition that the portfolio's `evalplan.toml` names.
    pub portfolio_policy: Option<String>,
    /// Only these packs, where any are named; one with a plus before it comes in addition to those that would be applied.
    pub packs: Vec<String>,
    /// The rules whose gaps do not count, by their whole ids: they are judged, and nothing is changed for their sake.
    pub allowed: BTreeSet<String>,
}

impl Choice {
    /// The packs that are named, without the plus before one.
    pub fn pack_names(&self) -> impl Iterator<Item = &str> {
        self.packs.iter().map(|name| name.strip_prefix('+').unwrap_or(name))
    }

    /// Whether only packs that are named are applied.
    #[must_use]
    pub fn only_named(&self) -> bool {
        self.packs.iter().any(|name| !name.starts_with('+'))
    }
}

/// The word that stands, in the place of an edition, for the newest one that the start of the project falls under, whether or not its
/// figures could be read.
pub const IN_FORCE: &str = "in-force";

/// What chose the edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenBy {
    /// The command line.
    Option,
    /// The definition's `policy`.
    File,
    /// The portfolio's `evalplan.toml`.
    Portfolio,
    /// The start of the project.
    Date,
}

impl ChosenBy {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::File => "file",
            Self::Portfolio => "portfolio",
            Self::Date => "date",
        }
    }
}

/// How the other edition stands to the one that was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It began later, before the project did, and no edition was named.
    Later,
    /// It began later, perhaps before the project did, and no edition was named.
    MaybeLater,
    /// It is the one by date, and the newest in force was asked for.
    ByDate,
}

impl Relation {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::MaybeLater => "maybe-later",
            Self::ByDate => "by-date",
        }
    }
}

/// An edition with the starts for which it is the one.
#[derive(Debug, Clone, Copy)]
pub struct Era<'c> {
    /// The edition.
    pub pack: &'c Pack,
    /// The starts of the project that it binds; `None` where the start is not known or does not matter.
    pub starts: Option<DateRange>,
}

/// The packs that bind one definition.
#[derive(Debug, Clone)]
pub struct Chosen<'c> {
    /// The editions still possible, newest first; more than one where the start straddles them; none where no edition is for this kind.
    pub editions: Vec<Era<'c>>,
    /// What chose the edition.
    pub by: ChosenBy,
    /// Whether the newest edition in force was asked for, by that word.
    pub in_force: bool,
    /// The later editions that began before the project did.
    pub superseded_by: Vec<&'c Pack>,
    /// The packs that join by themselves.
    pub joined: Vec<&'c Pack>,
    /// The packs of which it is not known whether they join: their rules are asked all the same, and apply only if they do.
    pub in_doubt: Vec<&'c Pack>,
    /// The packs that are named by `--packs`, by their ids.
    pub(super) named: Vec<String>,
    /// The packs that join, or may, and do not apply: their text is younger than what the definition is about.
    pub(super) early: Vec<Early<'c>>,
    /// What the reader should know of the choice.
    pub notes: Vec<String>,
}

impl<'c> Chosen<'c> {
    /// No pack yet.
    pub(super) fn none(by: ChosenBy) -> Self {
        let (editions, superseded_by, joined, in_doubt, notes) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (named, early) = (Vec::new(), Vec::new());
        Self { editions, by, in_force: false, superseded_by, joined, in_doubt, named, early, notes }
    }

    /// The rules of packs that join by themselves, or may.
    pub(super) fn joining(&self) -> impl Iterator<Item = Question<'c>> {
        let asked = |pack: &'c Pack, joins: Option<&'c Expr>| {
            let early = self.early_of(pack);
            pack.rules.iter().map(move |rule| Question { rule, joins, early })
        };
        let sure = self.joined.iter().flat_map(move |pack| asked(pack, None));
        sure.chain(self.in_doubt.iter().flat_map(move |pack| asked(pack, pack.joins.as_ref())))
    }

    /// Whether a pack that joins, or may, does not apply because its text is younger.
    pub(super) fn early_of(&self, pack: &Pack) -> Option<Early<'c>> {
        self.early.iter().find(|early| early.pack.id == pack.id).copied()
    }

    /// Whether a pack joins that does not apply because its text is younger: what it would ask was looked at.
    #[must_use]
    pub fn has_early(&self) -> bool {
        self.joined.iter().any(|pack| self.early_of(pack).is_some())
    }

    /// How bad a gap of a rule is for this definition: less, where a later edition had begun and none was named, or where the
    /// project began before the text of a pack that joins.
    #[must_use]
    pub fn severity(&self, rule: &Rule, facts: &Facts<'_>) -> Severity {
        let of = |pack: &&&Pack| pack.id == rule.pack;
        let start = Facts::original(facts.definition()).start();
        let began = |pack: &&Pack| pack.from.zip(start).is_some_and(|(from, start)| from <= start.from);
        let superseded = rule
            .when_superseded
            .filter(|_| self.by == ChosenBy::Date && self.superseded_by.iter().any(began));
        let early = self
            .joined
            .iter()
            .find(of)
            .filter(|pack| began_before(pack, facts).is_some())
            .and_then(|pack| pack.before_from);
        [superseded, early].into_iter().flatten().fold(rule.severity, Severity::max)
    }

    /// All packs applied, the edition first.
    pub fn packs(&self) -> impl Iterator<Item = &'c Pack> {
        self.editions.iter().map(|era| era.pack).chain(self.joined.iter().copied())
    }

    /// The ids of all packs applied, the edition first.
    #[must_use]
    pub fn pack_ids(&self) -> Vec<&'c str> {
        self.packs().map(|pack| &*pack.id).collect()
    }
}

/// When the project began, where that was surely before the text of a pack. A start that is not known weakens nothing.
pub(super) fn began_before(pack: &Pack, facts: &Facts<'_>) -> Option<DateRange> {
    let start = Facts::original(facts.definition()).start()?;
    pack.from.filter(|from| start.to < *from).map(|_| start)
}
