//! By when each finding should be closed, and by whom, as the contract for programs says it; and which score follows.

use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const GAPS: &str = "projects/example-gaps.toml";

/// The results of one definition on a day, by rule.
fn results(path: &str, as_of: &str) -> Vec<Value> {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(env!("CARGO_MANIFEST_DIR")).args(["check", path, "--format", "json", "--as-of", as_of]);
    let output = tool.output().expect("the tool was built");
    let report: Value = serde_json::from_slice(&output.stdout).expect("the contract is JSON");
    report["definitions"][0]["results"].as_array().expect("there are results").clone()
}

fn result(path: &str, as_of: &str, rule: &str) -> Value {
    let all = results(path, as_of);
    all.into_iter()
        .find(|one| one["rule"].as_str().is_some_and(|id| id.ends_with(rule)))
        .unwrap_or_else(|| panic!("no result of {rule}"))
}

/// The day, how it lies to the day of the run, and why, of one rule.
fn told(path: &str, as_of: &str, rule: &str) -> (Value, String, String) {
    let one = result(path, as_of, rule);
    let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
    (one["close_by"].clone(), text("close_state"), text("close_because"))
}

fn with_file<T>(text: &str, look: impl FnOnce(&str) -> T) -> T {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("one.toml");
    fs::write(&file, text).expect("there is room for a file");
    look(&file.to_string_lossy())
}

#[test]
fn a_design_is_closed_before_approval_else_before_the_start_else_it_is_overdue() {
    let on = |day: &str| told(GAPS, day, "/evaluation-budget");
    let approval = "before the project is approved on Fri 2013-11-15";
    assert_eq!(on("2013-11-14"), (json!("2013-11-15"), "ahead".into(), approval.into()));
    assert_eq!(
        on("2013-11-15"),
        (json!("2013-11-15"), "ahead".into(), approval.into()),
        "the day itself is not past"
    );
    let start = "it was due before the project was approved on Fri 2013-11-15; before the project starts on Wed 2014-01-01";
    assert_eq!(on("2013-11-16"), (json!("2014-01-01"), "at-once".into(), start.into()));
    let late = "it was due before the project started on Wed 2014-01-01";
    let at_once = format!("{late}; close it at once");
    assert_eq!(on("2014-01-02"), (json!("2014-01-01"), "overdue".into(), at_once));
    let ended = format!("{late}; the project ended on Thu 2015-12-31");
    assert_eq!(on("2016-01-01"), (json!("2014-01-01"), "overdue".into(), ended));
}

#[test]
fn an_evaluation_is_closed_before_its_first_task_else_before_its_window_closes_else_it_is_overdue() {
    let on = |day: &str| told(GAPS, day, "/mid-term-evaluation");
    assert_eq!(
        on("2014-10-31"),
        (json!("2014-10-31"), "ahead".into(), "the first task of `mid-term` begins on Fri 2014-10-31".into())
    );
    let window = "the first task of `mid-term` should have begun on Fri 2014-10-31; the window of `mid-term` closes on Thu 2015-07-02";
    assert_eq!(on("2014-11-01"), (json!("2015-07-02"), "at-once".into(), window.into()));
    assert_eq!(on("2015-07-02"), (json!("2015-07-02"), "at-once".into(), window.into()));
    let late = "the window of `mid-term` closed on Thu 2015-07-02";
    assert_eq!(on("2015-07-03"), (json!("2015-07-02"), "overdue".into(), late.into()));
}

#[test]
fn what_an_evaluation_of_the_file_lacks_is_closed_by_its_manager_before_it_begins() {
    for rule in ["/independent-evaluation", "/constituents-in-evaluations"] {
        let one = result(GAPS, "2014-06-01", rule);
        assert_eq!(
            (&one["close_by"], &one["close_state"]),
            (&json!("2015-06-17"), &json!("ahead")),
            "{rule}"
        );
        assert_eq!(
            (&one["owner"], &one["owner_basis"]),
            (&json!("Example project manager"), &json!("evaluation.final.manager")),
            "{rule}"
        );
    }
    let nobody = result(GAPS, "2014-06-01", "/mid-term-evaluation");
    assert_eq!(
        (&nobody["owner"], &nobody["owner_basis"]),
        (&json!("evaluation focal point"), &json!("suggested"))
    );
}

