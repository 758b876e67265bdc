//! What becomes of an entry of an older feed: not read is not gone, and neither is what is done or not known.
//! Must not write it.

use super::changes::Told;
use super::entries::{Entries, entries};
use super::entry::Entry;
use super::index::Index;
use super::item::Item;
use super::place::{Place, Subject, part, spelt};
use super::scope::{FeedScope, Remembered};
use crate::report::view::{DefinitionView, EvaluationView, ScheduleView, View};
use crate::schedule::Possible;
use crate::schedule::State;
use std::collections::BTreeMap;

/// What becomes of an entry.
#[derive(Debug)]
pub(super) enum Fate<'r> {
    /// It is as this run has it.
    Planned(&'r Item),
    /// It stays as it is.
    Stays,
    /// Its evaluation is done: so is the to-do.
    Done,
    /// It is called off.
    CalledOff,
}

/// A run: what it read, and what it looks for.
pub(super) struct Run<'v> {
    view: &'v View,
    pub scope: &'v FeedScope,
    remembered: &'v Remembered,
    /// Whether the feed holds definitions that are not in the run.
    in_part: bool,
    /// The definitions by their codes, as ids spell them; nothing where it was not read whole, or several share the code.
    by_code: BTreeMap<String, Option<usize>>,
    /// The entries of the definition that was asked for last: those of one stand together.
    latest: Option<(usize, Entries)>,
}

impl<'v> Run<'v> {
    /// A run over a feed that holds so much.
    pub(super) fn new(view: &'v View, scope: &'v FeedScope, index: &'v Index) -> Self {
        let mut by_code: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (place, definition) in view.definitions.iter().enumerate() {
            let trusted = scope.trusts(&definition.code).then_some(place);
            by_code.entry(part(&definition.code)).and_modify(|known| *known = None).or_insert(trusted);
        }
        let in_part = index.codes.iter().any(|(code, stands)| *stands && !by_code.contains_key(code));
        Self { view, scope, remembered: &index.remembered, in_part, by_code, latest: None }
    }

    /// The definitions that were read whole, in the order of the view.
    pub(super) fn trusted(&self) -> impl Iterator<Item = &'v DefinitionView> {
        let definitions = self.view.definitions.iter().enumerate();
        definitions
            .filter(|(place, one)| self.by_code.get(&part(&one.code)) == Some(&Some(*place)))
            .map(|(_, one)| one)
    }

    /// What becomes of an entry, by its id.
    pub(super) fn fate(
        &mut self,
        entry: &Entry,
        (uid, place): (&str, Place<'_>),
        told: &mut Told,
    ) -> Fate<'_> {
        let (scope, remembered, in_part) = (self.scope, self.remembered, self.in_part);
        let Some(definition) = self.by_code.get(place.code).copied().flatten() else {
            return self.not_read(entry, place, told);
        };
        let view = self.view;
        let (entries, definition) = (self.entries(definition), &view.definitions[definition]);
        if let Some(item) = entries.item(uid) {
            // What has moved out of the days that are asked for is told where it stood within them.
            let moved = !entry.is_cancelled() && scope.meets(entry);
            return if scope.meets_days(item.days) || moved { Fate::Planned(item) } else { Fate::Stays };
        }
        if entry.is_cancelled() || !scope.covers(entry, place.subject) {
            return Fate::Stays;
        }
        let evaluation = match place.subject {
            Subject::Evaluation(id) => entries.evaluation(id, definition),
            Subject::Event(_) => None,
        };
        // What was planned of an evaluation that is done stands as it was.
        if evaluation.is_some_and(|one| one.state == State::Done) {
            let is_open = entry.kind == "VTODO" && entry.status() == Some("NEEDS-ACTION");
            return if is_open { Fate::Done } else { Fate::Stays };
        }
        // What is gathered from others is not whole without them, and to which no rule was applied was not judged.
        let unjudged = (definition.gathers && in_part) || !definition.assessed;
        if unjudged || may_be_owed(&definition.schedule, place.subject, evaluation, entry) {
            *told.undecided.entry(spelt(place.code)).or_default() += 1;
            return Fate::Stays;
        }
        let lacking = remembered.lacking(scope);
        if !lacking.is_empty() || !scope.is_of(remembered) {
            told.withheld += 1;
            told.lacking_packs = lacking;
            return Fate::Stays;
        }
        Fate::CalledOff
    }

    /// The definition of the entry is not in the run, or was not read whole.
    fn not_read(&self, entry: &Entry, place: Place<'_>, told: &mut Told) -> Fate<'static> {
        if entry.is_cancelled() {
            return Fate::Stays;
        }
        let is_gone = self.scope.prune && !self.by_code.contains_key(place.code);
        let counts = if is_gone { &mut told.pruned } else { &mut told.unread };
        *counts.entry(spelt(place.code)).or_default() += 1;
        if is_gone { Fate::CalledOff } else { Fate::Stays }
    }

    fn entries(&mut self, definition: usize) -> &Entries {
        if self.latest.as_ref().is_none_or(|(latest, _)| *latest != definition) {
            self.latest = Some((definition, entries(&self.view.definitions[definition], self.scope)));
        }
        &self.latest.as_ref().expect("it was set").1
    }
}

/// Whether what the plan does not have may be owed all the same.
fn may_be_owed(
    plan: &ScheduleView,
    subject: Subject<'_>,
    known: Option<&EvaluationView>,
    entry: &Entry,
) -> bool {
    match subject {
        Subject::Evaluation(_) => {
            // Which tasks it has hangs on its day and its independence, and on a list that may be longer.
            let open = |one: &EvaluationView| {
                one.report_day.is_none()
                    || if one.origin == "required" { plan.open } else { one.independence.is_none() }
            };
            let of_timing = |word: &str| match (entry.timing(), known.and_then(|one| one.timing)) {
                (None, None) => true,
                (was, is) => was == Some(word) || is == Some(word),
            };
            known.map_or(plan.open, open)
                || plan
                    .possible
                    .iter()
                    .any(|one| matches!(one, Possible::Evaluation(word) if of_timing(word)))
        }
        Subject::Event(id) => {
            let of_rule = |rule: &str| {
                let number = id.strip_prefix(part(rule).as_str());
                number.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '~']))
            };
            plan.events.iter().any(|event| part(&event.id) == id)
                || plan.possible.iter().any(|one| matches!(one, Possible::Event(rule) if of_rule(rule)))
        }
    }
}
