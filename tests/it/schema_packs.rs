//! The schemas of rules and packs for editors and the reader of packs take the same, as far as a schema can tell.

use super::draft_seven::{seen, takes};
use super::guide;
use super::pack_faults::{FORM, PACK, RULE, faults};
use evalplan::report::schema_packs;
use evalplan::source::shipped_rules;
use serde_json::Value;
use std::sync::LazyLock;

static RULE_SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&schema_packs::rule()).expect("a schema is JSON"));
static PACK_SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&schema_packs::pack()).expect("a schema is JSON"));

/// What stands behind the head of a rule, and both refuse.
const REFUSED: &[&str] = &[
    "",
    "check = { condition = 'true' }\nrequires = { event = \"E\" }",
    "[requires]",
    "requires = { event = \"E\", evaluation = { timing = \"final\" } }",
    "requires = { evaluation = { timing = \"finale\" } }",
    "requires = { evaluation = { timing = \"final\", independence = \"high\" } }",
    "requires = { evaluation = { any-of = [\"final\", \"x\"], assigned-to = \"final\" } }",
    "requires = { evaluation = { any-of = [\"final\", \"mid-term\"], assigned-to = \"x\" } }",
    "requires = { evaluation = { timing = \"final\", assigned-to = \"final\" } }",
    "requires = { evaluation = {} }",
    "requires = { event = \"E\", recorded-as = \"party\" }",
    "requires = { event = \"E\", recorded-as = \"other\", count = 0 }",
    "requires = { event = \"E\", recorded-as = \"other\", count = 101 }",
    "requires = { event = \"E\", duty = \"x\" }",
    "requires = { event = \"E\", due = {} }",
    "requires = { event = \"E\", due = { from = \"project.end\" } }",
    "requires = { event = \"E\", due = { from = \"project.ende\", latest = \"0 months\" } }",
    "requires = { event = \"E\", due = { from = \"project.title\", latest = \"0 months\" } }",
    "requires = { event = \"E\", due = { from = \"project.end\", latest = \"0 months\", month = 3 } }",
    "requires = { event = \"E\", due = { every = \"12 months\", from = \"project.start\", month = 13 } }",
    "requires = { event = \"E\", due = { every = \"0 months\", from = \"project.start\" } }",
    "requires = { event = \"E\", due = { every = \"12 months\", from = \"project.start\", target = \"1 month\" } }",
    "requires = { event = \"E\", due = { share = \"0.5\", every = \"12 months\" } }",
    "requires = { event = \"E\", due = { share = \"0.5\", status = \"sure\" } }",
    "axis = \"project.duration\"\ncheck = { condition = 'true' }",
    "band = [{ id = \"b\", when = { min = \"1 months\" } }]",
    "axis = \"project.length\"\nband = [{ id = \"b\", when = { min = \"1 months\" } }]",
    "axis = \"project.title\"\nduty = [{ id = \"d\", title = \"D\" }]\nband = [{ id = \"b\", when = { min = \"1 months\" }, requires = [{ duty = \"d\", event = \"E\" }] }]",
    "axis = \"project.duration\"\nband = [{ id = \"b\", when = {} }]",
    "axis = \"project.duration\"\nband = [{ id = \"b\", when = { min = \"1 months\", over = \"1 months\" } }]",
    "axis = \"project.duration\"\nband = [{ id = \"b\", when = { min = \"1 months\" }, requires = [{ event = \"E\" }] }]",
    "grid = { table = \"parties\", columns = { key = \"group\", words = [\"workers\"] } }",
    "grid = { table = \"party\", columns = { key = \"timing\", words = [\"final\"] } }",
    "grid = { table = \"party\", columns = { key = \"group\", words = [\"worker\"] } }",
    "grid = { table = \"party\", columns = { key = \"group\", words = [\"workers\"] }, rows = { key = \"stages\", words = [\"designing\"] } }",
    "each = { table = \"project\", condition = 'true' }",
    "each = { table = \"party\", condition = 'true', field = \"nme\" }",
    "check = { condition = 'true', field = \"project.titel\" }",
    "share = { part = \"project.budget\", of = \"project.budget\" }",
    "chain = { parents = \"outcomes\", children = \"output\", key = \"outcome\" }",
    "chain = { parents = \"outcome\", children = \"results\", key = \"outcome\" }",
    "chain = { parents = \"outcome\", children = \"output\", key = \"outcom\" }",
    "check = { condition = 'true' }\nseverity = \"bad\"",
    "check = { condition = 'true' }\nwhy = \" \"",
    "check = { condition = 'true' }\naliases = [\"Old Id\"]",
    "check = { condition = 'true' }\ncase = [{ name = \"a\", expect = { thing = \"maybe\" } }]",
];

