//! The reference page of a pack, in Markdown: documents, rules with their thresholds, citations, statuses and cases, clauses.
//! Must not read files, and must not judge.

use super::markdown::{code, prose};
use super::text_explain::{asked, one_line};
use crate::model::Date;
use crate::policy::{Case, Catalog, Clause, Pack, Rule, Selection};
use std::fmt::Write as _;

/// The page of one pack.
#[must_use]
pub fn page(pack: &Pack, catalog: &Catalog) -> String {
    let mut text = format!(
        "<!-- Written by a test from `rules/{}`; do not edit. -->\n\n# {}\n\n",
        pack.id,
        prose(&pack.title)
    );
    head(pack, &mut text);
    documents(pack, &mut text);
    text.push_str("## Rules\n\n");
    for one in &pack.rules {
        rule(one, pack, catalog, &mut text);
    }
    clauses(pack, &mut text);
    text
}

fn head(pack: &Pack, text: &mut String) {
    let how = match pack.selection {
        Selection::ByDate => "chosen by the start of the project",
        Selection::ByName => "used only when it is named: `--policy` or `policy = \"…\"` in a definition",
        Selection::Joins => "joins by itself",
    };
    let _ = writeln!(text, "- Pack {}: {how}.", code(&pack.id));
    if let Some(joins) = &pack.joins {
        let _ = writeln!(text, "- Joins where {}.", condition(&one_line(joins.text())));
    }
    if !pack.kinds.is_empty() {
        let kinds: Vec<String> = pack.kinds.iter().map(|kind| code(kind)).collect();
        let _ = writeln!(text, "- For definitions of the kind {}.", kinds.join(", "));
    }
    if let Some(donor) = &pack.donor {
        let _ = writeln!(text, "- Holds the requirements of the donor {}.", prose(donor));
    }
    let day = |day: Date| match pack.precision.as_deref() {
        Some("year") => day.format("%Y").to_string(),
        Some("month") => day.format("%Y-%m").to_string(),
        _ => day.to_string(),
    };
    if let Some(from) = pack.from {
        let until = pack.until.map(|until| format!(" until {}", day(until))).unwrap_or_default();
        let _ = writeln!(text, "- In force from {}{until}.", day(from));
    }
    if let Some(most) = pack.before_from {
        let _ = writeln!(text, "- For what surely began before that day a gap is a {most}, at the most.");
    }
    if let Some((base, status, _)) = &pack.extends {
        let _ = writeln!(
            text,
            "- Carries on the rules of [{base}]({base}.md) that it does not write anew, as {status}."
        );
    }
    let _ = writeln!(text, "- Review: {}.", prose(&pack.reviewed()));
    for gone in &pack.retired {
        let _ = writeln!(text, "- The rule {} is retired: {}.", code(&gone.id), prose(&gone.because));
    }
    text.push('\n');
}

/// A condition as code: it never holds a backtick, and stands in no table.
fn condition(text: &str) -> String {
    format!("`{text}`")
}

fn documents(pack: &Pack, text: &mut String) {
    text.push_str("## Documents\n\n| Id | Title | Issued by | Date |\n|---|---|---|---|\n");
    for document in &pack.documents {
        let date = document.date.as_deref().unwrap_or("not known");
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            code(&document.id),
            prose(&document.title),
            prose(&document.issuer),
            prose(date)
        );
    }
    text.push('\n');
}

fn rule(rule: &Rule, pack: &Pack, catalog: &Catalog, text: &mut String) {
    let _ = writeln!(text, "### {}\n\n{}.\n", rule.local, prose(&rule.title));
    let _ = writeln!(
        text,
        "- Severity {}, status {}, cited: {}, {}.",
        rule.severity,
        rule.status,
        code(&rule.cite.source),
        prose(&rule.cite.at)
    );
    if let Some(says) = &rule.says {
        let _ = writeln!(text, "- What the place says, in our words: {}", prose(says));
    }
    if let Some(less) = rule.when_superseded {
        let _ = writeln!(
            text,
            "- A {less} where a later edition had begun by the start and no edition is named."
        );
    }
    if let Some(from) = &rule.inherited_from {
        let _ = writeln!(text, "- Inherited from [{from}]({from}.md).");
    }
    if let Some(when) = &rule.when {
        let _ = writeln!(text, "- Applies when {}.", condition(&one_line(when.text())));
    }
    for line in asked(&rule.check) {
        let in_words =
            rule.check.asked().is_some() || matches!(rule.check.form(), "table" | "requires" | "chain");
        let line = if in_words { prose(&line) } else { condition(&line) };
        let _ = writeln!(text, "- Asks: {line}.");
    }
    for (band, status) in &rule.bound_status {
        let _ = writeln!(text, "- The ends of the band {} are {status}.", code(band));
    }
    for (name, what) in [("Why", &rule.why), ("Remedy", &rule.remedy.as_deref().map(str::to_owned))] {
        if let Some(what) = what {
            let _ = writeln!(text, "- {name}: {}", prose(what));
        }
    }
    if !rule.waivable {
        text.push_str("- It cannot be waived.\n");
    }
    cases(rule, pack, catalog, text);
    text.push('\n');
}

/// The cases that expect a verdict of the rule; for an inherited rule those of the pack that wrote it.
fn cases(rule: &Rule, pack: &Pack, catalog: &Catalog, text: &mut String) {
    let home = rule.inherited_from.as_ref().and_then(|from| catalog.pack(from)).unwrap_or(pack);
    let verdict = |case: &Case| {
        case.expect.iter().find(|(id, _)| rule.is_called(id)).map(|(_, verdict)| verdict.clone())
    };
    let found: Vec<_> = home.cases.iter().filter_map(|case| Some((case, verdict(case)?))).collect();
    if !found.is_empty() {
        text.push_str("\n| Case | Verdict |\n|---|---|\n");
    }
    for (case, verdict) in found {
        let _ = writeln!(text, "| {} | {verdict} |", prose(&case.name));
    }
}

fn clauses(pack: &Pack, text: &mut String) {
    if pack.clauses.is_empty() {
        return;
    }
    text.push_str(
        "## Clauses\n\n| Entry | Document | Place | What it says | Held by |\n|---|---|---|---|---|\n",
    );
    for Clause { entry, source, at, title, rules, manual } in &pack.clauses {
        let held = manual.as_ref().map_or_else(
            || rules.iter().map(|rule| code(rule)).collect::<Vec<_>>().join(", "),
            |reason| format!("left to people: {}", prose(reason)),
        );
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {held} |",
            entry.as_deref().unwrap_or(""),
            code(source),
            prose(at),
            prose(title)
        );
    }
}

/// The page that lists the pages of all packs.
#[must_use]
pub fn index(catalog: &Catalog) -> String {
    let mut text =
        "<!-- Written by a test; do not edit. -->\n\nHow a definition is written, table by table and key by key: [a definition](definition.md). Every threshold, window and length, with its source and what it is worth: [numbers](numbers.md).\n\n# Rule packs\n\n| Pack | What it holds | Rules | Cases |\n|---|---|---:|---:|\n"
            .to_owned();
    for pack in &catalog.packs {
        let _ = writeln!(
            text,
            "| [{}]({}.md) | {} | {} | {} |",
            pack.id,
            pack.id,
            prose(&pack.title),
            pack.rules.len(),
            pack.cases.len()
        );
    }
    text
}
