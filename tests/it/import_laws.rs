//! Laws of the reader: on any bytes it neither panics nor points outside the text, and all that it says can be shown.

use crate::repair::SHIPPED;
use evalplan::{
    diag::MAX_DIAGNOSTICS,
    diag::{Diagnostic, Severity},
    import,
    model::Definition,
    report::render_diagnostics,
    source::{Sources, Span},
};
use proptest::prelude::*;

const COMPLETE: &str = include_str!("../import/toml/valid/complete.toml");
const INLINE: &str = include_str!("../import/toml/valid/inline.toml");

/// Pieces that definitions are made of, right and wrong.
const PIECES: &[&str] = &[
    "[project]",
    "[[evaluation]]",
    "[budget",
    "[[party]",
    "]",
    "[",
    "{",
    "}",
    ",",
    "=",
    ".",
    "#",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "title",
    "start",
    "end",
    "id",
    "format",
    "open",
    "rate",
    "evaluation",
    "total",
    "usd",
    "1",
    "2014",
    "2014-06-30",
    "2014-02-30",
    "\"2014-06\"",
    "\"USD 1\"",
    "\"USD 1.200,50\"",
    "true",
    "\"ZA\"",
    "é",
    "港",
    "🚢",
    "\u{202e}",
    "\u{7}",
    "\\",
    "\\e",
    "\u{feff}",
    "\u{2028}",
    "0x",
    "1e9",
    "nan",
    "-",
    "_",
    "é = 1",
];

/// Reads, renders, and holds what was said against the laws.
fn lawful(bytes: &[u8]) -> (Option<Definition>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let loaded = import::toml::read(&mut sources, "projects/law.toml", bytes, &SHIPPED.0.lexicon);
    let again = import::toml::read(&mut Sources::default(), "projects/law.toml", bytes, &SHIPPED.0.lexicon);
    assert!(
        loaded.value.is_some()
            || loaded.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    );
    assert_eq!(loaded.diagnostics, again.diagnostics, "the same bytes give the same mistakes");
    assert!(loaded.diagnostics.len() <= MAX_DIAGNOSTICS + 1);
    for diagnostic in &loaded.diagnostics {
        let text = sources.text(diagnostic.source);
        let spans = diagnostic.others.iter().map(|other| other.span).chain([diagnostic.span]);
        for span in spans {
            assert!(text.get(span.range()).is_some(), "{span:?} of {} in {text:?}", diagnostic.message);
        }
        assert!(!diagnostic.message.is_empty() && diagnostic.hint.is_some(), "{diagnostic:?}");
    }
    for styled in [false, true] {
        let picture = render_diagnostics(&loaded.diagnostics, &sources, styled);
        let steering =
            |letter: &char| letter.is_control() && *letter != '\n' && !(styled && *letter == '\x1b');
        assert_eq!(picture.chars().find(steering), None, "{picture}");
    }
    (loaded.value, loaded.diagnostics)
}

