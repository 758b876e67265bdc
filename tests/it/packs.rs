//! What the shipped packs promise: every clause accounted for, every citation to be found, statuses that are honest.

use evalplan::assess::{Choice, Member, Members, assess};
use evalplan::checks::{Check, Subject};
use evalplan::import;
use evalplan::model::{Date, Definition, Table, key};
use evalplan::policy::{Catalog, Document, Pack, Rule, RuleFile, Selection, Status};
use evalplan::schedule::plan;
use evalplan::source::{Sources, shipped_rules};
use std::collections::BTreeMap;

const LATER_EDITIONS: [&str; 3] = ["ilo-2012", "ilo-2017", "ilo-2020"];

fn catalog() -> (Catalog, Sources) {
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    (loaded.value, sources)
}

fn own_rules(catalog: &Catalog) -> impl Iterator<Item = (&Pack, &Rule)> {
    catalog
        .packs
        .iter()
        .flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
        .filter(|(_, rule)| rule.inherited_from.is_none())
}

#[test]
fn every_entry_of_the_lists_of_clauses_stands_in_one_pack() {
    let lists = [
        ("004", 52),
        ("FL", 15),
        ("BE", 22),
        ("R02", 10),
        ("R05", 12),
        ("R12", 12),
        ("R17", 12),
        ("R20", 11),
    ];
    let mut wanted: BTreeMap<String, usize> = lists
        .iter()
        .flat_map(|(list, last)| (1..=*last).map(move |number| (format!("{list}-{number:02}"), 0)))
        .collect();
    let (catalog, _) = catalog();
    for entry in
        catalog.packs.iter().flat_map(|pack| &pack.clauses).filter_map(|clause| clause.entry.as_ref())
    {
        *wanted.get_mut(entry).unwrap_or_else(|| panic!("no list has {entry}")) += 1;
    }
    let wrong: Vec<_> = wanted.iter().filter(|(_, count)| **count != 1).collect();
    assert!(wrong.is_empty(), "missing or named twice: {wrong:?}");
}

#[test]
fn clauses_name_rules_that_exist_and_every_rule_rests_on_a_clause() {
    let (catalog, _) = catalog();
    let mut held: Vec<&str> = Vec::new();
    for pack in &catalog.packs {
        for (clause, rule) in
            pack.clauses.iter().flat_map(|clause| clause.rules.iter().map(move |rule| (clause, rule)))
        {
            let found = if rule.contains('/') { catalog.rule(rule) } else { pack.rule(rule) };
            let found =
                found.unwrap_or_else(|| panic!("{}, {}: there is no rule {rule}", pack.id, clause.at));
            held.push(&found.id);
        }
    }
    let loose: Vec<&str> =
        own_rules(&catalog).map(|(_, rule)| &*rule.id).filter(|id| !held.contains(id)).collect();
    assert!(loose.is_empty(), "no clause names {loose:?}");
}

