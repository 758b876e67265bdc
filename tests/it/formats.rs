//! Every format shows what strangers wrote as text: the skeleton of the output does not hang on it.

use evalplan::assess::{Choice, assess};
use evalplan::diag::Diagnostic;
use evalplan::engine::Assessed;
use evalplan::import;
use evalplan::model::{Definition, Table, Value, key};
use evalplan::policy::Catalog;
use evalplan::report::{
    Canvas, DefinitionView, Detail, FORMATS, FileView, Format, Headings, Material, Separator, Subject, View,
    Wishes, format_named,
};
use evalplan::schedule::plan;
use evalplan::source::{Sources, Span};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Pieces that mean something to a browser, a shell of a CI service, a spreadsheet, a renderer of Markdown or a terminal.
const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "</td></tr></table>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;",
    "&#60;",
    "\" onload=\"x",
    "' x='",
    "=cmd()",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "::error::x",
    "::set-output name=a::b",
    "##[error]x",
    "%0A::error::",
    "\r\n",
    "\n",
    "\n\n# head",
    "|",
    "\\|",
    "`",
    "``",
    "```",
    "](https://evil.example)",
    "[x](javascript:alert(1))",
    "https://evil.example",
    "www.evil.example",
    "a@evil.example",
    "*",
    "_",
    "~~",
    "$x$",
    "{{ title }}",
    "{% raw %}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{1b}[31m",
    "\u{7}",
    "\u{0}",
    "\u{85}",
    "\u{fffe}",
    "\u{2028}",
    "'",
    ",",
    ";",
    "\"",
    "1. ",
    "- ",
    "> ",
    "# ",
    "+ ",
];

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(Catalog::shipped)
}

/// A definition in which every rule but one is a gap, and that one is waived.
pub(crate) const TAME: &str = r#"format = 1
project.title = "T"
project.code = "C"
project.start = 2014-01-01
project.end = 2015-12-31
project.themes = ["t"]
budget.total = "USD 480000"
[[donor]]
name = "D"
[[party]]
name = "P"
group = "workers"
stages = []
[[evaluation]]
id = "E"
timing = "final"
independence = "self"
participants = ["government", "p"]
[[waiver]]
rule = "mid-term-evaluation"
reason = "R"
granted-by = "G"
authority = "A"
granted = 2014-01-01
expires = 2026-12-31
[office]
name = "O"
"#;

/// Draws every format of a definition that has one text more in every value, in its path and in a mistake.
pub(crate) fn drawn(text: &str, more: &str) -> Vec<(&'static Format, Vec<u8>)> {
    drawn_as(text, more, Separator::Comma)
}

/// The same; with another separator than the comma only the tables that it changes.
fn drawn_as(text: &str, more: &str, separator: Separator) -> Vec<(&'static Format, Vec<u8>)> {
    let mut sources = Sources::default();
    let loaded = import::toml::read(
        &mut sources,
        &format!("projects/a b{more}.toml"),
        text.as_bytes(),
        &catalog().lexicon,
    );
    let mut diagnostics = loaded.diagnostics;
    let mut definition = loaded.value.expect("the text is UTF-8");
    if !more.is_empty() {
        spread(&mut definition, more);
    }
    diagnostics.push(
        Diagnostic::error(definition.source, Span::new(0..6), format!("M{more}")).hint(format!("H{more}")),
    );
    let as_of = "2016-02-01".parse().expect("this is a day");
    let catalog = catalog();
    let assessment = assess(catalog, &definition, as_of, &Choice::default()).expect("no pack is named");
    let schedule = plan(&assessment);
    let assessed = Assessed { assessment, schedule, listings: Vec::new() };
    let material = Material { sources: &sources, catalog, as_of, detail: Detail::Whole };
    let mut file = FileView::broken(&diagnostics, &sources);
    file.definition = Some(DefinitionView::of(material, &Headings::shipped(), &assessed));
    let view = View::of(as_of, vec![FileView::default(), file], catalog);
    let wishes = Wishes { reasons: true, ..Wishes::default() };
    let canvas = Canvas { include_waived: true, separator, wishes, ..Canvas::new(&view, &sources, catalog) };
    FORMATS
        .iter()
        .filter(|format| separator == Separator::Comma || format.id == "csv")
        .map(|format| {
            (format, format.draw(&canvas).expect("the templates that came with the tool name what there is"))
        })
        .collect()
}

/// Puts a text behind every text of a definition, whatever the reader would have said of it.
fn spread(definition: &mut Definition, more: &str) {
    for table in Table::ALL.iter().filter(|table| **table != Table::Rate) {
        for row in definition.rows_mut(*table) {
            for key in table.spec().keys.iter().filter_map(|key| table.key(key.name)) {
                let longer = match row.get(key) {
                    Some(Value::Text(text)) if key != key::waiver::RULE => {
                        Value::Text(format!("{text}{more}").into())
                    }
                    Some(Value::Texts(texts)) => {
                        Value::Texts(texts.iter().map(|text| format!("{text}{more}").into()).collect())
                    }
                    _ => continue,
                };
                let span = row.span(key);
                row.set(key, Some(longer), span);
            }
        }
    }
}

