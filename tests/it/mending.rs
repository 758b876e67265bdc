//! Mending: whatever the definition, `--fix` changes nothing that a person must decide, closes what it says, and then has nothing
//! left to do; on disk it is shown first, and written whole or not at all.

use crate::repair::{SHIPPED, definitions, read, verdicts};
use evalplan::assess::{Choice, assess};
use evalplan::checks::Verdict;
use evalplan::fix::{Basis, Mended, Reach, mend};
use evalplan::model::{Date, Definition, KeyId, Record, Table, key};
use evalplan::model::{written_definition, written_value};
use evalplan::schedule::{Habits, Planner, Processes, calendar::Calendars};
use evalplan::source::{Sources, shipped_rule_file, shipped_rules};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static PLANNER: LazyLock<Planner> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let processes: Vec<_> =
        shipped_rules("processes").into_iter().map(|(path, text)| sources.add(path, text)).collect();
    let habits =
        sources.add("rules/planning.toml", shipped_rule_file("planning.toml").expect("it is shipped"));
    Planner {
        processes: Processes::load(&processes, &sources).value,
        calendars: Calendars::default(),
        habits: Habits::load(habits, &sources).value.expect("it is sound"),
    }
});

fn day(text: &str) -> Date {
    text.parse().expect("it is a day")
}

pub(crate) fn mended(text: &str, as_of: &str, reach: Reach) -> Mended {
    let definition = read(text).unwrap_or_else(|| panic!("it cannot be read:\n{text}"));
    let basis =
        Basis { catalog: &SHIPPED.0, choice: &Choice::default(), planner: &PLANNER, as_of: day(as_of) };
    mend(basis, &definition, &definition, text, reach)
}

pub(crate) fn assessed(
    definition: &Definition,
    as_of: &str,
) -> std::collections::BTreeMap<std::sync::Arc<str>, Verdict> {
    verdicts(&assess(&SHIPPED.0, definition, day(as_of), &Choice::default()).expect("the packs are there"))
}

/// The keys of an element, as they are written.
fn keys(record: &Record, table: Table) -> Vec<(KeyId, String)> {
    let keys = table.spec().keys.iter().filter_map(|key| table.key(key.name));
    keys.filter_map(|key| Some((key, written_value(key, record.get(key)?)))).collect()
}

/// Holds a text to the laws of mending.
fn lawful(text: &str, as_of: &str, reach: Reach) -> Result<Mended, String> {
    let done = mended(text, as_of, reach);
    let after = read(&done.text).ok_or_else(|| format!("the mended text cannot be read:\n{}", done.text))?;
    let before = read(text).ok_or("it cannot be read")?;
    let (verdicts_before, verdicts_after) = (assessed(&before, as_of), assessed(&after, as_of));
    for rule in done.mends.iter().flat_map(|one| &one.rules) {
        if verdicts_after.get(rule) != Some(&Verdict::Met) {
            return Err(format!(
                "{rule} is {:?} after it was closed:\n{}",
                verdicts_after.get(rule),
                done.text
            ));
        }
    }
    let gaps = |verdicts: &std::collections::BTreeMap<_, Verdict>| {
        verdicts.values().filter(|one| **one == Verdict::Gap).count()
    };
    if gaps(&verdicts_after) > gaps(&verdicts_before) {
        return Err(format!("there are more gaps than before:\n{}", done.text));
    }
    let again = mended(&done.text, as_of, reach);
    if again.text != done.text || !again.mends.is_empty() {
        return Err(format!("a second run changes more: {:?}\n{}", again.mends, done.text));
    }
    if reach == Reach::Safe {
        decides_nothing(&before, &after)?;
        keeps_every_line(text, &done.text)?;
    }
    Ok(done)
}

/// What was there says the same, and an evaluation that was added has its name, its timing and its day.
fn decides_nothing(before: &Definition, after: &Definition) -> Result<(), String> {
    let known = before.rows(Table::Evaluation).len();
    for new in &after.rows(Table::Evaluation)[known..] {
        let names: Vec<KeyId> = keys(new, Table::Evaluation).into_iter().map(|(key, _)| key).collect();
        if names != [key::evaluation::ID, key::evaluation::TIMING, key::evaluation::DATE] {
            return Err(format!("an evaluation was added with {names:?}"));
        }
    }
    let mut rest = after.clone();
    rest.rows_mut(Table::Evaluation).truncate(known);
    let (one, other) = (written_definition(before), written_definition(&rest));
    if one == other { Ok(()) } else { Err(format!("something else was changed:\n{one}\n{other}")) }
}

/// Lines move, and none is lost or changed; lists in brackets grow in their line.
fn keeps_every_line(before: &str, after: &str) -> Result<(), String> {
    let mut left: Vec<&str> = after.lines().collect();
    for line in before.lines().filter(|line| !line.contains('{') && *line != "evaluation = []") {
        let place = left
            .iter()
            .position(|other| *other == line)
            .ok_or_else(|| format!("the line `{line}` is gone:\n{after}"))?;
        left.swap_remove(place);
    }
    let mixed = |text: &str| text.contains("\r\n") && text.replace("\r\n", "").contains('\n');
    if mixed(after) && !mixed(before) {
        return Err(format!("line ends are mixed:\n{after:?}"));
    }
    Ok(())
}