#[test]
fn a_date_known_in_part_is_a_range_and_one_not_known_is_said_to_be_so() {
    let (by, state, because) = told("projects/ppse-social-economy.toml", "2014-06-01", "/evaluation-budget");
    assert_eq!(
        (by, state.as_str()),
        (json!({ "from": "2014-01-01", "to": "2014-12-31" }), "ahead"),
        "{because}"
    );
    with_file("format = 1\npolicy = \"ilo-2005\"\nproject.title = \"T\"\n", |path| {
        let (by, state, because) = told(path, "2014-06-01", "/constituents-at-every-stage");
        assert_eq!((by, state.as_str()), (Value::Null, "unknown"));
        assert_eq!(because, "the file gives neither the start of the project nor its approval");
    });
}

#[test]
fn what_is_met_or_does_not_apply_has_nobody_to_close_it_and_every_key_is_there() {
    let keys = ["owner", "owner_basis", "close_by", "close_state", "close_because"];
    let all = results(GAPS, "2014-06-01");
    assert!(all.iter().all(|one| keys.iter().all(|key| one.get(key).is_some())));
    let settled: Vec<&Value> =
        all.iter().filter(|one| one["verdict"] == "met" || one["verdict"] == "not-applicable").collect();
    assert!(settled.len() > 5 && settled.iter().all(|one| keys.iter().all(|key| one[key].is_null())));
    assert!(
        all.iter()
            .filter(|one| one["verdict"] == "gap")
            .all(|one| one["owner"].is_string() && one["close_state"].is_string())
    );
}

/// A project in which each table that can name an owner does, and each has something to close.
const NAMED: &str = r#"format = 1
project = { title = "T", start = 2014-01-01, end = 2015-12-31 }
[[outcome]]
id = "o1"
title = "O"
[[indicator]]
id = "i1"
of = "o1"
responsible = "the statistician"
[[risk]]
id = "r1"
kind = "risk"
level = "high"
owner = "the port authority"
[monitoring]
responsible = "the monitoring officer"
[[evaluation]]
id = "mid"
timing = "mid-term"
completed = 2015-01-15
participants = ["government"]
[[recommendation]]
id = "a"
response = "accepted"
unit = "the ministry"
due = 2015-03-01
"#;

#[test]
fn the_file_names_the_owner_where_it_can() {
    with_file(NAMED, |path| {
        let owner = |rule: &str| {
            let one = result(path, "2014-06-01", rule);
            format!(
                "{} by {}",
                one["owner"].as_str().unwrap_or_default(),
                one["owner_basis"].as_str().unwrap_or_default()
            )
        };
        assert_eq!(owner("/indicator-baseline"), "the statistician by indicator.i1.responsible");
        assert_eq!(owner("/risk-measures"), "the port authority by risk.r1.owner");
        assert_eq!(owner("/monitoring-plan"), "the monitoring officer by monitoring.responsible");
        assert_eq!(owner("/recommendation-follow-up"), "the ministry by recommendation.a.unit");
        assert_eq!(owner("/outcomes"), " by ", "this one is met");
        let (by, state, because) = told(path, "2014-06-01", "/recommendation-follow-up");
        assert_eq!(
            (by, state.as_str(), because.as_str()),
            (json!("2015-03-01"), "ahead", "`recommendation.a` is due on Sun 2015-03-01")
        );
        let (by, state, because) = told(path, "2015-02-01", "/constituents-in-evaluations");
        assert_eq!((by, state.as_str()), (json!("2015-01-15"), "overdue"));
        assert_eq!(because, "`mid` was completed on Thu 2015-01-15 without it");
    });
}

#[test]
fn an_event_that_was_owed_was_due_on_its_day() {
    let fund = "format = 1\nproject = { title = \"T\", kind = \"donor-agreement\", start = 2014-01-01, end = 2018-12-31 }\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\n";
    with_file(fund, |path| {
        let (by, state, because) = told(path, "2019-02-01", "/joint-review");
        assert_eq!((by, state.as_str()), (json!("2018-12-31"), "overdue"));
        assert_eq!(because, "`joint-review` was due on Mon 2018-12-31");
    });
}

/// A project whose final evaluation is planned a year after its end.
const TOO_LATE: &str = "format = 1\nproject = { title = \"T\", start = 2015-01-01, end = 2018-12-31 }\n\
    [[evaluation]]\nid = \"final\"\ntiming = \"final\"\ndate = 2019-12-31\n";

