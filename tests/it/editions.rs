//! Editions: the newest in force, what the one by date would ask besides, what weighs less where a later edition had begun, and what
//! only somebody remembers.

use evalplan::assess::{Assessment, Choice, assess, beside};
use evalplan::import;
use evalplan::model::{Date, Definition};
use evalplan::policy::{Catalog, RuleFile, Severity};
use evalplan::source::{Sources, shipped_rules};

fn catalog(more: &[(&str, String)]) -> (Catalog, Vec<String>) {
    let mut sources = Sources::default();
    let shipped = shipped_rules("").into_iter();
    let mut files: Vec<RuleFile> =
        shipped.map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true }).collect();
    files.extend(
        more.iter().map(|(path, text)| RuleFile { source: sources.add(*path, text.clone()), shipped: false }),
    );
    let loaded = Catalog::load(&files, &sources);
    (loaded.value, loaded.diagnostics.into_iter().map(|one| one.message).collect())
}

fn definition(text: &str) -> Definition {
    let read = import::toml::read(
        &mut Sources::default(),
        "test.toml",
        format!("format = 1\n{text}").as_bytes(),
        &evalplan::lexicon::Lexicon::default(),
    );
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value.expect("it was read")
}

fn told<'c>(catalog: &'c Catalog, definition: &'c Definition, policy: Option<&str>) -> Assessment<'c> {
    let choice = Choice { policy: policy.map(str::to_owned), ..Choice::default() };
    let day: Date = "2020-01-01".parse().expect("it is a day");
    assess(catalog, definition, day, &choice).expect("the packs are there")
}

fn severity(told: &Assessment<'_>, rule: &str) -> Option<Severity> {
    told.findings.iter().find(|finding| *finding.rule.id == *rule).map(|finding| finding.severity)
}

#[test]
fn the_edition_in_force_is_the_newest_begun_by_the_start_whatever_its_status() {
    let (catalog, _) = catalog(&[]);
    for (start, edition) in [
        ("2002-11-01", "ilo-2002"),
        ("2012-02-29", "ilo-2005"),
        ("2012-03-01", "ilo-2012"),
        ("2017-10-31", "ilo-2012"),
        ("2017-11-01", "ilo-2017"),
        ("2021-06-01", "ilo-2020"),
    ] {
        let named =
            definition(&format!("policy = \"in-force\"\n[project]\nstart = {start}\nend = 2030-12-31\n"));
        let by_file = told(&catalog, &named, None);
        assert_eq!(
            (&*by_file.chosen.editions[0].pack.id, by_file.chosen.by.word()),
            (edition, "file"),
            "{start}"
        );
        let plain = definition(&format!("[project]\nstart = {start}\nend = 2030-12-31\n"));
        assert_eq!(&*told(&catalog, &plain, Some("in-force")).chosen.editions[0].pack.id, edition, "{start}");
    }
}

#[test]
fn the_edition_in_force_says_what_the_one_by_date_would_ask_besides_and_weigh_otherwise() {
    let (catalog, _) = catalog(&[]);
    let note = |project: &Definition, policy: Option<&str>| {
        let told = told(&catalog, project, policy);
        beside(&catalog, &told).and_then(|beside| beside.note(&told))
    };
    let long =
        definition("[project]\nstart = 2014-01-01\nend = 2017-12-31\n[budget]\ntotal = \"USD 6000000\"\n");
    let besides = note(&long, Some("in-force")).expect("there is another edition");
    assert!(
        besides.contains("`ilo-2005/annual-reviews` (warning)"),
        "it weighs less where a later one had begun: {besides}"
    );
    assert!(!besides.contains("project-evaluation"), "both ask for one: {besides}");
    let of_length =
        definition("[project]\nstart = 2014-01-01\nend = 2015-12-31\n[budget]\ntotal = \"USD 6000000\"\n");
    let besides = note(&of_length, Some("in-force")).expect("there is another edition");
    assert!(
        besides.contains("would make `ilo-2005/mid-term-evaluation` an error (here a warning)"),
        "{besides}"
    );
    let early = definition("[project]\nstart = 2008-01-01\nend = 2011-12-31\n");
    assert_eq!(note(&early, Some("in-force")), None, "it is the same edition");
    assert_eq!(note(&long, None), None, "nobody asked");
}

