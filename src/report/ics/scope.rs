//! What a run asks of a feed, and what it could read: an entry that was not looked for is not gone.
//! Must not decide what becomes of an entry.

use super::entry::Entry;
use super::place::{Place, Subject, part, spelt};
use super::text::escape;
use crate::model::Date;
use crate::report::filter::Filter;
use crate::report::view::View;
use std::collections::BTreeSet;

/// What a feed holds beside the tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeedOptions {
    /// Tasks as to-dos, too.
    pub todos: bool,
    /// Reminders so many days before each event.
    pub alarm: Option<u32>,
    /// Evaluations whose dates are known only in part, too.
    pub tentative: bool,
}

/// What of a run was not read, or not whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// Nothing can be trusted: the rules, the processes or what the portfolio says for itself have mistakes.
    pub everything: bool,
    /// A file or a folder could not be read. Which definitions it holds is not known.
    pub something: bool,
    /// The codes of definitions with mistakes in them, or in what they name, and of those that share a code.
    pub codes: BTreeSet<String>,
}

/// What a run asks of a feed, and what it could read.
#[derive(Debug, Clone, Default)]
pub struct FeedScope {
    /// What it holds beside the tasks.
    pub options: FeedOptions,
    /// What is left out.
    pub filter: Filter,
    /// The only packs that are applied, where the user names some.
    pub only_packs: Vec<String>,
    /// The packs that are applied at the wish of the user beside the usual ones, by their ids.
    pub packs: BTreeSet<String>,
    /// What was not read.
    pub unread: Unread,
    /// Whether what belongs to definitions that are not in the run is called off.
    pub prune: bool,
}

/// What a feed remembers of the runs that wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Remembered {
    /// The filter that it was made with, as it stands in the feed; nothing where there was none, or none is told.
    pub filter: Option<String>,
    /// The packs that it was made with at the wish of users.
    pub packs: BTreeSet<String>,
}

const FILTER: &str = "X-EVALPLAN-FILTER:";
const PACKS: &str = "X-EVALPLAN-PACKS:";

impl Remembered {
    /// What a feed remembers that is written for the first time.
    pub(super) fn of(scope: &FeedScope) -> Self {
        Self { filter: scope.filter_line(), packs: scope.packs.clone() }
    }

    /// Takes in a line of the head of a feed.
    pub(super) fn take(&mut self, line: &str) {
        if let Some(filter) = line.strip_prefix(FILTER) {
            self.filter = Some(filter.to_owned());
        } else if let Some(packs) = line.strip_prefix(PACKS) {
            self.packs = packs.split(' ').filter(|pack| !pack.is_empty()).map(spelt).collect();
        }
    }

    /// What it remembers after a run: packs that are no longer there are forgotten only where that is asked for.
    pub(super) fn after(mut self, scope: &FeedScope) -> Self {
        if scope.prune {
            self.packs.clear();
        }
        self.packs.extend(scope.packs.iter().cloned());
        self
    }

    /// The lines of the head of a feed that tell it.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let packs = self.packs.iter().map(|pack| part(pack)).collect::<Vec<_>>().join(" ");
        let packs = (!packs.is_empty()).then(|| format!("{PACKS}{packs}"));
        self.filter
            .iter()
            .map(|filter| format!("{FILTER}{filter}"))
            .chain(packs)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The packs that a run lacks.
    pub(super) fn lacking(&self, scope: &FeedScope) -> Vec<String> {
        if scope.prune { Vec::new() } else { self.packs.difference(&scope.packs).cloned().collect() }
    }
}

impl FeedScope {
    /// The same, without calling anything off for want of a definition where it may be one that could not be read, or that has got
    /// the code of another, or where there is none at all.
    pub(super) fn careful(&self, view: &View) -> Self {
        let codes: BTreeSet<&str> = view.definitions.iter().map(|one| one.code.as_str()).collect();
        let is_whole =
            self.unread == Unread::default() && !codes.is_empty() && codes.len() == view.definitions.len();
        Self { prune: self.prune && is_whole, ..self.clone() }
    }

    /// Whether the definition of that code was read whole, and is the only one of it.
    pub(super) fn trusts(&self, code: &str) -> bool {
        !self.unread.everything && !self.unread.codes.contains(code)
    }

    /// Whether an entry is one of those that this run asks for, whichever filter the feed was made with.
    pub(super) fn covers(&self, entry: &Entry, place: Place<'_>) -> bool {
        // Of days known in part only months have entries where nobody asks for others: theirs are of one day, or of a task.
        let spans = !place.is_task && entry.days().is_some_and(|(from, to)| from != to);
        let in_part = entry.status() == Some("TENTATIVE") && spans;
        let of_kind = (entry.kind != "VTODO" || self.options.todos) && (!in_part || self.options.tentative);
        of_kind && self.names(entry, place.subject) && self.meets_all(entry)
    }

    /// Whether the filter leaves an entry of the feed in, by the days that it has there.
    pub(super) fn meets(&self, entry: &Entry) -> bool {
        entry.days().is_some_and(|days| self.meets_days(days))
    }

    /// Whether the filter leaves those days in.
    pub(super) fn meets_days(&self, (from, to): (Date, Date)) -> bool {
        self.filter.meets(from, to)
    }

    /// Whether this run has looked for everything that the filter covers in a feed that remembers another run: without a filter
    /// for all there is, and with the one that the feed was made with.
    pub(super) fn is_of(&self, remembered: &Remembered) -> bool {
        let filter = self.filter_line();
        filter.is_none() || filter == remembered.filter
    }

    fn meets_all(&self, entry: &Entry) -> bool {
        (self.filter.from.is_none() && self.filter.to.is_none()) || self.meets(entry)
    }

    fn names(&self, entry: &Entry, subject: Subject<'_>) -> bool {
        let Some(wanted) = &self.filter.evaluation else { return true };
        match subject {
            Subject::Evaluation(id) => part(wanted) == id || entry.timing() == Some(wanted.as_str()),
            Subject::Event(_) => false,
        }
    }

    /// The filter as the user types it, as a value of the feed.
    fn filter_line(&self) -> Option<String> {
        let Filter { from, to, evaluation } = &self.filter;
        let from = from.map(|day| format!("--from {day}"));
        let to = to.map(|day| format!("--to {day}"));
        let evaluation = evaluation.as_ref().map(|id| format!("--evaluation {id}"));
        let packs = (!self.only_packs.is_empty()).then(|| format!("--packs {}", self.only_packs.join(",")));
        let words: Vec<String> = from.into_iter().chain(to).chain(evaluation).chain(packs).collect();
        (!words.is_empty()).then(|| escape(&words.join(" ")))
    }
}
