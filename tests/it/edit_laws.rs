//! A text of TOML edited by key path: whatever way it is written, exactly one value changes, and no line that is not touched.

use evalplan::source::apply_edits;
use evalplan::toml::{Change, EditError, Entry, KeyPath, Note, Step, Value, apply, edits};
use proptest::prelude::*;
use similar::{ChangeTag, TextDiff};
use std::fs;
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Ways in which tables, lists and values are written, each with keys of its own.
const TOP: &[&str] = &[
    "a1 = 1 # one\n",
    "a2.x = \"x\"\na2.y.z = 2 # deep\n",
    "a3 = { x = 1, \"y z\" = [1, 2], w = {} }\n",
    "# above\na4 = [\n    \"x\", # first\n    \"y\" # last\n] # behind\n",
    "a5 = [{ n = 1 }, { n = 2, m.k = 3 }]\n",
    "a6 = []\n",
    "\n  a7 = '''\nlines\n  more'''\n",
    "a8 = [\n  1\n  , 2\n  ,\n]\n",
    "a9 = { d.e = 1, d.f = 2 }\n",
];

const SECTIONS: &[&str] = &[
    "[b1] # header\nx = 1\n# inside\ny = 2014-01-02\n# below\n",
    "\n  [b2]\n  x = \"a\"  # note\n\n",
    "[[b3]]\nx = 1\n\n[[b3]]\nx = 2\n  [b3.sub]\n  y = 3\n\n[[b3]]\n",
    "# about b4\n[b4.deep]\nx = 1\n[b4.other]\nx = 2\n",
    "[[b5.list]]\nn = \"one\"\n# about two\n[[b5.list]]\nn = \"two\"\n",
    "[b6]\n",
    "[b7]\nx.y = 1\nx.z = 2\nlist = [ 1,2 ,3 ]\n",
    "[\"b 8\"]\n'x.y' = true\n[[\"b 8\".in]]\nk = {}\n",
    "[[b9]]\n[[b9.in]]\nx = 1\n[[b9.in]]\nx = 2\n[[b9]]\nx = 3\n",
];

fn tree(text: &str) -> toml::Table {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

/// A text from some of the ways to write, with its line ends, its mark, and with or without an end of its last line.
fn texts() -> impl Strategy<Value = String> {
    let some = |of: &'static [&'static str]| prop::sample::subsequence(of, 0..=of.len()).prop_shuffle();
    (some(TOP), some(SECTIONS), any::<[bool; 3]>()).prop_map(|(top, sections, [windows, mark, unended])| {
        let mut text = [top, sections].concat().concat();
        if unended {
            text.truncate(text.trim_end().len());
        }
        if windows {
            text = text.replace('\n', "\r\n");
        }
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

/// Everything that a text holds: its path, and where it stands.
fn places(text: &str) -> Vec<(KeyPath, Range<usize>)> {
    fn visit(path: &KeyPath, value: &DeValue<'_>, found: &mut Vec<(KeyPath, Range<usize>)>) {
        match value {
            DeValue::Table(table) => inside(path, table, found),
            DeValue::Array(items) => {
                for (item, number) in items.iter().zip(0..) {
                    found.push((path.clone().element(number), item.span()));
                    visit(&path.clone().element(number), item.get_ref(), found);
                }
            }
            _ => {}
        }
    }
    fn inside(path: &KeyPath, table: &DeTable<'_>, found: &mut Vec<(KeyPath, Range<usize>)>) {
        for (name, value) in table {
            let path = path.clone().key(name.get_ref().to_string());
            found.push((path.clone(), value.span()));
            visit(&path, value.get_ref(), found);
        }
    }
    let root = DeTable::parse(text).expect("it is TOML");
    let mut found = Vec::new();
    inside(&KeyPath::top(), root.get_ref(), &mut found);
    found
}

fn at<'t>(tree: &'t toml::Value, path: &[Step]) -> &'t toml::Value {
    path.iter().fold(tree, |value, step| match step {
        Step::Key(name) => &value[name.as_str()],
        Step::Element(number) => &value[*number],
    })
}

fn at_mut<'t>(tree: &'t mut toml::Value, path: &[Step]) -> &'t mut toml::Value {
    path.iter().fold(tree, |value, step| match step {
        Step::Key(name) => &mut value[name.as_str()],
        Step::Element(number) => &mut value[*number],
    })
}

