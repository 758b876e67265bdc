//! The day of an evaluation against the window of the rule that asks for it: a finding beside the duty, the same in `check` and in
//! `schedule`. The days are counted here once more, day by day.

use crate::desk::Desk;
use chrono::{Months, NaiveDate, TimeDelta};
use serde_json::Value;
use std::path::Path;

const AS_OF: &str = "2009-06-01";
const RULE: &str = "evalplan/evaluation-days";

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn project(start: NaiveDate, end: NaiveDate, evaluations: &str) -> String {
    format!(
        "format = 1\npolicy = \"ilo-2005\"\nproject = {{ code = \"D\", title = \"Days\", start = {start}, end = {end} }}\nbudget.total = \"USD 200000\"\n{evaluations}"
    )
}

fn evaluation(id: &str, timing: &str, day: &str) -> String {
    format!("[[evaluation]]\nid = \"{id}\"\ntiming = \"{timing}\"\n{day}\n")
}

/// What `check` finds of the days of a definition, each as verdict, level and line.
fn found(desk: &Desk, name: &str) -> Vec<(String, String, u64)> {
    let (_, text, told) = desk.run(&format!("check {name} --format json --as-of {AS_OF}"));
    let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {told}"));
    let findings = json["definitions"][0]["results"].as_array().expect("a list").clone();
    let of_days = findings.iter().filter(|finding| finding["rule"] == RULE);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    of_days
        .map(|finding| {
            (
                word(&finding["verdict"]),
                word(&finding["level"]),
                finding["at"]["line"].as_u64().unwrap_or_default(),
            )
        })
        .collect()
}

/// The windows of the edition of 2005, by its table in words: the first day, the last day.
fn window(timing: &str, start: NaiveDate, end: NaiveDate) -> (NaiveDate, NaiveDate) {
    let life = (end - start).num_days() + 1;
    // Shares in hundredths, so that nothing is rounded on the way.
    let at = |share: i64| start + TimeDelta::days((share * life).div_euclid(100));
    match timing {
        "mid-term" => (at(40), at(75)),
        _ => ((end - Months::new(6)).max(at(75)), end + Months::new(3)),
    }
}

/// What the day of an evaluation is, counted without the tool.
fn expected(timing: &str, (start, end): (NaiveDate, NaiveDate), day: NaiveDate) -> &'static str {
    let (first, last) = window(timing, start, end);
    let life = (end - start).num_days() + 1;
    let is_grave =
        timing == "final" && (day < start + TimeDelta::days(life / 2) || day > end + Months::new(9));
    match (first <= day && day <= last, is_grave) {
        (true, _) => "none",
        (false, true) => "error",
        (false, false) => "warning",
    }
}

#[test]
fn every_day_around_every_bound_is_judged_as_counted_by_hand() {
    let spans = [
        (date(2006, 1, 1), date(2007, 12, 31)),
        (date(2006, 3, 31), date(2007, 10, 15)),
        (date(2006, 2, 28), date(2007, 8, 28)),
        (date(2004, 2, 29), date(2006, 8, 28)),
    ];
    for (start, end) in spans {
        let mut names = Vec::new();
        let desk = Desk::with(&[]);
        for timing in ["mid-term", "final"] {
            let (first, last) = window(timing, start, end);
            let half = start + TimeDelta::days(((end - start).num_days() + 1) / 2);
            let bounds = [first, last, half, end, end + Months::new(9), start];
            let days = bounds
                .into_iter()
                .flat_map(|bound| (-1..=1).map(move |offset| bound + TimeDelta::days(offset)));
            for (number, day) in days.enumerate() {
                // The other one has no day, so that it is not judged.
                let other = evaluation("other", if timing == "final" { "mid-term" } else { "final" }, "");
                for key in ["date", "completed"] {
                    let name = format!("{timing}-{key}-{number}.toml");
                    let text = project(
                        start,
                        end,
                        &(evaluation("this", timing, &format!("{key} = {day}")) + &other),
                    );
                    desk.put(&name, &text.replace("code = \"D\"", &format!("code = \"{name}\"")));
                    names.push((name, expected(timing, (start, end), day), day));
                }
            }
        }
        let (_, text, told) = desk.run(&format!("check . --format json --as-of {AS_OF}"));
        let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {told}"));
        let level = |name: &str| {
            let all = json["definitions"].as_array().expect("a list");
            let one = all
                .iter()
                .find(|one| one["code"] == *name)
                .unwrap_or_else(|| panic!("{name} is not there: {told}"));
            let finding =
                one["results"].as_array().and_then(|all| all.iter().find(|finding| finding["rule"] == RULE));
            finding.expect("days are always judged")["level"].clone()
        };
        for (name, expected, day) in names {
            assert_eq!(level(&name), *expected, "{name} of {start} to {end}, on {day}");
        }
    }
}

