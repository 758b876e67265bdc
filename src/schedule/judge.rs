//! Judges what is planned: outside its window, not independent enough, managed by the implementing office, in a break
//! or a bad season, before the project begins. Must not move anything.

use super::habits::{Habits, Judged};
use super::plan::Schedule;
use super::season::{self, Season};
use super::slot::Evaluation;
use super::state::State;
use super::task::Task;
use super::{calendar::Calendar, reason};
use crate::assess::{Assessment, Explainer, Finding};
use crate::facts::Facts;
use crate::model::{Date, DateRange, INDEPENDENCE, Table, add_months, key};
use crate::policy::Severity;
use std::sync::Arc;

/// A task of so many months lies in every season.
const A_YEAR: i32 = 11;

/// The most warnings of breaks and seasons for one evaluation. There may be as many as seasons times steps, and nobody reads them.
const MOST_SEASONS: usize = 12;

/// Something about a plan that should be looked at.
#[derive(Debug, Clone)]
pub struct Warning {
    /// What kind of thing: a word of `rules/planning.toml`, or the rule whose finding it is, without its pack.
    pub kind: Arc<str>,
    /// How bad it is.
    pub severity: Severity,
    /// The evaluation, by its id.
    pub evaluation: String,
    /// What is so.
    pub message: String,
    /// Why it matters, and what that is worth.
    pub because: String,
    /// What to do.
    pub help: Option<String>,
    /// The rule whose finding says the same.
    pub finding: Option<Arc<str>>,
}

/// Everything about a plan that should be looked at, by evaluation.
pub(super) fn warnings(schedule: &Schedule, habits: &Habits, assessment: &Assessment<'_>) -> Vec<Warning> {
    let facts = &Facts::new(assessment.definition, assessment.as_of);
    let explainer = Explainer::new(assessment);
    let mut found: Vec<Warning> =
        assessment.out_of_window().filter_map(|one| outside(one, schedule, &explainer)).collect();
    let definition = facts.definition();
    let breaks = season::of_office(definition, key::office::BREAKS).unwrap_or_else(|| habits.breaks.clone());
    let bad = season::of_office(definition, key::office::BAD_SEASONS).unwrap_or_default();
    let kinds = [("break", &habits.in_break, breaks), ("season", &habits.in_season, bad)];
    for evaluation in
        schedule.evaluations.iter().filter(|one| one.state != State::Done && one.state != State::Unrecorded)
    {
        found.extend(level(evaluation, habits));
        found.extend(manager(evaluation, habits, facts));
        found.extend(before_project(evaluation, habits, facts));
        found.extend(behind(evaluation, habits, facts));
        seasons(evaluation, &kinds, (facts.as_of(), &schedule.calendar), &mut found);
    }
    found
}

/// The finding on an evaluation of the file whose day lies outside its window.
fn outside(finding: &Finding<'_>, schedule: &Schedule, explainer: &Explainer<'_>) -> Option<Warning> {
    let row = finding.judgement.missing.first()?.row()?;
    let evaluation = schedule.evaluations.iter().find(|one| one.row == Some(row))?;
    Some(Warning {
        kind: Arc::clone(&finding.rule.local),
        severity: finding.severity,
        evaluation: evaluation.id.clone(),
        message: explainer.found(finding),
        because: format!("{} ({})", explainer.because(finding), finding.status),
        help: explainer.remedy(finding),
        finding: Some(Arc::clone(&finding.rule.id)),
    })
}

fn warning(kind: &'static str, judged: &Judged, evaluation: &Evaluation, message: String) -> Warning {
    let because = format!("{} ({})", judged.basis, judged.status);
    Warning {
        kind: kind.into(),
        severity: judged.severity,
        evaluation: evaluation.id.clone(),
        message,
        because,
        help: None,
        finding: None,
    }
}

fn level(evaluation: &Evaluation, habits: &Habits) -> Option<Warning> {
    let (has, owed) = (evaluation.independence?, evaluation.independence_required?);
    (has < owed).then(|| {
        let word = |level: u8| INDEPENDENCE[usize::from(level)];
        let message = format!("`{}` is planned as {}, and {} is owed", evaluation.id, word(has), word(owed));
        let asking = evaluation.claims.iter().filter(|claim| claim.level == Some(owed));
        let because = asking
            .clone()
            .map(|claim| format!("{} ({})", claim.rule, claim.cite))
            .collect::<Vec<_>>()
            .join(", ");
        let help = format!("write `independence = \"{}\"`; its tasks are planned so", word(owed));
        let finding = asking.clone().next().map(|claim| Arc::clone(&claim.rule));
        Warning {
            because,
            help: Some(help),
            finding,
            ..warning("not-independent-enough", &habits.not_independent, evaluation, message)
        }
    })
}

/// The manager is of the implementing office where the file names that office, or its whole name, as the manager.
fn manager(evaluation: &Evaluation, habits: &Habits, facts: &Facts<'_>) -> Option<Warning> {
    let definition = facts.definition();
    let office = definition.single(Table::Office).text(key::office::NAME)?;
    let manager =
        definition.rows(Table::Evaluation).get(evaluation.row? as usize)?.text(key::evaluation::MANAGER)?;
    let owed = evaluation.independence.max(evaluation.independence_required)?;
    if !habits.manager_levels.contains(&owed) || !names(manager, office) {
        return None;
    }
    let message = format!(
        "`{}` is to be managed by `{manager}`, of the office that implements the project (`{office}`)",
        evaluation.id
    );
    let help = "name a manager of another office".to_owned();
    Some(Warning {
        help: Some(help),
        ..warning("manager-of-the-office", &habits.manager, evaluation, message)
    })
}

