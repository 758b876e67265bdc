//! Rules as data for machines: `evalplan/rules/1` lists every pack, `evalplan/rule/1` has one rule and how it was decided.
//! Fields are only ever added. Must not decide anything.

use super::json::{TOOL, checkpoint, write};
use super::json_types::{Checkpoint, Tool};
use super::text_explain::{asked, one_line};
use super::view::{DefinitionView, FindingView};
use crate::policy::{Catalog, Pack, Review, Rule, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct RulesReport<'c> {
    format: &'static str,
    tool: Tool,
    packs: Vec<PackRow<'c>>,
}

#[derive(Serialize)]
struct PackRow<'c> {
    id: &'c str,
    title: &'c str,
    selection: &'static str,
    kinds: Vec<&'c str>,
    from: Option<String>,
    until: Option<String>,
    donor: Option<&'c str>,
    shipped: bool,
    joins: Option<String>,
    reviewed_by: Vec<ReviewRow<'c>>,
    documents: Vec<DocumentRow<'c>>,
    rules: Vec<RuleRow<'c>>,
}

#[derive(Serialize)]
struct DocumentRow<'c> {
    id: &'c str,
    title: &'c str,
    issuer: &'c str,
}

#[derive(Serialize)]
struct ReviewRow<'c> {
    who: &'c str,
    on: String,
    what: &'c str,
}

#[derive(Serialize)]
struct RuleRow<'c> {
    id: &'c str,
    title: &'c str,
    says: Option<&'c str>,
    severity: Severity,
    when_superseded: Option<Severity>,
    status: String,
    cite: CiteRow<'c>,
    form: &'static str,
    table: Option<&'c str>,
    inherited_from: Option<&'c str>,
    when: Option<String>,
    asks: Vec<String>,
    why: Option<&'c str>,
    remedy: Option<&'c str>,
    waivable: bool,
    aliases: Vec<&'c str>,
}

#[derive(Serialize)]
struct CiteRow<'c> {
    source: &'c str,
    document: Option<&'c str>,
    at: &'c str,
}

#[derive(Serialize)]
struct RuleReport<'c> {
    format: &'static str,
    tool: Tool,
    id: &'c str,
    /// Why the rule is gone, where it is; it has no `rule` then.
    retired: Option<String>,
    rule: Option<RuleRow<'c>>,
    definitions: Vec<Decided<'c>>,
}

/// How the rule was decided for a definition; no results where its pack is not applied.
#[derive(Serialize)]
struct Decided<'c> {
    path: &'c str,
    code: &'c str,
    packs: &'c [String],
    results: Vec<Checkpoint<'c>>,
}

/// Every rule of every pack.
#[must_use]
pub fn list(catalog: &Catalog) -> String {
    let packs = catalog.packs.iter().map(|pack| pack_row(pack, catalog)).collect();
    write(&RulesReport { format: "evalplan/rules/1", tool: TOOL, packs })
}

/// One rule, and what it found in some definitions.
#[must_use]
pub fn one(asked: &Rule, catalog: &Catalog, definitions: &[(&DefinitionView, Vec<&FindingView>)]) -> String {
    let definitions = definitions.iter().map(|(definition, findings)| Decided {
        path: &definition.path,
        code: &definition.code,
        packs: &definition.packs,
        results: findings.iter().map(|finding| checkpoint(finding)).collect(),
    });
    write(&RuleReport {
        format: RULE,
        tool: TOOL,
        id: &asked.id,
        retired: None,
        rule: Some(rule_row(asked, catalog)),
        definitions: definitions.collect(),
    })
}

/// A rule that is gone, and why.
#[must_use]
pub fn gone(id: &str, why: String) -> String {
    let (retired, rule) = (Some(why), None);
    write(&RuleReport { format: RULE, tool: TOOL, id, retired, rule, definitions: Vec::new() })
}

const RULE: &str = "evalplan/rule/1";

fn pack_row<'c>(pack: &'c Pack, catalog: &'c Catalog) -> PackRow<'c> {
    let documents = pack.documents.iter().map(|document| DocumentRow {
        id: &document.id,
        title: &document.title,
        issuer: &document.issuer,
    });
    PackRow {
        id: &pack.id,
        title: &pack.title,
        selection: pack.selection.word(),
        kinds: pack.kinds.iter().map(AsRef::as_ref).collect(),
        from: pack.from.map(|day| day.to_string()),
        until: pack.until.map(|day| day.to_string()),
        donor: pack.donor.as_deref(),
        shipped: pack.shipped,
        joins: pack.joins.as_ref().map(|joins| one_line(joins.text())),
        reviewed_by: pack.reviewed_by.iter().map(review_row).collect(),
        documents: documents.collect(),
        rules: pack.rules.iter().map(|rule| rule_row(rule, catalog)).collect(),
    }
}

fn review_row(review: &Review) -> ReviewRow<'_> {
    ReviewRow { who: &review.who, on: review.on.to_string(), what: &review.what }
}

fn rule_row<'c>(rule: &'c Rule, catalog: &'c Catalog) -> RuleRow<'c> {
    let pack = catalog.pack(&rule.pack);
    let document =
        pack.and_then(|pack| pack.documents.iter().find(|document| document.id == rule.cite.source));
    RuleRow {
        id: &rule.id,
        title: &rule.title,
        says: rule.says.as_deref(),
        severity: rule.severity,
        when_superseded: rule.when_superseded,
        status: rule.status.to_string(),
        cite: CiteRow {
            source: &rule.cite.source,
            document: document.map(|document| document.title.as_str()),
            at: &rule.cite.at,
        },
        form: rule.check.form(),
        table: rule.table.as_deref(),
        inherited_from: rule.inherited_from.as_deref(),
        when: rule.when.as_ref().map(|when| one_line(when.text())),
        asks: asked(&rule.check),
        why: rule.why.as_deref(),
        remedy: rule.remedy.as_deref(),
        waivable: rule.waivable,
        aliases: rule.aliases.iter().map(AsRef::as_ref).collect(),
    }
}
