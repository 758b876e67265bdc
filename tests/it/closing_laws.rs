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
    if planned.is_empty() {
        head
    } else {
        format!("{head}[[evaluation]]\nid = \"x\"\ntiming = \"final\"\ndate = {planned}\n")
    }
}

/// The first day, one between and the last one of what is written; itself where that is a day, and nothing where it is nothing.
fn possible(written: &str) -> Vec<String> {
    let day = |text: &str| text.parse::<Date>().expect("this is a day");
    let range = match written.trim_matches('"') {
        "" => return vec![String::new()],
        year if year.len() == 4 => {
            DateRange { from: day(&format!("{year}-01-01")), to: day(&format!("{year}-12-31")) }
        }
        month if month.len() == 7 => {
            let first = day(&format!("{month}-01"));
            DateRange {
                from: first,
                to: add_months(first, 1).and_then(|next| next.pred_opt()).expect("a month follows"),
            }
        }
        whole => DateRange::day(day(whole)),
    };
    let middle = range.from + (range.to - range.from) / 2;
    BTreeSet::from([range.from, middle, range.to]).into_iter().map(|day| day.to_string()).collect()
}

fn completions(days: &Days) -> Vec<Days> {
    let [starts, ends, plans] = days.each_ref().map(|written| possible(written));
    let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end)));
    pairs
        .flat_map(|(start, end)| plans.iter().map(|plan| [start.clone(), end.clone(), plan.clone()]))
        .collect()
}

/// By when and how urgent, of each rule that is open.
type Told = BTreeMap<String, (String, String, String)>;

/// What is told of each file of a folder on a day, by path.
fn told(folder: &Path, as_of: &str) -> Vec<Told> {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    let output = tool
        .arg("check")
        .arg(folder)
        .args(["--format", "json", "--as-of", as_of])
        .output()
        .expect("the tool was built");
    let report: Value = serde_json::from_slice(&output.stdout).expect("the contract is JSON");
    let mut all: Vec<&Value> =
        report["definitions"].as_array().expect("there are definitions").iter().collect();
    all.sort_by_key(|one| one["path"].as_str());
    let open = |one: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let by = &one["close_by"];
        let (from, to) =
            if by.is_object() { (text(&by["from"]), text(&by["to"])) } else { (text(by), text(by)) };
        one["close_state"].as_str().map(|state| (text(&one["rule"]), (from, to, state.to_owned())))
    };
    all.iter()
        .map(|one| one["results"].as_array().expect("there are results").iter().filter_map(open).collect())
        .collect()
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
            fs::write(folder.path().join(format!("{number:03}.toml")), definition(&one))
                .expect("there is room for a file");
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
                let at =
                    format!("{rule} of {days:?} on {as_of}: {from} to {to}, {state}; possible: {possible:?}");
                assert!(possible.iter().any(|(_, _, one)| one == state), "no day gives this state: {at}");
                assert!(
                    possible.iter().any(|(day, ..)| from <= day && day <= to),
                    "no day gives this range: {at}"
                );
                assert!(possible.iter().any(|(day, ..)| to <= day), "every day is earlier: {at}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// A pack that asks for an evaluation by the end of each March.
const EACH_MARCH: (&str, &str) = (
    "format = 1\nid = \"each-march\"\ntitle = \"Each March\"\nselection = \"joins\"\nkinds = [\"thematic-programme\"]\n\
     [[document]]\nid = \"manual\"\ntitle = \"Manual\"\nissuer = \"A donor\"\n",
    "id = \"thematic-evaluation\"\ntitle = \"A thematic evaluation each March\"\nstatus = \"confirmed\"\n\
     cite = { source = \"manual\", at = \"par. 1\" }\nremedy = \"Plan it.\"\n[requires]\nevaluation = { timing = \"thematic\" }\n\
     due = { every = \"12 months\", from = \"project.start\", month = 3 }\n",
);

/// The verdict on one rule of a definition in a text, on a day.
fn verdict(text: &str, as_of: &str, rule: &str) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::write(folder.path().join("one.toml"), text).expect("there is room for a file");
    let rules = tempfile::tempdir().expect("there is room for a folder");
    let pack = rules.path().join("each-march");
    fs::create_dir(&pack).expect("there is room for a folder");
    fs::write(pack.join("pack.toml"), EACH_MARCH.0).expect("there is room for a file");
    fs::write(pack.join("thematic-evaluation.toml"), EACH_MARCH.1).expect("there is room for a file");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.arg("check").arg(folder.path()).arg("--rules").arg(rules.path());
    let output = tool.args(["--format", "json", "--as-of", as_of]).output().expect("the tool was built");
    let report: Value = serde_json::from_slice(&output.stdout).expect("the contract is JSON");
    let results = report["definitions"][0]["results"].as_array().expect("there are results");
    let one = results
        .iter()
        .find(|one| one["rule"].as_str().is_some_and(|id| id.ends_with(rule)))
        .expect("the rule binds");
    let needs = one["needs"]
        .as_array()
        .expect("there are needs")
        .iter()
        .filter_map(|need| need.as_str().map(str::to_owned));
    (one["verdict"].as_str().unwrap_or_default().to_owned(), needs.collect())
}

