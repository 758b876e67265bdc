//! The lists beside the packs as written, with the place of what can be wrong.
//! Must not give meaning to them; these types never leave the module `policy`.

use crate::toml::Spanned;
use serde::Deserialize;

type Text = Spanned<String>;

/// `donors.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDonors {
    #[serde(default)]
    pub donor: Vec<RawDonor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDonor {
    pub name: Text,
    #[serde(default)]
    pub names: Vec<Text>,
    #[serde(default)]
    pub identifiers: Vec<Text>,
    pub pack: Option<Text>,
}

/// `bodies.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBodies {
    #[serde(default)]
    pub body: Vec<RawBody>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBody {
    pub name: Text,
    #[serde(default)]
    pub names: Vec<Text>,
    #[serde(default)]
    pub packs: Vec<Text>,
}

/// `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawWords {
    #[serde(default)]
    pub target_group: Vec<RawWord>,
    #[serde(default)]
    pub theme: Vec<RawWord>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWord {
    pub word: Text,
    #[serde(default)]
    pub names: Vec<Text>,
}

/// `placeholders.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMarks {
    #[serde(default)]
    pub mark: Vec<RawMark>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMark {
    /// The language, for people.
    #[expect(dead_code, reason = "it tells people where a mark comes from")]
    pub language: Option<String>,
    #[serde(default)]
    pub whole: Vec<String>,
    #[serde(default)]
    pub begins: Vec<Text>,
    #[serde(default)]
    pub answers: Vec<String>,
}
