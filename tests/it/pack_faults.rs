//! What is wrong with a pack or a rule is said in plain words, at its place, with what to do.

use evalplan::policy::{Catalog, RuleFile};
use evalplan::source::Sources;

pub(crate) const PACK: &str = "format = 1\nid = \"tried\"\ntitle = \"Tried\"\nselection = \"joins\"\n\n[[document]]\nid = \"d\"\ntitle = \"D\"\nissuer = \"I\"\n";

pub(crate) const RULE: &str =
    "id = \"thing\"\ntitle = \"Thing\"\nstatus = \"inferred\"\ncite = { source = \"d\", at = \"par. 1\" }\n";

pub(crate) const FORM: &str = "check = { condition = 'has(project.title)' }\n";

/// The mistakes in a pack of one rule: message, text at the place, hint.
pub(crate) fn faults(pack: &str, rule: &str) -> Vec<(String, String, String)> {
    let mut sources = Sources::default();
    let files = [("tried/pack.toml", pack), ("tried/rule.toml", rule)];
    let files: Vec<RuleFile> = files
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: false })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    let at = |one: &evalplan::diag::Diagnostic| {
        sources.text(one.source)[one.span.start as usize..one.span.end as usize].to_owned()
    };
    loaded
        .diagnostics
        .iter()
        .map(|one| (one.message.clone(), at(one), one.hint.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn no_more_mistakes_of_a_file_are_told_than_people_read() {
    let many = |line: &str| faults(PACK, &format!("{RULE}{FORM}{}", line.repeat(3000)));
    for line in [
        "x = = 1\n",
        "[[case]]\nname = \" \"\nexpect = { thing = \"gap\" }\n",
        "[[case]]\nname = \"c\"\nexpect = { thing = \"gp\" }\n",
    ] {
        let found = many(line);
        assert_eq!(found.len(), 51, "{line}");
        assert!(found[50].0.ends_with("more mistakes follow, which are not shown"), "{:?}", found[50]);
    }
}

/// The one mistake in a rule that says this beside what every rule says.
fn fault(lines: &str) -> (String, String, String) {
    let rule = format!("{RULE}{lines}\n");
    let mut found = faults(PACK, &rule);
    assert_eq!(found.len(), 1, "{lines}: {found:?}");
    found.remove(0)
}

#[test]
fn a_sound_pack_has_no_faults() {
    assert_eq!(faults(PACK, &format!("{RULE}{FORM}")), []);
    let due = "[requires]\nevent = \"E\"\nrecorded-as = \"other\"\ncount = 2\ndue = { every = \"12 months\", from = \"project.start\", month = 3, yields-to-final-within = \"3 months\", earliest = \"0 months\", latest = \"1 month\", status = \"inferred\" }\n";
    assert_eq!(faults(PACK, &format!("{RULE}{due}")), []);
}

#[test]
fn a_key_without_meaning_where_it_stands_is_told() {
    let evaluation = "[requires]\nevaluation = { timing = \"final\" }\n";
    let offset = "from = \"project.end\", latest = \"0 months\"";
    let every = "every = \"12 months\", from = \"project.start\"";
    let bands = "axis = \"project.duration\"\n[[duty]]\nid = \"a\"\ntitle = \"A\"\n";
    for (lines, message, at) in [
        (format!("{evaluation}due = {{ {offset}, month = 13 }}"), "`month` has no meaning without `every`", "13"),
        (
            format!("{evaluation}due = {{ {offset}, yields-to-final-within = \"abc\" }}"),
            "`yields-to-final-within` has no meaning without `every`",
            "\"abc\"",
        ),
        (format!("{evaluation}due = {{ share = \"0.5\", month = 3 }}"), "`month` has no meaning without `every`", "3"),
        (
            format!("{evaluation}due = {{ {every}, target = \"x\" }}"),
            "`target` has no meaning beside `every`: each time is aimed at its own day",
            "\"x\"",
        ),
        (
            format!("{evaluation}due = {{ share = \"0.5\", target = \"0.4\" }}"),
            "`target` has no meaning beside `share`, which says what is aimed at",
            "\"0.4\"",
        ),
        (format!("{evaluation}count = 2\ndue = {{ {every} }}"), "`count` has no meaning beside `every`: one is due each time", "2"),
        (format!("{evaluation}duty = \"x\""), "`duty` has no meaning outside a band: the rule is the duty", "\"x\""),
        (
            format!("{evaluation}recorded-as = \"other\""),
            "`recorded-as` has no meaning for an evaluation: it is recorded as [[evaluation]]",
            "\"other\"",
        ),
        (
            "[requires]\nevent = \"E\"\ncount = 2".to_owned(),
            "`count` has no meaning for an event without `recorded-as`: nothing counts it",
            "2",
        ),
        (
            "[requires]\nevaluation = { timing = \"final\", assigned-to = \"final\" }".to_owned(),
            "`assigned-to` has no meaning without `any-of`",
            "\"final\"",
        ),
        (
            "[requires]\nevaluation = { timing = \"final\", any-of = [\"mid-term\"], assigned-to = \"final\" }".to_owned(),
            "`any-of` has no meaning beside `timing`: it is one or the other",
            "\"mid-term\"",
        ),
        (format!("axis = \"project.duration\"\n{FORM}"), "`axis` has no meaning without [[band]]", "\"project.duration\""),
        (format!("partition = false\n{FORM}"), "`partition` has no meaning without [[band]]", "false"),
        (format!("{FORM}[[duty]]\nid = \"a\"\ntitle = \"A\""), "`[[duty]]` has no meaning without [[band]]", "\"a\""),
        (
            "share = { part = \"budget.evaluation\", of = \"budget.total\", min = \"0.02\", as = \"x\" }"
                .replace("budget.evaluation", "project.budget")
                .replace("budget.total", "project.budget"),
            "`as` has no meaning without `part-only` or `of-only`",
            "\"x\"",
        ),
        (
            "share = { part = \"project.budget\", part-only = 'true', of = \"project.budget\", min = \"0.02\" }".to_owned(),
            "`part-only` has no meaning where `part` is one amount, not a key of a list",
            "'true'",
        ),
        (
            "each = { table = \"party\", as = \"p\", condition = 'has(e.name)' }".to_owned(),
            "`as` has no meaning where no condition says it",
            "\"p\"",
        ),
        (
            format!(
                "{bands}[[band]]\nid = \"b\"\nwhen = {{ min = \"1 months\" }}\nrequires = [{{ duty = \"a\", evaluation = {{ timing = \"final\" }}, due = {{ {offset}, month = 1 }} }}]"
            ),
            "`month` has no meaning without `every`",
            "1",
        ),
    ] {
        let rule = format!("{RULE}{lines}\n");
        let found = faults(PACK, &rule);
        let wanted = (message.to_owned(), at.to_owned(), "take it out".to_owned());
        assert!(found.contains(&wanted), "{lines}\n{found:?}");
    }
}

#[test]
fn a_key_of_a_pack_without_meaning_is_told() {
    for (line, message) in [
        ("until = 2014-01-01", "`until` has no meaning without `from`"),
        ("precision = \"year\"", "`precision` has no meaning without `from`"),
        ("inherited-status = \"inferred\"", "`inherited-status` has no meaning without `extends`"),
    ] {
        let pack = PACK.replace("\n\n", &format!("\n{line}\n\n"));
        let found = faults(&pack, &format!("{RULE}{FORM}"));
        assert_eq!(found.iter().map(|(said, ..)| said.as_str()).collect::<Vec<_>>(), [message]);
    }
    let pack = PACK.replace("\"joins\"", "\"by-name\"\njoins = 'has(project.title)'");
    assert_eq!(
        faults(&pack, &format!("{RULE}{FORM}"))[0].0,
        "`joins` has no meaning where `selection` is not `joins`"
    );
}

#[test]
fn values_of_a_due_are_all_read() {
    let lines = "[requires]\nevent = \"E\"\ndue = { every = \"0 months\", from = \"project.start\", month = 13, earliest = \"a\", latest = \"b\", yields-to-final-within = \"c\" }";
    let found = faults(PACK, &format!("{RULE}{lines}\n"));
    let at: Vec<&str> = found.iter().map(|(_, at, _)| at.as_str()).collect();
    assert_eq!(at, ["\"0 months\"", "13", "\"a\"", "\"b\"", "\"c\""]);
}

#[test]
fn values_of_another_type_are_told_in_plain_words() {
    for (lines, message, at, hint) in [
        (
            "why = 2014-01-01",
            "expected a text for `why`, found a date",
            "2014-01-01",
            "put it in quotes: why = \"2014-01-01\"",
        ),
        ("why = 5", "expected a text for `why`, found the number 5", "5", "put it in quotes: why = \"5\""),
        (
            "why = [\"a\"]",
            "expected a text for `why`, found a list",
            "[\"a\"]",
            "write it like this: why = \"…\"",
        ),
        (
            "aliases = \"a\"",
            "expected a list for `aliases`, found a text",
            "\"a\"",
            "put it in brackets: aliases = [\"a\"]",
        ),
        (
            "aliases = [1]",
            "expected a text for an entry of `aliases`, found the number 1",
            "1",
            "put it in quotes: aliases = \"1\"",
        ),
        (
            "waivable = \"no\"",
            "expected true or false for `waivable`, found a text",
            "\"no\"",
            "write it like this: waivable = true",
        ),
        (
            "check = true",
            "expected a table for `check`, found true",
            "true",
            "write it like this: check = { … }",
        ),
        (
            "[case]\nname = \"a\"",
            "there can be several `case`, so it is written with two brackets",
            "[case]",
            "write [[case]], once for each",
        ),
        (
            "[[check]]\ncondition = 'true'",
            "there is only one `check`",
            "[[check]]",
            "write [check], with one bracket on each side, once",
        ),
        (
            "[requires]\nevent = \"E\"\ncount = 1.5",
            "expected a whole number for `count`, found the number 1.5",
            "1.5",
            "write it like this: count = 1",
        ),
        (
            "chain = { parents = \"outcome\" }",
            "`chain` has no `children`",
            "{ parents = \"outcome\" }",
            "add `children`: it cannot be left out",
        ),
        ("whi = \"x\"", "unknown key `whi`", "whi", "did you mean `why`?"),
    ] {
        assert_eq!(fault(lines), (message.to_owned(), at.to_owned(), hint.to_owned()), "{lines}");
    }
    let (message, _, hint) = faults(PACK, &RULE.replace("title = \"Thing\"\n", "")).remove(0);
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("this file has no `title`", "add `title`: it cannot be left out")
    );
    let (message, at, _) = faults(&format!("{PACK}paragraphs = -1\n"), &format!("{RULE}{FORM}")).remove(0);
    assert_eq!(
        (message.as_str(), at.as_str()),
        ("expected a whole number of zero or more for `paragraphs`, found the number -1", "-1")
    );
    let (message, _, hint) = fault("why \"x\"");
    assert!(message.starts_with("this is not TOML: ") && hint.contains("`key = value`"), "{message} {hint}");
}

#[test]
fn empty_texts_are_told() {
    for (lines, message, at) in [
        (format!("why = \" \"\n{FORM}"), "`why` is empty", "\" \""),
        (format!("remedy = \"\"\n{FORM}"), "`remedy` is empty", "\"\""),
        (format!("aliases = [\"\"]\n{FORM}"), "an entry of `aliases` is empty", "\"\""),
        (format!("{FORM}[[case]]\nname = \"\\t\""), "`name` is empty", "\"\\t\""),
    ] {
        let (said, place, hint) = fault(&lines);
        assert_eq!((said.as_str(), place.as_str()), (message, at));
        assert_eq!(hint, "write it, or leave it out where it may be missing");
    }
    for (from, to, message) in
        [("\"Thing\"", "\"\"", "`title` is empty"), ("\"par. 1\"", "\"\"", "`at` is empty")]
    {
        let (said, ..) = faults(PACK, &format!("{}{FORM}", RULE.replace(from, to))).remove(0);
        assert_eq!(said, message);
    }
    for (from, to, message) in [
        ("\"I\"", "\"\"", "`issuer` is empty"),
        ("\"Tried\"", "\"\"", "`title` is empty"),
        ("\n\n", "\ndonor = \"\"\n\n", "`donor` is empty"),
    ] {
        let (said, ..) = faults(&PACK.replacen(from, to, 1), &format!("{RULE}{FORM}")).remove(0);
        assert_eq!(said, message);
    }
    let given = "[[case]]\nname = \"a\"\ngiven = { project = { title = \"\" } }";
    assert_eq!(
        faults(PACK, &format!("{RULE}{FORM}{given}\n")),
        [],
        "the facts of a case are read like a definition"
    );
}