/// What stands behind the head of a rule, and both take.
const TAKEN: &[&str] = &[
    "requires = { event = \"E\", recorded-as = \"joint-review\", count = 2, due = { every = \"1 year\", from = \"project.start\", month = 12 } }",
    "requires = { evaluation = { any-of = [\"final\", \"mid-term\"], assigned-to = \"final\", independence = \"external\", if-agreed = false } }",
    "requires = { evaluation = { any-of = [\"final\"] } }",
    "requires = { evaluation = { timing = \"ex-post\" }, due = { share = \"0.5\", earliest = \"0.4\", latest = \"1\" } }",
    "requires = { event = \"E\", due = { from = \"project.un-framework.start\", latest = \"-3 months\", target = \"-4 months\" } }",
    "axis = \"project.approved\"\nduty = [{ id = \"d\", title = \"D\" }]\nband = [{ id = \"b\", when = { min = \"2014-01-01\", under = \"2015-01-01\" }, requires = [{ duty = \"d\", event = \"E\" }] }]",
    "grid = { table = \"party\", columns = { key = \"group\", words = [\"workers\"] }, rows = { key = \"stages\", words = [\"design\"] } }",
    "grid = { table = \"delivery\", columns = { key = \"year\", words = [\"2015\", \"2016\"] } }",
    "each = { table = \"party\", as = \"p\", condition = 'has(p.name)', field = \"name\" }",
    "share = { part = \"donor.amount\", part-only = 'e.kind == private', of = \"project.budget\", max = \"0.5\", as = \"e\" }",
    "chain = { parents = \"outcome\", children = \"output\", key = \"outcome\", above = \"contributes-to\" }",
    "check = { condition = 'has(project.title)', field = \"project.title\" }\ncase = [{ name = \"a\", given = { format = 1, project = { title = \"T\" } }, expect = { thing = \"met\" } }]",
    "check = { condition = 'has(project.title)' }\ncase = [{ name = \"a\", given = { open = [\"donors\", \"donors\"], evaluation = [{ timing = \"final\" }] }, expect = { thing = \"gap\" } }]",
];

/// Lines of `pack.toml`, each with what takes its place, that both refuse.
const REFUSED_IN_PACKS: &[(&str, &str)] = &[
    ("format = 1", "format = 2"),
    ("\"joins\"", "\"by-chance\""),
    ("\"joins\"", "\"by-date\""),
    ("\"joins\"", "\"by-name\"\njoins = 'has(project.title)'"),
    ("\"joins\"", "\"joins\"\nkinds = [\"projects\"]"),
    ("\"joins\"", "\"joins\"\nuntil = 2014-01-01"),
    ("\"joins\"", "\"joins\"\nprecision = \"day\""),
    ("\"joins\"", "\"joins\"\nfrom = 2014-01-01\nprecision = \"week\""),
    ("\"joins\"", "\"joins\"\ninherited-status = \"inferred\""),
    ("\"joins\"", "\"joins\"\ndonor = \"\""),
    ("\"Tried\"", "\"\""),
    ("\"tried\"", "\"Tried It\""),
    ("\"I\"", "\" \""),
    ("\"I\"", "\"I\"\nparagraphs = -1"),
    ("\"I\"", "\"I\"\nparagraphs = 1.5"),
    ("\"I\"", "\"I\"\n[[clause]]\nsource = \"d\"\nat = \"par. 1\"\ntitle = \"T\""),
    (
        "\"I\"",
        "\"I\"\n[[clause]]\nsource = \"d\"\nat = \"par. 1\"\ntitle = \"T\"\nrules = [\"thing\"]\nmanual = \"M\"",
    ),
];

const TAKEN_IN_PACKS: &[(&str, &str)] = &[
    ("", ""),
    (
        "\"joins\"",
        "\"by-date\"\nfrom = 2014-01-01\nuntil = 2015-01-01\nprecision = \"year\"\nkinds = [\"project\"]",
    ),
    (
        "\"I\"",
        "\"I\"\nparagraphs = 0\nalso = [\"Box 1\"]\n[[clause]]\nsource = \"d\"\nat = \"par. 1\"\ntitle = \"T\"\nmanual = \"M\"",
    ),
];

