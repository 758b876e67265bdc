//! Laws of planning on made-up processes, holidays and projects.

use chrono::{NaiveDate, TimeDelta};
use evalplan::assess::Outcome;
use evalplan::engine::{Assessed, Engine, Request};
use evalplan::model::DateRange;
use evalplan::schedule::calendar::{Calendar, Holiday, Weekend};
use evalplan::schedule::{Processes, Schedule, State, Task, plan, tasks, unmet_by};
use evalplan::source::Sources;
use proptest::prelude::*;
use std::sync::LazyLock;

/// A process whose tasks wait only for earlier ones: lengths, and for each pair whether the later waits for the earlier.
fn processes() -> impl Strategy<Value = String> {
    let tasks = prop::collection::vec((1_u32..20, prop::collection::vec(any::<bool>(), 8)), 1..8);
    (tasks, any::<prop::sample::Index>()).prop_map(|(tasks, anchor)| {
        let anchor = anchor.index(tasks.len());
        let mut text = format!("id = \"made-up\"\ntitle = \"Made up\"\nanchor = \"t{anchor}\"\n[for]\ntiming = []\nindependence = []\n");
        let mut waits: Vec<Vec<usize>> =
            tasks.iter().enumerate().map(|(place, (_, waits))| (0..place).filter(|before| waits[*before]).collect()).collect();
        for place in 0..tasks.len() {
            if place > anchor && waits[place].is_empty() {
                waits[place].push(anchor);
            }
            let is_waited_for = waits[place + 1..=anchor.max(place)].iter().any(|after| after.contains(&place));
            if place < anchor && !is_waited_for {
                waits[anchor].push(place);
            }
        }
        for (place, (days, _)) in tasks.iter().enumerate() {
            let after: Vec<String> = waits[place].iter().map(|before| format!("\"t{before}\"")).collect();
            text.push_str(&format!(
                "[[task]]\nid = \"t{place}\"\ntitle = \"Task\"\nowner = \"somebody\"\nworking-days = {days}\nafter = [{}]\nbasis = \"made up\"\nstatus = \"inferred\"\n",
                after.join(", ")
            ));
        }
        text
    })
}

/// A process; every task of it is tied to the report.
fn load(text: &str) -> Processes {
    let mut sources = Sources::default();
    let source = sources.add("made-up.toml", text);
    let loaded = Processes::load(&[source], &sources);
    assert!(loaded.diagnostics.is_empty(), "{:?} in\n{text}", loaded.diagnostics);
    loaded.value
}

fn day(offset: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day") + TimeDelta::days(offset)
}

fn calendar(holidays: &[i64]) -> Calendar {
    let holidays = holidays.iter().map(|offset| Holiday::certain(day(*offset), "made up"));
    Calendar::weekends(Weekend::SATURDAY_SUNDAY).with_holidays(holidays)
}

