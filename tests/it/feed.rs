//! The calendar feed: its bytes, its memory, and what other people's text can do to it.

use crate::feeds::{Written, lint, write};
use crate::viewed::{Viewed, viewed};
use chrono::NaiveDate;
use evalplan::report::ics::{Feed, FeedOptions, FeedScope};
use evalplan::report::{View, gantt_figure, gantt_svg};
use proptest::prelude::*;
use std::io::Cursor;

const PROJECT: &str = "format = 1\n[project]\ncode = \"RAF/13/01/FLA\"\ntitle = \"Häfen, ports; 港口\"\nstart = 2026-04-01\nend = 2029-03-31\n\
    [budget]\ntotal = \"USD 2400000\"\n[office]\ncountry = \"ZA\"\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"external\"\ndate = 2029-03-30\n";

fn on(day: &str, text: &str) -> View {
    whole_on(day, text).view
}

fn whole_on(day: &str, text: &str) -> Viewed {
    viewed(&[("projects/ports.toml", text)], day.parse::<NaiveDate>().expect("a day"))
}

fn whole() -> FeedOptions {
    FeedOptions { todos: true, alarm: Some(30), tentative: true }
}

fn feed(view: &View, options: FeedOptions, old: Option<&str>) -> Written {
    write(view, &FeedScope { options, ..FeedScope::default() }, old.map(str::as_bytes))
}

fn lines_of(text: &str, name: &str) -> Vec<String> {
    let unfolded = text.replace("\r\n ", "");
    unfolded.split("\r\n").filter(|line| line.starts_with(name)).map(str::to_owned).collect()
}

#[test]
fn a_feed_is_folded_utf8_with_stable_ids_and_whole_days() {
    let written = feed(&on("2026-11-22", PROJECT), whole(), None);
    lint(&written.text).expect("sound bytes");
    assert!(!written.text.contains("METHOD"), "a plain feed has no METHOD");
    let uids = lines_of(&written.text, "UID:");
    let mut unique = uids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(uids.len(), unique.len(), "no two entries have one id");
    assert!(uids.contains(&"UID:RAF/13/01/FLA.final.data-collection@evalplan".to_owned()), "{uids:?}");
    let transparent = lines_of(&written.text, "TRANSP:TRANSPARENT").len();
    assert_eq!(transparent, lines_of(&written.text, "BEGIN:VEVENT").len());
    let unfolded = written.text.replace("\r\n ", "");
    let report = unfolded
        .split("BEGIN:VEVENT\r\n")
        .find(|event| event.starts_with("UID:RAF/13/01/FLA.final@evalplan"))
        .expect("the report");
    assert!(
        report.contains("DTSTART;VALUE=DATE:20290329\r\nDTEND;VALUE=DATE:20290330\r\n"),
        "Good Friday is a day off: {report}"
    );
    assert!(report.contains("Häfen\\, ports\\; 港口\\n"), "{report}");
}

#[test]
fn an_older_feed_is_the_memory() {
    let first = feed(&on("2026-11-22", PROJECT), FeedOptions::default(), None);
    let same = feed(&on("2026-12-01", PROJECT), FeedOptions::default(), Some(&first.text));
    assert_eq!(same.text, first.text, "nothing has changed, not even the stamps");
    assert!(!same.told.changes.any());

    let moved = PROJECT.replace("2029-03-30", "2029-03-28");
    let second = feed(&on("2026-12-01", &moved), FeedOptions::default(), Some(&first.text));
    let changes = second.told.changes;
    assert!(changes.changed > 0 && changes.unchanged > 0 && changes.new == 0, "{changes:?}");
    let sequences = lines_of(&second.text, "SEQUENCE:1").len();
    let stamps = lines_of(&second.text, "DTSTAMP:20261201").len();
    assert_eq!(
        (sequences, stamps),
        (changes.changed, changes.changed),
        "only what moved has a new number and stamp"
    );
}

