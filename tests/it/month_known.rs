//! An evaluation of which the file gives the month alone is planned on the last working day of it, and marked as tentative.

use crate::desk::Desk;
use serde_json::{Value, json};

fn text(date: &str) -> String {
    format!(
        "format = 1\npolicy = \"ilo-2005\"\n[project]\ntitle = \"Month\"\nstart = 2027-07-01\nend = 2029-06-30\ncountries = [\"MW\"]\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\ndate = {date}\n"
    )
}

fn planned(desk: &Desk) -> Value {
    let (_, out, told) = desk.run("schedule p --as-of 2028-01-02 --format json");
    let output: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {told}"));
    let evaluations = output["definitions"][0]["evaluations"].as_array().expect("a list");
    evaluations.iter().find(|one| one["id"] == "final").expect("it is planned").clone()
}

#[test]
fn a_month_is_planned_on_its_last_working_day_with_its_range_told() {
    let desk = Desk::with(&[("p/one.toml", &text("\"2029-06\""))]);
    let month = planned(&desk);
    assert_eq!(month["report"], "2029-06-29", "the 30th is a Saturday");
    assert_eq!(month["tentative"], json!(true));
    assert_eq!(month["date"], json!({ "from": "2029-06-01", "to": "2029-06-30" }));
    assert_eq!(month["undated"], Value::Null);
    assert!(
        month["report_because"]
            .as_str()
            .is_some_and(|why| why.contains("any day from 2029-06-01 to 2029-06-30"))
    );
    // The steps are those of a report on that day.
    desk.put("p/one.toml", &text("2029-06-29"));
    let day = planned(&desk);
    assert_eq!(day["tentative"], json!(false));
    let days = |one: &Value| {
        let tasks = one["tasks"].as_array().expect("a list").clone();
        tasks
            .iter()
            .map(|task| (task["id"].clone(), task["start"].clone(), task["end"].clone()))
            .collect::<Vec<_>>()
    };
    assert!(!days(&month).is_empty());
    assert_eq!(days(&month), days(&day));
    // A year says too little.
    desk.put("p/one.toml", &text("\"2029\""));
    let year = planned(&desk);
    assert_eq!((&year["report"], &year["tentative"]), (&Value::Null, &json!(false)));
    assert!(year["undated"].is_string());
}

#[test]
fn its_entries_in_a_feed_are_tentative_until_the_day_is_known_and_go_with_it() {
    let desk = Desk::with(&[("p/one.toml", &text("\"2029-06\""))]);
    let feed = |options: &str| {
        let (code, _, told) = desk.run(&format!(
            "schedule p --as-of 2028-01-02 --packs ilo-2005 --evaluation final -o f.ics {options}"
        ));
        assert_eq!(code, Some(0), "{told}");
        desk.text("f.ics")
    };
    let of = |feed: &str, status: &str| feed.matches(&format!("STATUS:{status}")).count();
    let first = feed("");
    let entries = first.matches("BEGIN:VEVENT").count();
    assert!(entries > 10, "{first}");
    assert_eq!(of(&first, "TENTATIVE"), entries);
    assert!(first.contains("only the month is known"), "{first}");
    desk.put("p/one.toml", &text("2029-06-15"));
    let known = feed("");
    assert_eq!((of(&known, "CONFIRMED"), of(&known, "TENTATIVE")), (entries, 0));
    assert_eq!(known.matches("BEGIN:VEVENT").count(), entries, "they are the same entries");
    desk.put("p/one.toml", &text("\"2029-06\""));
    assert_eq!(of(&feed(""), "TENTATIVE"), entries);
    // Where the day is known to the year alone, what stood may still be so.
    desk.put("p/one.toml", &text("\"2029\""));
    let year = feed("");
    assert_eq!((of(&year, "TENTATIVE"), of(&year, "CANCELLED")), (entries, 0), "{year}");
}

#[test]
fn the_entries_of_a_month_are_called_off_with_their_evaluation() {
    let with = |more: &str| {
        format!(
            "format = 1\npolicy = \"ilo-2005\"\n[project]\ntitle = \"Short\"\nstart = 2029-01-01\nend = 2029-10-31\ncountries = [\"MW\"]\n{more}"
        )
    };
    let listed = "[[evaluation]]\nid = \"extra\"\ntiming = \"annual-review\"\ndate = \"2029-06\"\n";
    let desk = Desk::with(&[("p/one.toml", &with(listed))]);
    let feed = || {
        let (code, _, told) = desk.run("schedule p --as-of 2028-01-02 -o f.ics");
        assert_eq!(code, Some(0), "{told}");
        let text = desk.text("f.ics").replace("\r\n ", "");
        let entries = text.split("BEGIN:VEVENT").skip(1).filter(|entry| entry.contains(".extra"));
        entries.map(str::to_owned).collect::<Vec<_>>()
    };
    let planned = feed();
    assert!(
        planned.len() > 5 && planned.iter().all(|entry| entry.contains("STATUS:TENTATIVE")),
        "{planned:?}"
    );
    desk.put("p/one.toml", &with(""));
    let gone = feed();
    assert_eq!(gone.len(), planned.len());
    assert!(gone.iter().all(|entry| entry.contains("STATUS:CANCELLED")), "{gone:?}");
}
