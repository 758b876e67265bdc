//! Donors, bodies and words by any of their names: what is read as one of them, what is only near, and what never is.

use crate::repair::SHIPPED;
use crate::runs::read_with;
use evalplan::diag::Severity;
use evalplan::import;
use evalplan::lexicon::{Reading, folded};
use evalplan::model::{Date, Definition, Table, key};
use evalplan::policy::{Catalog, RuleFile};
use evalplan::source::{Sources, shipped_rules};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A definition read by the shipped names, with what was noted.
fn read(text: &str) -> (Definition, Vec<String>) {
    let mut sources = Sources::default();
    let read = import::toml::read(
        &mut sources,
        "test.toml",
        format!("format = 1\n{text}").as_bytes(),
        &SHIPPED.0.lexicon,
    );
    let errors: Vec<_> = read.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    (read.value.expect("it was read"), read.diagnostics.into_iter().map(|one| one.message).collect())
}

/// What the rules read as the name of the one donor.
fn donor(keys: &str) -> Option<String> {
    let (definition, _) = read(&format!("[[donor]]\n{keys}\n"));
    definition.rows(Table::Donor)[0].read_text(key::donor::NAME).map(str::to_owned)
}

/// The donor that a name is; nothing where it is none that is known.
fn known(name: &str) -> Option<&'static str> {
    match SHIPPED.0.lexicon.donors.read(Some(name), None) {
        Reading::Known(name) => Some(name),
        _ => None,
    }
}

/// The catalog of the shipped packs with some files of a user, and what is wrong with it.
fn catalog(files: &[(&str, &str)]) -> (Catalog, Vec<String>) {
    let mut sources = Sources::default();
    let shipped = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true });
    let mut all: Vec<RuleFile> = shipped.collect();
    all.extend(
        files.iter().map(|(path, text)| RuleFile { source: sources.add(*path, *text), shipped: false }),
    );
    let loaded = Catalog::load(&all, &sources);
    let wrong = loaded
        .diagnostics
        .into_iter()
        .map(|one| format!("{}: {}", sources.path(one.source), one.message))
        .collect();
    (loaded.value, wrong)
}

#[test]
fn donors_are_known_by_the_names_that_people_use() {
    for (name, donor) in [
        ("Flanders", "Flanders"),
        ("FLANDERS", "Flanders"),
        ("Vlaanderen", "Flanders"),
        ("Flemish government", "Flanders"),
        ("the Government of Flanders", "Flanders"),
        ("Vlaamse Overheid", "Flanders"),
        ("Gouvernement flamand", "Flanders"),
        ("ILO - Flanders Trust Fund", "Flanders"),
        ("Flandes", "Flanders"),
        ("BE-70", "Flanders"),
        ("D.G.D.", "Belgium"),
        ("BELGIË", "Belgium"),
        ("Belgian Development Agency (ENABEL)", "Belgium"),
        ("Coopération Technique Belge", "Belgium"),
        ("Cooperation technique belge", "Belgium"),
        ("The Netherlands", "Netherlands"),
        ("Pays Bas", "Netherlands"),
        ("U.S. Dept of Labor", ""),
        ("U.S. Department of Labor", "United States"),
        ("usdol", "United States"),
        ("Etats-Unis", "United States"),
        ("SIDA", "Sweden"),
        ("DANIDA", "Denmark"),
        ("Norad", "Norway"),
        ("Irish Aid", "Ireland"),
        ("European Commission (EC)", "European Commission"),
        ("UNION EUROPEENNE", "European Commission"),
        ("South Korea", "Republic of Korea"),
    ] {
        assert_eq!(known(name).unwrap_or_default(), donor, "{name}");
    }
}

