//! What a feed says: its head, and an entry for each task, report and event.
//! Must not know how entries are written.

use super::feed::{Changes, FeedOptions, Written};
use super::memory::Feed;
use super::text::{escape, fold, id_part};
use super::write::Item;
use crate::report::error::TemplateError;
use crate::report::format::Canvas;
use crate::report::view::{DefinitionView, EvaluationView, TaskView, View};

/// The feed of a view, over the one that is remembered.
///
/// # Errors
/// Never.
pub(in crate::report) fn draw(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    Ok(feed(canvas.view, canvas.wishes.feed, canvas.wishes.memory).text.into_bytes())
}

/// The feed of a view. What is as it was in the older feed keeps its stamp and its number.
#[must_use]
pub fn feed(view: &View, options: FeedOptions, old: Option<&Feed>) -> Written {
    let stamp = format!("{}T000000Z", view.as_of.replace('-', ""));
    let mut items = Vec::new();
    let mut left_out = Vec::new();
    for definition in &view.definitions {
        for evaluation in &definition.schedule.evaluations {
            evaluation_items(definition, evaluation, options, &mut items);
            if let (Some(why), false) = (&evaluation.undated, options.tentative) {
                left_out.push(format!("{} {}: {why}", definition.code, evaluation.id));
            }
        }
        event_items(definition, options, &mut items);
    }
    let (mut changes, mut body) = (Changes::default(), String::new());
    for item in &items {
        body.push_str(&item.write(&stamp, old, &mut changes));
    }
    if let Some(old) = old {
        let known: Vec<&str> = items.iter().map(|item| item.uid.as_str()).collect();
        body.push_str(&old.called_off(&known, &stamp, &mut changes));
    }
    let text = format!("{}{body}END:VCALENDAR\r\n", head(view));
    Written { text, changes, left_out }
}

fn head(view: &View) -> String {
    let name = match view.definitions.as_slice() {
        [one] => format!("Evaluations: {}", one.title),
        _ => "Evaluations".to_owned(),
    };
    let name = escape(&name);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//evalplan//evalplan//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
        "REFRESH-INTERVAL;VALUE=DURATION:P1D".to_owned(),
        "X-PUBLISHED-TTL:P1D".to_owned(),
    ];
    lines.iter().map(|line| fold(line)).collect()
}

fn evaluation_items(definition: &DefinitionView, evaluation: &EvaluationView, options: FeedOptions, items: &mut Vec<Item>) {
    let uid = format!("{}.{}", id_part(&definition.code), id_part(&evaluation.id));
    let is_done = evaluation.state == "done";
    for task in &evaluation.tasks {
        items.push(task_item(definition, evaluation, task, (&uid, options)));
        if options.todos {
            items.push(todo(definition, evaluation, task, &uid));
        }
    }
    let days = match (evaluation.report_day, evaluation.within) {
        (Some(day), _) => Some((day, day, false)),
        (None, Some(days)) if options.tentative && evaluation.undated.is_some() => Some((days.from, days.to, true)),
        _ => None,
    };
    let Some((from, to, tentative)) = days else { return };
    let verb = match (is_done, tentative) {
        (true, _) => "report done",
        (_, true) => "report due, dates known in part",
        _ => "report due",
    };
    let why = [evaluation.because.as_str(), &evaluation.window_because, evaluation.report_because.as_deref().unwrap_or_default()];
    items.push(Item {
        uid: format!("{uid}@evalplan"),
        kind: "VEVENT",
        days: (from, to),
        summary: format!("{} {}: {verb}", definition.code, evaluation.id),
        description: describe(definition, &why, &evaluation.rules),
        status: if tentative { "TENTATIVE" } else { "CONFIRMED" },
        category: evaluation.timing.unwrap_or("evaluation"),
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

fn task_item(definition: &DefinitionView, evaluation: &EvaluationView, task: &TaskView, (uid, options): (&str, FeedOptions)) -> Item {
    Item {
        uid: format!("{uid}.{}@evalplan", id_part(&task.id)),
        kind: "VEVENT",
        days: task.days,
        summary: format!("{} {}: {}", definition.code, evaluation.id, task.title),
        description: describe(definition, &[&format!("{}, {} working days", task.owner, task.working_days), &task.because], &[]),
        status: "CONFIRMED",
        category: evaluation.timing.unwrap_or("evaluation"),
        alarm: options.alarm,
    }
}

fn todo(definition: &DefinitionView, evaluation: &EvaluationView, task: &TaskView, uid: &str) -> Item {
    let event = task_item(definition, evaluation, task, (uid, FeedOptions::default()));
    Item { uid: format!("{uid}.{}.todo@evalplan", id_part(&task.id)), kind: "VTODO", status: "NEEDS-ACTION", ..event }
}

fn event_items(definition: &DefinitionView, options: FeedOptions, items: &mut Vec<Item>) {
    for event in &definition.schedule.events {
        let Some(days) = event.days else { continue };
        let tentative = days.exact().is_none();
        if tentative && !options.tentative {
            continue;
        }
        items.push(Item {
            uid: format!("{}..{}@evalplan", id_part(&definition.code), id_part(&event.id)),
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