fn planned(text: &str, report: NaiveDate, calendar: &Calendar) -> Vec<Task> {
    let report = calendar.on_or_before(report).expect("a working day");
    tasks(&load(text).all()[0], report, calendar).expect("working days enough")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn tasks_take_their_working_days_after_what_they_wait_for(
        text in processes(), end in 0_i64..400, holidays in prop::collection::vec(-200_i64..700, 0..40)
    ) {
        let calendar = calendar(&holidays);
        let tasks = planned(&text, day(end), &calendar);
        for task in &tasks {
            let days = task.start.iter_days().take_while(|day| *day <= task.end).filter(|day| calendar.is_working(*day)).count();
            prop_assert_eq!(days, task.working_days as usize, "{} takes its days", task.id);
            prop_assert!(calendar.is_working(task.start) && calendar.is_working(task.end), "{} begins and ends on working days", task.id);
            for before in &task.after {
                let before = tasks.iter().find(|other| other.id == *before).expect("it is planned");
                prop_assert!(before.end < task.start, "{} waits for {}", task.id, before.id);
            }
        }
        let report = tasks.iter().find(|task| task.is_report).expect("one task is the report");
        prop_assert_eq!(Some(report.end), calendar.on_or_before(day(end)));
    }

    #[test]
    fn one_more_holiday_never_moves_the_way_to_a_report_later(
        text in processes(), end in 0_i64..400, holidays in prop::collection::vec(-200_i64..700, 0..20), more in -200_i64..500
    ) {
        let before = planned(&text, day(end), &calendar(&holidays));
        let with_more: Vec<i64> = holidays.iter().copied().chain([more]).collect();
        let after = planned(&text, day(end), &calendar(&with_more));
        for task in before.iter().filter(|task| task.before_report) {
            let moved = after.iter().find(|other| other.id == task.id).expect("the same tasks");
            prop_assert!(moved.start <= task.start && moved.end <= task.end, "{} moves later", task.id);
        }
    }

    #[test]
    fn a_task_with_slack_can_begin_so_much_earlier_and_no_critical_one_can(
        text in processes(), end in 0_i64..400, holidays in prop::collection::vec(-200_i64..700, 0..20)
    ) {
        let calendar = calendar(&holidays);
        let tasks = planned(&text, day(end), &calendar);
        let first = tasks.iter().filter(|task| task.before_report).map(|task| task.start).min().expect("the report is before itself");
        for task in tasks.iter().filter(|task| task.before_report) {
            let earlier = calendar.back(task.start, task.slack as usize + 1).and_then(|days| days.last().copied()).expect("days enough");
            prop_assert!(earlier >= first, "{} keeps inside the whole", task.id);
            for before in tasks.iter().filter(|other| task.after.contains(&other.id)) {
                prop_assert!(earlier > before.end, "{} keeps behind {}", task.id, before.id);
            }
            prop_assert!(!task.critical || task.slack == 0, "{} is critical and has {} days", task.id, task.slack);
        }
        prop_assert!(tasks.iter().any(|task| task.before_report && task.critical && task.start == first), "a longest path begins first");
    }
}

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::shipped);

#[derive(Debug, Clone)]
struct Project {
    start: NaiveDate,
    days: i64,
    total: u32,
    country: &'static str,
    evaluations: Vec<(&'static str, &'static str, Option<i64>)>,
}

impl Project {
    fn text(&self) -> String {
        let end = self.start + TimeDelta::days(self.days);
        let mut text = format!(
            "format = 1\n[project]\ntitle = \"Made up\"\nstart = {}\nend = {end}\ncountries = [\"{}\"]\n[budget]\ntotal = \"USD {}\"\n",
            self.start, self.country, self.total
        );
        for (number, (timing, level, planned)) in self.evaluations.iter().enumerate() {
            let date = planned
                .map(|planned| format!("date = {}\n", self.start + TimeDelta::days(planned)))
                .unwrap_or_default();
            text.push_str(&format!("[[evaluation]]\nid = \"e{number}\"\ntiming = \"{timing}\"\nindependence = \"{level}\"\n{date}"));
        }
        text
    }

    /// The dated plan, with the rules that ask for something, and those that are silent or unmet.
    fn plan(&self) -> Planned {
        ENGINE.check("made-up.toml", self.text().as_bytes(), &Request::on(self.start), |outcome| {
            let Assessed { assessment, schedule, .. } = outcome.assessed.expect("it is sound");
            let unmet = unmet_by(&plan(&assessment), &assessment);
            let asking =
                assessment.obligations.iter().map(|obligation| obligation.rule.id.to_string()).collect();
            let silent =
                assessment.findings.iter().filter(|finding| finding.outcome == Outcome::NotApplicable);
            let silent = silent.map(|finding| finding.rule.id.to_string()).collect();
            Planned { schedule, asking, silent, unmet: unmet.iter().map(ToString::to_string).collect() }
        })
    }
}

/// A plan, and what the rules say of it.
struct Planned {
    schedule: Schedule,
    asking: Vec<String>,
    /// The rules that do not apply.
    silent: Vec<String>,
    /// The rules that the plan would not meet.
    unmet: Vec<String>,
}

