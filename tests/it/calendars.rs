//! Calendars of offices and countries: which days are off, how far they are known, and how the files may be saved.

use crate::desk::Desk;
use evalplan::diag::{Diagnostic, Severity};
use evalplan::schedule::calendar::{Calendar, Calendars, Coverage};
use evalplan::source::Sources;
use std::sync::Arc;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

/// The calendar of an office in a file, and what is told of it.
pub(crate) fn office(path: &str, bytes: &[u8]) -> (Option<Arc<Calendar>>, Vec<Diagnostic>) {
    let (calendars, told) = Calendars::default().with_office(None, (path, bytes), &mut Sources::default());
    (calendars.office().map(Arc::clone), told)
}

/// An iCalendar text of events, each of some lines.
pub(crate) fn ics(events: &[&str]) -> String {
    let events: String =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.replace('|', "\r\n"))
}

/// The days off of such events within some years, as `MM-DD` where it is one year.
fn days(events: &[&str], from: &str, to: &str) -> Vec<String> {
    let (calendar, told) = office("days.ics", ics(events).as_bytes());
    let calendar = calendar.unwrap_or_else(|| panic!("{events:?}: {told:?}"));
    calendar.between(day(from), day(to)).map(|holiday| holiday.date.to_string()).collect()
}

/// A start and a rule, and the first days from a day on that RFC 5545 gives them.
const RECURRENCES: &[(&str, &str, &str)] = &[
    ("20240229", "FREQ=YEARLY", "2024-02-29 2028-02-29 2032-02-29"),
    ("19600101", "FREQ=YEARLY;BYMONTH=7;BYDAY=1MO", "2024-07-01 2025-07-07 2026-07-06"),
    ("20240501", "FREQ=YEARLY;BYMONTH=5,10;BYMONTHDAY=1", "2024-05-01 2024-10-01 2025-05-01"),
    ("20240131", "FREQ=MONTHLY", "2024-01-31 2024-03-31 2024-05-31 2024-07-31"),
    ("20240131", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2024-01-31 2024-02-29 2024-03-31"),
    ("20240105", "FREQ=MONTHLY;BYDAY=1FR,-1FR;COUNT=4", "2024-01-05 2024-01-26 2024-02-02 2024-02-23"),
    (
        "20240131",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "2024-01-31 2024-02-29 2024-03-29 2024-04-30",
    ),
    ("20240913", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2024-09-13 2024-12-13 2025-06-13"),
    (
        "20240102",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "2024-01-02 2024-01-07 2024-01-16 2024-01-21",
    ),
    (
        "20240102",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "2024-01-02 2024-01-14 2024-01-16 2024-01-28",
    ),
    ("20240101", "FREQ=DAILY;INTERVAL=10;COUNT=4", "2024-01-01 2024-01-11 2024-01-21 2024-01-31"),
    ("20240101", "FREQ=DAILY;BYMONTH=1;UNTIL=20240103T235959Z", "2024-01-01 2024-01-02 2024-01-03"),
    ("20240101", "FREQ=YEARLY;BYYEARDAY=1,-1;UNTIL=20251231", "2024-01-01 2024-12-31 2025-01-01 2025-12-31"),
    ("20240513", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "2024-05-13 2025-05-12 2026-05-11"),
    ("20241230", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-12-30 2025-12-29 2027-01-04"),
    ("20240520", "FREQ=YEARLY;BYDAY=20MO", "2024-05-20 2025-05-19 2026-05-18"),
    (
        "20241105",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "2024-11-05 2028-11-07 2032-11-02",
    ),
    ("20240101", "FREQ=YEARLY;COUNT=2", "2024-01-01 2025-01-01"),
];

#[test]
fn recurrences_give_the_days_that_they_say() {
    for (start, rule, expected) in RECURRENCES {
        let expected: Vec<&str> = expected.split(' ').collect();
        let event = format!("DTSTART;VALUE=DATE:{start}|RRULE:{rule}");
        let mut found = days(&[&event], "2024-01-01", "2060-12-31");
        let ends = rule.contains("COUNT") || rule.contains("UNTIL");
        found.truncate(if ends { usize::MAX } else { expected.len() });
        assert_eq!(found, expected, "{start} {rule}");
    }
}

#[test]
fn lengths_exceptions_and_moved_days_count() {
    let of_2026 = |events: &[&str]| days(events, "2026-01-01", "2026-12-31").join(" ");
    let yearly = "UID:1|DTSTART;VALUE=DATE:20201012|RRULE:FREQ=YEARLY";
    for (events, expected) in [
        (vec!["DTSTART;VALUE=DATE:20261005|DURATION:P3D"], "2026-10-05 2026-10-06 2026-10-07"),
        (vec!["DTSTART;VALUE=DATE:20261005|DTEND;VALUE=DATE:20261005"], "2026-10-05"),
        (vec!["DTSTART:20261230|DURATION:P1W"], "2026-12-30 2026-12-31"),
        (vec![yearly], "2026-10-12"),
        (vec!["UID:1|DTSTART;VALUE=DATE:20201012|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20251012,20261012"], ""),
        (vec!["DTSTART;VALUE=DATE:20201012|RDATE;VALUE=DATE:20260101,20260303"], "2026-01-01 2026-03-03"),
        // An instance moved, called off, given a time of day; and the same in an older version.
        (vec![yearly, "UID:1|RECURRENCE-ID;VALUE=DATE:20261012|DTSTART;VALUE=DATE:20261013"], "2026-10-13"),
        (
            vec![
                yearly,
                "UID:1|RECURRENCE-ID;VALUE=DATE:20261012|DTSTART;VALUE=DATE:20261012|STATUS:CANCELLED",
            ],
            "",
        ),
        (vec![yearly, "UID:1|RECURRENCE-ID;VALUE=DATE:20261012|DTSTART:20261012T090000Z"], ""),
        (
            vec![
                yearly,
                "UID:1|SEQUENCE:3|RECURRENCE-ID;VALUE=DATE:20261012|DTSTART;VALUE=DATE:20261014",
                "UID:1|SEQUENCE:2|RECURRENCE-ID;VALUE=DATE:20261012|DTSTART;VALUE=DATE:20261013",
            ],
            "2026-10-14",
        ),
        (
            vec![
                "UID:2|SEQUENCE:1|DTSTART;VALUE=DATE:20260201|STATUS:CANCELLED",
                "UID:2|DTSTART;VALUE=DATE:20260201",
            ],
            "",
        ),
        (vec!["DTSTART;VALUE=DATE:20260201|STATUS:cancelled"], ""),
        // An alarm has days of its own.
        (vec!["DTSTART;VALUE=DATE:20260201|BEGIN:VALARM|DURATION:P9D|TRIGGER:-P1D|END:VALARM"], "2026-02-01"),
    ] {
        assert_eq!(of_2026(&events), expected, "{events:?}");
    }
}

#[test]
fn the_name_is_that_of_the_event_and_survives_any_fold() {
    let event =
        "DTSTART;VALUE=DATE:20260201|SUMMARY:Fête de l'indépendance|BEGIN:VALARM|SUMMARY:Reminder|END:VALARM";
    let text = ics(&[event]);
    let plain = text.as_bytes();
    let at = text.find("Fête").expect("it is there");
    for cut in at..at + "Fête de l'indépendance".len() {
        let folded = [&plain[..cut], b"\r\n ", &plain[cut..]].concat();
        let (calendar, told) = office("days.ics", &folded);
        let calendar = calendar.unwrap_or_else(|| panic!("{told:?}"));
        assert_eq!(calendar.holiday(day("2026-02-01")), Some("Fête de l'indépendance"), "folded at {cut}");
        assert!(told.is_empty(), "{told:?}");
    }
}

#[test]
fn a_calendar_is_read_however_its_letters_were_saved() {
    let text = ics(&["DTSTART;VALUE=DATE:20260201|SUMMARY:Fête 港"]);
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for (mark, bytes) in [
        (&b""[..], text.as_bytes()),
        (b"\xEF\xBB\xBF", text.as_bytes()),
        (b"\xFF\xFE", &little),
        (b"\xFE\xFF", &big),
        (b"", &little),
    ] {
        let (calendar, told) = office("days.ics", &[mark, bytes].concat());
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(calendar.expect("it is read").holiday(day("2026-02-01")), Some("Fête 港"));
    }
}

#[test]
fn it_is_known_how_far_a_calendar_goes() {
    let listed = |from, to| Coverage::Listed(day(from), day(to));
    let one = "DTSTART;VALUE=DATE:20241225";
    let repeating = "DTSTART;VALUE=DATE:20200101|RRULE:FREQ=YEARLY";
    for (path, text, expected) in [
        ("days.ics", ics(&[one]), listed("2024-01-01", "2024-12-31")),
        ("days.ics", ics(&[one, "DTSTART;VALUE=DATE:20260101"]), listed("2024-01-01", "2026-12-31")),
        ("days.ics", ics(&[&format!("{repeating};UNTIL=20230101")]), listed("2020-01-01", "2023-12-31")),
        ("days.ics", ics(&[repeating]), Coverage::Listed(day("2020-01-01"), chrono::NaiveDate::MAX)),
        ("days.ics", ics(&[repeating, one]), Coverage::Repeating(day("2024-01-01"), day("2024-12-31"))),
        ("days.ics", ics(&[]), Coverage::Always),
        (
            "days.toml",
            "[[holiday]]\nname = \"X\"\ndates = [2024-12-25]\n".to_owned(),
            listed("2024-01-01", "2024-12-31"),
        ),
        (
            "days.toml",
            "to = 2026-06-30\n[[holiday]]\nname = \"X\"\ndates = [2024-12-25]\n".to_owned(),
            listed("2024-01-01", "2026-06-30"),
        ),
        (
            "days.toml",
            "from = 2023-01-01\nto = 2026-06-30\n[[holiday]]\nname = \"X\"\ndates = [2024-12-25]\n"
                .to_owned(),
            Coverage::Stated(day("2023-01-01"), day("2026-06-30")),
        ),
    ] {
        let (calendar, told) = office(path, text.as_bytes());
        assert_eq!(calendar.unwrap_or_else(|| panic!("{told:?}")).covers, expected, "{text}");
    }
}

#[test]
fn weekends_are_those_of_their_time() {
    let calendars = Calendars::shipped();
    for (country, works, rests) in [
        ("YE", Some("2013-08-15"), "2013-08-08"),
        ("DZ", Some("2009-08-20"), "2009-08-13"),
        ("DZ", Some("2009-08-08"), "2009-08-15"),
        ("BH", Some("2006-09-07"), "2006-08-31"),
        ("IQ", Some("2005-02-19"), "2005-02-26"),
        ("BD", Some("2005-09-03"), "2005-09-10"),
        ("KW", Some("2007-09-06"), "2007-08-30"),
        ("QA", Some("2003-08-07"), "2003-07-31"),
        ("OM", Some("2013-05-02"), "2013-04-25"),
        ("SA", Some("2013-07-04"), "2013-06-27"),
        ("SD", Some("2008-01-19"), "2008-01-26"),
        ("AE", Some("2022-01-07"), "2021-12-31"),
        ("AE", Some("2006-09-07"), "2006-08-31"),
        ("NP", Some("2022-06-19"), "2022-06-12"),
        ("NP", Some("2022-05-08"), "2022-05-15"),
    ] {
        let calendar = calendars.country(country).expect("it is shipped");
        let works = day(works.expect("a day"));
        assert!(!calendar.weekend.has(works), "{country} worked on {works}");
        assert!(calendar.weekend.has(day(rests)), "{country} did not work on {rests}");
    }
}

#[test]
fn an_office_without_a_weekend_of_its_own_has_that_of_the_country_in_its_time() {
    let days = ("days.toml", &b"[[holiday]]\nname = \"X\"\ndates = [2008-05-05]\n"[..]);
    let (calendars, told) = Calendars::shipped().with_office(Some("DZ"), days, &mut Sources::default());
    assert!(told.is_empty(), "{told:?}");
    let office = calendars.office().expect("it is read");
    assert!(!office.is_working(day("2008-06-05")), "a Thursday before the change");
    assert!(office.is_working(day("2010-06-03")), "a Thursday after it");
}

#[test]
fn declared_days_count_and_every_shipped_calendar_says_what_it_lacks() {
    let calendars = Calendars::shipped();
    let malawi = calendars.country("MW").expect("it is shipped");
    for off in ["2016-07-07", "2017-06-26", "2024-04-10", "2024-06-17"] {
        assert!(!malawi.is_working(day(off)), "{off}");
    }
    assert!(malawi.between(day("2017-06-26"), day("2017-06-26")).all(|one| !one.is_estimate));
    assert!(malawi.between(day("2027-03-09"), day("2027-03-09")).all(|one| one.is_estimate));
    for (path, text) in evalplan::source::shipped_rules("calendars") {
        let (calendar, told) = office(&path, text.as_bytes());
        let calendar = calendar.unwrap_or_else(|| panic!("{path}: {told:?}"));
        assert!(told.is_empty() && !calendar.lacks.is_empty(), "{path}: {told:?}");
        assert!(matches!(calendar.covers, Coverage::Stated(..)), "{path}");
        assert!(!text.contains("# Estimates"), "{path} says its estimates in a comment alone");
    }
}

/// A project of some country and years, whose final evaluation has a day.
fn project(country: &str, end: &str, more: &str) -> String {
    let start = format!("{}{}", end[..4].parse::<i32>().expect("a year") - 2, "-07-01");
    format!(
        "format = 1\n[project]\ntitle = \"T\"\ncode = \"T1\"\nstart = {start}\nend = {end}\ncountries = [\"{country}\"]\n[budget]\n\
         total = \"USD 300000\"\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"internal\"\n{more}"
    )
}

#[test]
fn a_plan_says_where_its_days_off_end_and_which_are_estimates() {
    let desk = Desk::with(&[
        ("one.toml", &project("MW", "2027-03-31", "date = 2027-03-30\n")),
        ("two.toml", &project("MW", "2027-03-31", "date = 2027-03-30\n[office]\ncalendar = \"days.ics\"\n")),
        ("days.ics", &ics(&["DTSTART;VALUE=DATE:20241225|SUMMARY:X"])),
        (
            "three.toml",
            &project("MW", "2027-03-31", "date = 2027-03-30\n[office]\ncalendar = \"broken.ics\"\n"),
        ),
        ("broken.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270309\nSUMMARY:Only\n"),
        ("four.toml", &project("MW", "2027-03-31", "date = 2027-03-30\n[office]\ncalendar = \"none.ics\"\n")),
        ("none.ics", &ics(&[])),
    ]);
    let run =
        |file: &str| desk.run(&format!("schedule {file} --as-of 2026-01-01 --explain --policy ilo-2005"));
    let (code, text, told) = run("one.toml");
    assert!(
        code == Some(0)
            && text.contains("earlier or later: Eid al-Fitr (2026-03-20, 2027-03-09, 2028-02-26);"),
        "{text}{told}"
    );
    assert!(
        text.contains("not in the calendar: days off that the government declares at short notice"),
        "{text}"
    );
    let (_, text, _) = run("two.toml");
    assert!(text.contains("days.ics are listed from 2024-01-01 to 2024-12-31"), "{text}");
    let (code, text, told) = run("three.toml");
    assert!(code == Some(2) && told.contains("ends in the middle"), "{text}{told}");
    assert!(text.contains("`broken.ics` could not be read") && !text.contains("Only"), "{text}");
    let (_, text, _) = run("four.toml");
    assert!(text.contains("none.ics names no days off"), "{text}");
}

#[test]
fn a_broken_calendar_of_an_office_is_an_error_and_gives_no_days() {
    let damaged = ics(&["DTSTART;VALUE=DATE:20260201", "DTSTART;VALUE=DATE:20260301|RRULE:FREQ=HOURLY"]);
    let (calendar, told) = office("days.ics", damaged.as_bytes());
    assert!(calendar.is_none() && told.iter().any(|one| one.severity == Severity::Error), "{told:?}");
}

#[test]
fn to_dos_are_due_on_the_day_after_their_last() {
    let desk = Desk::with(&[("one.toml", &project("ZA", "2027-03-31", "date = 2027-03-30\n"))]);
    let (code, _, told) =
        desk.run("schedule one.toml --todos --as-of 2026-01-01 --policy ilo-2005 -o ics=feed.ics");
    assert_eq!(code, Some(0), "{told}");
    let feed = desk.text("feed.ics");
    let (mut pairs, mut of_one_day) = (0, 0);
    for entry in feed.split("BEGIN:VTODO").skip(1) {
        let value = |name: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(name)).expect("it is there");
            chrono::NaiveDate::parse_from_str(line, "%Y%m%d").expect("a day")
        };
        let (start, due) = (value("DTSTART;VALUE=DATE:"), value("DUE;VALUE=DATE:"));
        assert!(start < due, "{entry}");
        of_one_day += usize::from(start.succ_opt() == Some(due));
        pairs += 1;
    }
    assert!(pairs > 5 && of_one_day > 0, "{pairs} to-dos, {of_one_day} of one day");
}
