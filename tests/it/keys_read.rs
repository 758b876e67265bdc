//! Every key that a definition may have is read: by a rule, by what plans and amounts rest on, or at the head of a report.

use evalplan::checks::Reads;
use evalplan::model::{KeyId, Table};
use evalplan::policy::Catalog;
use evalplan::report::Headings;

/// Keys that something else than a rule reads, and what that is.
const READ_ELSEWHERE: &[(&str, &str)] = &[
    ("project.duration", "the end, where the file gives a length"),
    ("project.status", "the conditions on which packs join"),
    ("gender.analysis", "the condition on which the pack on equality joins"),
    ("rate.currency", "amounts"),
    ("rate.usd", "amounts"),
    ("rate.date", "waivers and people: what the rate is worth"),
    ("rate.source", "people: where the rate is from"),
    ("revision.date", "what is in force on a day"),
    ("revision.end", "what is in force on a day"),
    ("revision.total", "what is in force on a day"),
    ("revision.reason", "people: why"),
    ("waiver.granted-by", "the list of waivers"),
    ("waiver.authority", "the list of waivers"),
    ("waiver.granted", "whether it is in force"),
    ("waiver.expires", "whether it is in force"),
    ("donor.identifier", "which donor is meant"),
    ("donor.amount", "what an agreement gathers from its projects"),
    ("evaluation.manager", "who closes a finding, and whether the manager is of the office"),
    ("evaluation.process", "the tasks of the plan"),
    ("office.calendar", "the days off"),
    ("office.breaks", "the days off"),
    ("office.bad-seasons", "what is said of a plan"),
    ("recommendation.evaluation", "people: which evaluation made it"),
    ("recommendation.unit", "who closes a finding"),
];

fn name(key: KeyId) -> String {
    format!("{}.{}", key.table.spec().name, key.spec().name)
}

#[test]
fn every_key_is_read_by_somebody() {
    let catalog = Catalog::shipped();
    let mut read = String::new();
    for rule in catalog.rules() {
        let mut reads = Reads::default();
        rule.reads(&mut reads);
        // What a form reads beside conditions stands in its parameters.
        read.push_str(&format!("{:?} {:?}\n", reads.all, rule.check));
    }
    let headings = Headings::shipped();
    let of_reports: Vec<&str> = headings.facts().map(|(_, field, _)| field).collect();
    let is_read = |key: KeyId| read.contains(&format!("{key:?}"));
    let mut unread = Vec::new();
    for key in
        Table::ALL.iter().flat_map(|table| table.spec().keys.iter().filter_map(|key| table.key(key.name)))
    {
        let name = name(key);
        let names_it = matches!(key.spec().name, "id" | "title" | "code") || name == "allocation.project";
        let elsewhere = READ_ELSEWHERE.iter().any(|(known, _)| *known == name);
        assert!(!(elsewhere && is_read(key)), "{name} is read by a rule by now: take it out of the list");
        if !is_read(key) && !names_it && !elsewhere && !of_reports.contains(&name.as_str()) {
            unread.push(name);
        }
    }
    assert!(unread.is_empty(), "nobody reads {}", unread.join(", "));
}