/// Takes a value out of a tree.
fn take(tree: &mut toml::Value, path: &[Step]) {
    let (last, above) = path.split_last().expect("it is not the top");
    match (at_mut(tree, above), last) {
        (toml::Value::Table(table), Step::Key(name)) => drop(table.remove(name)),
        (toml::Value::Array(items), Step::Element(number)) => drop(items.remove(*number)),
        (other, step) => panic!("{step:?} of {other:?}"),
    }
}

/// Without tables and lists that hold nothing: where only keys with dots or headers made them, they go with the last of these.
fn pruned(value: &toml::Value) -> Option<toml::Value> {
    match value {
        toml::Value::Table(table) => {
            let kept = table.iter().filter_map(|(key, value)| Some((key.clone(), pruned(value)?)));
            let kept: toml::Table = kept.collect();
            (!kept.is_empty()).then_some(toml::Value::Table(kept))
        }
        toml::Value::Array(items) if items.is_empty() => None,
        // An element counts, whatever it holds.
        toml::Value::Array(items) => {
            let empty = || toml::Value::Table(toml::Table::new());
            Some(toml::Value::Array(items.iter().map(|item| pruned(item).unwrap_or_else(empty)).collect()))
        }
        other => Some(other.clone()),
    }
}

/// The lines that are gone, by their numbers, and those that are new.
fn lines(before: &str, after: &str) -> (Vec<usize>, Vec<String>) {
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => gone.push(change.old_index().expect("it stood there")),
            ChangeTag::Insert => new.push(change.value().to_owned()),
            ChangeTag::Equal => {}
        }
    }
    (gone, new)
}