#[test]
fn the_duty_stays_met_and_the_schedule_tells_and_counts_the_same() {
    let (start, end) = (date(2006, 1, 1), date(2007, 12, 31));
    let text = project(
        start,
        end,
        &(evaluation("mid", "mid-term", "date = 2007-01-10")
            + &evaluation("last", "final", "date = 2006-12-30")),
    );
    let desk = Desk::with(&[("p.toml", &text)]);
    let (_, json, _) = desk.run(&format!("check p.toml --format json --as-of {AS_OF}"));
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let results = json["definitions"][0]["results"].as_array().expect("a list");
    let of = |rule: &str| {
        results.iter().find(|one| one["rule"] == *rule).unwrap_or_else(|| panic!("{rule}")).clone()
    };
    assert_eq!(of("ilo-2005/final-evaluation")["verdict"], "met", "it is listed");
    let finding = of(RULE);
    assert_eq!(
        (&finding["owed_by"], &finding["cite"]["at"]),
        (&"ilo-2005/final-evaluation".into(), &"par. 143".into())
    );
    assert_eq!(
        (&finding["level"], &finding["at"]["field"]),
        (&"error".into(), &"evaluation.last.date".into())
    );
    let (code, text, _) = desk.run(&format!("schedule p.toml --as-of {AS_OF}"));
    let message = "`evaluation.last` is planned for 2006-12-30, before its window opens on 2007-07-02";
    assert!(finding["message"].as_str().is_some_and(|one| one.ends_with(message)), "{finding}");
    assert!(
        code == Some(1) && text.contains(&format!("error[evaluation-days]: {message}")),
        "{code:?} {text}"
    );
    // A warning is told and ends with 0.
    desk.put("p.toml", &project(start, end, &evaluation("last", "final", "date = 2007-05-01")));
    let (code, text, _) = desk.run(&format!("schedule p.toml --as-of {AS_OF}"));
    assert!(code == Some(0) && text.contains("warning[evaluation-days]"), "{code:?} {text}");
}

#[test]
fn configuration_and_waivers_hold_for_check_and_schedule() {
    let (start, end) = (date(2006, 1, 1), date(2007, 12, 31));
    let early = project(
        start,
        end,
        &(evaluation("mid", "mid-term", "") + &evaluation("last", "final", "completed = 2006-02-01")),
    );
    let desk = Desk::with(&[("p.toml", &early)]);
    let schedule = format!("schedule p.toml --as-of {AS_OF}");
    assert_eq!(desk.run(&schedule).0, Some(1));
    for (config, code, word) in [
        ("allow", 0, None),
        ("warn", 0, Some("warning[evaluation-days]")),
        ("deny", 1, Some("error[evaluation-days]")),
    ] {
        desk.put("evalplan.toml", &format!("{config} = [\"evaluation-days\"]\n"));
        let (found, text, told) = desk.run(&schedule);
        assert_eq!(found, Some(code), "{config}: {told}");
        assert_eq!(text.contains("[evaluation-days]"), word.is_some(), "{config}: {text}");
        assert!(word.is_none_or(|word| text.contains(word)), "{config}: {text}");
    }
    desk.remove("evalplan.toml");
    let waiver = |rule: &str| {
        format!(
            "[[waiver]]\nrule = \"{rule}\"\nreason = \"one evaluation for both phases\"\ngranted-by = \"EVAL\"\nauthority = \"minute\"\ngranted = 2009-01-01\nexpires = 2010-01-01\n"
        )
    };
    desk.put("p.toml", &(early.clone() + &waiver(RULE)));
    let (code, text, told) = desk.run(&schedule);
    assert!(code == Some(0) && !text.contains("error[evaluation-days]"), "{text}{told}");
    assert_eq!(found(&desk, "p.toml"), [("waived".to_owned(), "none".to_owned(), 12)]);
}

