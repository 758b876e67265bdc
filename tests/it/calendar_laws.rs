//! Laws of calendars of others, on generated files: no bytes stop the reader, what is refused gives no days, and how a file is folded,
//! ordered and marked changes none.

use crate::calendars::{ics, office};
use evalplan::diag::Severity;
use proptest::prelude::*;

/// The days of a file; `None` where it is refused.
fn days(bytes: &[u8]) -> Option<Vec<(chrono::NaiveDate, String)>> {
    let (calendar, told) = office("days.ics", bytes);
    let refused = told.iter().any(|one| one.severity == Severity::Error);
    assert_eq!(
        calendar.is_none(),
        refused,
        "a calendar is used where nothing is wrong, and then alone: {told:?}"
    );
    Some(calendar?.holidays().iter().map(|one| (one.date, one.name.to_string())).collect())
}

fn date() -> impl Strategy<Value = String> {
    (1950..2060, 1..13, 1..32).prop_map(|(year, month, day)| format!("{year}{month:02}{day:02}"))
}

fn rule() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "(INTERVAL|COUNT)=[1-9][0-9]{0,9}",
        "BYMONTH=(1|2|12|6,7)",
        "BYMONTHDAY=(1|29|31|-1|-31,15)",
        "BYDAY=(MO|FR|TU,TH|1MO|-1FR|5SU|2SA)",
        "BYSETPOS=(1|-1|2|1,-2)",
        "BYWEEKNO=(1|20|53|-1)",
        "BYYEARDAY=(1|60|366|-1|-366)",
        "WKST=(MO|SU|SA)",
        date().prop_map(|day| format!("UNTIL={day}")),
        "[A-Z]{1,8}=[A-Z0-9,é-]{0,6}",
    ];
    ("(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY)", prop::collection::vec(part, 0..4))
        .prop_map(|(every, parts)| format!("FREQ={every};{}", parts.join(";")))
}

fn event() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        date().prop_map(|day| format!("DTSTART;VALUE=DATE:{day}")),
        date().prop_map(|day| format!("DTSTART;VALUE=DATE:{day}")),
        rule().prop_map(|rule| format!("RRULE:{rule}")),
        date().prop_map(|day| format!("DTEND;VALUE=DATE:{day}")),
        "DURATION:P[0-9]{1,20}[DWH]",
        date().prop_map(|day| format!("EXDATE;VALUE=DATE:{day}")),
        date().prop_map(|day| format!("RDATE;VALUE=DATE:{day},{day}")),
        date().prop_map(|day| format!("RECURRENCE-ID;VALUE=DATE:{day}")),
        "UID:[ab]",
        "SEQUENCE:[0-9]{1,22}",
        "STATUS:(CANCELLED|CONFIRMED)",
        "SUMMARY:[a-zé港 ]{0,12}",
        "DESCRIPTION:(Observance|Public holiday)",
        "[A-Z-]{1,9}[;:]?[ -~é]{0,9}",
    ];
    prop::collection::vec(line, 1..7).prop_map(|lines| lines.join("|"))
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(event(), 0..5).prop_map(|events| {
        let events: Vec<&str> = events.iter().map(String::as_str).collect();
        ics(&events)
    })
}

/// A file of sound events, each with an id of its own.
fn sound() -> impl Strategy<Value = Vec<String>> {
    let name = "[a-zé港ß🚢 ]{0,20}";
    let rule = prop_oneof![
        Just(String::new()),
        "\\|RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY);COUNT=[1-9]",
        "\\|RRULE:FREQ=(WEEKLY|MONTHLY|YEARLY)"
    ];
    let event = (0..20_000_i64, name, rule, 1..9).prop_map(|(offset, name, rule, length)| {
        let day = chrono::NaiveDate::default() + chrono::TimeDelta::days(offset);
        format!("DTSTART;VALUE=DATE:{}|DURATION:P{length}D|SUMMARY:{name}{rule}", day.format("%Y%m%d"))
    });
    prop::collection::vec(event, 1..5)
}

/// The bytes with every line folded after so many, wherever that is.
fn folded(bytes: &[u8], width: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let end = line.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(line.len());
        let pieces: Vec<&[u8]> = line[..end].chunks(width).collect();
        out.extend(pieces.join(&b"\r\n "[..]));
        out.extend(&line[end..]);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_file_stops_the_reader_or_is_used_where_something_is_wrong(text in file()) {
        if let Some(days) = days(text.as_bytes()) {
            prop_assert!(days.windows(2).all(|pair| pair[0].0 < pair[1].0), "the days are in order, once each");
        }
    }

    #[test]
    fn no_bytes_stop_it(
        text in file(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
    ) {
        let mut bytes = text.into_bytes();
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        days(&bytes);
    }

    #[test]
    fn a_file_that_ends_too_early_is_refused(events in sound(), cut in any::<prop::sample::Index>()) {
        let events: Vec<&str> = events.iter().map(String::as_str).collect();
        let text = ics(&events);
        let last = text.rfind("END:VCALENDAR").expect("it is there") + "END:VCALENDAR".len();
        prop_assert_eq!(days(&text.as_bytes()[..cut.index(last)]), None);
    }

    #[test]
    fn folds_marks_line_ends_and_the_case_of_names_change_no_day(events in sound(), width in 1..40_usize) {
        let events: Vec<&str> = events.iter().map(String::as_str).collect();
        let text = ics(&events);
        let plain = days(text.as_bytes());
        prop_assert!(plain.is_some(), "{}", text);
        prop_assert_eq!(&days(&folded(text.as_bytes(), width)), &plain);
        prop_assert_eq!(&days(format!("\u{feff}{text}").as_bytes()), &plain);
        prop_assert_eq!(&days(text.replace("\r\n", "\n").as_bytes()), &plain);
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(&days(&wide), &plain);
        let small = text.replace("DTSTART", "dtstart").replace("RRULE:FREQ", "rrule:freq").replace("BEGIN", "begin");
        prop_assert_eq!(&days(small.as_bytes()), &plain);
    }

    #[test]
    fn a_day_that_is_left_out_is_the_only_one_that_is_lost(
        offset in 0..9_000_i64,
        every in prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        place in any::<prop::sample::Index>(),
    ) {
        let start = (chrono::NaiveDate::default() + chrono::TimeDelta::days(offset)).format("%Y%m%d").to_string();
        let event = format!("DTSTART;VALUE=DATE:{start}|SUMMARY:X|RRULE:FREQ={every};COUNT=30");
        let mut whole = days(ics(&[&event]).as_bytes()).expect("it is sound");
        let (left, _) = whole.remove(place.index(whole.len()));
        let left = left.format("%Y%m%d");
        let without = days(ics(&[&format!("{event}|EXDATE;VALUE=DATE:{left}")]).as_bytes());
        prop_assert_eq!(without.as_ref(), Some(&whole));
        let called_off = format!("UID:1|RECURRENCE-ID;VALUE=DATE:{left}|DTSTART;VALUE=DATE:{left}|STATUS:CANCELLED");
        let called_off = days(ics(&[&format!("UID:1|{event}"), &called_off]).as_bytes());
        prop_assert_eq!(called_off.as_ref(), Some(&whole));
    }
}