#[test]
fn an_evaluation_planned_after_its_window_is_closed_by_the_end_of_the_window() {
    with_file(TOO_LATE, |path| {
        let on = |day: &str| told(path, day, "/constituents-in-evaluations");
        let (by, state, because) = on("2016-06-01");
        assert!(because.starts_with("the window of `final` closes on "), "{because}");
        assert_eq!((&by, state.as_str()), (&json!("2019-03-31"), "ahead"));
        let late =
            (json!("2019-03-31"), "overdue".into(), "the window of `final` closed on Sun 2019-03-31".into());
        assert_eq!(on("2019-04-02"), late, "to plan it later moves no day");
    });
}

#[test]
fn what_an_evaluation_lacks_is_closed_by_its_report_where_that_is_planned_before_its_window_closes() {
    let early = "format = 1\nproject = { title = \"T\", start = 2014-03-01, end = 2016-02-28 }\n\
        [[evaluation]]\nid = \"mid\"\ntiming = \"mid-term\"\ndate = 2014-04-01\n";
    with_file(early, |path| {
        for (day, state) in [("2014-02-01", "at-once"), ("2014-05-01", "overdue")] {
            let (by, found, because) = told(path, day, "/constituents-in-evaluations");
            assert_eq!((by, found.as_str()), (json!("2014-04-01"), state), "{because}");
        }
    });
    let done = "format = 1\nproject = { title = \"T\", start = 2013-01-01, end = 2013-12-31 }\n\
        [[evaluation]]\nid = \"final\"\ntiming = \"final\"\ncompleted = \"2014\"\nparticipants = [\"government\"]\n";
    with_file(done, |path| {
        let (by, state, because) = told(path, "2014-02-01", "/constituents-in-evaluations");
        assert_eq!(
            (by, state.as_str()),
            (json!({ "from": "2014-01-01", "to": "2014-12-31" }), "overdue"),
            "{because}"
        );
    });
}

