//! What is owed and what is planned are two questions, and every command gives one answer to each.

use crate::desk::Desk;
use crate::portfolio::definition;
use serde_json::Value;
use std::collections::BTreeSet;

const DAY: &str = "--as-of 2019-01-02";

fn definitions(desk: &Desk, command: &str) -> Vec<Value> {
    let (_, text, told) = desk.run(&format!("{command} p --format json {DAY}"));
    let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {told}"));
    json["definitions"].as_array().expect("a list").clone()
}

/// A definition without one of its facts: the line of the number, counted over the lines that give one, goes.
fn without(text: &str, number: usize) -> String {
    let is_fact = |line: &&str| {
        let key = line.split(" = ").next().unwrap_or_default();
        line.contains(" = ")
            && !["format", "policy", "code", "id", "open", "kind", "name", "rule"].contains(&key)
    };
    let facts = text.lines().filter(is_fact).count();
    let gone = number % facts.max(1);
    let mut seen = 0;
    let mut kept = String::new();
    for line in text.lines() {
        let is_gone = is_fact(&line) && {
            seen += 1;
            seen - 1 == gone
        };
        if !is_gone {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn rules(elements: &Value) -> BTreeSet<&str> {
    let all = elements.as_array().into_iter().flatten();
    all.flat_map(|one| one["rules"].as_array().into_iter().flatten()).filter_map(Value::as_str).collect()
}

#[test]
fn what_check_calls_owed_is_what_schedule_plans() {
    let desk = Desk::with(&[]);
    for number in 1..=120_u64 {
        let text = definition(23, number);
        desk.put(&format!("p/{number:03}a.toml"), &text);
        let less = without(&text, usize::try_from(number * 7).expect("it is small"));
        desk.put(&format!("p/{number:03}b.toml"), &less.replacen("code = \"", "code = \"less-", 1));
    }
    let (checked, scheduled) = (definitions(&desk, "check"), definitions(&desk, "schedule"));
    assert_eq!(checked.len(), scheduled.len());
    assert!(checked.len() > 200, "{}", checked.len());
    let (mut sure, mut open, mut unplanned) = (0, 0, 0);
    for (check, schedule) in checked.iter().zip(&scheduled) {
        let planned: BTreeSet<&str> =
            rules(&schedule["evaluations"]).into_iter().chain(rules(&schedule["events"])).collect();
        let undecided = schedule["undecided"].as_array().expect("a list");
        let in_doubt: BTreeSet<&str> = undecided.iter().filter_map(|one| one["rule"].as_str()).collect();
        for one in undecided {
            assert!(
                one["needs"].as_array().is_some_and(|needs| !needs.is_empty()),
                "{}: {one}",
                check["path"]
            );
        }
        for result in check["results"].as_array().expect("a list") {
            let rule = result["rule"].as_str().expect("a rule has an id");
            let at = format!("{}: {result}", check["path"]);
            if result["verdict"] == "undecided" {
                assert!(result["needs"].as_array().is_some_and(|needs| !needs.is_empty()), "{at}");
            }
            match result["owed"].as_str() {
                None => assert!(!planned.contains(rule) && !in_doubt.contains(rule), "{at}"),
                Some("yes") => {
                    sure += 1;
                    unplanned += usize::from(result["planned"] == "open");
                    assert!(planned.contains(rule) || in_doubt.contains(rule), "{at}");
                }
                Some("open") => {
                    open += 1;
                    assert!(!planned.contains(rule), "{at}");
                }
                Some(_) => assert!(!planned.contains(rule) && !in_doubt.contains(rule), "{at}"),
            }
            let fits = match (result["owed"].as_str(), result["planned"].as_str()) {
                (Some("no"), _) => result["verdict"] == "not-applicable",
                (Some("yes"), Some("no")) => result["verdict"] == "gap" || result["verdict"] == "waived",
                (Some("yes"), Some("open")) => {
                    result["verdict"] == "undecided" || result["verdict"] == "waived"
                }
                (Some(_), Some("yes")) => result["verdict"] == "met",
                (Some("open"), _) => result["verdict"] == "undecided" || result["verdict"] == "waived",
                _ => result["owed"].is_null() && result["planned"].is_null(),
            };
            assert!(fits, "{at}");
        }
    }
    assert!(
        sure > 100 && open > 20 && unplanned > 5,
        "{sure} owed, {open} open, {unplanned} with an open plan"
    );
}

#[test]
fn a_large_project_with_an_open_list_owes_an_independent_evaluation() {
    let desk = Desk::with(&[(
        "p/large.toml",
        "format = 1\npolicy = \"ilo-2005\"\nopen = [\"evaluations\"]\n[project]\ntitle = \"Large\"\nstart = 2014-01-01\nend = 2016-12-31\n[budget]\ntotal = \"USD 4500000\"\n",
    )]);
    let checked = definitions(&desk, "check");
    let results = checked[0]["results"].as_array().expect("a list");
    let independent = results
        .iter()
        .find(|one| one["rule"] == "ilo-2005/independent-evaluation")
        .expect("the rule is asked");
    assert_eq!(
        (&independent["owed"], &independent["planned"], &independent["verdict"]),
        (&"yes".into(), &"open".into(), &"undecided".into())
    );
    assert_eq!(
        independent["message"],
        "Independent evaluation: owed; the file does not say whether an independent evaluation is planned"
    );
    assert_eq!(independent["needs"], serde_json::json!(["evaluation"]));
}

#[test]
fn an_event_that_is_not_on_record_is_a_finding_and_no_conflict() {
    let desk = Desk::with(&[(
        "p/fund.toml",
        "format = 1\n[project]\ntitle = \"Cooperation\"\nkind = \"donor-agreement\"\nstart = 2016-04-01\nend = 2021-03-31\n[[donor]]\nname = \"Flanders\"\nchannel = \"bilateral\"\n[[evaluation]]\nid = \"cooperation-1\"\ntiming = \"cooperation\"\nindependence = \"external\"\ndate = 2020-04-01\n[[meeting]]\nkind = \"cooperation-review\"\ndate = 2017-03-20\n",
    )]);
    let scheduled = definitions(&desk, "schedule");
    assert_eq!(scheduled[0]["conflicts"], serde_json::json!([]));
    let events = scheduled[0]["events"].as_array().expect("a list");
    let states: Vec<&str> = events.iter().filter_map(|event| event["state"].as_str()).collect();
    assert_eq!(states[..2], ["recorded", "not-recorded"], "{events:?}");
    assert!(states[2..].iter().all(|state| *state == "ahead"), "{events:?}");
    let (code, text, _) = desk.run(&format!("schedule p {DAY}"));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("1 event not recorded"), "{text}");
    let checked = definitions(&desk, "check");
    let of_meetings = |one: &&Value| one["rule"] == "donor-flanders/yearly-review-meeting";
    let meetings = checked[0]["results"].as_array().into_iter().flatten().find(of_meetings);
    assert_eq!(meetings.expect("the rule is asked")["verdict"], "gap");
}
