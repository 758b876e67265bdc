//! Which clauses have rules and which stay with people, for people and as JSON.
//! Must not decide what a clause says.

use super::difference::count;
use super::lines::Lines;
use crate::policy::{Clause, Coverage, Pack};
use serde::Serialize;

/// The coverage of one pack.
#[derive(Debug)]
pub struct PackCoverage<'c> {
    /// The pack.
    pub pack: &'c Pack,
    /// Its documents.
    pub documents: Vec<Coverage<'c>>,
    /// Clauses that name a rule that no pack has.
    pub broken: Vec<(&'c Clause, &'c str)>,
}

#[derive(Serialize)]
struct Whole<'c> {
    format: &'static str,
    packs: Vec<PackJson<'c>>,
}

#[derive(Serialize)]
struct PackJson<'c> {
    pack: &'c str,
    documents: Vec<DocumentJson<'c>>,
    broken: Vec<&'c str>,
}

#[derive(Serialize)]
struct DocumentJson<'c> {
    id: &'c str,
    title: &'c str,
    clauses: Vec<ClauseJson<'c>>,
    unlisted: Vec<&'c str>,
}

#[derive(Serialize)]
struct ClauseJson<'c> {
    entry: Option<&'c str>,
    at: &'c str,
    title: &'c str,
    rules: Vec<&'c str>,
    manual: Option<&'c str>,
}

/// The coverage as JSON.
#[must_use]
pub fn json(packs: &[PackCoverage<'_>]) -> String {
    let packs = packs.iter().map(|one| PackJson {
        pack: &one.pack.id,
        documents: one.documents.iter().map(document).collect(),
        broken: one.broken.iter().map(|(_, rule)| *rule).collect(),
    });
    let whole = Whole { format: "evalplan/rules-coverage/1", packs: packs.collect() };
    serde_json::to_string_pretty(&whole).map(|text| text + "\n").unwrap_or_default()
}

fn document<'c>(coverage: &'c Coverage<'c>) -> DocumentJson<'c> {
    let clauses = coverage.clauses.iter().map(|clause| ClauseJson {
        entry: clause.entry.as_deref(),
        at: &clause.at,
        title: &clause.title,
        rules: clause.rules.iter().map(AsRef::as_ref).collect(),
        manual: clause.manual.as_deref(),
    });
    DocumentJson {
        id: &coverage.document.id,
        title: &coverage.document.title,
        clauses: clauses.collect(),
        unlisted: coverage.unlisted.iter().map(|rule| &*rule.local).collect(),
    }
}

/// The coverage for people: every clause, with its rules or the reason why it has none.
#[must_use]
pub fn text(packs: &[PackCoverage<'_>]) -> String {
    let mut text = Lines::default();
    let (mut held, mut manual) = (0, 0);
    for one in packs {
        writeln!(text, "{}: {}", one.pack.id, one.pack.title);
        for coverage in &one.documents {
            writeln!(text, "  {} ({})", coverage.document.title, coverage.document.id);
            for clause in &coverage.clauses {
                let how = match &clause.manual {
                    Some(reason) => format!("left to people: {reason}"),
                    None => format!("rules: {}", clause.rules.join(", ")),
                };
                if clause.manual.is_some() {
                    manual += 1
                } else {
                    held += 1
                }
                let entry = clause.entry.as_ref().map(|entry| format!("{entry}: ")).unwrap_or_default();
                writeln!(text, "    {:<16} {entry}{}", clause.at, clause.title);
                writeln!(text, "    {:<16} {how}", "");
            }
            for rule in &coverage.unlisted {
                writeln!(text, "    {:<16} {}", rule.cite.at, rule.title);
                writeln!(text, "    {:<16} rule: {}", "", rule.local);
            }
            if coverage.clauses.is_empty() && coverage.unlisted.is_empty() {
                writeln!(text, "    no clause is accounted for");
            }
        }
        for (clause, rule) in &one.broken {
            writeln!(text, "  error: {} names the rule `{rule}`, which no pack has", clause.at);
        }
    }
    writeln!(text, "{} held by rules, {} left to people.", count(held, "clause"), count(manual, "clause"));
    text.into_text()
}