proptest! {
    // Each case searches for repairs several times, which takes a second where the code is not optimized.
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn mending_decides_nothing_and_closes_what_it_says(text in definitions(), as_of in prop::sample::select(vec!["2003-01-01", "2009-06-01", "2020-01-01"])) {
        if let Err(broken) = lawful(&text, as_of, Reach::Safe) {
            prop_assert!(false, "{}\n--- of\n{}", broken, text);
        }
    }

    #[test]
    fn what_a_person_should_decide_is_done_only_where_it_closes_gaps(text in definitions()) {
        if let Err(broken) = lawful(&text, "2003-01-01", Reach::Unsafe) {
            prop_assert!(false, "{}\n--- of\n{}", broken, text);
        }
    }
}

#[test]
fn the_fixtures_and_the_projects_are_mended_lawfully() {
    let mut closed = 0;
    for folder in ["tests/fix", "projects"] {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("it is there");
        let paths = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
        for path in paths {
            let text = fs::read_to_string(&path).expect("it can be read");
            for reach in [Reach::Safe, Reach::Unsafe].into_iter().filter(|_| read(&text).is_some()) {
                let done = lawful(&text, "2014-02-01", reach)
                    .unwrap_or_else(|broken| panic!("{}: {broken}", path.display()));
                closed += done.mends.iter().map(|one| one.rules.len()).sum::<usize>();
            }
        }
    }
    assert!(closed > 10, "{closed}");
}

#[test]
fn keys_are_put_in_order_whatever_the_ends_of_their_lines() {
    let keys = ["end = 2014-12-31 # letter of May", "start = 2014-01-01", "title = \"x\""];
    let mut sorted = 0;
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for ends in 0_u8..16 {
            let end = |place: usize| if ends & (1 << place) == 0 { "\n" } else { "\r\n" };
            let last = if ends & 8 == 0 { "" } else { end(2) };
            let lines = order.map(|place| keys[place]);
            let text = format!(
                "format = 1\n[project]\n{}{}{}{}{}{last}",
                lines[0],
                end(0),
                lines[1],
                end(1),
                lines[2]
            );
            let done = lawful(&text, "2015-06-01", Reach::Safe)
                .unwrap_or_else(|broken| panic!("{broken}\n--- of\n{text:?}"));
            assert_eq!(done.text.ends_with('\n'), text.ends_with('\n'), "{text:?}");
            sorted += usize::from(done.text != text);
        }
    }
    assert_eq!(sorted, 5 * 16, "all but those that are in order");
}

#[test]
fn a_comment_that_may_be_about_several_keys_keeps_them_where_they_are() {
    let ordered = |lines: &str| {
        let text = format!("format = 1\n[project]\n{lines}");
        let done = lawful(&text, "2015-06-01", Reach::Safe)
            .unwrap_or_else(|broken| panic!("{broken}\n--- of\n{text}"));
        done.text != text
    };
    let (end, start) = ("end = 2014-12-31\n", "start = 2014-01-01\n");
    assert!(!ordered(&format!("# as agreed:\n{end}{start}")));
    assert!(
        !ordered(&format!("title = \"x\"\ncountries = [\"MW\"]\n# as agreed:\n{end}{start}")),
        "also in the middle"
    );
    assert!(
        !ordered(&format!("# as agreed:\n{end}{start}# so far\ntitle = \"x\"\n")),
        "also where another one follows"
    );
    let licence = format!("# the licence\nopen = []\n# the form\nformat = 1\n[project]\n{start}{end}");
    let dotted = format!(
        "open = []\nproject.kind = \"project\"\n\n# all below\nformat = 1\nproject.{start}project.{end}"
    );
    for text in [licence, dotted] {
        assert!(
            mended(&text, "2015-06-01", Reach::Safe).text.starts_with(&text),
            "what stands above all tables may be about the file:\n{text}"
        );
    }
    assert!(ordered(&format!("{end}# the first day\n{start}")), "it goes with its key");
    assert!(ordered(&format!("# the last day\n{end}# the first day\n{start}")));
}

#[test]
fn the_shipped_definitions_have_their_keys_in_order() {
    let projects =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("projects")).expect("they are there");
    for path in projects.flatten().map(|entry| entry.path()) {
        let text = fs::read_to_string(&path).expect("it can be read");
        let done = mended(&text, "2026-11-22", Reach::Safe);
        let ordered: Vec<&str> = done
            .mends
            .iter()
            .map(|one| one.said.as_str())
            .filter(|said| said.starts_with("puts the keys"))
            .collect();
        assert!(ordered.is_empty(), "{}: {ordered:?}", path.display());
    }
}
