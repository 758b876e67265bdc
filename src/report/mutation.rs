//! The mutation score of packs, for people and as JSON: what no case notices, and the case that is missing.
//! Must not run cases.

use super::lines::Lines;
use crate::assess::{PackScore, Survivor};
use serde::Serialize;

#[derive(Serialize)]
struct Whole<'s> {
    format: &'static str,
    packs: Vec<PackJson<'s>>,
}

#[derive(Serialize)]
struct PackJson<'s> {
    pack: &'s str,
    failing: usize,
    mutants: usize,
    caught: usize,
    equal: usize,
    survivors: Vec<SurvivorJson<'s>>,
}

#[derive(Serialize)]
struct SurvivorJson<'s> {
    subject: &'s str,
    what: &'s str,
    cell: Option<&'s str>,
    says: Option<&'s str>,
    mutant_says: Option<&'s str>,
    example: Option<&'s str>,
}

/// The scores as JSON.
#[must_use]
pub fn json(scores: &[PackScore]) -> String {
    let packs = scores.iter().map(|score| PackJson {
        pack: &score.pack,
        failing: score.failing,
        mutants: mutants(score),
        caught: score.caught,
        equal: score.equal,
        survivors: score.survivors.iter().map(survivor).collect(),
    });
    let whole = Whole { format: "evalplan/rules-mutate/1", packs: packs.collect() };
    serde_json::to_string_pretty(&whole).map(|text| text + "\n").unwrap_or_default()
}

fn survivor(survivor: &Survivor) -> SurvivorJson<'_> {
    let shows = survivor.shows.as_ref();
    SurvivorJson {
        subject: &survivor.subject,
        what: &survivor.what,
        cell: shows.map(|shows| shows.cell.as_str()),
        says: shows.map(|shows| shows.one.as_str()),
        mutant_says: shows.map(|shows| shows.two.as_str()),
        example: shows.map(|shows| shows.example.as_str()),
    }
}

/// The mutants that a case could notice.
fn mutants(score: &PackScore) -> usize {
    score.caught + score.survivors.len()
}

/// The scores for people: a line a pack, and for every survivor the case that would catch it.
#[must_use]
pub fn text(scores: &[PackScore]) -> String {
    let mut text = Lines::default();
    for score in scores {
        if score.failing > 0 {
            writeln!(
                text,
                "{}: {} cases fail; mend them first, with `evalplan rules test`",
                score.pack, score.failing
            );
            continue;
        }
        writeln!(text, "{}: {} ({} equal in every cell)", score.pack, caught(score), score.equal);
        for survivor in &score.survivors {
            writeln!(text, "  survives: {}: {}", survivor.subject, survivor.what);
            match &survivor.shows {
                Some(shows) => {
                    writeln!(text, "    missing: a case for `{}` with {}", shows.rule, shows.cell);
                    writeln!(text, "      the rule says    {}", shows.one);
                    writeln!(text, "      the mutant says  {}", shows.two);
                    for line in
                        shows.example.lines().filter(|line| !line.is_empty() && !line.starts_with("format"))
                    {
                        writeln!(text, "      {line}");
                    }
                }
                None => writeln!(
                    text,
                    "    missing: a case in which the change shows; the cells do not cut what it reads"
                ),
            }
        }
    }
    let all: usize = scores.iter().map(mutants).sum();
    let found: usize = scores.iter().map(|score| score.caught).sum();
    writeln!(text, "{found} of {all} mutants are caught.");
    text.into_text()
}

fn caught(score: &PackScore) -> String {
    let all = mutants(score);
    match (score.caught * 100).checked_div(all) {
        Some(share) => format!("{} of {all} mutants are caught, {share} per cent", score.caught),
        None => "no mutant could be made".to_owned(),
    }
}
