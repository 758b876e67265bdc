//! The tasks of an evaluation as bars on the terminal.
//! Must not date anything.

use super::view::{EvaluationView, View};
use crate::model::Date;
use crate::schedule::State;
use chrono::{Datelike, TimeDelta};
use std::fmt::Write as _;

/// The most columns of bars.
const COLUMNS: i64 = 72;

/// What follows from the report is drawn for at most so many columns.
const AFTER: i64 = 16;

struct Scale {
    first: Date,
    days: i64,
    columns: i64,
}

impl Scale {
    fn of(evaluation: &EvaluationView) -> Option<Self> {
        let first = evaluation.tasks.iter().map(|task| task.days.0).min()?;
        let last = evaluation.tasks.iter().map(|task| task.days.1).max()?;
        let report = evaluation.report_day.unwrap_or(last).max(first);
        let led = (report - first).num_days() + 1;
        let whole = (last - first).num_days() + 1;
        let days = (led.min(whole) / (COLUMNS - AFTER) + 1).max(whole / (COLUMNS * 20) + 1);
        let columns = (whole / days + 1).min(COLUMNS);
        Some(Self { first, days, columns })
    }

    /// The column of a day; behind the last one where the day is not drawn.
    fn column(&self, day: Date) -> i64 {
        ((day - self.first).num_days().div_euclid(self.days)).min(self.columns)
    }
}

/// One line for each task, under the months.
pub(super) fn bars(evaluation: &EvaluationView, view: &View) -> String {
    let Some(scale) = Scale::of(evaluation) else { return String::new() };
    let mut text = format!("      {}\n", months(&scale));
    let today = view
        .as_of
        .parse::<Date>()
        .ok()
        .filter(|today| *today >= scale.first)
        .map(|today| scale.column(today));
    for (task, number) in evaluation.tasks.iter().zip(1..) {
        let (from, to) = (scale.column(task.days.0), scale.column(task.days.1));
        let letter = |column: i64| match column {
            column if column == to && task.is_report => '<',
            column if (from..=to).contains(&column) => {
                if task.state == State::Overdue {
                    'x'
                } else {
                    '#'
                }
            }
            column if Some(column) == today => '|',
            _ => ' ',
        };
        let mut line: String = (0..scale.columns).map(letter).collect();
        if task.is_report {
            line.truncate(usize::try_from(to + 1).unwrap_or(0));
            line.push('>');
        }
        if to >= scale.columns {
            line.push('>');
        }
        let _ = writeln!(text, "{number:4}  {}", line.trim_end());
    }
    text.push_str(match today {
        Some(today) if today < scale.columns => "      # planned  x late  <> report  | today  > goes on\n",
        _ => "      # planned  x late  <> report  > goes on\n",
    });
    text
}

/// The names of the months where they begin; the year with the first one and with each January.
fn months(scale: &Scale) -> String {
    let mut line = String::new();
    let mut day = scale.first;
    while scale.column(day) < scale.columns {
        let column = usize::try_from(scale.column(day)).unwrap_or(0);
        let begins = day.day() == 1 || day == scale.first;
        if begins && (line.is_empty() || column > line.len()) {
            let name = if day == scale.first || day.month() == 1 {
                day.format("%Y %b").to_string()
            } else {
                day.format("%b").to_string()
            };
            if column + name.len() <= usize::try_from(scale.columns).unwrap_or(0) + 6 {
                line.push_str(&" ".repeat(column - line.len()));
                line.push_str(&name);
            }
        }
        let Some(next) = day.checked_add_signed(TimeDelta::days(1)) else { break };
        day = next;
    }
    line
}