/// What every edit keeps: the line ends of the text, its mark, and that the replacements come to the same.
fn sound(text: &str, changes: &[Change]) -> Result<String, TestCaseError> {
    let edited =
        apply(text, changes).map_err(|error| TestCaseError::fail(format!("{error}: {changes:?}")))?;
    let edits = edits(text, changes).expect("they were applied");
    prop_assert_eq!(apply_edits(text, &edits), edited.as_str());
    prop_assert_eq!(edited.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
    let mixed = |text: &str| text.replace("\r\n", "").contains('\n');
    if text.contains("\r\n") && !mixed(text) {
        prop_assert!(!mixed(&edited), "{:?}", edited);
    }
    Ok(edited)
}

/// The lines of a place of a text.
fn lines_of(text: &str, place: &Range<usize>) -> Range<usize> {
    let line = |at: usize| text[..at].matches('\n').count();
    line(place.start)..line(place.end.max(place.start + 1) - 1) + 1
}

fn set_and_set_back(text: &str, path: &KeyPath, place: &Range<usize>) -> Result<(), TestCaseError> {
    let edited = match apply(text, &[Change::set(path.clone(), "new")]) {
        // Tables and lists of tables under headers are no single value.
        Err(EditError::NotOneValue(_)) => return Ok(()),
        _ => sound(text, &[Change::set(path.clone(), "new")])?,
    };
    let mut expected = toml::Value::Table(tree(text));
    *at_mut(&mut expected, path.steps()) = toml::Value::String("new".to_owned());
    prop_assert_eq!(&toml::Value::Table(tree(&edited)), &expected, "{} in\n{}\nis\n{}", path, text, edited);
    let (gone, new) = lines(text, &edited);
    let own = lines_of(text, place);
    prop_assert!(
        gone.iter().all(|line| own.contains(line)) && new.len() == 1,
        "{} in\n{}\nis\n{}",
        path,
        text,
        edited
    );
    let back = Change::set(path.clone(), Value::Spelt(text[place.clone()].to_owned()));
    prop_assert_eq!(sound(&edited, &[back])?, text);
    Ok(())
}

fn remove(text: &str, path: &KeyPath) -> Result<(), TestCaseError> {
    let edited = sound(text, &[Change::Remove { path: path.clone() }])?;
    let mut expected = toml::Value::Table(tree(text));
    take(&mut expected, path.steps());
    let edited_tree = toml::Value::Table(tree(&edited));
    prop_assert_eq!(pruned(&edited_tree), pruned(&expected), "{} in\n{}\nis\n{}", path, text, edited);
    // What is new is only what is left of a line of which a part went.
    let (gone, new) = lines(text, &edited);
    prop_assert!(new.len() <= gone.len(), "{} in\n{}\nis\n{}", path, text, edited);
    let again = apply(&edited, &[Change::Remove { path: path.clone() }]);
    let last = matches!(path.steps().last(), Some(Step::Key(_)));
    prop_assert!(!last || again.is_err(), "{} in\n{}", path, edited);
    Ok(())
}

/// A key more in a table, whatever way that is written.
fn add_key(text: &str, table: &KeyPath, names: &[&str]) -> Result<(), TestCaseError> {
    let path = names.iter().fold(table.clone(), |path, name| path.key(*name));
    let edited = sound(text, &[Change::set(path.clone(), "new")])?;
    let mut expected = toml::Value::Table(tree(text));
    let mut inner = toml::Value::String("new".to_owned());
    for name in names.iter().skip(1).rev() {
        inner = toml::Value::Table([((*name).to_owned(), inner)].into_iter().collect());
    }
    let holder = at_mut(&mut expected, table.steps());
    holder.as_table_mut().expect("it is a table").insert(names[0].to_owned(), inner);
    prop_assert_eq!(&toml::Value::Table(tree(&edited)), &expected, "{} in\n{}\nis\n{}", path, text, edited);
    let removed = apply(&edited, &[Change::Remove { path }]).expect("it is there");
    prop_assert_eq!(pruned(&toml::Value::Table(tree(&removed))), pruned(&toml::Value::Table(tree(text))));
    Ok(())
}

/// An element more in a list, whatever way that is written.
fn add_element(text: &str, list: &KeyPath) -> Result<(), TestCaseError> {
    let element = Value::Table(vec![Entry::new("n", "new"), Entry::new("m", Value::Boolean(true))]);
    let edited = sound(text, &[Change::Add { list: list.clone(), element }])?;
    let mut expected = toml::Value::Table(tree(text));
    let new = [("n".to_owned(), "new".into()), ("m".to_owned(), true.into())];
    let items = at_mut(&mut expected, list.steps()).as_array_mut().expect("it is a list");
    items.push(toml::Value::Table(new.into_iter().collect()));
    prop_assert_eq!(&toml::Value::Table(tree(&edited)), &expected, "{} in\n{}\nis\n{}", list, text, edited);
    // Beside the line of the last element, nothing is gone.
    let (gone, _) = lines(text, &edited);
    prop_assert!(gone.len() <= 1, "{} in\n{}\nis\n{}", list, text, edited);
    Ok(())
}

/// Every change at every place of a text.
fn lawful(text: &str) -> Result<(), TestCaseError> {
    let whole = toml::Value::Table(tree(text));
    add_key(text, &KeyPath::top(), &["new"])?;
    add_key(text, &KeyPath::top(), &["new", "in it", "deep"])?;
    for (path, place) in places(text) {
        match at(&whole, path.steps()) {
            toml::Value::Table(_) => {
                add_key(text, &path, &["new"])?;
                add_key(text, &path, &["new", "in it"])?;
            }
            toml::Value::Array(_) => add_element(text, &path)?,
            _ => {}
        }
        set_and_set_back(text, &path, &place)?;
        remove(text, &path)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_way_a_text_is_written_exactly_one_value_changes(text in texts()) {
        lawful(&text)?;
    }

    #[test]
    fn changes_one_after_another_come_to_the_same_as_together(text in texts(), picks in prop::collection::vec((any::<prop::sample::Index>(), 0u8..3), 1..5)) {
        let (mut now, mut changes) = (text.clone(), Vec::new());
        for (pick, kind) in picks {
            let places = places(&now);
            let path = if places.is_empty() { KeyPath::top().key("new") } else { pick.get(&places).0.clone() };
            let change = match kind {
                0 => Change::set(path, "other"),
                1 => Change::Remove { path },
                _ => Change::Add { list: path, element: Value::Table(vec![Entry::new("n", "x")]) },
            };
            if let Ok(edited) = apply(&now, std::slice::from_ref(&change)) {
                now = edited;
                changes.push(change);
            }
        }
        // One after another, each takes the line ends from what the others have left, which may be none.
        let plain = |text: &str| text.replace("\r\n", "\n");
        prop_assert_eq!(plain(&sound(&text, &changes)?), plain(&now));
        prop_assert_eq!(apply(&text, &changes).expect("they were applied"), sound(&text, &changes)?);
    }

    #[test]
    fn no_text_and_no_path_makes_it_stumble(text in "[\\[\\]{}=,.#'\"\\\\ \na-c1é]{0,40}", steps in prop::collection::vec(prop_oneof!["[a-c]".prop_map(Step::Key), (0usize..3).prop_map(Step::Element)], 0..4), spelt in "[\\[\\]{}=,.#'\" \na-c1]{0,8}") {
        let path = KeyPath::from(steps);
        for change in [
            Change::set(path.clone(), "x"),
            Change::set(path.clone(), Value::Spelt(spelt)),
            Change::Add { list: path.clone(), element: "x".into() },
            Change::Remove { path },
        ] {
            if let Ok(edited) = apply(&text, &[change]) {
                tree(&edited);
            }
        }
    }
}

#[test]
fn every_valid_definition_is_edited_lawfully() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["projects", "tests/import/toml/valid", "tests/fix"] {
        for entry in fs::read_dir(root.join(folder)).expect("it is there").flatten() {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            if entry.path().extension().is_none_or(|ending| ending != "toml")
                || DeTable::parse(&text).is_err()
            {
                continue;
            }
            if let Err(broken) = lawful(&text) {
                panic!("{}: {broken}", entry.path().display());
            }
            count += 1;
        }
    }
    assert!(count > 60, "{count} definitions were edited");
}

#[test]
fn a_note_stands_behind_its_value_or_in_its_place() {
    let note = |instead: &str| Some(Note { comment: "why\nso".to_owned(), instead: instead.into() });
    let set = |key: &str| Change::Set {
        path: KeyPath::top().key("t").key(key),
        value: Value::Boolean(true),
        note: note("?"),
    };
    let text = "[t]\na = 1\nb = 2 # taken\n";
    let edited = apply(text, &[set("a"), set("b"), set("c")]).expect("it fits");
    assert_eq!(edited, "[t]\na = true   # why so\nb = \"?\" # taken\nc = true   # why so\n");
    assert_eq!(apply("t = { a = 1 }\n", &[set("c")]).expect("it fits"), "t = { a = 1, c = \"?\" }\n");
}

#[test]
fn a_list_on_several_lines_grows_by_lines() {
    let text = "l = [\r\n\t\"a\", # first\r\n\t'b' # second\r\n] # end\r\n";
    let list = |items: &[&str]| Value::List(items.iter().map(|item| (*item).into()).collect());
    let set =
        |items: &[&str]| apply(text, &[Change::set(KeyPath::top().key("l"), list(items))]).expect("it fits");
    assert_eq!(
        set(&["a", "b", "c"]),
        "l = [\r\n\t\"a\", # first\r\n\t'b', # second\r\n\t\"c\",\r\n] # end\r\n"
    );
    assert_eq!(set(&["b", "a"]), "l = [\"b\", \"a\"] # end\r\n");
}

#[test]
fn a_table_that_is_not_there_begins_behind_what_it_belongs_to() {
    let day = |text: &str| Value::Day(text.parse().expect("it is a day"));
    let changes = [
        Change::set(KeyPath::top().key("e").element(0).key("own").key("x"), day("2014-01-02")),
        Change::Add { list: KeyPath::top().key("w"), element: Value::Table(vec![Entry::new("y", "z")]) },
    ];
    let text = "[[e]]\na = 1\n\n[[e]]\na = 2\n";
    let expected = "[[e]]\na = 1\n\n[e.own]\nx = 2014-01-02\n\n[[e]]\na = 2\n\n[[w]]\ny = \"z\"\n";
    assert_eq!(apply(text, &changes).expect("it fits"), expected);
}

#[test]
fn what_has_no_place_is_refused_with_the_path() {
    let top = KeyPath::top;
    let text = "a = 1\n[t]\n[[l]]\n";
    let refused = |change: Change| apply(text, &[change]).expect_err("it has no place").to_string();
    assert_eq!(refused(Change::set(top().key("a").key("b"), "x")), "`a` is not a table");
    assert_eq!(refused(Change::set(top().key("l").element(1).key("b"), "x")), "there is no `l[1].b`");
    assert_eq!(
        refused(Change::set(top().key("t"), "x")),
        "`t` is a table of several lines, which a single value cannot replace"
    );
    assert_eq!(refused(Change::Add { list: top().key("t"), element: "x".into() }), "`t` is not a list");
    assert_eq!(refused(Change::Remove { path: top().key("b") }), "there is no `b`");
    assert_eq!(
        refused(Change::set(top().key("a"), Value::Spelt("1\nb = 2".into()))),
        "`1\nb = 2` is not one value of TOML"
    );
    assert_eq!(apply("a = \n", &[Change::set(top().key("a"), "x")]), Err(EditError::Unreadable));
}

#[test]
fn line_ends_stay_what_they_were_where_nothing_is_left_of_them() {
    let changes = [
        Change::Remove { path: KeyPath::top().key("a") },
        Change::Add { list: KeyPath::top().key("l"), element: Value::Table(vec![Entry::new("n", "x")]) },
    ];
    assert_eq!(apply("a = 1\r\n", &changes).expect("they fit"), "\r\n[[l]]\r\nn = \"x\"\r\n");
}
