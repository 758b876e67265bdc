//! What was proved of rule packs, for people and as JSON: holes, overlaps and dead rules, each with an example.
//! Must not run cells.

use super::difference::count;
use super::lines::Lines;
use super::snippet::render_diagnostics;
use crate::diag::Diagnostic;
use crate::policy::proof::{Found, Kind, PackProof, Proof};
use crate::source::Sources;
use serde::Serialize;

#[derive(Serialize)]
struct Whole<'p> {
    format: &'static str,
    packs: Vec<PackJson<'p>>,
    editions: Vec<FoundJson<'p>>,
}

#[derive(Serialize)]
struct PackJson<'p> {
    pack: &'p str,
    result: &'static str,
    tables: usize,
    rules: usize,
    cells: usize,
    incomplete: &'p [String],
    found: Vec<FoundJson<'p>>,
}

#[derive(Serialize)]
struct FoundJson<'p> {
    kind: String,
    subject: &'p str,
    message: &'p str,
    path: &'p str,
    line: usize,
    column: usize,
    example: Option<&'p str>,
    may_be_spurious: bool,
    meant: bool,
}

/// The proof as JSON.
#[must_use]
pub fn json(proof: &Proof, sources: &Sources) -> String {
    let packs = proof.packs.iter().map(|pack| PackJson {
        pack: &pack.pack,
        result: result(pack),
        tables: pack.tables,
        rules: pack.rules,
        cells: pack.cells,
        incomplete: &pack.incomplete,
        found: found_json(&pack.found, sources),
    });
    let whole = Whole {
        format: "evalplan/rules-check/1",
        packs: packs.collect(),
        editions: found_json(&proof.editions, sources),
    };
    serde_json::to_string_pretty(&whole).map(|text| text + "\n").unwrap_or_default()
}

fn found_json<'p>(found: &'p [Found], sources: &'p Sources) -> Vec<FoundJson<'p>> {
    found.iter().map(|one| one_json(one, sources)).collect()
}

fn one_json<'p>(found: &'p Found, sources: &'p Sources) -> FoundJson<'p> {
    let position = sources.position(found.source, found.span.start);
    FoundJson {
        kind: found.kind.to_string(),
        subject: &found.subject,
        message: &found.message,
        path: sources.path(found.source),
        line: position.line,
        column: position.column,
        example: found.example.as_deref(),
        may_be_spurious: found.may_be_spurious,
        meant: found.is_meant,
    }
}

/// `proved` only where every cell was run and nothing was found.
fn result(pack: &PackProof) -> &'static str {
    match (pack.found.iter().any(Found::is_fault), pack.incomplete.is_empty()) {
        (true, _) => "broken",
        (false, false) => "incomplete",
        (false, true) => "proved",
    }
}

/// The proof for people: a line a pack, with a picture and an example of everything that was found.
#[must_use]
pub fn text(proof: &Proof, sources: &Sources) -> String {
    let mut text = Lines::default();
    for pack in &proof.packs {
        let counts =
            [count(pack.tables, "table"), count(pack.rules, "rule"), count(pack.cells, "cell")].join(", ");
        writeln!(text, "{}: {} ({counts})", pack.pack, result(pack));
        for one in &pack.incomplete {
            writeln!(text, "  incomplete: `{one}` has more cells than are run; nothing is claimed of it");
        }
        let always = |one: &&Found| one.kind == Kind::AlwaysFires;
        for one in pack.found.iter().filter(always) {
            let meant = if one.is_meant { ", which is meant" } else { "" };
            writeln!(text, "  note: `{}` always applies: {}{meant}", one.subject, one.message);
        }
        for one in pack.found.iter().filter(|one| !always(one)) {
            draw(one, sources, &mut text);
        }
    }
    for one in &proof.editions {
        draw(one, sources, &mut text);
    }
    let faults = proof.found().filter(|found| found.is_fault()).count();
    let incomplete = proof.packs.iter().filter(|pack| !pack.incomplete.is_empty()).count();
    writeln!(
        text,
        "Ran the cells of {}: {}, {incomplete} incomplete.",
        count(proof.packs.len(), "pack"),
        count(faults, "fault")
    );
    text.into_text()
}

fn draw(found: &Found, sources: &Sources, text: &mut Lines) {
    let diagnostic = Diagnostic { hint: None, ..found.diagnostic() };
    text.drawn(&format!("\n{}\n", render_diagnostics(&[diagnostic], sources, false).trim_end()));
    if found.may_be_spurious {
        writeln!(text, "  this may be spurious: a fact that the cells do not cut was tried both ways");
    }
    if let Some(example) = &found.example {
        writeln!(
            text,
            "  {}",
            if found.kind == Kind::NeverFires {
                "it does not apply, for example, to:"
            } else {
                "for example:"
            }
        );
        for line in example.lines() {
            writeln!(text, "{}", format!("    {line}").trim_end());
        }
    }
}
