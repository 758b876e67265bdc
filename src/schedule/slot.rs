//! One evaluation of the plan: in the file, asked for by rules, or both.
//! Must not decide which evaluations there are.

use super::state::State;
use super::task::Task;
use crate::checks::Window;
use crate::model::{Date, DateRange, INDEPENDENCE, Record, TIMINGS, Value, key};
use std::sync::Arc;

/// Where an evaluation of the plan comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A rule asks for it, and the file has none.
    Required,
    /// The file has it, and no rule asks.
    Planned,
    /// Both.
    Both,
}

impl Origin {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Planned => "planned",
            Self::Both => "both",
        }
    }
}

/// What one rule asks of the day of an evaluation.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The rule.
    pub rule: Arc<str>,
    /// Its clause, in words.
    pub cite: String,
    /// The least independence that it asks for.
    pub level: Option<u8>,
    /// When.
    pub window: Window,
}

/// The day by which the report is planned, always a working day.
#[derive(Debug, Clone)]
pub struct Report {
    /// The day.
    pub date: Date,
    /// Why this one.
    pub because: String,
}

/// One evaluation of the plan.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Its id: that of the file, else its timing, with a number where it recurs.
    pub id: String,
    /// Its timing, as a place in [`TIMINGS`]; `None` where the file does not say.
    pub timing: Option<u8>,
    /// The independence that the file says, as a place in [`INDEPENDENCE`].
    pub independence: Option<u8>,
    /// The least independence that the rules ask for.
    pub independence_required: Option<u8>,
    /// The rules that ask for it, sorted.
    pub rules: Vec<Arc<str>>,
    /// When it is due.
    pub window: Window,
    /// The day that the file plans.
    pub date: Option<DateRange>,
    /// The day on which it was completed.
    pub completed: Option<DateRange>,
    /// How it stands on the day of the schedule.
    pub state: State,
    /// Its place among the evaluations of the file, from 0.
    pub row: Option<u32>,
    /// What each rule asks of its day.
    pub claims: Vec<Claim>,
    /// Why the window is where it is, rule by rule.
    pub window_because: Vec<String>,
    /// The process that its tasks come from.
    pub process: Option<Arc<str>>,
    /// The day of the report; `None` where no day is known.
    pub report: Option<Report>,
    /// The day on which its first task begins, known as far as that of its report is; `None` once it is done, and where nothing is
    /// known of the day or it has no process.
    pub begins: Option<DateRange>,
    /// The last working day of its window, where that is known to the day and it has a process.
    pub last_report: Option<Date>,
    /// The last day on which its first task can begin so that the report is still in its window.
    pub last_start: Option<Date>,
    /// The days between which its report is due, where the file gives the month alone: it is planned on the last working day of it.
    pub month: Option<DateRange>,
    /// Why it has no tasks, where it should have some.
    pub undated: Option<String>,
    /// The tasks, in the order of their beginnings.
    pub tasks: Vec<Task>,
}

impl Evaluation {
    /// The evaluation of a row of the file.
    pub(super) fn of_row(record: &Record, row: u32) -> Self {
        let choice = |key| match record.get(key) {
            Some(Value::Choice(place)) => Some(*place),
            _ => None,
        };
        Self {
            id: record
                .text(key::evaluation::ID)
                .map_or_else(|| format!("evaluation-{}", row + 1), str::to_owned),
            timing: choice(key::evaluation::TIMING),
            independence: choice(key::evaluation::INDEPENDENCE),
            date: record.date(key::evaluation::DATE),
            completed: record.date(key::evaluation::COMPLETED),
            row: Some(row),
            ..Self::of_timing(0, None)
        }
    }

    /// An evaluation that the rules ask for and the file does not have.
    pub(super) fn of_timing(timing: u8, number: Option<u32>) -> Self {
        let word = TIMINGS[usize::from(timing)];
        Self {
            id: number.map_or_else(|| word.to_owned(), |number| format!("{word}-{number}")),
            timing: Some(timing),
            independence: None,
            independence_required: None,
            rules: Vec::new(),
            window: Window::default(),
            date: None,
            completed: None,
            state: State::Planned,
            row: None,
            claims: Vec::new(),
            window_because: Vec::new(),
            process: None,
            report: None,
            begins: None,
            last_report: None,
            last_start: None,
            month: None,
            undated: None,
            tasks: Vec::new(),
        }
    }

    /// The day that counts: the one on which it was completed, else the working day of its report, else the planned one, else the
    /// day aimed at.
    #[must_use]
    pub fn by(&self) -> Option<DateRange> {
        let report = self.report.as_ref().map(|report| DateRange::day(report.date));
        self.completed.or(report).or(self.date).or(self.window.target)
    }

    /// Whether a day lies between the first and the last one of its window, both inside; one that is not known leaves it open.
    #[must_use]
    pub fn is_in_window(&self, day: Date) -> bool {
        let (opens, closes) =
            (self.window.earliest.and_then(DateRange::exact), self.window.latest.and_then(DateRange::exact));
        opens.is_none_or(|opens| day >= opens) && closes.is_none_or(|closes| day <= closes)
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        match (self.row, self.rules.is_empty()) {
            (None, _) => Origin::Required,
            (Some(_), true) => Origin::Planned,
            (Some(_), false) => Origin::Both,
        }
    }

    /// The timing as a word.
    #[must_use]
    pub fn timing_word(&self) -> Option<&'static str> {
        self.timing.map(|timing| TIMINGS[usize::from(timing)])
    }

    /// The independence that the file says, as a word.
    #[must_use]
    pub fn independence_word(&self) -> Option<&'static str> {
        self.independence.map(|level| INDEPENDENCE[usize::from(level)])
    }

    /// The independence owed, as a word.
    #[must_use]
    pub fn required_word(&self) -> Option<&'static str> {
        self.independence_required.map(|level| INDEPENDENCE[usize::from(level)])
    }

    /// The day that orders it in a plan: planned, else aimed at.
    #[must_use]
    pub fn day(&self) -> Option<DateRange> {
        self.completed.or(self.date).or(self.window.target).or(self.window.latest)
    }
}
