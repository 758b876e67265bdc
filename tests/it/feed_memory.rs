//! What a feed remembers: filters, what is done, what is not known, and older feeds in whatever state they are.

use crate::feeds::{Written, entries, lint, with_status, write};
use crate::viewed::Rules;
use evalplan::report::ics::{Feed, FeedOptions, FeedScope, Unread};
use evalplan::report::{Filter, View};
use proptest::prelude::*;
use std::cell::RefCell;
use std::io::Cursor;

thread_local!(static RULES: RefCell<Rules> = RefCell::new(Rules::load()));

const PROJECT: &str = "format = 1\n[project]\ncode = \"P1\"\ntitle = \"Häfen, ports; 港口\"\nstart = 2026-04-01\nend = 2029-03-31\n\
    [budget]\ntotal = \"USD 2400000\"\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"external\"\ndate = 2029-03-30\n";

/// An evaluation that no rule asks for.
const EXTRA: &str =
    "[[evaluation]]\nid = \"extra\"\ntiming = \"thematic\"\nindependence = \"self\"\ndate = 2028-06-30\n";

fn view(files: &[&str]) -> View {
    let named: Vec<(String, &str)> =
        files.iter().enumerate().map(|(number, text)| (format!("{number}.toml"), *text)).collect();
    let files: Vec<(&str, &str)> = named.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    RULES.with_borrow(|rules| rules.view(&files, "2026-11-22".parse().expect("a day")))
}

fn over(files: &[&str], scope: &FeedScope, old: &str) -> Written {
    write(&view(files), scope, Some(old.as_bytes()))
}

fn first(files: &[&str], scope: &FeedScope) -> String {
    write(&view(files), scope, None).text
}

fn todos() -> FeedScope {
    FeedScope { options: FeedOptions { todos: true, ..FeedOptions::default() }, ..FeedScope::default() }
}

fn filtered(from: &str, evaluation: Option<&str>) -> FeedScope {
    let filter = Filter { from: from.parse().ok(), to: None, evaluation: evaluation.map(str::to_owned) };
    FeedScope { filter, ..FeedScope::default() }
}

/// A run that could read no definition of that code whole.
fn in_doubt(code: &str) -> FeedScope {
    FeedScope {
        unread: Unread { codes: [code.to_owned()].into(), ..Unread::default() },
        ..FeedScope::default()
    }
}

#[test]
fn the_filter_that_a_feed_was_made_with_has_looked_for_what_it_covers_and_another_has_not() {
    let both = format!("{PROJECT}{EXTRA}");
    let since = filtered("2028-01-01", None);
    for (made_with, run_with, calls_off) in [
        (FeedScope::default(), FeedScope::default(), true),
        (since.clone(), since.clone(), true),
        (since.clone(), FeedScope::default(), true),
        (FeedScope::default(), since.clone(), false),
        (filtered("2027-01-01", None), since.clone(), false),
        (FeedScope::default(), filtered("", Some("final")), false),
        (filtered("", Some("extra")), filtered("", Some("final")), false),
        (
            FeedScope { only_packs: vec!["ilo-2005".to_owned()], ..FeedScope::default() },
            FeedScope::default(),
            true,
        ),
        (
            FeedScope::default(),
            FeedScope { only_packs: vec!["ilo-2005".to_owned()], ..FeedScope::default() },
            false,
        ),
    ] {
        let old = first(&[&both], &made_with);
        assert!(old.contains("UID:P1.extra@evalplan"), "{made_with:?}");
        let new = over(&[PROJECT], &run_with, &old);
        let cancelled = with_status(&new.text, "CANCELLED");
        assert_eq!(!cancelled.is_empty(), calls_off, "{made_with:?} then {run_with:?}: {cancelled:?}");
        assert!(cancelled.iter().all(|uid| uid.starts_with("P1.extra")));
        if !calls_off && run_with.filter.evaluation.is_none() {
            assert!(new.told.withheld > 0, "that they are no longer planned is told");
        }
    }
}

