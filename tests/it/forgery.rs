//! No line of any output is forged: what definitions, packs, calendars, configurations, names of files and arguments hold behind
//! a line break begins no line, on neither stream, in no command and no format, and no sign of theirs steers what shows it.

use evalplan::diag::Severity;
use evalplan::import;
use evalplan::report::FORMATS;
use evalplan::source::Sources;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// What ends a line for somebody.
const BREAKS: [char; 8] = ['\n', '\r', '\u{b}', '\u{c}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];

/// How a line begins that is forged.
const FORGED: &str = "FORGED";

/// A text that forges a line by every break there is, and clears the terminal.
fn forging() -> String {
    let lines = BREAKS.iter().map(|sign| format!("{sign}{FORGED}"));
    format!(
        "x{}\r\n{FORGED}\n\n  {FORGED}\u{1b}[2J\u{1b}[H{FORGED}\u{8}\u{7f}\u{9b}1m\u{202e}",
        lines.collect::<String>()
    )
}

/// What a text of a definition may hold of it, and what a name may.
const BREAKING: [&str; 2] = [
    "x\nFORGED\rFORGED\r\nFORGED\u{2028}FORGED\u{2029}FORGED\n\n  FORGED",
    "x\u{2028}FORGED\u{2029}FORGED\u{2028}\u{2028}  FORGED",
];

/// A text as TOML has it on one line.
fn quoted(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter if letter.is_control() || BREAKS.contains(&letter) || letter == '\u{202e}' => {
            format!("\\u{:04x}", u32::from(letter))
        }
        letter => letter.to_string(),
    });
    format!("\"{}\"", letters.collect::<String>())
}

/// The values of a table, at any depth, in the order of the text.
fn each_text(table: &mut dyn TableLike, change: &mut impl FnMut(&mut Value)) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Value(value) => each_value(value, change),
            Item::Table(inner) => each_text(inner, change),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|inner| each_text(inner, change)),
            Item::None => {}
        }
    }
}

fn each_value(value: &mut Value, change: &mut impl FnMut(&mut Value)) {
    match value {
        Value::String(_) => change(value),
        Value::Array(list) => list.iter_mut().for_each(|inner| each_value(inner, change)),
        Value::InlineTable(inner) => each_text(inner, change),
        _ => {}
    }
}

/// The text with forging words behind the text number `at`; `None` where there are not so many.
fn forged_at(text: &str, at: usize, forging: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().expect("it is TOML");
    let (mut seen, mut done) = (0, false);
    each_text(document.as_table_mut(), &mut |value| {
        if seen == at && !done {
            let words = format!("{}{}", value.as_str().unwrap_or_default(), forging);
            *value = quoted(&words).parse().expect("it is a text of TOML");
            done = true;
        }
        seen += 1;
    });
    done.then(|| document.to_string())
}

/// A definition with forging words in every text in which it stays sound, and how many those are.
fn hostile(text: &str) -> (String, usize) {
    let sound = |text: &str| {
        let loaded = import::toml::read(
            &mut Sources::default(),
            "a.toml",
            text.as_bytes(),
            &evalplan::lexicon::Lexicon::default(),
        );
        loaded.diagnostics.iter().all(|one| one.severity != Severity::Error)
    };
    assert!(sound(text));
    let (mut text, mut changed) = (text.to_owned(), 0);
    for at in 0.. {
        let tries: Option<Vec<String>> = BREAKING.iter().map(|words| forged_at(&text, at, words)).collect();
        let Some(tries) = tries else { return (text, changed) };
        if let Some(next) = tries.into_iter().find(|next| sound(next)) {
            text = next;
            changed += 1;
        }
    }
    unreachable!("a text has an end")
}

/// The text with forging words behind some of its texts, by the keys that hold them.
fn with_words_at(text: &str, keys: &[&str]) -> String {
    let lines = text.lines().map(|line| match line.split_once(" = \"") {
        Some((key, value)) if keys.contains(&key) => {
            format!("{key} = {}\n", quoted(&format!("{}{}", value.trim_end_matches('"'), forging())))
        }
        _ => format!("{line}\n"),
    });
    lines.collect()
}

struct Desk(tempfile::TempDir);

impl Desk {
    fn put(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("there is room for a folder");
        fs::write(path, text).expect("it can be written");
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
        tool.current_dir(self.0.path()).args(words).stdin(Stdio::null()).output().expect("the tool was built")
    }

    /// Runs the tool and looks at all it says; what it says, without the signs of our own colours.
    fn honest(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.code().is_some(), "{words:?} was stopped");
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("it is text"));
        said.iter().for_each(|said| honest(words, said));
        said.concat()
    }
}

