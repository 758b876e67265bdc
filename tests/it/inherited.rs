//! `[[inherited]]`: in what the rules of another pack differ here, and what the loader refuses.

use evalplan::policy::{Catalog, RuleFile, Severity, Status};
use evalplan::source::Sources;

const DOCUMENT: &str = "[[document]]\nid = \"d\"\ntitle = \"D\"\nissuer = \"I\"\n[[document]]\nid = \"e\"\ntitle = \"E\"\nissuer = \"I\"\n";

/// The base has an error that is inferred and a warning whose band is unconfirmed.
const FIRST: &str = "id = \"first\"\ntitle = \"First\"\nstatus = \"inferred\"\nwhy = \"a first why\"\naliases = [\"erst\"]\n\
    cite = { source = \"d\", at = \"par. 1\" }\ncheck = { condition = 'has(project.title)' }\n";
const SECOND: &str = "id = \"by-budget\"\ntitle = \"By budget\"\nstatus = \"confirmed\"\nseverity = \"warning\"\n\
    cite = { source = \"d\", at = \"par. 2\" }\naxis = \"project.budget\"\n[[duty]]\nid = \"second\"\ntitle = \"Second\"\n\
    [[band]]\nid = \"all\"\nwhen = { min = \"USD 1\", status = \"unconfirmed\" }\n\
    requires = [{ duty = \"second\", evaluation = { timing = \"final\" } }]\n";

/// The catalog of a base, a pack that extends it and says this, and one that extends that; and what is wrong, with the text at the place.
fn loaded(status: &str, said: &str) -> (Catalog, Vec<(String, String)>) {
    let head = |id: &str, more: &str| {
        format!("format = 1\nid = \"{id}\"\ntitle = \"T\"\nselection = \"by-name\"\n{more}\n{DOCUMENT}")
    };
    let files = [
        ("a/pack.toml", head("a", "")),
        ("a/first.toml", FIRST.to_owned()),
        ("a/second.toml", SECOND.to_owned()),
        ("b/pack.toml", head("b", &format!("extends = \"a\"\ninherited-status = \"{status}\"\n{said}"))),
        ("c/pack.toml", head("c", "extends = \"b\"\ninherited-status = \"confirmed-secondary\"")),
    ];
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = files
        .iter()
        .map(|(path, text)| RuleFile { source: sources.add(*path, text.clone()), shipped: false })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    let at = |one: &evalplan::diag::Diagnostic| {
        sources.text(one.source)[one.span.start as usize..one.span.end as usize].to_owned()
    };
    (loaded.value, loaded.diagnostics.iter().map(|one| (one.message.clone(), at(one))).collect())
}

#[test]
fn what_is_said_of_an_inherited_rule_holds_there_and_in_what_builds_on_it() {
    let said = "[[inherited]]\nrule = \"first\"\nstatus = \"confirmed\"\nseverity = \"warning\"\nwhy = \"another why\"\ncite = { source = \"e\", at = \"par. 9\" }";
    let (catalog, wrong) = loaded("inferred", said);
    assert_eq!(wrong, []);
    let rule = |id: &str| catalog.rule(id).expect("it is there");
    let first = rule("b/first");
    assert_eq!(
        (first.status, first.severity, first.why.as_deref()),
        (Status::Confirmed, Severity::Warning, Some("another why"))
    );
    assert_eq!(
        (&*first.cite.source, &*first.cite.at, first.inherited_from.as_deref()),
        ("e", "par. 9", Some("a"))
    );
    assert_eq!(
        (rule("a/first").status, rule("a/first").severity),
        (Status::Inferred, Severity::Error),
        "the base stays as it is"
    );
    assert_eq!(
        rule("b/second").status,
        Status::Inferred,
        "of what nothing is said the pack speaks as a whole"
    );
    let third = rule("c/first");
    assert_eq!(
        (third.status, third.severity, third.why.as_deref()),
        (Status::ConfirmedSecondary, Severity::Warning, Some("another why"))
    );
    assert_eq!((rule("c/second").status, third.inherited_from.as_deref()), (Status::Inferred, Some("a")));
    assert_eq!(
        loaded("inferred", "[[inherited]]\nrule = \"erst\"\nstatus = \"confirmed\"")
            .0
            .rule("b/first")
            .map(|rule| rule.status),
        Some(Status::Confirmed)
    );
}