#[test]
fn both_refuse_the_same_rules_and_take_the_same() {
    for (lines, wanted) in
        REFUSED.iter().map(|lines| (lines, false)).chain(TAKEN.iter().map(|lines| (lines, true)))
    {
        let text = format!("{RULE}{lines}\n");
        let found = faults(PACK, &text);
        assert_eq!(found.is_empty(), wanted, "the reader: {lines}: {found:?}");
        assert_eq!(takes(&RULE_SCHEMA, &seen(&text)), wanted, "the schema: {lines}");
    }
}

#[test]
fn both_refuse_the_same_packs_and_take_the_same() {
    let all = REFUSED_IN_PACKS
        .iter()
        .map(|change| (change, false))
        .chain(TAKEN_IN_PACKS.iter().map(|change| (change, true)));
    for ((from, to), wanted) in all {
        let text = PACK.replacen(from, to, 1);
        let found = faults(&text, &format!("{RULE}{FORM}"));
        assert_eq!(found.is_empty(), wanted, "the reader: {to}: {found:?}");
        assert_eq!(takes(&PACK_SCHEMA, &seen(&text)), wanted, "the schema: {to}");
    }
}

#[test]
fn a_table_has_a_bound_in_both() {
    for (bands, duties, wanted) in [(200, 200, true), (201, 1, false), (1, 201, false)] {
        let band = |number| format!("[[band]]\nid = \"b{number}\"\nwhen = {{ min = \"{number} months\" }}\n");
        let duty = |number| format!("[[duty]]\nid = \"d{number}\"\ntitle = \"D\"\nremedy = \"R\"\n");
        let tables: String = (1..=duties).map(duty).chain((1..=bands).map(band)).collect();
        let text = format!("{RULE}axis = \"project.duration\"\n{tables}");
        let found = faults(PACK, &text);
        assert_eq!(found.is_empty(), wanted, "the reader: {found:?}");
        assert!(wanted || found[0].0.contains("more than 200"), "{found:?}");
        assert_eq!(
            takes(&RULE_SCHEMA, &seen(&text)),
            wanted,
            "the schema of {bands} bands and {duties} duties"
        );
    }
}

#[test]
fn facts_of_cases_are_checked_like_a_definition() {
    for given in [
        "project = { start = \"1800\" }",
        "project = { countries = [\"XX\"] }",
        "format = 2",
        "waiver = [{ rule = \"r\" }]",
    ] {
        let text = format!("{RULE}{FORM}[[case]]\nname = \"a\"\ngiven = {{ {given} }}\n");
        assert!(!takes(&RULE_SCHEMA, &seen(&text)), "{given}");
    }
}

#[test]
fn shipped_files_and_the_examples_of_the_guide_fit_their_schema() {
    // Lists of names lie beside the packs and have no schema.
    let in_pack = |path: &String| path.matches('/').count() > 1;
    let shipped = shipped_rules("")
        .into_iter()
        .map(|(path, text)| (path, text.to_owned()))
        .filter(|(path, _)| in_pack(path));
    let mut count = 0;
    for (path, text) in shipped.chain(guide::files()) {
        let schema = if path.ends_with("pack.toml") { &*PACK_SCHEMA } else { &*RULE_SCHEMA };
        assert!(takes(schema, &seen(&text)), "{path}");
        count += 1;
    }
    assert!(count > 80, "{count} files");
}

/// Every description in a schema.
fn descriptions(schema: &Value, found: &mut Vec<String>) {
    found.extend(schema["description"].as_str().map(str::to_owned));
    let inner = schema.as_object().into_iter().flatten().map(|(_, value)| value);
    inner.chain(schema.as_array().into_iter().flatten()).for_each(|value| descriptions(value, found));
}

#[test]
fn descriptions_say_what_a_thing_is() {
    for schema in [&*RULE_SCHEMA, &*PACK_SCHEMA] {
        let mut found = Vec::new();
        descriptions(schema, &mut found);
        assert!(found.len() > 20);
        let empty: Vec<&String> =
            found.iter().filter(|text| text.starts_with("The table `") || text.len() < 5).collect();
        assert!(empty.is_empty(), "{empty:?}");
    }
}