#[test]
fn a_name_that_only_holds_or_resembles_one_is_nobodys() {
    for name in [
        "NGO Plan Belgium",
        "West Flanders",
        "Province of East Flanders",
        "University of Flanders",
        "Fonds flamand de garantie",
        "Wallonia",
        "Wallonie-Bruxelles International",
        "Brussels-Capital Region",
        "Plan International Belgium",
        "Oxfam Netherlands",
        "Save the Children Denmark",
        "Flanders Chamber of Commerce",
        "Belgium Airlines",
        "Iceland",
        "Korea Foundation",
        "US Steel",
        "Bank of Ireland",
        "Ministry of Foreign Affairs",
        "Government",
        "Danish Church Aid",
        "ILO",
        "",
        "–",
    ] {
        assert_eq!(known(name), None, "{name}");
    }
}

#[test]
fn a_near_name_is_told_with_the_nearest_and_never_read_as_it() {
    for (name, like) in
        [("Flandrs", "Flanders"), ("Government Flemish", "Flemish Government"), ("Netherland", "Netherlands")]
    {
        let (definition, notes) = read(&format!("[[donor]]\nname = \"{name}\"\n"));
        assert_eq!(definition.rows(Table::Donor)[0].read_text(key::donor::NAME), Some(name));
        assert!(
            notes.len() == 1 && notes[0].contains(name) && notes[0].contains(&format!("`{like}`")),
            "{name}: {notes:?}"
        );
    }
    let (_, notes) = read("[project]\nimplementer = \"International Trade Union Traning Institute\"\n");
    assert!(notes.len() == 1 && notes[0].contains("IFSI"), "{notes:?}");
}

#[test]
fn a_reference_names_a_donor_and_a_name_that_contradicts_it_wins() {
    assert_eq!(donor("identifier = \"BE-70\"").as_deref(), Some("Flanders"));
    assert_eq!(
        donor("name = \"Ministry of Foreign Affairs\"\nidentifier = \"FI-3\"").as_deref(),
        Some("Finland")
    );
    assert_eq!(donor("name = \"Vlaanderen\"\nidentifier = \"XX-1\"").as_deref(), Some("Flanders"));
    assert_eq!(donor("name = \"Vlaanderen\"\nidentifier = \"BE-10\"").as_deref(), Some("Flanders"));
    assert_eq!(
        donor("name = \"NGO Plan Belgium\"\nidentifier = \"BE-10\"").as_deref(),
        Some("NGO Plan Belgium")
    );
    let (_, notes) = read("[[donor]]\nname = \"Vlaanderen\"\nidentifier = \"BE-10\"\n");
    assert_eq!(notes, ["`BE-10` is the reference of Belgium, and the name is `Vlaanderen`"]);
}

#[test]
fn the_flemish_pack_joins_for_every_name_and_the_belgian_one_for_belgian_money_only() {
    let names = |name: &str, kind: &str| {
        let text =
            format!("project.kind = \"{kind}\"\nproject.start = 2017-01-01\n[[donor]]\nname = \"{name}\"\n");
        let read = read_with(&text, &[]);
        let assessment = read.assess("2018-01-01");
        let notes = evalplan::assess::Explainer::new(&assessment).notes(&assessment).join(" ");
        (assessment.chosen.joined.iter().map(|pack| pack.id.to_string()).collect::<Vec<_>>(), notes)
    };
    for name in ["Flanders", "Vlaamse Overheid", "flemish government", "Gouvernement flamand", "BE-70"] {
        let (joined, notes) = names(name, "project");
        assert!(
            joined.contains(&"donor-flanders".to_owned())
                && !joined.contains(&"belgium-trade-unions".to_owned()),
            "{name}: {joined:?}"
        );
        assert!(!notes.contains("no pack for"), "{notes}");
    }
    for name in ["DGD", "België", "Directorate-General for Development Cooperation", "BTC"] {
        let (joined, _) = names(name, "union-programme");
        assert!(
            !joined.contains(&"donor-flanders".to_owned())
                && joined.contains(&"belgium-trade-unions".to_owned()),
            "{name}: {joined:?}"
        );
    }
    for (name, kind) in [
        ("Norway", "union-programme"),
        ("Norad", "project"),
        ("West Flanders", "project"),
        ("Wallonia", "union-programme"),
    ] {
        let (joined, notes) = names(name, kind);
        assert!(
            !joined.iter().any(|pack| pack.contains("flanders") || pack.contains("belgium")),
            "{name}: {joined:?}"
        );
        assert!(notes.contains(&format!("no pack for {}", known(name).unwrap_or(name))), "{notes}");
    }
}

