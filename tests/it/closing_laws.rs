//! What is said of days known in part holds for the days that they may be: never later, and never milder, than all of them say.

use evalplan::model::{Date, DateRange, add_months};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Start, end and the planned final report of a project, as they may be written.
type Days = [String; 3];

fn definition([start, end, planned]: &Days) -> String {
    let head = format!(
        "format = 1\npolicy = \"ilo-2005\"\nproject = {{ title = \"T\", start = {start}, end = {end} }}\nbudget.total = \"USD 400000\"\n"
    );
    if planned.is_empty() { head } else { format!("{head}[[evaluation]]\nid = \"x\"\ntiming = \"final\"\ndate = {planned}\n") }
}

/// The first day, one between and the last one of what is written; itself where that is a day, and nothing where it is nothing.
fn possible(written: &str) -> Vec<String> {
    let day = |text: &str| text.parse::<Date>().expect("this is a day");
    let range = match written.trim_matches('"') {
        "" => return vec![String::new()],
        year if year.len() == 4 => DateRange { from: day(&format!("{year}-01-01")), to: day(&format!("{year}-12-31")) },
        month if month.len() == 7 => {
            let first = day(&format!("{month}-01"));
            DateRange { from: first, to: add_months(first, 1).and_then(|next| next.pred_opt()).expect("a month follows") }
        }
        whole => DateRange::day(day(whole)),
    };
    let middle = range.from + (range.to - range.from) / 2;
    BTreeSet::from([range.from, middle, range.to]).into_iter().map(|day| day.to_string()).collect()
}

fn completions(days: &Days) -> Vec<Days> {
    let [starts, ends, plans] = days.each_ref().map(|written| possible(written));
    let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end)));
    pairs.flat_map(|(start, end)| plans.iter().map(|plan| [start.clone(), end.clone(), plan.clone()])).collect()
}

/// By when and how urgent, of each rule that is open.
type Told = BTreeMap<String, (String, String, String)>;

/// What is told of each file of a folder on a day, by path.
fn told(folder: &Path, as_of: &str) -> Vec<Told> {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    let output = tool.arg("check").arg(folder).args(["--format", "json", "--as-of", as_of]).output().expect("the tool was built");
    let report: Value = serde_json::from_slice(&output.stdout).expect("the contract is JSON");
    let mut all: Vec<&Value> = report["definitions"].as_array().expect("there are definitions").iter().collect();
    all.sort_by_key(|one| one["path"].as_str());
    let open = |one: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let by = &one["close_by"];
        let (from, to) = if by.is_object() { (text(&by["from"]), text(&by["to"])) } else { (text(by), text(by)) };
        one["close_state"].as_str().map(|state| (text(&one["rule"]), (from, to, state.to_owned())))
    };
    all.iter().map(|one| one["results"].as_array().expect("there are results").iter().filter_map(open).collect()).collect()
}

#[test]
fn a_day_known_in_part_is_closed_as_one_of_its_possible_days_would_be() {
    let written = |days: [&str; 3]| days.map(str::to_owned);
    let cases = [
        written(["\"2013\"", "\"2016-07\"", ""]),
        written(["\"2013\"", "\"2016-07\"", "\"2015-12\""]),
        written(["2013-02-01", "2016-07-15", "\"2016\""]),
        written(["\"2013-02\"", "\"2016\"", "2016-06-10"]),
    ];
    let mut compared = 0;
    for days in cases {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        for (number, one) in std::iter::once(days.clone()).chain(completions(&days)).enumerate() {
            fs::write(folder.path().join(format!("{number:03}.toml")), definition(&one)).expect("there is room for a file");
        }
        for as_of in ["2013-01-15", "2015-11-20", "2016-02-20", "2016-06-30", "2016-07-10", "2017-01-02"] {
            let all = told(folder.path(), as_of);
            let (in_part, whole) = all.split_first().expect("the first is the one known in part");
            for (rule, (from, to, state)) in in_part {
                let possible: Vec<_> = whole.iter().filter_map(|one| one.get(rule)).collect();
                // A rule that some of the days close is no measure for when it should be.
                if possible.len() < whole.len() {
                    continue;
                }
                let at = format!("{rule} of {days:?} on {as_of}: {from} to {to}, {state}; possible: {possible:?}");
                assert!(possible.iter().any(|(_, _, one)| one == state), "no day gives this state: {at}");
                assert!(possible.iter().any(|(day, ..)| from <= day && day <= to), "no day gives this range: {at}");
                assert!(possible.iter().any(|(day, ..)| to <= day), "every day is earlier: {at}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}