#[test]
fn a_day_or_a_window_known_in_part_is_undecided_where_it_matters() {
    let desk = Desk::with(&[]);
    let judged = |end: &str, day: &str| {
        desk.put(
            "p.toml",
            &project(date(2006, 1, 1), date(2007, 12, 31), &evaluation("last", "final", day))
                .replace("2007-12-31", end),
        );
        found(&desk, "p.toml").into_iter().map(|(verdict, ..)| verdict).collect::<Vec<_>>().concat()
    };
    assert_eq!(judged("2007-12-31", "date = \"2007-08\""), "met");
    assert_eq!(judged("2007-12-31", "date = \"2008-04\""), "gap");
    assert_eq!(
        judged("2007-12-30", "date = \"2008-03\""),
        "undecided",
        "the last day of the month lies outside"
    );
    assert_eq!(judged("2007-12-31", "date = \"2007\""), "undecided");
    assert_eq!(judged("\"2007\"", "date = 2007-03-01"), "undecided", "it hangs on the end");
    assert_eq!(judged("\"2007\"", "date = 2009-03-01"), "gap", "whatever the end");
    assert_eq!(judged("2007-12-31", ""), "not-applicable");
    let (_, text, _) = desk.run(&format!("check p.toml --format json --as-of {AS_OF}"));
    assert!(!text.contains("evaluation.last.date"), "no day is asked for where none is given");
}

#[test]
fn several_evaluations_are_several_findings_and_one_count_of_a_baseline() {
    let (start, end) = (date(2006, 1, 1), date(2007, 12, 31));
    let two = |one: &str, other: &str| {
        project(start, end, &(evaluation("mid", "mid-term", one) + &evaluation("last", "final", other)))
    };
    let desk = Desk::with(&[("p.toml", &two("completed = 2006-02-01", "date = 2006-05-01"))]);
    assert_eq!(found(&desk, "p.toml").len(), 2);
    let (code, ..) =
        desk.run(&format!("check p.toml --as-of {AS_OF} --write-baseline base.json --exit-zero"));
    assert_eq!(code, Some(0));
    assert!(desk.text("base.json").contains("\"evalplan/evaluation-days\": 2"), "{}", desk.text("base.json"));
    let check = format!("check p.toml --as-of {AS_OF} --baseline base.json");
    assert_eq!(desk.run(&check).0, Some(0), "both are known");
    desk.put("p.toml", &two("completed = 2007-02-01", "date = 2006-05-01"));
    desk.run(&format!("check p.toml --as-of {AS_OF} --baseline base.json --write-baseline base.json"));
    assert!(desk.text("base.json").contains("\"evalplan/evaluation-days\": 1"), "{}", desk.text("base.json"));
    desk.put("p.toml", &two("completed = 2006-02-01", "date = 2006-05-01"));
    assert_eq!(desk.run(&check).0, Some(1), "one more than is known");
}

#[test]
fn reviews_are_judged_by_the_anniversary_they_stand_for() {
    let (start, end) = (date(2006, 1, 1), date(2008, 12, 31));
    let desk = Desk::with(&[]);
    for (day, expected) in
        [("2006-10-31", "gap"), ("2006-11-01", "met"), ("2007-03-01", "met"), ("2007-03-02", "gap")]
    {
        desk.put(
            "p.toml",
            &project(start, end, &evaluation("first", "annual-review", &format!("completed = {day}"))),
        );
        let verdicts: Vec<String> = found(&desk, "p.toml").into_iter().map(|(verdict, ..)| verdict).collect();
        assert_eq!(verdicts, [expected], "{day}");
        assert!(
            found(&desk, "p.toml").iter().all(|(_, level, _)| level != "error"),
            "a review is never an error for its day"
        );
    }
}

#[test]
fn what_the_file_gives_no_day_for_is_planned_inside_its_window() {
    // Also where the files of a portfolio at hand are: nothing that evalplan plans itself is a finding of its own.
    let projects = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects");
    let desk = Desk::with(&[]);
    let (_, text, _) = desk.run(&format!("schedule {} --format json --as-of 2014-06-01", projects.display()));
    let json: Value = serde_json::from_str(&text).expect("JSON");
    for definition in json["definitions"].as_array().expect("a list") {
        let given: Vec<&Value> = definition["evaluations"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one["origin"] != "required")
            .collect();
        let ids: Vec<&Value> = given.iter().map(|one| &one["id"]).collect();
        for warning in definition["warnings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one["kind"] == "evaluation-days")
        {
            assert!(ids.contains(&&warning["evaluation"]), "{warning} in {}", definition["path"]);
        }
    }
}
