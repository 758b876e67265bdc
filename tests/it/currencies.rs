//! Money in a currency without a rate is known money: what does not depend on the rate is decided.

use crate::desk::Desk;
use crate::portfolio::definition;
use serde_json::{Value, json};

const DAY: &str = "--as-of 2019-01-02";

fn results(desk: &Desk, folder: &str) -> Vec<Vec<Value>> {
    let (_, text, told) = desk.run(&format!("check {folder} --format json {DAY}"));
    let output: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {told}"));
    assert_eq!(output["diagnostics"], json!([]), "{folder}");
    let all = output["definitions"].as_array().expect("a list").iter();
    all.map(|one| one["results"].as_array().expect("a list").clone()).collect()
}

/// A made-up definition with its amounts in euros, and with what more is to stand in it.
fn in_euros(number: u64, more: &str) -> String {
    let set_aside = format!("evaluation = \"EUR {}\"\nmonitoring = \"EUR {}\"\n", number * 997, number * 331);
    let text = definition(31, number).replace("\"USD ", "\"EUR ");
    let text = if text.contains("\nevaluation = \"EUR") {
        text
    } else {
        text.replacen("[budget]\n", &format!("[budget]\n{set_aside}"), 1)
    };
    format!("{text}{more}")
}

#[test]
fn what_is_decided_without_a_rate_is_the_same_at_every_rate() {
    let desk = Desk::with(&[]);
    let rates = ["0.01", "0.5", "1", "3", "250"];
    for number in 1..=60 {
        desk.put(&format!("none/{number:03}.toml"), &in_euros(number, ""));
        for (place, rate) in rates.iter().enumerate() {
            let given = format!(
                "\n[[rate]]\ncurrency = \"EUR\"\nusd = \"{rate}\"\ndate = 2018-01-01\nsource = \"a bank\"\n"
            );
            desk.put(&format!("{place}/{number:03}.toml"), &in_euros(number, &given));
        }
    }
    let without = results(&desk, "none");
    let mut decided = 0;
    for (place, rate) in rates.iter().enumerate() {
        for (plain, with) in without.iter().zip(results(&desk, &place.to_string())) {
            for (one, other) in plain.iter().zip(&with) {
                assert_eq!(one["rule"], other["rule"]);
                if one["verdict"] != "undecided" {
                    // Met whether or not it applies is met.
                    let is_moot = one["verdict"] == "met" && other["verdict"] == "not-applicable";
                    assert!(one["verdict"] == other["verdict"] || is_moot, "at {rate}: {one}\n{other}");
                    decided += usize::from(one["because"].to_string().contains("EUR"));
                }
            }
        }
    }
    assert!(decided > 100, "only {decided} verdicts that rest on euros are decided");
}

fn checked(budget: &str) -> Vec<Value> {
    let desk = Desk::with(&[]);
    desk.put(
        "p/one.toml",
        &format!(
            "format = 1\npolicy = \"ilo-2005\"\n[project]\ntitle = \"One\"\nstart = 2020-01-01\nend = 2020-12-31\n{budget}"
        ),
    );
    results(&desk, "p").remove(0)
}

fn verdict<'r>(results: &'r [Value], rule: &str) -> &'r Value {
    let found = results.iter().find(|one| one["rule"] == rule).expect("the rule is asked");
    &found["verdict"]
}

#[test]
fn amounts_of_one_currency_are_held_against_each_other_to_the_cent() {
    let within = "ilo-2005/evaluation-budget-within-total";
    for (evaluation, is) in [("EUR 30000", "met"), ("EUR 1000000", "met"), ("EUR 1000000.01", "gap")] {
        let results = checked(&format!("[budget]\ntotal = \"EUR 1000000\"\nevaluation = \"{evaluation}\"\n"));
        assert_eq!(verdict(&results, within), is, "{evaluation}");
    }
    // Another currency says nothing of which is more, unless one is nothing.
    let results = checked("[budget]\ntotal = \"EUR 1000000\"\nevaluation = \"CHF 1\"\n");
    assert_eq!(verdict(&results, within), "undecided");
    let results = checked("[budget]\ntotal = \"EUR 1000000\"\nevaluation = \"CHF 0\"\n");
    assert_eq!(verdict(&results, within), "met");
}

#[test]
fn an_amount_without_a_rate_is_told_and_not_called_unknown() {
    let results = checked("[budget]\ntotal = \"EUR 1000000\"\nevaluation = \"EUR 30000\"\n");
    let told: Vec<String> =
        results.iter().map(|one| format!("{} {}", one["message"], one["because"])).collect();
    let independent = results.iter().find(|one| one["rule"] == "ilo-2005/independent-evaluation");
    let independent = independent.expect("the rule is asked");
    assert_eq!((&independent["owed"], &independent["needs"]), (&json!("open"), &json!(["rate.EUR"])));
    assert!(independent["because"].to_string().contains("EUR 1,000,000, not known in US$"), "{independent}");
    assert!(told.iter().all(|told| !told.contains("`budget.total` is not known")), "{told:#?}");
    assert!(told.iter().all(|told| !told.contains("`budget.evaluation` is not given")), "{told:#?}");
}
