//! A run over many definitions: what is handed on is the same whoever works, comes in order, and hangs on no other file but where it
//! must.

use crate::desk::Desk;
use crate::portfolio;
use evalplan::engine::{Engine, Input, Outcome, Portfolio, Request};
use evalplan::report::{Drawing, Stream};
use evalplan::report::{FileView, Headings, Levels, Separator, Settings, Subject, Totals, format_named};
use std::ops::ControlFlow;

/// Names and texts of a portfolio: made-up projects, an agreement before the projects that it gathers, and what is broken.
fn texts() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        (0..120).map(|number| (format!("p/{number:03}.toml"), portfolio::definition(7, number))).collect();
    all.push((
        "p/00-fund.toml".to_owned(),
        include_str!("../../projects/flanders-trust-fund.toml").to_owned(),
    ));
    all.push(("p/50-broken.toml".to_owned(), "format = 1\n[project]\ntitel = \"T\"\n".to_owned()));
    all.push(("p/51-nothing.toml".to_owned(), String::new()));
    all.push(("p/52-double.toml".to_owned(), all[3].1.clone() + "\n"));
    all.sort();
    all
}

/// The bytes of a format that is written while the run goes on, and the paths in the order in which they came.
fn streamed(subject: Subject, id: &str, workers: usize) -> (Vec<u8>, Vec<String>) {
    let engine = Engine::shipped();
    let request = Request::on("2016-02-01".parse().expect("a day"));
    let (headings, levels, texts) = (Headings::shipped(), Levels::default(), texts());
    let format = format_named(subject, id).expect("there is such a format");
    let Drawing::Stream(begin) = format.drawing else { panic!("{id} is written while the run goes on") };
    let settings =
        Settings { roots: &[], include_waived: true, quiet: false, separator: Separator::default() };
    let mut stream: Box<dyn Stream> = begin(settings);
    let (mut bytes, mut paths, mut totals) = (stream.head(), Vec::new(), Totals::default());
    let make = |outcome: Outcome<'_>| {
        (
            outcome.sources.path(outcome.source).to_owned(),
            FileView::of(&outcome, &headings, &levels, format.detail()),
        )
    };
    let inputs = texts.iter().map(|(name, text)| Input::ready(name.clone(), text.as_bytes()));
    Portfolio::new(&engine, &request).with_workers(workers).run(inputs, make, |entry| {
        let (path, mut view) = entry.made;
        view.add_late(&entry.late, &entry.sources);
        totals.add(view.as_ref());
        bytes.extend(stream.file(view.as_ref()));
        paths.push(path);
        ControlFlow::Continue(())
    });
    let notes = totals.notes(engine.catalog());
    bytes.extend(stream.tail(&totals.tail("2016-02-01", &notes)));
    (bytes, paths)
}

#[test]
fn the_same_bytes_come_whatever_the_number_of_workers() {
    for (subject, id) in [
        (Subject::Check, "concise"),
        (Subject::Check, "csv"),
        (Subject::Check, "ndjson"),
        (Subject::Schedule, "csv"),
        (Subject::Schedule, "ndjson"),
    ] {
        let (bytes, paths) = streamed(subject, id, 1);
        for workers in [2, 5] {
            assert!(
                streamed(subject, id, workers) == (bytes.clone(), paths.clone()),
                "{id} by {workers} workers"
            );
        }
        let mut sorted: Vec<&String> = paths.iter().filter(|path| !path.contains("fund")).collect();
        assert!(sorted.is_sorted(), "they come in the order of their paths");
        sorted.push(&paths[paths.len() - 1]);
        assert_eq!(sorted.len(), paths.len(), "an agreement follows the projects that it gathers");
    }
}

#[test]
fn the_tool_writes_what_the_library_hands_on_and_one_output_does_not_change_another() {
    let texts = texts();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let desk = Desk::with(&files);
    for (command, ids) in [("check", &["concise", "csv", "ndjson"][..]), ("schedule", &["csv", "ndjson"])] {
        for id in ids {
            let (code, alone, _) = desk.run(&format!("{command} p --as-of 2016-02-01 --format {id}"));
            assert_eq!(code, Some(2), "a file is broken");
            // Beside one that is drawn from the run as a whole, in a file of its own.
            desk.run(&format!("{command} p --as-of 2016-02-01 -o {id}=out.{id} -o json=out.json"));
            assert_eq!(desk.text(&format!("out.{id}")), alone, "{command} {id}");
            let subject = if command == "check" { Subject::Check } else { Subject::Schedule };
            if command == "schedule" {
                assert_eq!(alone.as_bytes(), streamed(subject, id, 1).0, "{command} {id}");
            }
        }
    }
}

#[test]
fn calendars_among_definitions_are_passed_over_and_named_ones_are_read() {
    let project = "format = 1\n[project]\ntitle = \"T\"\nstart = 2014-01-01\nend = 2015-12-31\n[office]\ncalendar = \"days.toml\"\n";
    let days = "name = \"Office\"\nweekend = [\"friday\"]\n[[holiday]]\nname = \"Founding day\"\ndates = [2015-12-10]\n";
    let desk = Desk::with(&[
        ("p/a.toml", project),
        ("p/days.toml", days),
        ("p/other.toml", "weekend = [\"friday\", \"nonday\"]\n"),
    ]);
    let (code, _, told) = desk.run("check p --as-of 2014-06-01");
    assert_eq!(code, Some(1), "nothing is broken: {told}");
    let (code, _, told) = desk.run("check p/other.toml --as-of 2014-06-01");
    assert!(
        code == Some(2) && told.contains("p/other.toml:1:1"),
        "a file that is named is a definition: {told}"
    );
}

#[test]
fn a_file_with_mistakes_that_two_definitions_name_is_counted_once_in_every_format() {
    let project = |code: &str| {
        format!(
            "format = 1\n[project]\ncode = \"{code}\"\ntitle = \"T\"\nstart = 2014-01-01\nend = 2015-12-31\n[office]\ncalendar = \"days.ics\"\n"
        )
    };
    let desk = Desk::with(&[
        ("p/a.toml", &project("A")),
        ("p/b.toml", &project("B")),
        ("p/days.ics", "no calendar\n"),
    ]);
    for format in ["concise", "text", "github"] {
        let (code, out, _) = desk.run(&format!("check p --as-of 2014-06-01 --format {format}"));
        assert!(code == Some(2) && out.contains("; 1 file with mistakes"), "{format}: {out}");
    }
}