#[test]
fn what_has_moved_out_of_the_days_that_are_asked_for_moves_in_the_feed() {
    let since = filtered("2028-06-01", None);
    let old = first(&[&format!("{PROJECT}{EXTRA}")], &since);
    let earlier = format!("{PROJECT}{}", EXTRA.replace("2028-06-30", "2028-03-31"));
    let new = over(&[&earlier], &since, &old);
    assert_eq!(entries(&new.text).expect("once each")["P1.extra@evalplan"].start, "20280331");
    assert!(with_status(&new.text, "CANCELLED").is_empty());
    assert_eq!(over(&[&earlier], &since, &new.text).text, new.text);
}

#[test]
fn completed_work_stays_as_it_was_planned_and_its_todos_are_done() {
    let old = first(&[PROJECT], &todos());
    let done = format!("{PROJECT}completed = 2026-11-10\n");
    let new = over(&[&done], &todos(), &old);
    assert!(with_status(&new.text, "CANCELLED").is_empty());
    let (before, after) = (entries(&old).expect("once each"), entries(&new.text).expect("once each"));
    let draft = "P1.final.terms-of-reference@evalplan";
    assert_eq!(before[draft], after[draft], "a step that is past stays, byte for byte");
    assert_eq!(after["P1.final.terms-of-reference.todo@evalplan"].status, "COMPLETED");
    assert_eq!(after["P1.final@evalplan"].summary, "P1 final: report done");
    assert_eq!(
        after["P1.final.management-response.todo@evalplan"].status, "NEEDS-ACTION",
        "what follows from it is not done"
    );
    let without = over(&[&done], &FeedScope::default(), &old);
    let kept = entries(&without.text).expect("once each");
    assert_eq!(
        kept["P1.final.terms-of-reference.todo@evalplan"],
        before["P1.final.terms-of-reference.todo@evalplan"]
    );
    let restored = entries(&over(&[PROJECT], &todos(), &new.text).text).expect("once each");
    let todo = &restored["P1.final.terms-of-reference.todo@evalplan"];
    assert_eq!((todo.status.as_str(), todo.sequence), ("NEEDS-ACTION", 2), "what is undone is to do again");
}

#[test]
fn what_may_still_be_owed_is_not_called_off() {
    let listed = PROJECT.replace("independence = \"external\"\n", "");
    let external = first(&[PROJECT], &FeedScope::default());
    for (what, now) in [
        (
            "the budget decides on the process",
            PROJECT.replace("[budget]\ntotal = \"USD 2400000\"\n", "").replace("external", "self"),
        ),
        ("the end decides on the reviews", PROJECT.replace("end = 2029-03-31\n", "")),
        ("the start decides on the edition", PROJECT.replace("start = 2026-04-01\n", "")),
        ("the day decides on every step", PROJECT.replace("2029-03-30", "\"2029\"")),
        ("the timing decides on the process", PROJECT.replace("timing = \"final\"\n", "")),
        ("the independence decides on the process", listed.replace("2400000", "100000")),
        (
            "the list may be longer",
            PROJECT
                .replace("format = 1\n", "format = 1\nopen = [\"evaluations\"]\n")
                .split("[[")
                .next()
                .unwrap_or_default()
                .to_owned(),
        ),
    ] {
        let new = over(&[&now], &FeedScope::default(), &external);
        let gone: Vec<String> = with_status(&new.text, "CANCELLED")
            .into_iter()
            .filter(|uid| uid.starts_with("P1.final"))
            .collect();
        assert!(gone.is_empty(), "{what}: {gone:?}");
    }
    let union = "format = 1\n[project]\ncode = \"U1\"\ntitle = \"Unions\"\nkind = \"union-programme\"\nstart = 2026-04-01\nend = 2029-03-31\n\
        [[donor]]\nname = \"Belgium\"\n[[party]]\nname = \"A union\"\ngroup = \"workers\"\n";
    let old = first(&[union], &FeedScope::default());
    assert!(!entries(&old).expect("once each").is_empty());
    for now in [union.replace("start = 2026-04-01\n", ""), union.replace("2026-04-01", "2006-04-01")] {
        assert!(
            with_status(&over(&[&now], &FeedScope::default(), &old).text, "CANCELLED").is_empty(),
            "no rule looks at it:\n{now}"
        );
    }
    // What is decided is called off all the same.
    let own = PROJECT.replace("external", "self").replace("2400000", "100000");
    assert!(!with_status(&over(&[&own], &FeedScope::default(), &external).text, "CANCELLED").is_empty());
}

