//! A part of a plan: a time, one evaluation.
//! Must not judge, and must not change what is kept.

use super::view::{DefinitionView, EvaluationView};
use crate::model::Date;

/// What is kept of the plans of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Nothing that ends before this day.
    pub from: Option<Date>,
    /// Nothing that begins after this day.
    pub to: Option<Date>,
    /// Only evaluations of this id or this timing.
    pub evaluation: Option<String>,
}

impl Filter {
    /// Whether everything is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an evaluation of the definition is one of those that are asked for by name.
    #[must_use]
    pub fn names_any(&self, definition: &DefinitionView) -> bool {
        definition.schedule.evaluations.iter().any(|evaluation| self.names(evaluation))
    }

    /// Keeps a part of a plan; whether anything of it is left.
    pub fn keep(&self, definition: &mut DefinitionView) -> bool {
        if self.is_empty() {
            return true;
        }
        let plan = &mut definition.schedule;
        plan.evaluations.retain_mut(|evaluation| self.keeps(evaluation));
        plan.events.retain(|event| {
            self.evaluation.is_none() && event.days.is_none_or(|days| self.meets(days.from, days.to))
        });
        plan.undecided.retain(|open| self.evaluation.as_ref().is_none_or(|name| *name == open.would_require));
        plan.warnings
            .retain(|warning| plan.evaluations.iter().any(|evaluation| evaluation.id == warning.evaluation));
        !plan.evaluations.is_empty() || !plan.events.is_empty() || !plan.conflicts.is_empty()
    }

    fn keeps(&self, evaluation: &mut EvaluationView) -> bool {
        if !self.names(evaluation) {
            return false;
        }
        evaluation.tasks.retain(|task| self.meets(task.days.0, task.days.1));
        let due = evaluation
            .report_day
            .map(|day| (day, day))
            .or(evaluation.within.map(|days| (days.from, days.to)));
        !evaluation.tasks.is_empty() || due.is_none_or(|(from, to)| self.meets(from, to))
    }

    /// Whether evaluations of this id or timing are kept.
    pub(super) fn names(&self, evaluation: &EvaluationView) -> bool {
        self.evaluation.as_deref().is_none_or(|name| evaluation.id == name || evaluation.timing == Some(name))
    }

    /// Whether something with these days is kept.
    pub(super) fn meets(&self, from: Date, to: Date) -> bool {
        self.from.is_none_or(|first| to >= first) && self.to.is_none_or(|last| from <= last)
    }
}
