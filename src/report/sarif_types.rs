//! The parts of SARIF 2.1.0 that are written.
//! Must not hold anything that is computed.

use super::harmless::plain;
use super::level::Level;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A log file.
#[derive(Serialize)]
pub(super) struct Log {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run; 1],
}

/// One run of the tool.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    pub tool: Tool,
    pub automation_details: Description,
    pub column_kind: &'static str,
    pub invocations: [Invocation; 1],
    pub results: Vec<Finding>,
}

#[derive(Serialize)]
pub(super) struct Tool {
    pub driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    pub name: &'static str,
    pub semantic_version: &'static str,
    pub rules: Vec<Reporting>,
}

/// One rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reporting {
    pub id: String,
    pub short_description: Message,
    pub full_description: Message,
    pub help: Help,
    pub default_configuration: Setting,
    pub properties: Properties,
}

#[derive(Serialize)]
pub(super) struct Help {
    #[serde(serialize_with = "harmless")]
    pub text: String,
    pub markdown: String,
}

#[derive(Serialize)]
pub(super) struct Setting {
    pub level: Level,
}

#[derive(Serialize)]
pub(super) struct Properties {
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Description {
    pub id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub execution_successful: bool,
    #[serde(rename = "toolExecutionNotifications", skip_serializing_if = "Vec::is_empty")]
    pub notifications: Vec<Notification>,
}

/// A mistake in an input file.
#[derive(Serialize)]
pub(super) struct Notification {
    pub level: Level,
    pub message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Place>,
}

/// One result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    pub rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: Level,
    pub message: Message,
    pub locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Related>,
    pub partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressions: Option<Vec<Suppression>>,
    pub properties: Properties,
}

#[derive(Serialize)]
pub(super) struct Message {
    #[serde(serialize_with = "harmless")]
    pub text: String,
}

impl Message {
    /// A message that readers show as it is: what looks like a link or like a place to fill in is neither (SARIF 2.1.0, 3.11.5, 3.11.6).
    pub(super) fn of(text: &str) -> Self {
        let mut literal = String::with_capacity(text.len());
        for (at, letter) in text.char_indices() {
            let rest = &text[at + letter.len_utf8()..];
            match letter {
                '[' if rest.find(']').is_some_and(|end| rest[end + 1..].starts_with('(')) => {
                    literal.push_str("\\[")
                }
                '{' if is_place(rest) => literal.push_str("{{"),
                '}' if text[..at].rfind('{').is_some_and(|open| is_place(&text[open + 1..=at])) => {
                    literal.push_str("}}")
                }
                _ => literal.push(letter),
            }
        }
        Self { text: literal }
    }
}

/// Whether digits and a brace follow: a place to fill in.
fn is_place(text: &str) -> bool {
    text.split_once('}')
        .is_some_and(|(digits, _)| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    pub physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Related {
    pub id: usize,
    pub physical_location: Physical,
    pub message: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Physical {
    pub artifact_location: Artifact,
    pub region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub start_line: usize,
    pub start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
}

/// A change that resolves a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix {
    pub description: Message,
    pub artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactChange {
    pub artifact_location: Artifact,
    pub replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Replacement {
    pub deleted_region: Region,
    pub inserted_content: Content,
}

/// Text that goes into a file as it is.
#[derive(Serialize)]
pub(super) struct Content {
    pub text: String,
}

#[derive(Serialize)]
pub(super) struct Suppression {
    pub kind: &'static str,
    #[serde(serialize_with = "harmless")]
    pub justification: String,
}

/// Readers show messages as they are.
fn harmless<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&plain(text))
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn nothing_becomes_a_link_or_a_place_to_fill_in() {
        let literal = |text: &str| Message::of(text).text;
        assert_eq!(
            literal("at [x](https://evil.example), [[party]] and [a] (b)"),
            "at \\[x](https://evil.example), [[party]] and [a] (b)"
        );
        assert_eq!(literal("{0} and {title} and {12} {}"), "{{0}} and {title} and {{12}} {}");
    }
}