#[test]
fn annual_reviews_weigh_less_only_where_a_later_edition_had_surely_begun_and_none_is_named() {
    let (catalog, _) = catalog(&[]);
    let of = |start: &str, policy: Option<&str>| {
        let project = definition(&format!("[project]\nstart = {start}\nend = 2020-12-31\n"));
        severity(&told(&catalog, &project, policy), "ilo-2005/annual-reviews")
    };
    assert_eq!(of("2012-02-29", None), Some(Severity::Error));
    assert_eq!(of("2012-03-01", None), Some(Severity::Warning));
    assert_eq!(of("\"2012\"", None), Some(Severity::Error), "it may have begun before");
    assert_eq!(of("2014-01-01", Some("ilo-2005")), Some(Severity::Error), "the edition is named");
    let project = definition("[project]\nstart = 2014-01-01\nend = 2020-12-31\n");
    assert_eq!(severity(&told(&catalog, &project, None), "ilo-2005/final-evaluation"), Some(Severity::Error));
}

#[test]
fn tripartism_holds_for_every_project_and_before_its_text_as_warnings() {
    let (catalog, _) = catalog(&[]);
    let of = |start: &str| {
        let project = definition(&format!("[project]\ntitle = \"T\"\n{start}\nend = 2004-12-31\n"));
        severity(&told(&catalog, &project, None), "ilo-tripartism/constituents-at-every-stage")
    };
    assert_eq!(of("start = 1999-05-31"), Some(Severity::Warning));
    assert_eq!(of("start = 1999-06-01"), Some(Severity::Error));
    assert_eq!(of("start = \"1999\""), Some(Severity::Error), "it may be later");
    assert_eq!(of(""), Some(Severity::Error), "a start that is missing weakens nothing");
}

const PACK: &str = "format = 1\nid = \"heard\"\ntitle = \"Heard\"\nselection = \"by-name\"\n\
    [[document]]\nid = \"d\"\ntitle = \"D\"\nissuer = \"I\"\n";

#[test]
fn what_is_only_remembered_is_refused_as_an_error() {
    let check = "[check]\ncondition = 'has(project.title)'\n";
    let band = |status: &str| {
        format!(
            "axis = \"project.budget\"\n[[duty]]\nid = \"final\"\ntitle = \"F\"\n[[band]]\nid = \"all\"\nwhen = {{ min = \"USD 1\", status = \"{status}\" }}\n\
             [[band.requires]]\nduty = \"final\"\nevaluation = {{ timing = \"final\" }}\n"
        )
    };
    let refused = |head: &str, form: &str| {
        let rule = format!(
            "id = \"title\"\ntitle = \"T\"\ncite = {{ source = \"d\", at = \"par. 1\" }}\n{head}\n{form}"
        );
        catalog(&[("heard/pack.toml", PACK.to_owned()), ("heard/title.toml", rule)]).1
    };
    let wrong = |found: Vec<String>| found.iter().any(|message| message.contains("is unconfirmed"));
    assert!(wrong(refused("status = \"unconfirmed\"", check)), "an error where nothing is said");
    assert!(wrong(refused("status = \"unconfirmed\"\nseverity = \"error\"", check)));
    assert!(
        wrong(refused("status = \"confirmed\"", &band("unconfirmed"))),
        "the ends of the band are remembered"
    );
    assert_eq!(refused("status = \"unconfirmed\"\nseverity = \"warning\"", check), Vec::<String>::new());
    assert_eq!(refused("status = \"inferred\"", check), Vec::<String>::new());
    assert_eq!(refused("status = \"confirmed\"", &band("inferred")), Vec::<String>::new());
}
