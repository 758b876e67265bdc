//! The made-up definitions on which tests and timings rest: sound, of the size of real ones, and of the mix that they promise.

use crate::portfolio::definition;
use evalplan::import;
use evalplan::policy::Catalog;
use evalplan::source::Sources;

const COUNT: u64 = 500;

#[test]
fn made_up_definitions_read_well_and_are_of_the_mix_that_they_promise() {
    let mut sources = Sources::default();
    let catalog = Catalog::shipped();
    let (mut bytes, mut open, mut designed) = (0, 0, 0);
    let mut codes = std::collections::BTreeSet::new();
    for number in 1..=COUNT {
        let text = definition(7, number);
        let loaded =
            import::toml::read(&mut sources, &format!("{number}.toml"), text.as_bytes(), &catalog.lexicon);
        assert!(loaded.diagnostics.is_empty(), "{:?} in\n{text}", loaded.diagnostics);
        codes.insert(loaded.value.expect("it is a definition").code().to_owned());
        bytes += text.len();
        open += usize::from(text.contains("\nopen = "));
        designed += usize::from(text.contains("\n[[outcome]]"));
    }
    let count = usize::try_from(COUNT).expect("it is small");
    assert_eq!(codes.len(), count, "each has a code of its own");
    assert!((3_000..4_000).contains(&(bytes / count)), "{} bytes each", bytes / count);
    assert!((count / 15..count / 7).contains(&open), "{open} of {count} are open");
    assert!((count * 2 / 5..count * 3 / 5).contains(&designed), "{designed} of {count} have a design");
    assert_eq!(definition(7, 1), definition(7, 1));
    assert_ne!(definition(7, 1), definition(8, 1), "another seed gives others");
}

/// The days of the evaluations of a definition that stand in its file, by id.
fn days(schedule: &serde_json::Value) -> std::collections::BTreeMap<String, serde_json::Value> {
    let evaluations = schedule["evaluations"].as_array().into_iter().flatten();
    let listed = evaluations.filter(|one| one["origin"] != "required");
    listed.map(|one| (one["id"].as_str().unwrap_or_default().to_owned(), one.clone())).collect()
}

#[test]
fn what_fix_plans_lies_in_its_window_and_on_a_working_day() {
    const DAY: &str = "--as-of 2019-01-02";
    let desk = crate::desk::Desk::with(&[]);
    for number in 1..=150 {
        desk.put(&format!("p/{number:03}.toml"), &definition(11, number));
    }
    let plans = || {
        let (_, text, told) = desk.run(&format!("schedule p --format json {DAY}"));
        let json: serde_json::Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {told}"));
        json["definitions"].as_array().expect("a list").clone()
    };
    let before = plans();
    let (code, _, told) = desk.run(&format!("check p --fix {DAY} -q --exit-zero --format concise"));
    assert_eq!(code, Some(0), "{told}");
    let mut added = 0;
    for (old, new) in before.iter().zip(plans()) {
        let known = days(old);
        for (id, evaluation) in days(&new).into_iter().filter(|(id, _)| !known.contains_key(id)) {
            added += 1;
            let code = &new["code"];
            // A report that is moved from a day off says so; one that the file plans on a working day stands on that day.
            assert_eq!(evaluation["report"], evaluation["date"], "{code} {id} is planned on a working day");
            let judged = new["warnings"].as_array().into_iter().flatten();
            let outside =
                judged.filter(|one| one["kind"] == "evaluation-days" && one["evaluation"] == *id).count();
            assert_eq!(outside, 0, "{code} {id} lies in its window");
        }
    }
    assert!(added > 40, "{added} evaluations were added");
}
