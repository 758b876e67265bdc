//! The schema for editors and the reader of definitions take the same, as far as a schema can tell.

use super::draft_seven::{seen, takes};
use crate::repair::SHIPPED;
use evalplan::diag::Severity;
use evalplan::import;
use evalplan::model::{Kind, Table, TableShape, key};
use evalplan::report::schema;
use evalplan::schedule::Season;
use evalplan::source::Sources;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&schema::definition()).expect("a schema is JSON"));

/// Whether the tool reads the definition without an error.
fn read(text: &str) -> bool {
    let loaded =
        import::toml::read(&mut Sources::default(), "test.toml", text.as_bytes(), &SHIPPED.0.lexicon);
    let refused = loaded.diagnostics.iter().any(|one| one.severity == Severity::Error);
    let office = loaded.value.map(|definition| definition.single(Table::Office).clone());
    let seasons = office
        .iter()
        .flat_map(|office| [key::office::BREAKS, key::office::BAD_SEASONS].map(|key| office.texts(key)));
    !refused && seasons.flatten().flatten().all(|season| Season::parse(season).is_some())
}

fn fits(text: &str) -> bool {
    takes(&SCHEMA, &seen(text))
}

/// Lines of a definition that both refuse.
const REFUSED: &[&str] = &[
    "[project]\nstart = \"1800\"",
    "[project]\nstart = 1899-12-31",
    "[project]\nstart = 2201-01-01",
    "[project]\nstart = \"2201-01\"",
    "[project]\nstart = 2014",
    "[project]\nstart = 2014-01-01T00:00:00",
    "[project]\nstart = \"2014-13\"",
    "[[revision]]\ndate = 2014-01-01",
    "[[revision]]\nend = 2014-01-01",
    "[project]\ncountries = [\"XX\"]",
    "[project]\ncountries = [\"za\"]",
    "[project]\ncountries = \"ZA\"",
    "[office]\ncountry = \"XX\"",
    "[[rate]]\ncurrency = \"ZZZ\"",
    "[[rate]]\ncurrency = \"USD\"",
    "[[rate]]\nusd = \"0\"",
    "[[rate]]\nusd = \"0.00\"",
    "[[rate]]\nusd = \"-1\"",
    "[[rate]]\nusd = \"1.\"",
    "[[rate]]\nusd = \"12345678901234567890123456789\"",
    "[[rate]]\nusd = \"123456789012345678901234567.89\"",
    "[[rate]]\nusd = 1.5",
    "[budget]\ntotal = \"ABC 5\"",
    "[budget]\ntotal = \"usd 5\"",
    "[budget]\ntotal = \"USD 5,000\"",
    "[budget]\ntotal = \"USD 5..\"",
    "[budget]\ntotal = \"USD 12345678901234567890123456789\"",
    "[budget]\ntotal = \"USD 5..12345678901234567890123456789\"",
    "[budget]\ntotal = \"USD 1234567890123456789012345678.9\"",
    "[budget]\ntotal = 5000",
    "[project]\nduration = \"0 months\"",
    "[project]\nduration = \"2000 months\"",
    "[project]\nduration = \"1201 months\"",
    "[project]\nduration = \"101 years\"",
    "[project]\nduration = \"-3 months\"",
    "[project]\nduration = \"5\"",
    "[project]\ntitle = \"\"",
    "[project]\ntitle = \" \\t\"",
    "[project]\ntitle = \"a\\u0007b\"",
    "[project]\ntitle = \"a\\u0085b\"",
    "[project]\ntitle = \"a\\u202Eb\"",
    "[project]\nthemes = [\"\"]",
    "[project]\nthemes = [\"a\\u2066b\"]",
    "[[donor]]\nname = \"two\\nlines\"",
    "[[donor]]\nname = \"\"",
    "policy = \"two\\nlines\"",
    "policy = \"\"",
    "open = [\"nothing\"]",
    "[office]\nbreaks = [\"foo\"]",
    "[office]\nbreaks = [\"02-30..03-01\"]",
    "[office]\nbad-seasons = [\"11-15\"]",
    "[[evaluation]]\ntiming = \"final\"",
    "[[waiver]]\nrule = \"x\"",
    "[project]\nstatus = \"running\"",
    "[project]\ncommittee = \"yes\"",
    "[project]\ntitel = \"x\"",
    "[[project]]\ntitle = \"x\"",
    "[donor]\nname = \"x\"",
];