#[test]
fn the_patch_beside_a_gap_plans_the_evaluation_on_its_day_whatever_else_it_says() {
    let text = "format = 1\npolicy = \"ilo-2012\"\nproject = { title = \"T\", start = 2014-01-01, end = 2016-12-31 }\nbudget.total = \"USD 6000000\"\n";
    with_file(text, |path| {
        let patch = |rule: &str, as_of: &str| {
            let lines =
                result(path, as_of, rule)["repair"]["patch"].as_array().expect("there is one").clone();
            lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let final_one = patch("/independent-final-evaluation", "2013-06-01");
        let place = |text: &str| final_one.iter().position(|line| line.starts_with(text));
        assert_eq!(
            place("+ date = 2016-12-30"),
            place("+ independence").map(|line| line + 1),
            "in the order of keys: {final_one:?}"
        );
        assert!(patch("/mid-term-evaluation", "2013-06-01").contains(&"+ date = 2015-08-26".to_owned()));
        let late = patch("/independent-final-evaluation", "2017-04-03");
        assert!(late.iter().all(|line| !line.contains("date")), "no day is ahead: {late:?}");
    });
}

#[test]
fn what_a_revision_brought_about_is_owed_since_then() {
    let text = "format = 1\npolicy = \"ilo-2005\"\nproject = { title = \"T\", start = 2014-01-01, end = 2015-12-31 }\n[budget]\ntotal = \"USD 300000\"\nevaluation = \"USD 0\"\n[[revision]]\ndate = 2014-10-01\ntotal = \"USD 400000\"\n";
    with_file(text, |path| {
        assert_eq!(result(path, "2014-09-30", "/evaluation-budget")["verdict"], "not-applicable");
        let because = "it is owed since the project was revised on Wed 2014-10-01";
        assert_eq!(
            told(path, "2014-10-01", "/evaluation-budget"),
            (json!("2014-10-01"), "ahead".into(), because.into())
        );
        let at_once = format!("{because}; close it at once");
        assert_eq!(
            told(path, "2014-10-02", "/evaluation-budget"),
            (json!("2014-10-01"), "overdue".into(), at_once)
        );
        let (by, ..) = told(path, "2014-10-02", "/constituents-at-every-stage");
        assert_eq!(by, json!("2014-01-01"), "what was missing before stays due when it was");
    });
}

#[test]
fn what_is_about_a_meeting_or_a_year_is_due_on_its_day() {
    let text = "format = 1\nproject = { title = \"T\", kind = \"donor-agreement\", start = 2007-01-01, end = 2009-12-31 }\n[[donor]]\nname = \"D\"\n[[meeting]]\nid = \"r\"\nkind = \"donor-review\"\ndate = 2008-06-02\nparticipants = [\"act-emp\"]\n[[delivery]]\nyear = \"2007\"\nallocated = \"USD 1000\"\nspent = \"USD 300\"\n";
    with_file(text, |path| {
        let (by, state, because) = told(path, "2008-02-01", "/bureaux-in-donor-reviews");
        assert_eq!(
            (by, state.as_str(), because.as_str()),
            (json!("2008-06-02"), "ahead", "`meeting.r` takes place on Mon 2008-06-02")
        );
        let (by, state, because) = told(path, "2008-02-01", "/delivery-rate");
        assert_eq!(
            (by, state.as_str(), because.as_str()),
            (json!("2007-12-31"), "overdue", "the year 2007 ended on Mon 2007-12-31")
        );
    });
}

#[test]
fn what_a_completed_evaluation_lacks_is_not_late_on_the_day_itself() {
    let text = "format = 1\npolicy = \"ilo-2020\"\nproject = { title = \"T\", start = 2014-01-01, end = 2014-12-31 }\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\ncompleted = 2014-11-14\n";
    with_file(text, |path| {
        let because = "`final` was completed on Fri 2014-11-14 without it";
        assert_eq!(
            told(path, "2014-11-14", "/published-report"),
            (json!("2014-11-14"), "ahead".into(), because.into())
        );
        assert_eq!(
            told(path, "2014-11-15", "/published-report"),
            (json!("2014-11-14"), "overdue".into(), because.into())
        );
    });
}

/// Two evaluations that lack the same, and answers to recommendations, in the order of the file and in another.
#[test]
fn of_several_elements_the_one_that_is_latest_counts_wherever_it_stands() {
    let head = "format = 1\npolicy = \"ilo-2005\"\nproject = { title = \"T\", start = 2014-01-01, end = 2015-12-31 }\n";
    let evaluation = |timing: &str, date: &str| {
        format!(
            "[[evaluation]]\nid = \"{timing}\"\ntiming = \"{timing}\"\ndate = {date}\nparticipants = [\"government\"]\n"
        )
    };
    let answer =
        |id: &str, due: &str| format!("[[recommendation]]\nid = \"{id}\"\nresponse = \"accepted\"\n{due}\n");
    let [one, two] = [evaluation("final", "2015-12-01"), evaluation("mid-term", "2015-01-15")];
    let [near, far] = [answer("a", "due = 2015-03-01"), answer("b", "due = 2016-09-01")];
    for text in [format!("{head}{one}{two}{near}{far}"), format!("{head}{two}{one}{far}{near}")] {
        with_file(&text, |path| {
            let (by, state, _) = told(path, "2014-12-01", "/constituents-in-evaluations");
            assert_eq!((by, state.as_str()), (json!("2015-01-15"), "at-once"));
            let (by, state, _) = told(path, "2015-06-01", "/recommendation-follow-up");
            assert_eq!((by, state.as_str()), (json!("2015-03-01"), "overdue"));
        });
    }
    with_file(&format!("{head}{}", answer("a", "")), |path| {
        let (by, state, because) = told(path, "2015-06-01", "/recommendation-follow-up");
        assert_eq!(
            (by, state.as_str(), because.as_str()),
            (Value::Null, "unknown", "no day is known for it: give `recommendation.a.due`")
        );
    });
}

#[test]
fn a_duty_is_due_when_what_is_missing_is_not_what_is_there() {
    let project = |end: &str| {
        format!("format = 1\npolicy = \"ilo-2005\"\nproject = {{ title = \"T\", start = 2014-01-01{end} }}\n")
    };
    let review = |day: &str| format!("[[evaluation]]\nid = \"r\"\ntiming = \"annual-review\"\n{day}\n");
    with_file(&(project(", end = 2016-12-31") + &review("date = 2015-12-15")), |path| {
        let (by, state, _) = told(path, "2015-06-01", "/annual-reviews");
        assert_eq!((by, state.as_str()), (json!("2015-03-01"), "overdue"), "the first one is missing");
    });
    with_file(&(project(", end = 2016-12-31") + &review("completed = 2015-01-05")), |path| {
        let (by, state, _) = told(path, "2015-02-01", "/annual-reviews");
        assert_eq!((by, state.as_str()), (json!("2015-12-09"), "ahead"), "the second one is missing");
    });
    with_file(&project(""), |path| {
        let (by, state, because) = told(path, "2014-06-01", "/final-evaluation");
        assert_eq!((by, state.as_str()), (Value::Null, "unknown"));
        assert!(because.contains("supply `project.end`"), "{because}");
    });
}
