//! The calendars that the review of the first edition names, read where they lie beside the project; and inputs of every kind with a
//! byte order mark.

use crate::conformance::shared;
use crate::desk::Desk;
use std::path::Path;
use std::process::Command;

/// What a run in the folder of a case prints and tells.
fn schedule(folder: &Path, words: &str) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_evalplan"))
        .args(words.split(' '))
        .args(["--explain", "--policy", "ilo-2005", "--evaluation", "final"])
        .current_dir(folder)
        .output()
        .expect("the tool runs");
    format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))
}

/// A case: its folder, what is asked, what must be told, and what must not.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const D: &str = "schedule d.toml --as-of 2026-01-01";

const CASES: &[Case] = &[
    ("00-base", D, &["Mon 2026-10-12", "Tue 2026-10-13"], &["error"]),
    ("01-ics-duration", D, &["closed Mon 2026-10-05", "closed Fri 2026-10-09"], &["error"]),
    ("02-ics-exdate", D, &["Founders' day Tue 2027-10-12"], &["2026-10-12,", "day Mon 2026-10-12"]),
    ("04-ics-old-start", D, &["Independence Day Thu 2026-10-01"], &["error"]),
    ("06-ics-bymonth", D, &["Thu 2026-10-01"], &["error"]),
    (
        "07-ics-google-observance",
        "schedule d.toml --as-of 2024-01-01",
        &["marked as an observance", "Women's Day"],
        &["Mandela"],
    ),
    ("08-ics-broken-fold", D, &["Fête de l'indépendance"], &["\u{fffd}", "warning:"]),
    ("09-ics-bom", D, &["Two days off Mon 2026-10-12"], &["error", "warning:"]),
    ("11-ics-valarm", D, &["Founders' day Mon 2026-10-12"], &["Alarm"]),
    ("12-ics-outlook-midnight", D, &["has a time of day"], &[]),
    ("14-ics-coverage", D, &["hol.ics are listed from 2024-01-01 to 2024-12-31"], &[]),
    (
        "14-ics-coverage",
        "schedule v.toml --as-of 2026-01-01",
        &["nofrom.toml are listed from 2024-01-01"],
        &[],
    ),
    (
        "14-ics-coverage",
        "schedule u.toml --as-of 2026-01-01",
        &["Office are known from 2024-01-01"],
        &["error"],
    ),
    (
        "15-ics-count-interval",
        D,
        &["Every second year Wed 2026-10-14"],
        &["error", "Six times Tue 2026", "Old day, abolished in 2025 Mon 2026"],
    ),
    ("41-weekend-change", "schedule d.toml --as-of 2009-01-01", &["Wed 2010-06-23"], &["Thu 2010-06-24;"]),
    ("41-weekend-change", "schedule dz.toml --as-of 2007-01-01", &["Wed 2008-06-04"], &[]),
    (
        "42-malawi-eid",
        "schedule d.toml --as-of 2023-01-01",
        &["Eid al-Fitr Wed 2024-04-10", "2024-06-14"],
        &[],
    ),
    ("42-malawi-eid", "schedule e.toml --as-of 2016-01-01", &["2017-06-23"], &[]),
];

#[expect(clippy::print_stderr, reason = "a run without the shared folder says so")]
#[test]
fn the_cases_of_the_review_give_what_is_right() {
    let folder = shared().join("cases/calendars");
    if !folder.is_dir() {
        return eprintln!("no {}: set EVALPLAN_SHARED to its folder", folder.display());
    }
    for (name, words, told, not_told) in CASES {
        let text = schedule(&folder.join(name), words);
        let lacks: Vec<_> = told.iter().filter(|part| !text.contains(**part)).collect();
        let more: Vec<_> = not_told.iter().filter(|part| text.contains(**part)).collect();
        assert!(
            lacks.is_empty() && more.is_empty(),
            "{name} {words}: lacks {lacks:?}, has {more:?} in\n{text}"
        );
    }
}

const PROJECT: &str = "format = 1\n[project]\ntitle = \"Ports\"\ncode = \"P\"\nstart = 2026-04-01\nend = 2029-03-31\n[budget]\ntotal = \"USD 200000\"\n";

#[test]
fn every_input_is_read_with_a_byte_order_mark() {
    let marked = |text: &str| format!("\u{feff}{text}");
    let pack = "id = \"own\"\ntitle = \"Own\"\nfrom = 2000-01-01\n";
    let desk = Desk::with(&[
        ("p/ports.toml", &marked(PROJECT)),
        ("p/evalplan.toml", &marked("policy = \"ilo-2005\"\n")),
        ("page.html", &marked("<p>{{ definitions[0].code }}</p>\n")),
        (
            "days/calendars/za.toml",
            &marked("weekend = [\"friday\"]\n[[holiday]]\nname = \"X\"\ndates = [2026-12-10]\n"),
        ),
        ("own/pack.toml", &marked(pack)),
        (
            "lines.ndjson",
            &marked(
                "{\"format\":1,\"project\":{\"title\":\"T\",\"code\":\"J\",\"start\":\"2026-04-01\",\"end\":\"2029-03-31\"}}\n",
            ),
        ),
    ]);
    let run = |words: &str| desk.run(&format!("{words} --as-of 2026-05-01"));
    let (code, text, told) = run("check p --exit-zero --rules days");
    assert!(code == Some(0) && text.contains("ilo-2005") && !told.contains("error"), "{text}{told}");
    let (code, text, told) = run("report p --template page.html");
    assert!(code == Some(0) && text == "<p>P</p>\n", "{text:?}{told}");
    let (code, text, told) = run("check lines.ndjson --input-format ndjson --exit-zero");
    assert!(code == Some(0) && text.contains("J"), "{text}{told}");
    assert_eq!(run("check p --exit-zero --write-baseline base.json").0, Some(0));
    desk.put("base.json", &marked(&desk.text("base.json")));
    let (code, _, told) = run("check p --baseline base.json");
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(run("schedule p -o ics=feed.ics").0, Some(0));
    let feed = desk.text("feed.ics");
    desk.put("feed.ics", &marked(&feed));
    assert_eq!(run("schedule p -o ics=feed.ics").0, Some(0));
    assert_eq!(desk.text("feed.ics").trim_start_matches('\u{feff}'), feed, "it is remembered as it was");
    // What is not UTF-8 at all is told with its place, and is no other mistake.
    for name in ["p/evalplan.toml", "own/pack.toml", "days/calendars/za.toml"] {
        let before = desk.bytes(name);
        let wide: Vec<u8> =
            marked("policy = \"ilo-2005\"\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::write(desk.0.path().join(name), wide).expect("a file");
        let rules = if name.starts_with("own") { "own" } else { "days" };
        let (code, _, told) = run(&format!("check p --exit-zero --rules {rules}"));
        assert!(code == Some(2) && told.contains("saved as UTF-16"), "{name}: {told}");
        std::fs::write(desk.0.path().join(name), before).expect("a file");
    }
}