#[test]
fn what_says_nothing_or_too_much_is_refused_at_its_place() {
    for (status, said, message, at) in [
        (
            "inferred",
            "[[inherited]]\nrule = \"frist\"\nstatus = \"confirmed\"",
            "the pack inherits no rule `frist`",
            "\"frist\"",
        ),
        (
            "inferred",
            "[[inherited]]\nrule = \"first\"\nstatus = \"inferred\"",
            "this changes nothing of `first`",
            "\"first\"",
        ),
        ("inferred", "[[inherited]]\nrule = \"first\"", "this changes nothing of `first`", "\"first\""),
        (
            "inferred",
            "[[inherited]]\nrule = \"first\"\nwhy = \"a first why\"",
            "this changes nothing of `first`",
            "\"first\"",
        ),
        (
            "inferred",
            "[[inherited]]\nrule = \"first\"\nstatus = \"unconfirmed\"",
            "`first` is an error, and here it would rest on what is unconfirmed",
            "\"first\"",
        ),
        (
            "inferred",
            "[[inherited]]\nrule = \"second\"\nseverity = \"error\"",
            "`second` is an error, and here it would rest on what is unconfirmed",
            "\"second\"",
        ),
        ("unconfirmed", "", "`first` is an error, and here it would rest on what is unconfirmed", "\"a\""),
        (
            "inferred",
            "[[inherited]]\nrule = \"first\"\nstatus = \"confirmed\"\n[[inherited]]\nrule = \"first\"\nseverity = \"note\"",
            "`first` stands twice in [[inherited]]",
            "\"first\"",
        ),
        (
            "inferred",
            "[[inherited]]\nrule = \"first\"\ncite = { source = \"f\", at = \"par. 1\" }",
            "`f` is not a document of this pack",
            "\"f\"",
        ),
        (
            "inferred",
            "[[inherited]]\nrule = \"first\"\nstatus = \"sure\"",
            "`sure` is not a status",
            "\"sure\"",
        ),
        (
            "inferred",
            "retired = [{ id = \"first\", because = \"it is not\" }]",
            "the pack has a rule `first`, which is said to be retired",
            "\"first\"",
        ),
    ] {
        let (_, wrong) = loaded(status, said);
        assert!(wrong.contains(&(message.to_owned(), at.to_owned())), "{said}: {wrong:?}");
    }
    let (_, wrong) = loaded("unconfirmed", "[[inherited]]\nrule = \"first\"\nseverity = \"warning\"");
    assert_eq!(wrong, [], "what is only remembered can be a warning");
}

#[test]
fn a_pack_that_extends_none_inherits_nothing() {
    let (pack, rule) = (super::pack_faults::PACK, super::pack_faults::RULE);
    let said = pack.replace("\n\n", "\n\n[[inherited]]\nrule = \"thing\"\nstatus = \"confirmed\"\n\n");
    let found = super::pack_faults::faults(&said, &format!("{rule}{}", super::pack_faults::FORM));
    assert_eq!(
        found.iter().map(|(said, ..)| said.as_str()).collect::<Vec<_>>(),
        ["`[[inherited]]` has no meaning without `extends`"]
    );
    let said = pack.replace("\n\n", "\nretired = [{ id = \"old\" }]\n\n");
    assert!(
        super::pack_faults::faults(&said, &format!("{rule}{}", super::pack_faults::FORM))[0]
            .0
            .contains("has no `because`")
    );
}

#[test]
fn the_three_later_editions_share_one_table_of_thresholds() {
    let catalog = Catalog::shipped();
    // Row by row what each edition rests on, in words that no figure of a policy stands in.
    for (rule, expected) in [
        ("independent-evaluation", [Status::Inferred, Status::ConfirmedSecondary, Status::Inferred]),
        (
            "independent-evaluation-of-a-long-project",
            [Status::Inferred, Status::ConfirmedSecondary, Status::Inferred],
        ),
        ("mid-term-evaluation", [Status::ConfirmedSecondary, Status::ConfirmedSecondary, Status::Inferred]),
        ("independent-final-evaluation", [Status::Inferred, Status::ConfirmedSecondary, Status::Inferred]),
        ("evaluation-plan-appraisal", [Status::Confirmed, Status::Inferred, Status::Inferred]),
        ("evaluation-share", [Status::ConfirmedSecondary; 3]),
        ("evaluation-criteria", [Status::Confirmed; 3]),
        ("final-evaluation", [Status::Unconfirmed; 3]),
    ] {
        for (pack, status) in ["ilo-2012", "ilo-2017", "ilo-2020"].into_iter().zip(expected) {
            let rule = catalog.rule(&format!("{pack}/{rule}")).expect("every edition has it");
            assert_eq!(
                (rule.status, rule.inherited_from.is_some()),
                (status, pack != "ilo-2012"),
                "{}",
                rule.id
            );
        }
    }
}
