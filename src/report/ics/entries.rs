//! What a feed would say of a definition: an entry for each task, report and event.
//! Must not know how entries are written, and must not know an older feed.

use super::entry::UNTIMED;
use super::item::Item;
use super::place::{part, uid};
use super::scope::{FeedOptions, FeedScope};
use crate::report::view::{DefinitionView, EvaluationView, TaskView};
use crate::schedule::State;
use std::collections::BTreeMap;

/// The entries of one definition that a run asks for, whatever their days.
#[derive(Debug)]
pub(super) struct Entries {
    pub items: Vec<Item>,
    by_uid: BTreeMap<String, usize>,
    /// The places of all of its evaluations in the view, by their ids as those of entries spell them.
    evaluations: BTreeMap<String, usize>,
}

impl Entries {
    /// The evaluation of that id, as those of entries spell it.
    pub(super) fn evaluation<'v>(
        &self,
        id: &str,
        definition: &'v DefinitionView,
    ) -> Option<&'v EvaluationView> {
        definition.schedule.evaluations.get(*self.evaluations.get(id)?)
    }

    /// The entry of that id.
    pub(super) fn item(&self, uid: &str) -> Option<&Item> {
        self.items.get(*self.by_uid.get(uid)?)
    }
}

/// The entries of a definition, each with an id of its own.
pub(super) fn entries(definition: &DefinitionView, scope: &FeedScope) -> Entries {
    let mut items = Vec::new();
    for evaluation in definition.schedule.evaluations.iter().filter(|one| scope.filter.names(one)) {
        evaluation_items(definition, evaluation, scope.options, &mut items);
    }
    if scope.filter.evaluation.is_none() {
        event_items(definition, scope.options, &mut items);
    }
    let mut by_uid: BTreeMap<String, usize> = BTreeMap::new();
    for (place, item) in items.iter_mut().enumerate() {
        // Two packs may have a rule of one name, each with its event.
        let mut number = 2;
        let first = item.uid.clone();
        while by_uid.contains_key(&item.uid) {
            item.uid = first.replacen('@', &format!("~{number}@"), 1);
            number += 1;
        }
        by_uid.insert(item.uid.clone(), place);
    }
    let evaluations = definition
        .schedule
        .evaluations
        .iter()
        .enumerate()
        .map(|(place, one)| (part(&one.id), place))
        .collect();
    Entries { items, by_uid, evaluations }
}

/// The evaluations that have no entries because their days are known only in part, with the reason.
pub(super) fn left_out(definition: &DefinitionView, scope: &FeedScope) -> impl Iterator<Item = String> {
    let asked = |one: &&EvaluationView| {
        scope.filter.names(one) && one.within.is_none_or(|days| scope.filter.meets(days.from, days.to))
    };
    let undated = definition.schedule.evaluations.iter().filter(|_| !scope.options.tentative).filter(asked);
    undated.filter_map(|one| Some(format!("{} {}: {}", definition.code, one.id, one.undated.as_ref()?)))
}

fn evaluation_items(
    definition: &DefinitionView,
    evaluation: &EvaluationView,
    options: FeedOptions,
    items: &mut Vec<Item>,
) {
    let parts = [&*part(&definition.code), &*part(&evaluation.id)];
    let is_done = evaluation.state == State::Done;
    for task in &evaluation.tasks {
        items.push(task_item(definition, evaluation, task, (parts, options)));
        if options.todos {
            let event = task_item(definition, evaluation, task, (parts, FeedOptions::default()));
            let uid = uid(&[parts[0], parts[1], &part(&task.id), "todo"]);
            items.push(Item { kind: "VTODO", status: "NEEDS-ACTION", uid, ..event });
        }
    }
    let days = match (evaluation.report_day, evaluation.within) {
        (Some(day), _) => Some((day, day, evaluation.tentative)),
        (None, Some(days)) if options.tentative && evaluation.undated.is_some() => {
            Some((days.from, days.to, true))
        }
        _ => None,
    };
    let Some((from, to, tentative)) = days else { return };
    let verb = match (is_done, tentative) {
        (true, _) => "report done",
        (_, true) if evaluation.tentative => "report due, only the month is known",
        (_, true) => "report due, dates known in part",
        _ => "report due",
    };
    let why = [
        evaluation.because.as_str(),
        &evaluation.window_because,
        evaluation.report_because.as_deref().unwrap_or_default(),
    ];
    items.push(Item {
        uid: uid(&parts),
        kind: "VEVENT",
        days: (from, to),
        summary: format!("{} {}: {verb}", definition.code, evaluation.id),
        description: describe(definition, &why, &evaluation.rules),
        status: if tentative { "TENTATIVE" } else { "CONFIRMED" },
        category: evaluation.timing.unwrap_or(UNTIMED),
        alarm: options.alarm,
    });
}

fn describe(definition: &DefinitionView, why: &[&str], rules: &[String]) -> String {
    let mut lines = vec![definition.title.clone()];
    lines.extend(why.iter().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()));
    if !rules.is_empty() {
        lines.push(rules.join(", "));
    }
    lines.join("\n")
}

fn task_item(
    definition: &DefinitionView,
    evaluation: &EvaluationView,
    task: &TaskView,
    (parts, options): ([&str; 2], FeedOptions),
) -> Item {
    Item {
        uid: uid(&[parts[0], parts[1], &part(&task.id)]),
        kind: "VEVENT",
        days: task.days,
        summary: format!("{} {}: {}", definition.code, evaluation.id, task.title),
        description: describe(
            definition,
            &[&format!("{}, {} working days", task.owner, task.working_days), &task.because],
            &[],
        ),
        status: if evaluation.tentative { "TENTATIVE" } else { "CONFIRMED" },
        category: evaluation.timing.unwrap_or(UNTIMED),
        alarm: options.alarm,
    }
}

fn event_items(definition: &DefinitionView, options: FeedOptions, items: &mut Vec<Item>) {
    for event in &definition.schedule.events {
        let Some(days) = event.days else { continue };
        let tentative = days.exact().is_none();
        if tentative && !options.tentative {
            continue;
        }
        items.push(Item {
            uid: uid(&[&part(&definition.code), "", &part(&event.id)]),
            kind: "VEVENT",
            days: (days.from, days.to),
            summary: format!("{} {}", definition.code, event.title),
            description: describe(definition, &[], &event.rules),
            status: if tentative { "TENTATIVE" } else { "CONFIRMED" },
            category: "event",
            alarm: options.alarm,
        });
    }
}