/// Lines that both take.
const TAKEN: &[&str] = &[
    "",
    "[project]\nstart = \"1900\"\nend = 2200-12-31",
    "[[revision]]\ndate = \"2014\"\nend = \"2016\"",
    "[[revision]]\ndate = 2014-01-01\ntotal = \"EUR 5.50\"",
    "[[waiver]]\nrule = \"r\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = \"2014\"\nexpires = \"2015-06\"",
    "[project]\nduration = \"60  months\"",
    "[project]\nduration = \" 1 month \"",
    "[project]\nduration = \"1200 months\"",
    "[project]\nduration = \"100 years\"",
    "[project]\nduration = \"+006 years\"",
    "open = [\"donors\", \"donors\"]",
    "open = []",
    "[project]\ntitle = \"two\\nlines\\tand a tab\"",
    "[project]\ncountries = [\"ZA\", \"ZA\"]",
    "[project]\ncountries = []",
    "[budget]\ntotal = \"USD 1234567890123456789012345678\"",
    "[budget]\ntotal = \"USD 000000000000000000000000000005\"",
    "[budget]\ntotal = \"JPY 12345678901234567890123456.78..12345678901234567890123456.79\"",
    "[budget]\ntotal = \"USD 0\"",
    "[[rate]]\ncurrency = \"EUR\"\nusd = \"0.0000000000000000000000000001\"",
    "[office]\nbreaks = [\"12-20..01-05\", \" 02-29..03-01  leap\"]\nbad-seasons = [\"2029-05-01..2029-05-20 elections\"]",
    "[[donor]]",
];

/// What a schema cannot tell and the reader refuses: numbers held against each other, and `1.0`, which JSON calls a
/// whole number.
const BEYOND_A_SCHEMA: &[&str] = &[
    "format = 1\n[budget]\ntotal = \"USD 5..3\"",
    "format = 1\n[project]\nstart = 2014-01-01\nend = 2013-01-01",
    "format = 1\n[[donor]]\nname = \"x\"\n[[donor]]\nname = \"x\"",
    "format = 1.0",
];

#[test]
fn both_refuse_the_same_and_take_the_same() {
    for (lines, wanted) in
        REFUSED.iter().map(|lines| (lines, false)).chain(TAKEN.iter().map(|lines| (lines, true)))
    {
        let text = format!("format = 1\n{lines}\n");
        assert_eq!(read(&text), wanted, "the reader: {text}");
        assert_eq!(fits(&text), wanted, "the schema: {text}");
    }
}

#[test]
fn what_a_schema_cannot_tell_is_left_to_the_reader() {
    for text in BEYOND_A_SCHEMA {
        assert!(fits(&text.replace("format = 1.0", "format = 1")) && !read(text), "{text}");
    }
}

#[test]
fn the_definitions_of_the_repository_fit_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["projects", "tests/import/toml/valid", "tests/fix", "tests/readers"];
    let files =
        folders.iter().flat_map(|folder| fs::read_dir(root.join(folder)).expect("it is there").flatten());
    let mut count = 0;
    for path in
        files.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
    {
        let text = fs::read_to_string(&path).expect("it is a text");
        if read(&text) {
            count += 1;
            assert!(fits(&text), "{}", path.display());
        }
    }
    assert!(count > 50, "{count} files");
}

/// Pieces of which values are made, right and wrong.
fn value() -> impl Strategy<Value = String> {
    let pieces = [
        "USD",
        "EUR",
        "ZZZ",
        " ",
        "  ",
        "..",
        ".",
        "-",
        "+",
        "0",
        "00",
        "1",
        "5",
        "12",
        "100",
        "1200",
        "1201",
        "1899",
        "1900",
        "2014",
        "2200",
        "2201",
        "12-20",
        "02-30",
        "month",
        "months",
        "years",
        "ZA",
        "XX",
        "x",
        "\t",
        "\n",
        "\u{7}",
        "\u{85}",
        "\u{202a}",
        "\u{feff}x",
        "9999999999",
        "design",
        "final",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..7).prop_map(|pieces| pieces.concat())
}

/// A definition with one key of each kind, which holds the value.
fn with(value: &str, list: bool) -> Vec<String> {
    let quoted = evalplan::toml::quoted(value);
    let mut kinds: Vec<std::mem::Discriminant<Kind>> = Vec::new();
    let mut texts = Vec::new();
    for table in Table::ALL.iter().filter(|table| table.needed().is_empty()) {
        for key in table.spec().keys {
            if kinds.contains(&std::mem::discriminant(&key.kind)) && *table != Table::Office {
                continue;
            }
            kinds.push(std::mem::discriminant(&key.kind));
            let head = if table.spec().shape == TableShape::Single { "[T]" } else { "[[T]]" }
                .replace('T', table.spec().name);
            let value = if list { format!("[{quoted}]") } else { quoted.clone() };
            texts.push(format!("format = 1\n{head}\n{} = {value}\n", key.name));
        }
    }
    texts
}

proptest! {
    #[test]
    fn the_schema_takes_what_the_reader_takes_and_no_other(value in value(), list in any::<bool>()) {
        for text in with(&value, list) {
            // A number below zero that is zero, a day in quotes, a range upside down: see the list above.
            // A text that says "not yet" is read as a missing fact; an editor underlines it where a day or a word belongs.
            let known = text.contains("-0") || text.contains("..") || value.len() == 10 || SHIPPED.0.lexicon.marks.is_mark(&value);
            prop_assert!(!read(&text) || fits(&text) || known, "the schema refuses what the reader takes: {text}");
            prop_assert!(read(&text) || !fits(&text) || known, "the schema takes what the reader refuses: {text}");
        }
    }
}
