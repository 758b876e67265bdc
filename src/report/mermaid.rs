//! The plans of a run as Gantt charts in Mermaid, with absolute dates alone.
//! Must not date anything, and must not let Mermaid count days off.

use super::error::TemplateError;
use super::format::Canvas;
use super::harmless::plain;
use super::view::{EvaluationView, View};
use crate::schedule::State;
use std::fmt::Write as _;

/// One chart for all definitions, one section for each evaluation that has days.
///
/// # Errors
/// Never.
pub(super) fn schedule(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    Ok(chart(canvas.view).into_bytes())
}

fn chart(view: &View) -> String {
    let mut text = "gantt\n".to_owned();
    let title = match view.definitions.as_slice() {
        [one] => format!("{} {}", one.code, one.title),
        _ => format!("Evaluations as of {}", view.as_of),
    };
    let _ = writeln!(text, "    title {}\n    dateFormat YYYY-MM-DD\n    axisFormat %Y-%m-%d", name(&title));
    let mut number = 0;
    for definition in &view.definitions {
        for evaluation in &definition.schedule.evaluations {
            if evaluation.tasks.is_empty() && evaluation.report_day.is_none() {
                continue;
            }
            let _ = writeln!(text, "    section {}", name(&format!("{} {}", definition.code, evaluation.id)));
            section(evaluation, &mut number, &mut text);
        }
    }
    if number == 0 {
        text.push_str("    section Nothing is dated\n");
    }
    text
}

fn section(evaluation: &EvaluationView, number: &mut usize, text: &mut String) {
    for task in &evaluation.tasks {
        let tags = match (task.state, task.critical) {
            (State::Done, _) => "done, ",
            (State::Overdue, _) => "crit, ",
            (State::AtRisk, _) => "active, ",
            _ => "",
        };
        *number += 1;
        let after = task.days.1.succ_opt().unwrap_or(task.days.1);
        let _ = writeln!(text, "    {} :{tags}t{number}, {}, {after}", name(&task.title), task.days.0);
    }
    if let Some(day) = evaluation.report_day {
        *number += 1;
        let _ = writeln!(text, "    report :milestone, t{number}, {day}, 0d");
    }
}

/// Words with which a line of Mermaid begins.
const KEYWORDS: [&str; 15] = [
    "gantt",
    "title",
    "section",
    "dateformat",
    "axisformat",
    "tickinterval",
    "excludes",
    "includes",
    "todaymarker",
    "click",
    "weekday",
    "weekend",
    "acctitle",
    "accdescr",
    "inclusiveenddates",
];

/// A name in which nothing is taken for Mermaid's own: special letters, and the first one of a keyword, as entities.
fn name(text: &str) -> String {
    let text = plain(text);
    let text = text.trim();
    let lower = text.to_lowercase();
    let keyword = KEYWORDS.iter().any(|word| lower.starts_with(word));
    let mut name = String::with_capacity(text.len());
    for (place, letter) in text.chars().enumerate() {
        match letter {
            ':' | ';' | '#' | '%' | '"' | '<' | '>' | '`' | '{' | '}' => {
                name.push_str(&format!("#{};", u32::from(letter)))
            }
            letter if place == 0 && keyword => name.push_str(&format!("#{};", u32::from(letter))),
            letter => name.push(letter),
        }
    }
    if name.is_empty() { "-".to_owned() } else { name }
}