#[test]
fn only_definitions_that_are_gone_are_pruned_and_only_where_all_was_read() {
    let other = PROJECT.replace("\"P1\"", "\"P2\"");
    let old = first(&[PROJECT, &other], &FeedScope::default());
    let prune = FeedScope { prune: true, ..FeedScope::default() };
    let new = over(&[PROJECT], &prune, &old);
    let cancelled = with_status(&new.text, "CANCELLED");
    assert!(!cancelled.is_empty() && cancelled.iter().all(|uid| uid.starts_with("P2.")), "{cancelled:?}");
    assert_eq!(new.told.pruned, [("P2".to_owned(), cancelled.len())].into());
    let something = Unread { something: true, ..Unread::default() };
    for (files, unread) in [
        (vec![PROJECT], something),
        (vec![PROJECT], in_doubt("P1").unread),
        (vec![PROJECT], Unread { everything: true, ..Unread::default() }),
        (vec![], Unread::default()),
        (vec![PROJECT, PROJECT], Unread::default()),
    ] {
        let careful = over(&files, &FeedScope { unread, prune: true, ..FeedScope::default() }, &old);
        assert_eq!(careful.text, old);
        assert!(careful.told.not_pruned);
    }
}

#[test]
fn two_definitions_of_one_code_change_nothing_and_are_not_written() {
    let other = PROJECT.replace("2029-03-30", "2029-02-14");
    let old = first(&[PROJECT], &FeedScope::default());
    assert_eq!(over(&[PROJECT, &other], &FeedScope::default(), &old).text, old);
    assert!(entries(&first(&[PROJECT, &other], &FeedScope::default())).expect("once each").is_empty());
}

#[test]
fn an_older_feed_is_read_in_any_encoding() {
    let text = first(&[PROJECT], &todos());
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let bare = text.replace("\r\n", "\n").into_bytes();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for (name, old) in [
        ("a mark", marked),
        ("UTF-16", [b"\xFF\xFE", &little[..]].concat()),
        ("UTF-16, big end first", [b"\xFE\xFF", &big[..]].concat()),
        ("bare line ends", bare),
    ] {
        let new = write(&view(&[PROJECT]), &todos(), Some(&old));
        assert_eq!(new.text, text, "{name}");
        assert!(!new.told.changes.any(), "{name}");
    }
}

#[test]
fn nothing_of_a_damaged_feed_is_copied_that_is_no_text() {
    let old = first(&[PROJECT], &FeedScope::default());
    let damaged = old
        .replace("SUMMARY:P1 final", "SUMMARY:P1\u{1b}[31m \u{7}\u{0}\u{202e}fi\tnal")
        .replace("CONFIRMED", "CONFIRMED\u{b}");
    let kept = over(&[PROJECT], &in_doubt("P1"), &damaged);
    lint(&kept.text).expect("sound bytes");
    assert!(!kept.text.contains('\u{202e}'));
    lint(&over(&[PROJECT], &FeedScope::default(), &damaged).text).expect("sound bytes");
}

#[test]
fn of_entries_that_are_there_twice_the_newest_stays() {
    let old = first(&[PROJECT], &FeedScope::default());
    let body = &old[old.find("BEGIN:VEVENT").expect("an entry")..old.len() - "END:VCALENDAR\r\n".len()];
    let twice =
        old.replace("END:VCALENDAR", &format!("{}END:VCALENDAR", body.replace("SEQUENCE:0", "SEQUENCE:7")));
    for scope in [FeedScope::default(), in_doubt("P1")] {
        let new = over(&[PROJECT], &scope, &twice);
        let entries = entries(&new.text).expect("once each");
        assert!(!entries.is_empty() && entries.values().all(|entry| entry.sequence == 7));
    }
}