#[test]
fn private_donors_meet_their_records_by_any_name() {
    let text = "project.start = 2010-01-01\n[[donor]]\nname = \"AECID\"\nkind = \"private\"\n[[partner]]\nname = \"España\"\n";
    let read = read_with(text, &[]);
    let assessment = read.assess("2011-01-01");
    let record = assessment
        .findings
        .iter()
        .find(|one| &*one.rule.id == "private-partner/partner-record")
        .expect("the pack joins");
    assert_eq!(record.verdict, evalplan::checks::Verdict::Met);
}

#[test]
fn a_file_of_a_user_adds_names_and_takes_none_away() {
    let list = "[[donor]]\nname = \"Flanders\"\nnames = [\"Our friends in Brussels\"]\n[[donor]]\nname = \"Acme Foundation\"\nnames = [\"ACME\"]\n";
    let (catalog, wrong) = catalog(&[("ours/donors.toml", list)]);
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(catalog.lexicon.donor("our FRIENDS in Brussels"), "Flanders");
    assert_eq!(catalog.lexicon.donor("Vlaanderen"), "Flanders");
    assert_eq!(catalog.lexicon.donor("acme"), "Acme Foundation");
}

#[test]
fn lists_that_contradict_themselves_or_the_packs_are_refused_with_their_place() {
    for (path, text, told) in [
        (
            "ours/donors.toml",
            "[[donor]]\nname = \"Wallonia\"\nnames = [\"DGD\"]\n",
            "`DGD` is a name of a donor already: of Belgium",
        ),
        (
            "ours/donors.toml",
            "[[donor]]\nname = \"X\"\nidentifiers = [\"BE-70\"]\n",
            "`BE-70` is a reference already: of Flanders",
        ),
        (
            "ours/donors.toml",
            "[[donor]]\nname = \"X\"\npack = \"donor-flandres\"\n",
            "there is no pack `donor-flandres`",
        ),
        (
            "ours/donors.toml",
            "[[donor]]\nname = \"X\"\npack = \"donor-flanders\"\n",
            "the pack `donor-flanders` does not hold the requirements of X",
        ),
        ("ours/donors.toml", "[[donor]]\nname = \"?\"\n", "`?` has neither letters nor digits"),
        ("ours/donors.toml", "[[donor]]\nnmae = \"X\"\n", "unknown key `nmae`"),
        ("ours/donors.toml", "[[donor]\n", "not TOML"),
        (
            "ours/bodies.toml",
            "[[body]]\nname = \"X\"\nnames = [\"ISVI\"]\n",
            "`ISVI` is a name of a body already: of IFSI",
        ),
        ("ours/bodies.toml", "[[body]]\nname = \"X\"\npacks = [\"none\"]\n", "there is no pack `none`"),
        ("ours/words.toml", "[[theme]]\nword = \"Social Dialogue\"\n", "`Social Dialogue` cannot be an id"),
        ("ours/placeholders.toml", "[[mark]]\nbegins = [\"\"]\n", "empty"),
    ] {
        let (_, wrong) = catalog(&[(path, text)]);
        assert!(
            wrong.iter().any(|one| one.starts_with(&format!("{path}: ")) && one.contains(told)),
            "{text}: {wrong:?}"
        );
    }
}