impl Planned {
    /// Whether something in the plan stands for the rule.
    fn stands_for(&self, rule: &str) -> bool {
        let names = |rules: &[std::sync::Arc<str>]| rules.iter().any(|known| **known == *rule);
        self.schedule.evaluations.iter().any(|one| names(&one.rules))
            || self.schedule.events.iter().any(|one| names(&one.rules))
    }
}

fn projects() -> impl Strategy<Value = Project> {
    let timing = prop::sample::select(vec!["mid-term", "final", "annual-review", "mid-term-review"]);
    let level = prop::sample::select(vec!["self", "internal", "independent-internal", "external"]);
    let evaluations = prop::collection::vec((timing, level, prop::option::of(0_i64..2000)), 0..4);
    let country = prop::sample::select(vec!["ZA", "BE", "EG", "NP", "XX", "ET"]);
    (0_i64..3000, 60_i64..2500, 100_000_u32..900_000, country, evaluations).prop_map(
        |(start, days, total, country, evaluations)| Project {
            start: NaiveDate::from_ymd_opt(2006, 1, 1).expect("a day") + TimeDelta::days(start),
            days,
            total,
            country: if country == "XX" { "AQ" } else { country },
            evaluations,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_plan_meets_every_rule_it_claims_to_meet(project in projects()) {
        let planned = project.plan();
        let unmet = &planned.unmet;
        prop_assert!(unmet.is_empty() || !planned.schedule.conflicts.is_empty(), "{unmet:?} would not be met by the plan of\n{}", project.text());
        for rule in &planned.asking {
            prop_assert!(planned.stands_for(rule), "{rule} is in the plan of\n{}", project.text());
        }
    }

    #[test]
    fn reports_stand_in_their_windows_or_something_is_said(project in projects()) {
        let schedule = project.plan().schedule;
        for evaluation in &schedule.evaluations {
            let told = schedule.warnings.iter().any(|one| one.evaluation == evaluation.id)
                || schedule.conflicts.iter().any(|one| one.message.contains(&format!("`{}`", evaluation.id)));
            let Some(report) = &evaluation.report else {
                prop_assert!(told || evaluation.undated.is_some() || evaluation.state == State::Done, "{} is silent", evaluation.id);
                continue;
            };
            let exact = |day: Option<DateRange>| day.and_then(DateRange::exact);
            prop_assert!(schedule.calendar.is_working(report.date), "{} is planned on a day off", evaluation.id);
            if evaluation.row.is_none()
                && let Some((first, last)) = exact(evaluation.window.earliest).zip(exact(evaluation.window.latest))
                && first.iter_days().take_while(|day| *day <= last).any(|day| schedule.calendar.is_working(day))
            {
                prop_assert!((first..=last).contains(&report.date), "{} is aimed outside its window in\n{}", evaluation.id, project.text());
            }
            let late = exact(evaluation.window.latest).is_some_and(|latest| report.date > latest);
            let early = exact(evaluation.window.earliest).is_some_and(|earliest| report.date < earliest);
            let aimed = evaluation.date.or(evaluation.window.target).and_then(DateRange::exact);
            let moved = aimed.is_some_and(|day| day > report.date) && report.because.contains("moved to the working day before");
            prop_assert!(told || moved || !(late || early), "{} stands outside its window in\n{}", evaluation.id, project.text());
        }
    }

    #[test]
    fn a_later_end_never_loses_a_duty_silently(project in projects()) {
        let later = Project { days: project.days + 30, ..project.clone() };
        let (before, after) = (project.plan(), later.plan());
        for rule in before.asking.iter().filter(|rule| !after.stands_for(rule)) {
            prop_assert!(after.silent.contains(rule), "{rule} is lost, and does not say so, in\n{}", later.text());
        }
        for row in 0..project.evaluations.len() {
            let kept = after.schedule.evaluations.iter().any(|one| one.row.map(|row| row as usize) == Some(row));
            prop_assert!(kept, "evaluation {row} of the file is in the plan");
        }
    }
}
