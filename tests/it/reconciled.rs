//! Dates known in part and a length that complete each other say together what each says alone.

use crate::desk::Desk;
use serde_json::{Value, json};

fn definition(dates: &str) -> Value {
    let desk = Desk::with(&[(
        "p/one.toml",
        &format!("format = 1\npolicy = \"ilo-2005\"\n[project]\ntitle = \"One\"\n{dates}"),
    )]);
    let (_, out, told) = desk.run("schedule p --as-of 2012-01-02 --format json");
    let output: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {told}"));
    assert_eq!(output["diagnostics"], json!([]), "{dates}");
    output["definitions"][0].clone()
}

fn facts(dates: &str) -> (Value, Value) {
    let facts = definition(dates)["facts"].clone();
    (facts["start"].clone(), facts["end"].clone())
}

#[test]
fn a_length_narrows_dates_that_are_known_in_part() {
    let range = |from: &str, to: &str| json!({ "from": from, "to": to });
    for (dates, start, end) in [
        // Five whole years can only be all of them.
        (
            "start = \"2001\"\nend = \"2005\"\nduration = \"60 months\"\n",
            json!("2001-01-01"),
            json!("2005-12-31"),
        ),
        (
            "start = \"2014-03\"\nend = \"2016\"\nduration = \"24 months\"\n",
            range("2014-03-01", "2014-03-31"),
            range("2016-02-29", "2016-03-30"),
        ),
        (
            "start = 2014-03-15\nend = \"2016\"\nduration = \"24 months\"\n",
            json!("2014-03-15"),
            json!("2016-03-14"),
        ),
        (
            "start = \"2014\"\nend = 2015-06-30\nduration = \"18 months\"\n",
            json!("2014-01-01"),
            json!("2015-06-30"),
        ),
        // What is known to the day stays as it is.
        (
            "start = 2014-01-01\nend = 2015-06-30\nduration = \"18 months\"\n",
            json!("2014-01-01"),
            json!("2015-06-30"),
        ),
        (
            "start = \"2014\"\nend = \"2016\"\n",
            range("2014-01-01", "2014-12-31"),
            range("2016-01-01", "2016-12-31"),
        ),
    ] {
        assert_eq!(facts(dates), (start, end), "{dates}");
    }
}

#[test]
fn a_plan_rests_on_what_both_say_together() {
    let known = definition("start = 2001-01-01\nend = 2005-12-31\n");
    let together = definition("start = \"2001\"\nend = \"2005\"\nduration = \"60 months\"\n");
    assert_eq!(together["evaluations"], known["evaluations"]);
    assert_eq!(together["undecided"], known["undecided"]);
}