#[test]
fn what_is_dropped_is_called_off_and_stays_so_that_it_rises_when_it_returns() {
    let first = feed(&on("2026-11-22", PROJECT), whole(), None);
    let own = PROJECT.replace("\"external\"", "\"self\"").replace("2400000", "100000");
    let second = feed(&on("2026-12-01", &own), whole(), Some(&first.text));
    lint(&second.text).expect("sound bytes");
    let cancelled = second.told.changes.cancelled;
    assert!(cancelled > 0);
    assert_eq!(lines_of(&second.text, "STATUS:CANCELLED").len(), cancelled);
    let again = feed(&on("2026-12-01", &own), whole(), Some(&second.text));
    assert_eq!(again.text, second.text, "the same day gives the same bytes");
    let third = feed(&on("2027-01-01", &own), whole(), Some(&second.text));
    assert_eq!(third.text, second.text, "and so does a later one: what was called off stays");
    assert!(!third.told.changes.any(), "a feed in which nothing has changed is not stale");
    let back = feed(&on("2027-02-01", PROJECT), whole(), Some(&third.text));
    assert!(
        lines_of(&back.text, "SEQUENCE:2").len() >= cancelled,
        "what comes back is newer than its cancellation"
    );
    let only_then = second.told.changes.new;
    assert_eq!(
        lines_of(&back.text, "STATUS:CANCELLED").len(),
        only_then,
        "what only the other plan had is called off in its turn"
    );
}

#[test]
fn dates_known_in_part_stay_out_unless_they_are_asked_for() {
    let open = PROJECT.replace("2029-03-31", "\"2029\"").replace("date = 2029-03-30\n", "");
    let view = &on("2026-11-22", &open);
    let without = feed(view, FeedOptions::default(), None);
    assert_eq!(lines_of(&without.text, "STATUS:TENTATIVE").len(), 0);
    assert!(
        without.told.left_out.iter().any(|line| line.contains("final") && line.contains("project.end")),
        "{:?}",
        without.told.left_out
    );
    let with = feed(view, FeedOptions { tentative: true, ..FeedOptions::default() }, None);
    assert!(!lines_of(&with.text, "STATUS:TENTATIVE").is_empty());
}

#[test]
fn a_file_that_is_no_feed_is_not_taken_for_one() {
    for text in ["format = 1\n", "BEGIN:VCARD\r\nEND:VCARD\r\n", "x"] {
        assert!(Feed::read(Cursor::new(text)).is_err(), "{text}");
    }
    assert!(
        Feed::read(Cursor::new(" \r\n")).is_ok_and(|feed| feed.is_none()),
        "what is blank remembers nothing"
    );
}

#[test]
fn no_cell_of_the_table_is_a_formula() {
    for title in ["=1+1", "+1", "-1", "@SUM(A1)"] {
        let table = whole_on("2026-11-22", &PROJECT.replace("Häfen, ports; 港口", title)).draw("csv");
        assert!(table.replace('"', "").contains(&format!(",'{title},")), "{table}");
        assert!(!table.contains(&format!(",{title},")), "{table}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_of_a_definition_leaves_every_format_sound(title in "\\PC{0,60}", id in "[a-z]{1,8}", wild in "[\\\\,;:\"'<>&%#=+@\\-\u{e9}\u{6e2f}\u{1f6a2} ]{0,40}") {
        let safe = |text: &str| text.chars().filter(|letter| !letter.is_control() && *letter as u32 != 0x7f).collect::<String>();
        let title = safe(&format!("{wild}{title}x"));
        let literal = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
        let text = PROJECT.replace("\"Häfen, ports; 港口\"", &literal).replace("id = \"final\"", &format!("id = \"{id}\""));
        let viewed = whole_on("2026-11-22", &text);
        let view = &viewed.view;
        let written = feed(view, whole(), None);
        prop_assert!(lint(&written.text).is_ok(), "{:?}", lint(&written.text));
        let again = feed(view, whole(), Some(&written.text));
        prop_assert_eq!(&again.text, &written.text, "what is read back is what was written");
        prop_assert!(!again.told.changes.any());
        let svg = gantt_svg(&view.definitions, &view.as_of);
        let figure = gantt_figure(&view.definitions, &view.as_of);
        prop_assert!(figure.contains("<svg "));
        for drawn in [&svg, &figure] {
            prop_assert!(!drawn.contains("<script") && drawn.matches('<').count() == drawn.matches('>').count());
        }
        let chart = viewed.draw("mermaid");
        prop_assert!(chart.lines().skip(4).all(|line| line.trim_start().starts_with("section") || line.matches(" :").count() >= 1), "{chart}");
    }
}