/// A text with some bytes or lines changed.
fn mutated(text: &str, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (place, kind, byte) in changes {
        let at = place % bytes.len().max(1);
        let line = bytes[..at.min(bytes.len())]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let end = bytes[line..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(bytes.len(), |newline| line + newline + 1);
        match kind % 6 {
            _ if bytes.is_empty() => bytes.push(*byte),
            0 => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 => drop(bytes.remove(at)),
            3 => drop(bytes.drain(line..end)),
            4 => {
                let copy = bytes[line..end].to_vec();
                bytes.splice(line..line, copy);
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_lawfully(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        lawful(&bytes);
    }

    #[test]
    fn any_text_is_read_lawfully(text in "\\PC{0,300}") {
        lawful(text.as_bytes());
    }

    #[test]
    fn any_pieces_are_read_lawfully(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        lawful(pieces.concat().as_bytes());
    }

    #[test]
    fn any_change_of_a_definition_is_read_lawfully(
        inline in any::<bool>(),
        changes in proptest::collection::vec((any::<usize>(), any::<u8>(), prop_oneof![any::<u8>(), proptest::sample::select(b"[]{}=\"'\n,.#- 0z\\".to_vec())]), 1..5),
    ) {
        lawful(&mutated(if inline { INLINE } else { COMPLETE }, &changes));
    }

    #[test]
    fn any_span_can_be_shown(text in "(\\PC|\n|\r|\t|\u{202e}){0,80}", spans in proptest::collection::vec((any::<u32>(), any::<u32>()), 1..4), small in any::<bool>()) {
        let mut sources = Sources::default();
        let source = sources.add("a\u{1b}[31m.toml", text.as_str());
        let size = u32::try_from(text.len()).unwrap_or(u32::MAX) + 3;
        let spans: Vec<Span> = spans.into_iter().map(|(start, end)| if small { Span { start: start % size, end: end % size } } else { Span { start, end } }).collect();
        let diagnostic = spans.iter().skip(1).fold(Diagnostic::error(source, spans[0], text.as_str()).label(text.as_str()).hint(text.as_str()), |diagnostic, span| {
            diagnostic.also(*span, text.as_str())
        });
        let picture = render_diagnostics(&[diagnostic], &sources, false);
        let harmless = !picture.contains(['\u{1b}', '\u{202e}']);
        prop_assert!(harmless, "{picture:?}");
    }
}

#[test]
fn every_line_of_a_definition_may_be_missing_or_cut() {
    let lines: Vec<&str> = COMPLETE.split_inclusive('\n').collect();
    for number in 0..lines.len() {
        let mut fewer = lines.clone();
        let line = fewer.remove(number);
        lawful(fewer.concat().as_bytes());
        for cut in (0..line.len()).filter(|cut| line.is_char_boundary(*cut)) {
            let mut changed = lines.clone();
            changed[number] = &line[..cut];
            lawful(changed.concat().as_bytes());
        }
    }
}

#[test]
fn large_bad_files_are_read_in_a_blink() {
    let pieces = [
        "title: \"x\"\n",
        "[project\n",
        "x = [\n",
        "a = {\n",
        "é\n",
        "title = \"x\n",
        "[[evaluation]]\n",
        "a = 1\n",
        "x = [[[[[[[[[[[",
        "\"\"\"",
        "'''a\n",
        "a.b.c.d.e = 1\n",
    ];
    for piece in pieces {
        let started = std::time::Instant::now();
        lawful(piece.repeat(128 * 1024 / piece.len()).as_bytes());
        assert!(started.elapsed().as_secs() < 30, "{piece:?} took {:?}", started.elapsed());
    }
    let (value, _) = lawful(&vec![b'a'; 1024 * 1024 + 1]);
    assert!(value.is_none());
}

#[test]
fn what_is_not_shown_is_counted() {
    let keys: String = (0..60).map(|number| format!("key{number} = {number}\n")).collect();
    let (_, diagnostics) = lawful(format!("format = 1\n[project]\n{keys}").as_bytes());
    let last = diagnostics.last().map(|diagnostic| diagnostic.message.as_str());
    assert_eq!(last, Some("10 more mistakes follow, which are not shown"));
}

#[test]
fn a_case_needs_no_format_and_no_ids() {
    let text = "given = { project = { start = 2014-01-01, ende = 2015-06-30 }, evaluation = [{ timing = \"final\" }] }";
    let mut sources = Sources::default();
    let source = sources.add("rules/rule.toml", text);
    let root = toml::de::DeTable::parse(text).expect("the text is TOML");
    let given = root.get_ref()["given"].get_ref().as_table().expect("it is a table");
    let loaded = import::toml::lower(source, "rules/rule.toml", given, &SHIPPED.0.lexicon);
    let messages: Vec<&str> =
        loaded.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages, ["unknown key `ende` in [project]"]);
    let evaluations = loaded.value.rows(evalplan::model::Table::Evaluation);
    let header = evaluations[0].header.map(|span| &text[span.range()]);
    assert_eq!(header, Some("{ timing = \"final\" }"));
}

#[test]
fn limits_are_said() {
    let said = |text: String| {
        lawful(text.as_bytes()).1.iter().map(|diagnostic| diagnostic.message.clone()).collect::<Vec<_>>()
    };
    let rows = said(format!("format = 1\n{}", "[[party]]\n".repeat(1001)));
    assert_eq!(rows, ["there are 1001 parties; a definition has at most 1000"]);
    let entries = said(format!("format = 1\n[project]\nthemes = [{}]\n", "\"a\", ".repeat(1001)));
    assert_eq!(entries, ["`themes` has 1001 entries; a list has at most 1000"]);
    let bytes = said("#".repeat(1024 * 1024 + 1));
    assert_eq!(bytes, ["the file has 1048577 bytes; a definition has at most 1048576"]);
}

/// What people write where a value, a key or a name should be, and is none.
const SCRAPS: &[&str] = &[
    "0x",
    "0b",
    "0o",
    "0xFF",
    "0xg",
    "0x_",
    "1_",
    "+",
    "-",
    "1e",
    "1.",
    ".5",
    "01",
    "+inf",
    "nan",
    "tru",
    "2014-",
    "2014-13-01",
    "10:",
    "\"",
    "\"\"\"",
    "'",
    "[",
    "[,",
    "[1 2]",
    "{",
    "{a=}",
    "{,}",
    "=",
    "",
    " ",
    "\\",
    "\"\\q\"",
    "@",
    "`",
    "``",
    "`a`",
    "|",
    ":",
    ",",
    "\u{1}",
    "\"\u{1}\"",
    "\"\\u0001\"",
    "é",
    "a b",
    "1 2",
    "\t",
    "]",
    "}",
    "#",
    "[[",
    "[]]",
    "1,5",
    "null",
    "“",
    "“”",
    "\u{feff}",
    "...",
];

/// Where it stands.
const PLACES: &[&str] = &[
    "format = @\n",
    "format = 1\n[project]\ntitle = @\n",
    "format = 1\n[project]\nstart = @\n",
    "format = 1\n[budget]\ntotal = @\n",
    "format = 1\n[project]\nduration = @\n",
    "format = 1\n[project]\ncommittee = @\n",
    "format = 1\n[[rate]]\ncurrency = \"EUR\"\nusd = @\n",
    "format = 1\n[project]\nfoo.@ = 1\n",
    "format = 1\n[project]\n@ = 1\n",
    "format = 1\n[project]\n\"@\" = 1\n",
    "format = 1\n[@]\n",
    "format = 1\n[[@]]\n",
    "format = 1\n@\n",
    "format = 1\n@:\n",
    "format = 1\n[project]\ntitle = \"x\" @\n",
    "format = 1\n[project]\ncountries = [@]\n",
    "format = 1\nproject = { title = @ }\n",
    "format = 1\n[[waiver]]\nrule = @\n",
];

/// Whether a message quotes no word, or breaks off where one should be.
fn is_blank(told: &str) -> bool {
    let quotes_nothing = told.split('`').skip(1).step_by(2).any(|word| word.trim().is_empty());
    let breaks_off = told.is_empty() || told.trim_end() != told || told.ends_with([':', '=']);
    quotes_nothing || breaks_off || told.contains("= \"\"") || told.contains("= []")
}

#[test]
fn no_message_quotes_nothing() {
    let mut blank = Vec::new();
    for (scrap, place) in SCRAPS.iter().flat_map(|scrap| PLACES.iter().map(move |place| (scrap, place))) {
        let text = place.replace('@', scrap);
        let mut sources = Sources::default();
        let loaded = import::toml::read(
            &mut sources,
            "a.toml",
            text.as_bytes(),
            &evalplan::lexicon::Lexicon::default(),
        );
        let told = loaded.diagnostics.into_iter().flat_map(|one| [Some(one.message), one.hint]).flatten();
        blank.extend(told.filter(|told| is_blank(told)).map(|told| (text.clone(), told)));
    }
    assert!(blank.is_empty(), "{blank:#?}");
}
