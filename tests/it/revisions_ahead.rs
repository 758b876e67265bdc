//! A revision that is dated ahead changes nothing yet, and says what it will change.

use crate::desk::Desk;
use serde_json::{Value, json};

const BASE: &str = "format = 1\npolicy = \"ilo-2005\"\n[project]\ntitle = \"One\"\nstart = 2026-01-01\nend = 2027-06-29\ncountries = [\"MW\"]\n[budget]\ntotal = \"USD 300000\"\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"internal\"\ndate = 2027-06-01\n";

fn checked(more: &str, command: &str) -> Value {
    let desk = Desk::with(&[("p/one.toml", &format!("{BASE}{more}"))]);
    let (_, out, told) = desk.run(&format!("{command} p --as-of 2026-03-01 --format json"));
    let output: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {told}"));
    assert_eq!(output["diagnostics"], json!([]));
    output["definitions"][0].clone()
}

fn notes(definition: &Value) -> Vec<String> {
    let notes = definition["notes"].as_array().expect("a list").iter().filter_map(Value::as_str);
    notes.filter(|note| note.contains("revision")).map(str::to_owned).collect()
}

const LONGER: &str =
    "[[revision]]\ndate = 2026-09-01\nend = 2028-06-30\ntotal = \"USD 400000\"\nreason = \"more time\"\n";

#[test]
fn what_it_will_change_is_told_and_nothing_changes_before() {
    let (plain, with) = (checked("", "check"), checked(LONGER, "check"));
    let verdicts = |one: &Value| {
        let results = one["results"].as_array().expect("a list").clone();
        results.iter().map(|one| (one["rule"].clone(), one["verdict"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&plain), verdicts(&with));
    assert_eq!(notes(&plain), Vec::<String>::new());
    let told = notes(&with);
    assert_eq!(told.len(), 1, "{told:?}");
    for part in [
        "takes effect on 2026-09-01",
        "the end is 2028-06-30 instead of 2027-06-29",
        "the budget is US$ 400,000 instead of US$ 300,000",
        "newly owed: Independent evaluation (`ilo-2005/independent-evaluation`) and Mid-term evaluation (`ilo-2005/mid-term-evaluation`)",
        "`evaluation.final` then lies outside its window",
    ] {
        assert!(told[0].contains(part), "{part} is not in {}", told[0]);
    }
    let data = &with["revisions_ahead"];
    assert_eq!(
        data,
        &json!([{
            "date": "2026-09-01",
            "end": "2028-06-30",
            "total": { "currency": "USD", "min": 400000, "max": 400000 },
            "newly_owed": ["ilo-2005/independent-evaluation", "ilo-2005/mid-term-evaluation"],
            "no_longer_owed": [],
            "outside": ["evaluation.final"],
        }])
    );
    assert_eq!(notes(&checked(LONGER, "schedule")), told, "both commands say it");
}

#[test]
fn what_is_told_is_what_happens_on_its_day() {
    let desk = Desk::with(&[("p/one.toml", &format!("{BASE}{LONGER}"))]);
    let owed = |day: &str| {
        let (_, out, _) = desk.run(&format!("check p --as-of {day} --format json"));
        let output: Value = serde_json::from_str(&out).expect("it is JSON");
        let results = output["definitions"][0]["results"].as_array().expect("a list").clone();
        let owed = results.iter().filter(|one| one["owed"] == "yes");
        owed.map(|one| one["rule"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let (before, after) = (owed("2026-08-31"), owed("2026-09-01"));
    let new: Vec<&String> = after.iter().filter(|rule| !before.contains(rule)).collect();
    assert_eq!(new, ["ilo-2005/independent-evaluation", "ilo-2005/mid-term-evaluation"]);
}

#[test]
fn several_are_told_in_the_order_of_their_days_each_on_top_of_those_before() {
    let back = "[[revision]]\ndate = 2026-11-01\nend = 2027-06-29\nreason = \"less time\"\n";
    let told = notes(&checked(&format!("{back}{LONGER}"), "check"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("on 2026-09-01") && told[1].contains("on 2026-11-01"), "{told:?}");
    assert!(told[1].contains("the end is 2027-06-29 instead of 2028-06-30"), "{told:?}");
    assert!(
        told[1].contains("no longer owed: Mid-term evaluation (`ilo-2005/mid-term-evaluation`)"),
        "{told:?}"
    );
}