/// No line begins with forging words, and no sign steers anything.
fn honest(words: &[&str], said: &str) {
    // A line of a feed that is too long goes on behind a line end and a space.
    let said = if words.contains(&"ics") { said.replace("\r\n ", "") } else { said.to_owned() };
    let mut before = "";
    for line in said.split(BREAKS) {
        assert!(!line.trim_start().starts_with(FORGED), "{words:?} says: {line} behind {before}");
        before = line;
    }
    let steering =
        |letter: &char| letter.is_control() && !matches!(letter, '\n' | '\r') || *letter == '\u{202e}';
    let found = said.chars().find(steering);
    assert_eq!(
        found,
        None,
        "{words:?} says {:?}",
        found.and_then(|found| said.split('\n').find(|line| line.contains(found)))
    );
    assert!(!said.replace("\r\n", "").contains('\r'), "{words:?} goes back on its line");
}

const COMPLETE: &str = include_str!("../import/toml/valid/complete.toml");
const GAPS: &str = include_str!("../../projects/example-gaps.toml");
const PACK: &str = include_str!("../packs/thin/pack.toml");
const RULE: &str = include_str!("../packs/thin/evaluation-by-length.toml");
const AS_OF: [&str; 2] = ["--as-of", "2015-02-01"];

/// Definitions, packs and calendars that forge lines wherever they can.
fn desk() -> Desk {
    let desk = Desk(tempfile::tempdir().expect("there is room for a folder"));
    let (complete, changed) = hostile(COMPLETE);
    assert!(changed > 60, "most texts of a definition are free: {changed}");
    // Its calendar is named by another definition.
    desk.put(
        "all/complete.toml",
        &complete
            .lines()
            .filter(|line| !line.starts_with("calendar"))
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    let (gaps, _) = hostile(GAPS);
    desk.put(
        "all/gaps.toml",
        &format!("{gaps}calendar = \"days.txt.toml\"\n")
            .replace("[office]\n", &format!("{WAIVER}[office]\n")),
    );
    desk.put(
        "all/days.txt.toml",
        &format!(
            "name = {0}\nsource = {0}\n[[holiday]]\nname = {0}\ndates = [2014-12-31, 2015-12-31]\n",
            words()
        ),
    );
    desk.put(
        "all/broken.toml",
        &format!(
            "format = 1\n{0} = 1\n[project]\ntitle = \"T\"\n{0} = {0}\npolicy = {0}\nstart = {0}\n",
            words()
        ),
    );
    desk.put(
        "packs/mine/pack.toml",
        &with_words_at(PACK, &["title", "issuer", "manual"]).replace("\"thin\"", "\"mine\""),
    );
    let rule = RULE.replace("cite = {", "remedy = \"Plan one.\"\nwhy = \"It is so.\"\ncite = {");
    desk.put(
        "packs/mine/evaluation-by-length.toml",
        &with_words_at(&rule, &["title", "remedy", "why", "name"]),
    );
    let process = include_str!("../../rules/processes/internal.toml");
    desk.put("packs/processes/mine.toml", &with_words_at(process, &["title", "owner"]));
    desk
}

fn words() -> String {
    quoted(&forging())
}

const WAIVER: &str = "[[waiver]]\nrule = \"ilo-2005/mid-term-evaluation\"\nreason = \"r\\nFORGED\"\ngranted-by = \"g\\nFORGED\"\n\
    authority = \"a\\u2028FORGED\"\ngranted = 2014-01-01\nexpires = 2030-12-31\n";

#[test]
fn no_format_shows_a_forged_line() {
    let desk = desk();
    for format in FORMATS.iter().filter(|format| format.id != "xlsx") {
        let command = format.subject.command();
        for path in ["all", "all/gaps.toml"] {
            let words =
                [&[command, path, "--format", format.id, "--rules", "packs", "--packs", "+mine"], &AS_OF[..]]
                    .concat();
            let said = desk.honest(&words);
            assert!(said.contains(FORGED) || format.id == "svg", "{words:?} shows the texts at all: {said}");
        }
    }
}

/// A text without the colours of ours.
fn colourless(said: &str) -> String {
    let mut parts = said.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| match part.split_once('m') {
        Some((colour, rest)) if colour.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') => {
            rest.to_owned()
        }
        _ => format!("\u{1b}[{part}"),
    });
    first + &rest.collect::<String>()
}

#[test]
fn no_line_in_colours_is_forged() {
    let desk = desk();
    for command in ["check", "schedule", "waivers"] {
        let output = desk.run(&[&[command, "all", "--color", "always"], &AS_OF[..]].concat());
        for bytes in [output.stdout, output.stderr] {
            honest(&[command, "in colours"], &colourless(&String::from_utf8(bytes).expect("it is text")));
        }
    }
}

