//! A second way to count working days: one day after the other, over the text of the calendars alone. It must agree
//! with the planner for every shipped process, in many countries and on many report dates.

use chrono::{Datelike, NaiveDate, TimeDelta};
use evalplan::schedule::calendar::{CalendarFile, Calendars};
use evalplan::schedule::{Processes, tasks};
use evalplan::source::{Sources, shipped_rules};
use std::collections::{BTreeMap, BTreeSet};

/// The days off of a country, by a reader of its own.
struct DaysOff {
    /// The weekends, each with its last day, the last one without.
    weekends: Vec<(Option<NaiveDate>, Vec<String>)>,
    holidays: BTreeSet<NaiveDate>,
}

impl DaysOff {
    fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("a shipped calendar is TOML");
        let words = |days: &toml::Value| -> Vec<String> {
            let days = days.as_array().expect("a weekend has days");
            days.iter().map(|word| word.as_str().expect("a day").to_owned()).collect()
        };
        let mut weekends = Vec::new();
        for earlier in table.get("earlier-weekend").and_then(toml::Value::as_array).into_iter().flatten() {
            let until = earlier["until"].as_datetime().expect("a date").to_string();
            weekends.push((Some(until.parse().expect("a day")), words(&earlier["days"])));
        }
        weekends.push((None, words(&table["weekend"])));
        let mut holidays = BTreeSet::new();
        for holiday in table["holiday"].as_array().expect("a calendar has holidays") {
            for date in holiday["dates"].as_array().expect("a holiday has dates") {
                holidays.insert(date.as_datetime().expect("a date").to_string().parse().expect("a day"));
            }
        }
        Self { weekends, holidays }
    }

    fn is_off(&self, day: NaiveDate) -> bool {
        let name = day.format("%A").to_string().to_lowercase();
        let in_force = |(until, _): &&(Option<NaiveDate>, _)| until.is_none_or(|until| day <= until);
        let (_, weekend) = self.weekends.iter().find(in_force).expect("the last one has no end");
        weekend.contains(&name) || self.holidays.contains(&day)
    }

    /// The nearest working day in one direction, at least one day away.
    fn next(&self, day: NaiveDate, step: i64) -> NaiveDate {
        let mut day = day + TimeDelta::days(step);
        while self.is_off(day) {
            day += TimeDelta::days(step);
        }
        day
    }
}

/// A task as the file writes it: its length, and what it waits for.
type Graph = BTreeMap<String, (u64, Vec<String>)>;

fn graph(text: &str) -> (String, Graph) {
    let table: toml::Table = text.parse().expect("a shipped process is TOML");
    let text_of = |value: &toml::Value| value.as_str().expect("a text").to_owned();
    let tasks = table["task"].as_array().expect("a process has tasks").iter().map(|task| {
        let days =
            u64::try_from(task["working-days"].as_integer().expect("a length")).expect("a length above zero");
        (
            text_of(&task["id"]),
            (days, task["after"].as_array().expect("a list").iter().map(text_of).collect()),
        )
    });
    (text_of(&table["anchor"]), tasks.collect())
}

/// The first and the last day of every task, found by repeating what each task says of the others until nothing moves.
fn count(
    graph: &Graph,
    anchor: &str,
    report: NaiveDate,
    off: &DaysOff,
) -> BTreeMap<String, (NaiveDate, NaiveDate)> {
    let back = |mut day: NaiveDate, days: u64| {
        (1..days).for_each(|_| day = off.next(day, -1));
        day
    };
    let forth = |mut day: NaiveDate, days: u64| {
        (1..days).for_each(|_| day = off.next(day, 1));
        day
    };
    let mut dated: BTreeMap<String, (NaiveDate, NaiveDate)> = BTreeMap::new();
    dated.insert(anchor.to_owned(), (back(report, graph[anchor].0), report));
    let waits = |id: &str| -> Vec<&String> {
        graph.iter().filter(|(_, (_, after))| after.iter().any(|one| one == id)).map(|(id, _)| id).collect()
    };
    let leads = |id: &String| -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![id.clone()]);
        while let Some(next) = open.pop() {
            if next == anchor {
                return true;
            }
            if seen.insert(next.clone()) {
                open.extend(waits(&next).into_iter().cloned());
            }
        }
        false
    };
    while dated.len() < graph.len() {
        for (id, (days, after)) in graph {
            if dated.contains_key(id) {
                continue;
            }
            if leads(id) {
                let next: Vec<&String> = waits(id).into_iter().filter(|next| leads(next)).collect();
                if next.iter().all(|next| dated.contains_key(*next)) {
                    let first = next.iter().map(|next| dated[*next].0).min().expect("it leads to another");
                    let end = off.next(first, -1);
                    dated.insert(id.clone(), (back(end, *days), end));
                }
            } else if after.iter().all(|before| dated.contains_key(before)) {
                let last = after.iter().map(|before| dated[before].1).max().expect("it waits for another");
                let start = off.next(last, 1);
                dated.insert(id.clone(), (start, forth(start, *days)));
            }
        }
    }
    dated
}

#[test]
fn tasks_stand_where_counting_day_by_day_puts_them() {
    let texts = shipped_rules("processes");
    let calendars = shipped_rules("calendars");
    let mut sources = Sources::default();
    let files: Vec<_> = texts.iter().map(|(path, text)| sources.add(path.as_str(), *text)).collect();
    let processes = Processes::load(&files, &sources);
    assert!(processes.diagnostics.is_empty(), "{:?}", processes.diagnostics);
    let at_hand: Vec<CalendarFile<'_>> =
        calendars.iter().map(|(path, text)| CalendarFile { path: path.clone(), text }).collect();
    let mut shelf = Calendars::default();
    let (mut cases, mut with_holidays) = (0, 0);
    for (number, file) in at_hand.iter().enumerate() {
        let country = file.country();
        assert!(shelf.read_country(file, &mut sources).is_empty(), "{country} is read without a complaint");
        let calendar = shelf.country(&country).expect("it was read");
        let off = DaysOff::read(file.text);
        for (place, (path, text)) in texts.iter().enumerate() {
            let (anchor, graph) = graph(text);
            let id =
                path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).expect("a file name");
            let process = processes.value.named(id).unwrap_or_else(|| panic!("{id} is named like its file"));
            let year = 2004 + i32::try_from((number * 7 + place * 5) % 30).expect("a small number");
            let month = u32::try_from((number + place) % 12 + 1).expect("a month");
            let day = NaiveDate::from_ymd_opt(year, month, 28).expect("a day");
            let report = calendar.on_or_before(day).expect("a working day");
            let expected = count(&graph, &anchor, report, &off);
            let planned = tasks(process, report, calendar).expect("days enough");
            assert_eq!(planned.len(), expected.len(), "{country} {id}");
            for task in &planned {
                assert_eq!(
                    (task.start, task.end),
                    expected[&*task.id],
                    "{country} {id} {} for {report} {}",
                    task.id,
                    report.weekday()
                );
            }
            let (first, last) = (planned[0].start, report);
            with_holidays += usize::from(off.holidays.iter().any(|day| (first..=last).contains(day)));
            cases += 1;
        }
    }
    assert!(cases >= 20 && with_holidays >= 20, "{cases} cases, {with_holidays} of them over holidays");
}