#[test]
fn every_place_that_is_cited_can_be_found_in_its_document() {
    let (catalog, _) = catalog();
    let mut wrong = Vec::new();
    let mut check = |pack: &Pack, source: &str, at: &str, unknown: bool| {
        let document = pack.documents.iter().find(|document| &*document.id == source);
        let known =
            document.is_some_and(|document| lies_in(document, at)) || (unknown && at == "place not known");
        if !known {
            wrong.push(format!("{}: {source}, {at}", pack.id));
        }
    };
    for pack in &catalog.packs {
        pack.rules.iter().for_each(|rule| {
            check(pack, &rule.cite.source, &rule.cite.at, rule.status == Status::Unconfirmed)
        });
        pack.clauses.iter().for_each(|clause| check(pack, &clause.source, &clause.at, true));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `par. 143`, `pars 72-75, 148`, `Appendix I (d)`, `Box III.3, par. 335`, or a heading that the pack lists.
fn lies_in(document: &Document, at: &str) -> bool {
    let last = document.paragraphs.unwrap_or(0);
    let in_range = |text: &str| text.parse().is_ok_and(|number: u32| (1..=last).contains(&number));
    let mut paragraphs = false;
    !at.is_empty()
        && at.split(", ").all(|part| {
            let numbers = part.strip_prefix("par. ").or_else(|| part.strip_prefix("pars "));
            let continued = numbers.or_else(|| {
                Some(part).filter(|part| paragraphs && part.starts_with(|c: char| c.is_ascii_digit()))
            });
            paragraphs = continued.is_some();
            match continued.map(|numbers| numbers.split_once('-')) {
                Some(Some((one, two))) => {
                    in_range(one) && in_range(two) && one.parse::<u32>().ok() < two.parse::<u32>().ok()
                }
                Some(None) => continued.is_some_and(in_range),
                None => {
                    document.also.iter().any(|known| part == known || part.starts_with(&format!("{known} (")))
                }
            }
        })
}

#[test]
fn a_place_outside_a_document_is_not_found() {
    let document = Document {
        id: "d".into(),
        title: "D".to_owned(),
        issuer: "I".to_owned(),
        date: None,
        paragraphs: Some(338),
        also: vec!["Appendix I".to_owned()],
    };
    for at in ["par. 338", "pars 72-75, 148", "Appendix I (d)", "Appendix I (d), par. 3"] {
        assert!(lies_in(&document, at), "{at}");
    }
    for at in ["par. 339", "par. 0", "pars 75-72", "Appendix III", "338", "", "Appendix I (d), 3", "par. x"] {
        assert!(!lies_in(&document, at), "{at}");
    }
}

#[test]
fn later_editions_are_used_by_name_only_and_say_what_their_figures_are_worth() {
    let (catalog, sources) = catalog();
    for id in LATER_EDITIONS {
        let pack = catalog.pack(id).expect("it is shipped");
        assert_eq!(pack.selection, Selection::ByName, "{id}");
        let unread = pack.rules.iter().filter(|rule| &*rule.cite.at == "place not known");
        assert_eq!(unread.clone().find(|rule| rule.status != Status::Unconfirmed).map(|rule| &rule.id), None);
        let said = |local: &str| pack.inherited.iter().any(|said| &*said.rule == local);
        let inherited = pack.rules.iter().filter(|rule| rule.inherited_from.is_some() && !said(&rule.local));
        assert_eq!(
            inherited.clone().find(|rule| rule.status < Status::ConfirmedSecondary).map(|rule| &rule.id),
            None,
            "{id}"
        );
    }
    let definition = definition(
        "[project]\nstart = 2021-01-01\nend = 2023-12-31\n[budget]\ntotal = \"USD 6000000\"\n",
        sources,
    );
    for id in LATER_EDITIONS {
        let choice = Choice { policy: Some(id.to_owned()), ..Choice::default() };
        let told = assess(&catalog, &definition, day("2021-01-01"), &choice).expect("the pack is there");
        for finding in told.findings.iter().filter(|finding| finding.rule.pack.starts_with("ilo-20")) {
            assert!(finding.status >= finding.rule.status, "{} loses its status", finding.rule.id);
        }
        assert!(told.findings.iter().any(|finding| finding.status == Status::Unconfirmed), "{id}");
    }
    let told =
        assess(&catalog, &definition, day("2021-01-01"), &Choice::default()).expect("the packs are there");
    let later: Vec<&str> = told.chosen.superseded_by.iter().map(|pack| &*pack.id).collect();
    assert_eq!(later, LATER_EDITIONS);
    assert!(
        told.findings.iter().all(|finding| !LATER_EDITIONS.contains(&&*finding.rule.pack)),
        "nobody named them"
    );
}

#[test]
fn ids_name_the_thing_and_gaps_say_what_to_do() {
    let (catalog, _) = catalog();
    for (_, rule) in own_rules(&catalog) {
        let id = &rule.local;
        assert!(!["must-", "no-", "use-", "check-"].iter().any(|start| id.starts_with(start)), "{id}");
        assert!(!id.contains(|letter: char| letter.is_ascii_digit()), "{id} has a number");
        assert!(rule.remedy.is_some() || is_only_dated(rule), "{} does not say what to do", rule.id);
    }
}

/// An event that the file does not record can be no gap.
fn is_only_dated(rule: &Rule) -> bool {
    let Check::Duty(duty) = &rule.check else { return false };
    let mut asked = duty.bands.iter().filter_map(|band| band.requirement.as_ref());
    asked.all(|asked| matches!(asked.subject, Subject::Event(_)) && asked.recorded_as.is_none())
}

#[test]
fn every_rule_says_what_its_clause_asks_and_every_condition_has_words() {
    let (catalog, _) = catalog();
    let mut seen = 0;
    for (_, rule) in own_rules(&catalog) {
        let says = rule.says.as_deref().unwrap_or_default();
        assert!(
            says.len() > 30 && says.ends_with('.'),
            "{} does not say what its clause asks: {says}",
            rule.id
        );
        if !matches!(rule.check.form(), "check" | "each") {
            continue;
        }
        let asked = rule
            .check
            .asked()
            .unwrap_or_else(|| panic!("{} has a condition without `asks` and `lacks`", rule.id));
        let words = asked.parts.iter().map(|part| &part.lacks).chain([&asked.asks]);
        for words in words {
            let code = ["&&", "||", "==", "has(", "exists("].iter().any(|sign| words.contains(sign));
            assert!(!code && !words.ends_with('.') && words.len() > 5, "{}: {words}", rule.id);
        }
        assert!(
            asked.parts.len() == 1 || asked.parts.iter().all(|part| part.name.is_some()),
            "{} has parts without a name",
            rule.id
        );
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn a_fund_knows_the_projects_that_it_pays_for() {
    let texts = [
        "[project]\ncode = \"FUND\"\nkind = \"donor-agreement\"\nstart = 2016-03-07\nend = 2021-03-06\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\n[[allocation]]\nproject = \"LISTED\"\nyear = \"2016\"\namount = \"USD 5\"\nimplementer = \"ITCILO\"\n",
        "[project]\ncode = \"LISTED\"\napproved = 2016-05-01\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\namount = \"USD 7\"\n",
        "[project]\ncode = \"NEW\"\napproved = 2017-05-01\nimplementer = \"ILO\"\n[[rate]]\ncurrency = \"EUR\"\nusd = \"1.1\"\ndate = 2017-05-01\nsource = \"United Nations\"\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\namount = \"EUR 100\"\n[[delivery]]\nyear = \"2017\"\nallocated = \"USD 10\"\nspent = \"USD 6\"\n",
        "[project]\ncode = \"OTHER-CHANNEL\"\napproved = 2017-05-01\n[[donor]]\nname = \"Flanders\"\nchannel = \"bilateral\"\n",
        "[project]\ncode = \"OTHER-DONOR\"\napproved = 2017-05-01\n[[donor]]\nname = \"Netherlands\"\nchannel = \"trust-fund\"\n",
        "[project]\ncode = \"TOO-EARLY\"\napproved = 2016-03-06\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\n",
        "[project]\ncode = \"TOO-LATE\"\nstart = 2021-03-07\n[[donor]]\nname = \"Flanders\"\nchannel = \"trust-fund\"\n",
    ];
    let mut definitions: Vec<Definition> =
        texts.iter().map(|text| definition(text, Sources::default())).collect();
    let mut members = Members::default();
    definitions[1..]
        .iter()
        .filter_map(|one| Member::of(one, day("2018-01-01")))
        .for_each(|member| members.add(member));
    members.gather(&mut definitions[0], day("2018-01-01"));
    let fund = &definitions[0];
    let shown: Vec<String> = fund
        .rows(Table::Allocation)
        .iter()
        .map(|row| {
            let text = |key| row.text(key).unwrap_or("?");
            let amount = row
                .money(key::allocation::AMOUNT)
                .and_then(|amount| amount.range.exact())
                .map(|amount| amount.normalize().to_string());
            let amount = amount.unwrap_or_else(|| "?".to_owned());
            let by = row
                .texts(key::allocation::IMPLEMENTER)
                .map_or_else(|| "?".to_owned(), |bodies| bodies.join(", "));
            format!("{} {} {amount} {by}", text(key::allocation::PROJECT), text(key::allocation::YEAR))
        })
        .collect();
    assert_eq!(shown, ["LISTED 2016 5 ITCILO", "NEW 2017 110 ILO"]);
    assert_eq!(fund.rows(Table::Delivery).len(), 1);
    let (catalog, _) = catalog();
    let told = assess(&catalog, fund, day("2018-01-01"), &Choice::default()).expect("the packs are there");
    let verdict = |id: &str| {
        told.findings.iter().find(|finding| &*finding.rule.id == id).map(|finding| finding.outcome.word())
    };
    assert_eq!(verdict("donor-flanders/turin-allocations"), Some("gap"));
    assert_eq!(verdict("ilo-delivery/delivery-rate"), Some("met"));
}

#[test]
fn a_plan_shows_events_with_the_day_on_which_they_took_place() {
    let (catalog, sources) = catalog();
    let definition = definition(
        "[project]\nkind = \"donor-agreement\"\nstart = 2016-03-07\nend = 2018-12-31\n[[donor]]\nname = \"Flanders\"\n[[meeting]]\nid = \"first\"\nkind = \"cooperation-review\"\ndate = 2017-01-26\n",
        sources,
    );
    let told =
        assess(&catalog, &definition, day("2018-06-01"), &Choice::default()).expect("the packs are there");
    let shown: Vec<String> = plan(&told)
        .events
        .iter()
        .filter(|event| event.id.starts_with("yearly"))
        .map(|event| format!("{} {} {:?}", event.id, event.title, event.recorded.map(|day| day.to_string())))
        .collect();
    assert_eq!(
        shown,
        [
            "yearly-review-meeting-1 Cooperation review meeting Some(\"2017-01-26\")",
            "yearly-review-meeting-2 Cooperation review meeting None"
        ]
    );
}

#[test]
fn packs_are_picked_or_added_by_name() {
    let (catalog, sources) = catalog();
    let definition = definition("[project]\nstart = 2014-01-01\nend = 2015-12-31\n", sources);
    let applied = |packs: &[&str]| {
        let choice =
            Choice { packs: packs.iter().map(|name| (*name).to_owned()).collect(), ..Choice::default() };
        let told = assess(&catalog, &definition, day("2014-01-01"), &choice)?;
        Ok::<_, String>(told.chosen.pack_ids().into_iter().map(str::to_owned).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(applied(&[]), Ok("ilo-2005 ilo-tripartism".to_owned()));
    assert_eq!(applied(&["ilo-gender"]), Ok("ilo-gender".to_owned()));
    assert_eq!(applied(&["+ilo-gender"]), Ok("ilo-2005 ilo-gender ilo-tripartism".to_owned()));
    assert_eq!(applied(&["ilo-2005", "+ilo-gender"]), Ok("ilo-2005 ilo-gender".to_owned()));
    assert_eq!(applied(&["+ilo-gendr"]), Err("ilo-gendr".to_owned()));
}

fn definition(text: &str, mut sources: Sources) -> Definition {
    let read = import::toml::read(
        &mut sources,
        "test.toml",
        format!("format = 1\n{text}").as_bytes(),
        &catalog().0.lexicon,
    );
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value.expect("it was read")
}

fn day(text: &str) -> Date {
    text.parse().expect("it is a day")
}