#[test]
fn no_command_shows_a_forged_line() {
    let desk = desk();
    let option = ["--rules", "packs", "--packs", "+mine"];
    let commands = [
        "schedule all/gaps.toml --explain",
        "check all --diff --unsafe-fixes",
        "check all -o text=x.txt --summary -",
        "explain fund-evaluation --definition all/gaps.toml",
        "explain ilo-2005/independent-evaluation --definition all/gaps.toml",
        "explain ilo-2005/independent-evaluation --definition all/complete.toml",
        "check all/gaps.toml --fix --unsafe-fixes",
    ];
    for command in commands {
        let words: Vec<&str> = command.split(' ').chain(option).chain(AS_OF).collect();
        // A patch has the lines of the file itself, each behind a sign of its own; none of them is forged in this file.
        assert!(desk.honest(&words).contains(FORGED), "{words:?} shows the texts at all");
    }
    let more = [
        "waive ilo-2005/evaluation-budget all/gaps.toml --reason r --granted-by n --authority a --expires 2015-12-31",
        "check all/gaps.toml -o text=x.txt --write-baseline -",
        "explain fund-evaluation --rules packs",
        "rules list --rules packs",
        "rules show fund-evaluation --rules packs",
        "rules check --rules packs",
        "rules coverage --rules packs",
        "rules test packs",
        "rules test packs --mutate",
        "rules eval project.title --definition all/complete.toml",
        "rules eval project.title=='x' --definition all/complete.toml",
    ];
    for command in more {
        desk.honest(&command.split(' ').collect::<Vec<_>>());
    }
}

#[test]
fn no_argument_and_no_configuration_forges_a_line() {
    let desk = desk();
    let words = forging().replace('\0', "");
    let with = |command: &[&str]| {
        let said = desk.honest(&[command, &AS_OF[..]].concat());
        assert!(said.contains(FORGED), "{command:?} tells what it was given: {said}");
    };
    with(&["check", &words]);
    with(&["check", "all", "--policy", &words]);
    with(&["check", "all", "--packs", &words]);
    with(&["check", "all", "--rules", &words]);
    with(&["check", "all", "--allow", &words]);
    with(&["check", "all", "--format", &words]);
    with(&["check", "all", "-o", &format!("{words}/x.json")]);
    with(&["check", "all", "-o", &format!("x.{words}")]);
    with(&["check", "all", "--baseline", &words]);
    with(&["schedule", "all", "--evaluation", &words]);
    with(&["schedule", "all", "--check", "-o", &format!("{words}.csv")]);
    with(&["report", "all", "--template", &words]);
    with(&["explain", &words]);
    with(&[
        "waive",
        &words,
        "all/gaps.toml",
        "--reason",
        "r",
        "--granted-by",
        "n",
        "--authority",
        "a",
        "--expires",
        "2015-12-31",
    ]);
    desk.put("known.json", &format!("{{ \"format\": {:?} }}", forging()));
    desk.honest(&["check", "all", "--baseline", "known.json"]);
    for line in ["policy = WORDS", "rules = [WORDS]", "deny = [WORDS]", "WORDS = 1", "fail-on = WORDS"] {
        desk.put("all/evalplan.toml", &format!("{}\n", line.replace("WORDS", &quoted(&forging()))));
        with(&["check", "all"]);
        with(&["check", "all", "--format", "github"]);
    }
}

#[test]
#[cfg(unix)]
fn no_name_of_a_file_forges_a_line() {
    let desk = Desk(tempfile::tempdir().expect("there is room for a folder"));
    let name = format!("{}.toml", forging().replace('/', ""));
    let folder = Path::new("all").join(forging());
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    desk.put(&path(&name), GAPS);
    desk.put(&path("twice.toml"), &GAPS.replace("[project]", "[project]\ncode = \"A\""));
    desk.put(&path("broken.toml"), "format = 1\n[project]\ntitel = \"x\"\n");
    for format in FORMATS.iter().filter(|format| format.id != "xlsx") {
        let command = format.subject.command();
        desk.honest(&[&[command, "all", "--format", format.id], &AS_OF[..]].concat());
    }
    let one = path(&name);
    desk.honest(&[&["check", "all", "--diff"], &AS_OF[..]].concat());
    desk.honest(&[&["explain", "ilo-2005/mid-term-evaluation", "--definition", &one], &AS_OF[..]].concat());
    desk.honest(&[&["check", &one, "--fix"], &AS_OF[..]].concat());
}
