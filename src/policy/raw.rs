//! Pack and rule files as written, with the place of every value.
//! Must not give meaning to them; these types never leave the module `policy`.

use crate::toml::DeTable;
use crate::toml::Spanned;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

type Text = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPack {
    pub format: Spanned<i64>,
    pub id: Text,
    pub title: String,
    pub selection: Text,
    #[serde(default)]
    pub kinds: Vec<Text>,
    pub from: Option<Spanned<crate::toml::Datetime>>,
    pub until: Option<Spanned<crate::toml::Datetime>>,
    pub precision: Option<Text>,
    pub before_from: Option<Text>,
    pub extends: Option<Text>,
    pub inherited_status: Option<Text>,
    pub joins: Option<Text>,
    pub donor: Option<Text>,
    #[serde(default)]
    pub inherited: Vec<RawInherited>,
    #[serde(default)]
    pub retired: Vec<RawRetired>,
    #[serde(default)]
    pub reviewed_by: Vec<RawReview>,
    #[serde(default)]
    pub document: Vec<RawDocument>,
    #[serde(default)]
    pub clause: Vec<RawClause>,
}

/// In what an inherited rule differs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawInherited {
    pub rule: Text,
    pub status: Option<Text>,
    pub cite: Option<RawCite>,
    pub why: Option<String>,
    pub severity: Option<Text>,
}

/// A rule that is gone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRetired {
    pub id: Text,
    pub because: String,
}

/// Who has reviewed the pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawReview {
    pub who: String,
    pub on: Spanned<crate::toml::Datetime>,
    pub what: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawDocument {
    pub id: Text,
    pub title: String,
    pub issuer: String,
    pub date: Option<String>,
    pub paragraphs: Option<u32>,
    #[serde(default)]
    pub also: Vec<String>,
}

/// A clause of a document that the pack accounts for: by rules, or as manual with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawClause {
    pub entry: Option<String>,
    pub source: Text,
    pub at: Text,
    pub title: String,
    #[serde(default)]
    pub rules: Vec<Text>,
    pub manual: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRule {
    pub id: Text,
    pub title: String,
    pub says: Option<String>,
    #[serde(default)]
    pub aliases: Vec<Text>,
    pub severity: Option<Text>,
    pub when_superseded: Option<Text>,
    pub status: Text,
    pub cite: RawCite,
    pub waivable: Option<bool>,
    pub why: Option<String>,
    pub remedy: Option<Text>,
    pub when: Option<Text>,
    pub axis: Option<Text>,
    pub partition: Option<Spanned<bool>>,
    #[serde(default)]
    pub duty: Vec<RawDuty>,
    #[serde(default)]
    pub band: Vec<RawBand>,
    pub requires: Option<Spanned<RawRequirement>>,
    pub grid: Option<Spanned<RawGrid>>,
    pub check: Option<Spanned<RawCheck>>,
    pub each: Option<Spanned<RawEach>>,
    pub share: Option<Spanned<RawShare>>,
    pub chain: Option<Spanned<RawChain>>,
    pub assessed: Option<Spanned<RawAssessed>>,
    pub days: Option<Spanned<RawDays>>,
    pub policy_named: Option<Spanned<RawPolicyNamed>>,
    #[serde(default)]
    pub case: Vec<Spanned<RawCase>>,
}

/// A form without parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAssessed {}

/// A form without parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPolicyNamed {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawDays {
    #[serde(default)]
    pub error: Vec<Spanned<RawGrave>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawGrave {
    pub timings: Vec<Text>,
    pub before_share: Option<Text>,
    pub after_end: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCite {
    pub source: Text,
    pub at: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawDuty {
    pub id: Text,
    pub title: String,
    pub says: Option<String>,
    #[serde(default)]
    pub aliases: Vec<Text>,
    pub severity: Option<Text>,
    pub when_superseded: Option<Text>,
    pub status: Option<Text>,
    pub cite: Option<RawCite>,
    pub why: Option<String>,
    pub remedy: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawBand {
    pub id: Text,
    pub when: Spanned<RawBounds>,
    #[serde(default)]
    pub requires: Vec<Spanned<RawRequirement>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawBounds {
    pub under: Option<Text>,
    pub min: Option<Text>,
    pub max: Option<Text>,
    pub over: Option<Text>,
    pub status: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRequirement {
    pub duty: Option<Text>,
    pub evaluation: Option<Spanned<RawEvaluation>>,
    pub event: Option<Text>,
    pub recorded_as: Option<Text>,
    pub count: Option<Spanned<i64>>,
    pub due: Option<Spanned<RawDue>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawEvaluation {
    pub timing: Option<Text>,
    #[serde(default)]
    pub any_of: Vec<Text>,
    pub independence: Option<Text>,
    pub assigned_to: Option<Text>,
    #[serde(default)]
    pub if_agreed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawDue {
    pub share: Option<Text>,
    pub from: Option<Text>,
    pub every: Option<Text>,
    pub month: Option<Spanned<i64>>,
    pub target: Option<Text>,
    pub earliest: Option<Text>,
    pub latest: Option<Text>,
    pub yields_to_final_within: Option<Text>,
    pub not_before_share: Option<Text>,
    pub status: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawGrid {
    pub table: Text,
    pub rows: Option<RawSide>,
    pub columns: RawSide,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawSide {
    pub key: Text,
    pub words: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCheck {
    pub asks: Option<Text>,
    pub lacks: Option<Text>,
    pub condition: Option<Text>,
    #[serde(default)]
    pub part: Vec<RawPart>,
    pub field: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawEach {
    pub table: Text,
    #[serde(rename = "as")]
    pub name: Option<Text>,
    pub only: Option<Text>,
    pub asks: Option<Text>,
    pub lacks: Option<Text>,
    pub condition: Option<Text>,
    #[serde(default)]
    pub part: Vec<RawPart>,
    pub field: Option<Text>,
}

/// One of several conditions that must all hold, with words of its own for what is lacking where it does not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPart {
    pub name: Option<Text>,
    pub condition: Text,
    pub lacks: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawShare {
    pub part: Text,
    #[serde(rename = "as")]
    pub name: Option<Text>,
    pub part_only: Option<Text>,
    pub of: Text,
    pub of_only: Option<Text>,
    pub by: Option<Text>,
    pub min: Option<Text>,
    pub max: Option<Text>,
    pub tolerance: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawChain {
    pub parents: Text,
    pub above: Option<Text>,
    pub children: Text,
    pub key: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCase {
    pub name: String,
    pub as_of: Option<Spanned<crate::toml::Datetime>>,
    #[serde(default)]
    pub expect: BTreeMap<String, Text>,
    #[serde(default)]
    pub needs: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub missing: BTreeMap<String, Vec<String>>,
    pub plans: Option<Vec<String>>,
    pub joins: Option<bool>,
    /// Read apart, from the spanned tree: it is written exactly like a definition.
    #[serde(default, rename = "given")]
    pub _given: IgnoredAny,
}

/// The `given` tables of the cases of a rule file, in order, with the places of their values.
/// They are written exactly like definitions, and whoever reads definitions reads them.
#[must_use]
pub fn given(text: &str) -> Vec<Option<DeTable<'_>>> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let cases = tree
        .get_ref()
        .iter()
        .find(|(key, _)| key.get_ref() == "case")
        .and_then(|(_, value)| value.get_ref().as_array());
    cases
        .into_iter()
        .flatten()
        .map(|case| {
            let table = case.get_ref().as_table()?;
            let (_, given) = table.iter().find(|(key, _)| key.get_ref() == "given")?;
            given.get_ref().as_table().cloned()
        })
        .collect()
}