#[test]
fn a_rule_that_looks_for_a_word_of_no_list_is_refused() {
    let pack = "format = 1\nid = \"ours\"\ntitle = \"Ours\"\nselection = \"by-name\"\ndocument = [{ id = \"d\", title = \"D\", issuer = \"I\" }]\n";
    let rule = |word: &str| {
        let list = "project.target-groups";
        format!(
            "id = \"a-group\"\ntitle = \"A group\"\nstatus = \"confirmed\"\nseverity = \"note\"\nremedy = \"Say it.\"\ncite = {{ source = \"d\", at = \"1\" }}\n\
             [check]\ncondition = '{list}.exists(g, g == \"{word}\")'\nfield = \"{list}\"\n"
        )
    };
    let load = |word: &str, more: &[(&str, &str)]| {
        let rule = rule(word);
        let files = [("ours/pack.toml", pack), ("ours/a-group.toml", rule.as_str())];
        catalog(&[&files[..], more].concat())
            .1
            .into_iter()
            .filter(|one| one.contains("looks for"))
            .collect::<Vec<_>>()
    };
    assert!(load("women", &[]).is_empty());
    assert_eq!(
        load("girls", &[]),
        [
            "ours/a-group.toml: the rule `a-group` looks for `girls` in `target-groups`, and no list of words has it"
        ]
    );
    assert_eq!(load("fishers", &[]).len(), 1);
    assert!(
        load("fishers", &[("words.toml", "[[target-group]]\nword = \"fishers\"\nnames = [\"pêcheurs\"]\n")])
            .is_empty()
    );
}

#[test]
fn people_and_themes_are_read_by_what_their_words_mean() {
    let (definition, _) = read(
        "[project]\ntarget-groups = [\"Young people\", \"niñas\", \"miners\"]\nthemes = [\"dialogue social\", \"PME\"]\n",
    );
    let facts = evalplan::facts::Facts::new(&definition, Date::default());
    let shown = |key| format!("{:?}", facts.fact(evalplan::facts::Word::Key(key)));
    let groups = shown(key::project::TARGET_GROUPS);
    assert!(
        ["\"youth\"", "\"women\"", "\"miners\""].iter().all(|word| groups.contains(word))
            && !groups.contains("niñas"),
        "{groups}"
    );
    let themes = shown(key::project::THEMES);
    assert!(
        ["\"social-dialogue\"", "\"sme-development\""].iter().all(|word| themes.contains(word)),
        "{themes}"
    );
}

/// Letters and spaces around and inside names.
fn other() -> impl Strategy<Value = String> {
    "[A-Za-zéü '()/-]{0,40}"
}

/// A name of a shipped donor, with what it means.
fn alias() -> impl Strategy<Value = (String, String)> {
    let all: Vec<(String, String)> = SHIPPED
        .0
        .lexicon
        .donors
        .iter()
        .flat_map(|one| {
            one.others.iter().chain([&one.name]).map(|name| (name.to_string(), one.name.to_string()))
        })
        .collect();
    prop::sample::select(all)
}

/// Every name of a shipped donor, as it is compared.
static FOLDED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    SHIPPED
        .0
        .lexicon
        .donors
        .iter()
        .flat_map(|one| one.others.iter().chain([&one.name]).map(|name| folded(name)))
        .collect()
});

proptest! {
    #[test]
    fn a_name_in_any_case_and_punctuation_is_the_same_donor((name, donor) in alias(), capitals: bool, dots in "[ .,!]{0,2}") {
        let name = if capitals { name.to_uppercase() } else { name.to_lowercase() };
        let dressed = format!("{dots}{name}{dots}");
        prop_assert_eq!(known(&dressed), Some(donor.as_str()), "{}", dressed);
    }

    #[test]
    fn a_name_that_is_no_name_of_a_donor_is_never_read_as_one(name in other(), (alias, _) in alias(), more in "[a-z]{2,9}") {
        // A reference is written as it is: `aü` is not the one of Australia.
        let is_reference = |text: &str| SHIPPED.0.lexicon.donors.iter().any(|one| one.identifiers.iter().any(|known| **known == *text.trim()));
        let is_alias = |text: &str| FOLDED.contains(&folded(text)) || is_reference(text);
        for text in [name, format!("{alias} {more}"), format!("{more} {alias}"), format!("{alias}{more}")] {
            prop_assert_eq!(known(&text).is_some(), is_alias(&text), "{}", text);
        }
    }
}
