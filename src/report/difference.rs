//! Where two packs decide otherwise, for people and as JSON.
//! Must not run cells.

use super::lines::Lines;
use crate::policy::proof::Differences;
use serde::Serialize;

#[derive(Serialize)]
struct Whole<'d> {
    format: &'static str,
    packs: [&'d str; 2],
    cells: usize,
    incomplete: Vec<&'d str>,
    differences: Vec<Json<'d>>,
}

#[derive(Serialize)]
struct Json<'d> {
    rule: &'d str,
    cell: &'d str,
    cells: usize,
    says: [&'d str; 2],
    example: &'d str,
}

/// The differences as JSON.
#[must_use]
pub fn json(differences: &Differences, packs: [&str; 2]) -> String {
    let found = differences.found.iter().map(|found| Json {
        rule: &found.rule,
        cell: &found.cell,
        cells: found.cells,
        says: [&found.one, &found.two],
        example: &found.example,
    });
    let whole = Whole {
        format: "evalplan/rules-diff/1",
        packs,
        cells: differences.cells,
        incomplete: differences.incomplete.iter().map(AsRef::as_ref).collect(),
        differences: found.collect(),
    };
    serde_json::to_string_pretty(&whole).map(|text| text + "\n").unwrap_or_default()
}

/// The differences for people, rule by rule.
#[must_use]
pub fn text(differences: &Differences, packs: [&str; 2]) -> String {
    let mut text = Lines::default();
    let width = packs.iter().map(|pack| pack.chars().count()).max().unwrap_or_default();
    let mut last = "";
    for found in &differences.found {
        if last != &*found.rule {
            writeln!(text, "{}", found.rule);
            last = &found.rule;
        }
        let more = if found.cells > 1 {
            format!(" (and {} more)", count(found.cells - 1, "cell"))
        } else {
            String::new()
        };
        writeln!(text, "  {}{more}", found.cell);
        writeln!(text, "    {:width$}  {}", packs[0], found.one);
        writeln!(text, "    {:width$}  {}", packs[1], found.two);
        writeln!(text, "    for example:");
        for line in found.example.lines() {
            writeln!(text, "{}", format!("      {line}").trim_end());
        }
    }
    for rule in &differences.incomplete {
        writeln!(text, "incomplete: `{rule}` has more cells than are run; nothing is claimed of it");
    }
    let rules: std::collections::BTreeSet<_> = differences.found.iter().map(|found| &found.rule).collect();
    let differ =
        if rules.len() == 1 { "1 rule differs".to_owned() } else { format!("{} rules differ", rules.len()) };
    writeln!(
        text,
        "{differ} between {} and {}; {} run.",
        packs[0],
        packs[1],
        count(differences.cells, "cell")
    );
    text.into_text()
}

/// `1 cell`, `2 cells`.
pub(super) fn count(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