#[test]
fn what_hangs_on_a_day_known_in_part_is_undecided_where_its_days_differ() {
    let appraisal = |start: &str| {
        let text = format!(
            "format = 1\npolicy = \"ilo-2020\"\nproject = {{ title = \"T\", start = {start}, end = 2015-12-31 }}\nbudget.total = \"USD 6000000\"\n[[meeting]]\nkind = \"appraisal\"\ndate = 2014-06-15\n"
        );
        verdict(&text, "2014-06-15", "/evaluation-plan-appraisal")
    };
    assert_eq!(appraisal("\"2014-06\""), ("undecided".into(), vec!["project.start".into()]));
    assert_eq!((appraisal("2014-06-01").0, appraisal("2014-06-30").0), ("gap".into(), "met".into()));
    assert_eq!(appraisal("\"2014-07\"").0, "met", "whichever its day");
    let review = |date: &str| {
        let text = format!(
            "format = 1\npolicy = \"ilo-2005\"\nproject = {{ title = \"T\", start = 2014-03-26, end = 2016-12-31 }}\n[[evaluation]]\nid = \"r\"\ntiming = \"annual-review\"\ndate = {date}\n[[evaluation]]\nid = \"annual-review-2\"\ntiming = \"annual-review\"\ndate = 2016-03-26\n"
        );
        verdict(&text, "2014-06-15", "/annual-reviews")
    };
    assert_eq!(review("\"2015\""), ("undecided".into(), vec!["evaluation.r.date".into()]));
    assert_eq!((review("2015-01-01").0, review("2015-12-01").0), ("met".into(), "gap".into()));
    assert_eq!(review("\"2015-03\"").0, "met", "whichever its day");
}

#[test]
fn what_falls_at_the_end_of_a_month_hangs_on_the_day_of_the_start() {
    let thematic = |start: &str| {
        let text = format!(
            "format = 1\nproject = {{ title = \"T\", kind = \"thematic-programme\", start = {start}, end = 2010-12-19 }}\n"
        );
        verdict(&text, "2010-01-01", "/thematic-evaluation")
    };
    assert_eq!(thematic("\"2010\""), ("undecided".into(), vec!["project.start".into()]));
    assert_eq!((thematic("2010-03-31").0, thematic("2010-04-01").0), ("gap".into(), "met".into()));
}

#[test]
fn which_budget_is_in_effect_hangs_on_the_day_of_a_revision() {
    let independent = |date: &str, currency: &str| {
        let text = format!(
            "format = 1\npolicy = \"ilo-2005\"\nproject = {{ title = \"T\", start = 2014-01-01, end = 2015-12-31 }}\nbudget.total = \"USD 300000\"\n[[revision]]\ndate = {date}\ntotal = \"{currency} 400000\"\n"
        );
        verdict(&text, "2014-07-01", "/independent-evaluation").0
    };
    assert_eq!(independent("\"2014\"", "USD"), "undecided");
    assert_eq!(independent("\"2014\"", "EUR"), "undecided", "nothing is known of either");
    assert_eq!(
        (independent("2014-07-01", "USD"), independent("2014-07-02", "USD")),
        ("gap".into(), "not-applicable".into())
    );
}

#[test]
fn where_neither_start_nor_end_is_known_both_are_asked_for() {
    let needs = |dates: &str| {
        let text = format!(
            "format = 1\npolicy = \"ilo-2005\"\nproject = {{ title = \"T\"{dates} }}\nbudget.total = \"USD 1\"\n"
        );
        verdict(&text, "2014-06-01", "/mid-term-evaluation").1
    };
    assert_eq!(needs(""), ["project.start", "project.end"]);
    assert_eq!(needs(", start = 2014-01-01"), ["project.end"]);
    assert_eq!(needs(", end = 2014-12-31"), ["project.start"]);
}