pub(crate) fn output(outputs: &[(&'static Format, Vec<u8>)], subject: Subject, id: &str) -> String {
    let format = format_named(subject, id).expect("the table of formats has it");
    let (_, bytes) = outputs
        .iter()
        .find(|(one, _)| one.id == format.id && one.subject == subject)
        .expect("every format is drawn");
    String::from_utf8(bytes.clone()).expect("this format is text")
}

/// The tags of a page, without what attributes hold.
fn tags(page: &str) -> Vec<String> {
    let names =
        page.split('<').skip(1).map(|tag| tag.split(['>', ' ']).next().unwrap_or_default().to_owned());
    // Backticks mark code in messages of ours, and may as well in theirs.
    names.filter(|name| !matches!(name.as_str(), "code" | "/code")).collect()
}

/// The number of cells of each line of a document in Markdown that is part of a table, and how each other line begins.
fn shape(document: &str) -> Vec<String> {
    let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    document
        .lines()
        .map(|line| {
            if line.starts_with('|') {
                format!("{} cells", cells(line))
            } else {
                line.chars().take(2).collect()
            }
        })
        .collect()
}

/// The rows of a table with that between its cells: quotes are taken into account.
fn rows(table: &str, between: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut letters) = (false, table.trim_start_matches('\u{feff}').chars().peekable());
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is a row");
        let cell = row.last_mut().expect("there is a cell");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            letter if letter == between && !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    rows
}

/// The sheets of a workbook, as the XML that they are.
fn sheets(outputs: &[(&'static Format, Vec<u8>)]) -> Vec<String> {
    let (_, bytes) = outputs.iter().find(|(format, _)| format.id == "xlsx").expect("every format is drawn");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is an archive");
    let names: Vec<String> = book
        .file_names()
        .flatten()
        .filter(|name| name.contains("worksheets/sheet"))
        .map(std::borrow::Cow::into_owned)
        .collect();
    names
        .iter()
        .map(|name| std::io::read_to_string(book.by_name(name).expect("it is there")).expect("it is text"))
        .collect()
}

fn check_all(hostile: &str) -> Result<(), TestCaseError> {
    let (tame, wild) = (drawn(TAME, ""), drawn(TAME, hostile));
    // JSON keeps every text as it is: it is for programs.
    for (format, bytes) in wild.iter().filter(|(format, _)| !matches!(format.id, "json" | "ndjson" | "xlsx"))
    {
        let text = String::from_utf8_lossy(bytes);
        let steering = text.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\r'));
        prop_assert_eq!(steering, None, "{} lets {:?} through", format.id, steering);
    }
    let both = |subject, id| (output(&tame, subject, id), output(&wild, subject, id));
    for subject in [Subject::Check, Subject::Schedule] {
        let (one, two) = both(subject, "ndjson");
        prop_assert_eq!(one.lines().count(), two.lines().count(), "a record is one line");
    }
    let (one, two) = both(Subject::Report, "html");
    prop_assert_eq!(tags(&one), tags(&two));
    for (subject, id) in [(Subject::Report, "markdown"), (Subject::Check, "markdown")] {
        let (one, two) = both(subject, id);
        prop_assert_eq!(shape(&one), shape(&two));
        let words: String =
            two.replace("\\\\", "").replace("\\`", "").replace("\\]", "").split('`').step_by(2).collect();
        prop_assert!(!words.contains('<') && !words.contains("](") && !words.contains("://"), "{}", two);
    }
    let (one, two) = both(Subject::Check, "github");
    prop_assert_eq!(one.lines().count(), two.lines().count());
    let commands = ["::error file=", "::warning file=", "::notice file=", "::notice::`ilo-"];
    let strangers =
        two.lines().filter(|line| !commands.iter().any(|command| line.starts_with(command))).count();
    prop_assert_eq!(strangers, 1, "all lines but the last are commands of ours: {}", two);
    let (one, two) = both(Subject::Check, "concise");
    prop_assert_eq!(one.lines().count(), two.lines().count());
    let (one, two) = both(Subject::Check, "junit");
    prop_assert_eq!(tags(&one), tags(&two));
    for separator in [Separator::Comma, Separator::Semicolon, Separator::Tab] {
        let (tame, wild) = (drawn_as(TAME, "", separator), drawn_as(TAME, hostile, separator));
        for subject in [Subject::Check, Subject::Schedule, Subject::Waivers] {
            let [one, two] =
                [&tame, &wild].map(|outputs| rows(&output(outputs, subject, "csv"), separator.letter()));
            prop_assert_eq!(
                one.iter().map(Vec::len).collect::<Vec<_>>(),
                two.iter().map(Vec::len).collect::<Vec<_>>()
            );
            prop_assert!(one[0].len() > 5, "the separator divides: {:?}", one[0]);
            let formula =
                two.into_iter().flatten().find(|cell| cell.trim_start().starts_with(['=', '+', '-', '@']));
            prop_assert_eq!(formula, None);
        }
    }
    for (one, two) in sheets(&tame).iter().zip(sheets(&wild)) {
        prop_assert_eq!(tags(one), tags(&two));
        prop_assert!(!two.contains("<f>") && !two.contains("<hyperlink"));
    }
    for id in ["json", "sarif", "gitlab"] {
        let parsed = serde_json::from_str::<serde_json::Value>(&output(&wild, Subject::Check, id));
        prop_assert!(parsed.is_ok(), "{id} is not JSON");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn text_of_strangers_stays_text_in_every_format(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..6), any in "\\PC{0,8}") {
        check_all(&format!("{}{any}", pieces.concat()))?;
    }
}

#[test]
fn each_hostile_piece_alone_stays_text_in_every_format() {
    for piece in PIECES {
        if let Err(error) = check_all(piece) {
            panic!("{piece:?}: {error}");
        }
    }
}

#[test]
fn ten_thousand_letters_break_nothing() {
    check_all(&"wide ".repeat(2000)).expect("long text is text");
    check_all(&"x".repeat(10_000)).expect("a long word is text");
}