/// Whether a text names an office: all the words of its name stand in it, one after the other.
fn names(text: &str, office: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (text, office) = (words(text), words(office));
    !office.is_empty() && text.windows(office.len()).any(|part| part == office)
}

fn before_project(evaluation: &Evaluation, habits: &Habits, facts: &Facts<'_>) -> Option<Warning> {
    let start = facts.start().and_then(DateRange::exact)?;
    let first = evaluation.tasks.first().filter(|task| task.start < start)?;
    let message = format!(
        "`{}` would begin on {} (`{}`), before the project begins on {start}",
        evaluation.id,
        reason::day(first.start),
        first.id
    );
    let help = "plan its report later, or shorten the process".to_owned();
    Some(Warning {
        help: Some(help),
        ..warning("before-the-project", &habits.before_project, evaluation, message)
    })
}

/// A task should have begun: says by when the first one must begin for a report in time.
fn behind(evaluation: &Evaluation, habits: &Habits, facts: &Facts<'_>) -> Option<Warning> {
    if evaluation.state != State::AtRisk {
        return None;
    }
    let message = match (evaluation.tasks.first(), evaluation.begins?) {
        (Some(first), _) => {
            format!("`{}` should have begun on {} (`{}`)", evaluation.id, reason::day(first.start), first.id)
        }
        (None, begins) => format!(
            "`{}` should have begun by {} at the latest, whichever its day",
            evaluation.id,
            reason::day(begins.to)
        ),
    };
    let latest = evaluation.window.latest.and_then(DateRange::exact);
    let help = match (evaluation.last_start, latest) {
        (Some(last), Some(latest)) if last >= facts.as_of() => {
            format!(
                "if it has not, begin by {} to report by {latest}, the last day of its window",
                reason::day(last)
            )
        }
        (_, Some(latest)) => format!(
            "if it has not, its report cannot be there by {latest} in the usual number of days: shorten steps, or agree another day"
        ),
        _ => "if it has not, begin now, and plan the report anew".to_owned(),
    };
    Some(Warning { help: Some(help), ..warning("behind", &habits.behind, evaluation, message) })
}

/// Times of the year of one kind, and how it is judged that a step falls into one.
type SeasonsOfAKind<'h> = (&'static str, &'h Judged, Vec<Season>);

fn seasons(
    evaluation: &Evaluation,
    kinds: &[SeasonsOfAKind<'_>],
    (as_of, calendar): (Date, &Calendar),
    found: &mut Vec<Warning>,
) {
    let tasks: Vec<&Task> =
        evaluation.tasks.iter().filter(|task| is_short(task) && task.end >= as_of).collect();
    let all = kinds
        .iter()
        .flat_map(|(kind, judged, seasons)| seasons.iter().map(move |season| (*kind, *judged, season)));
    let mut meeting = all.flat_map(|season| {
        tasks.iter().filter(move |task| season.2.meets(task.start, task.end)).map(move |task| (*task, season))
    });
    let told = meeting
        .by_ref()
        .take(MOST_SEASONS)
        .filter_map(|(task, season)| in_season(evaluation, task, season, calendar));
    found.extend(told);
    if let Some((_, (kind, judged, _))) = meeting.next() {
        let message = format!(
            "more steps of `{}` fall into breaks and bad seasons than these {MOST_SEASONS}",
            evaluation.id
        );
        found.push(warning(kind, judged, evaluation, message));
    }
}

fn is_short(task: &Task) -> bool {
    add_months(task.start, A_YEAR).is_some_and(|year| task.end < year)
}

fn in_season(
    evaluation: &Evaluation,
    task: &Task,
    (kind, judged, season): (&'static str, &Judged, &Season),
    calendar: &Calendar,
) -> Option<Warning> {
    let inside: Vec<Date> =
        task.start.iter_days().take_while(|day| *day <= task.end).filter(|day| season.holds(*day)).collect();
    let (first, last) = (*inside.first()?, *inside.last()?);
    let lost = inside.iter().filter(|day| calendar.is_working(**day)).count();
    let days = if first == last {
        reason::day(first)
    } else {
        format!("{} to {}", reason::day(first), reason::day(last))
    };
    let message = format!("`{}` of `{}` falls into {} ({days})", task.id, evaluation.id, season.name);
    let begin = evaluation.tasks.first().map(|first| first.start);
    let free = if lost == 1 { "this working day".to_owned() } else { format!("these {lost} working days") };
    let earlier = begin
        .and_then(|begin| calendar.back(begin, lost + 1)?.pop())
        .filter(|_| lost > 0 && task.before_report);
    let help = earlier
        .map(|day| format!("to keep {free} free, begin on {} and plan the report earlier", reason::day(day)));
    Some(Warning { help, ..warning(kind, judged, evaluation, message) })
}