#[test]
fn numbers_never_fall_however_large_they_are() {
    let old = first(&[PROJECT], &FeedScope::default());
    let moved = PROJECT.replace("2029-03-30", "2029-02-14");
    for (number, after) in
        [("2147483647", 2_147_483_648), ("99999999999999999999999", u64::MAX), ("-5", 1), ("", 1), ("x", 1)]
    {
        let damaged = old.replace("SEQUENCE:0", &format!("SEQUENCE:{number}"));
        let new = entries(&over(&[&moved], &FeedScope::default(), &damaged).text).expect("once each");
        assert_eq!(new["P1.final@evalplan"].sequence, after, "{number}");
    }
}

#[test]
fn entries_of_others_stay() {
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let own = "BEGIN:VEVENT\r\nUID:mine@example.org\r\nDTSTAMP:20260101T120000Z\r\nDTSTART;TZID=Here:20260101T120000\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:mine@example.org\r\nRECURRENCE-ID;TZID=Here:20260102T120000\r\nDTSTAMP:20260101T120000Z\r\nDTSTART;TZID=Here:20260102T130000\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n";
    let old = first(&[PROJECT], &FeedScope::default()).replace(
        "BEGIN:VEVENT\r\nUID:P1.final.briefing@",
        &format!("{zone}{own}BEGIN:VEVENT\r\nUID:P1.final.briefing@"),
    );
    assert!(old.contains(zone));
    let other = PROJECT.replace("\"P1\"", "\"P2\"");
    for scope in [FeedScope::default(), FeedScope { prune: true, ..FeedScope::default() }] {
        let new = over(&[&other], &scope, &old);
        assert!(new.text.contains(zone) && new.text.contains(own), "{}", new.text);
    }
}

#[test]
fn texts_of_any_length_are_read_back() {
    let long = PROJECT
        .replace("Häfen, ports; 港口", &"港,".repeat(200_000))
        .replace("\"P1\"", &format!("\"{}\"", "é".repeat(20_000)));
    let old = first(&[&long], &todos());
    lint(&old).expect("sound bytes");
    let new = over(&[&long], &todos(), &old);
    assert_eq!(new.text, old);
    assert!(!new.told.changes.any() && new.told.changes.unchanged > 0);
}

#[test]
fn what_no_feed_holds_is_refused_before_it_fills_the_memory() {
    let line = format!("BEGIN:VCALENDAR\r\nX-LONG:{}\r\nEND:VCALENDAR\r\n", "x".repeat(2 * 1024 * 1024));
    let folded =
        format!("BEGIN:VCALENDAR\r\nX-LONG:{}\r\nEND:VCALENDAR\r\n", "\r\n x".repeat(2 * 1024 * 1024));
    let entry = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{}END:VEVENT\r\nEND:VCALENDAR\r\n",
        "X-MORE:yes\r\n".repeat(600_000)
    );
    for text in [line, folded, entry] {
        let error = Feed::read(Cursor::new(text)).err().expect("it is refused").to_string();
        assert!(error.contains("longer than any"), "{error}");
    }
}

/// A feed with to-dos, and the view that it is of, for tests that look at many of its kind.
fn sample() -> &'static (View, String) {
    static SAMPLE: std::sync::OnceLock<(View, String)> = std::sync::OnceLock::new();
    SAMPLE.get_or_init(|| (view(&[PROJECT]), first(&[PROJECT], &todos())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_feed_that_is_cut_off_is_not_taken_for_a_whole_one(cut in any::<prop::sample::Index>()) {
        let whole = sample().1.as_bytes();
        let part = whole[..cut.index(whole.len() - 2)].to_vec();
        prop_assert!(!matches!(Feed::read(Cursor::new(part)), Ok(Some(_))));
    }

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let _ = Feed::read(Cursor::new(bytes.clone()));
        let (view, feed) = sample();
        let mut feed = feed.clone().into_bytes();
        let place = at.index(feed.len());
        feed.splice(place..place, bytes);
        let Ok(Some(mut old)) = Feed::read(Cursor::new(feed)) else { return Ok(()) };
        let mut written = Vec::new();
        evalplan::report::ics::feed(view, &FeedScope::default(), Some(&mut old), &mut written).expect("memory takes all");
        let text = String::from_utf8(written).expect("a feed is UTF-8");
        prop_assert!(lint(&text).is_ok(), "{:?}", lint(&text));
        prop_assert!(entries(&text).is_ok(), "{:?}", entries(&text).err());
    }
}
