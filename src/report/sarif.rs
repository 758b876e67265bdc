//! SARIF 2.1.0, for code scanning. Waived findings are left out unless asked for, because their readers show them as open.
//! Must not write a path that only this machine has.

use super::error::TemplateError;
use super::format::{Canvas, Counted};
use super::level::Level;
use super::repair::RepairView;
use super::sarif_types::{
    Artifact, ArtifactChange, Content, Description, Driver, Fix, Help, Invocation, Log, Message,
    Notification, Physical, Place, Properties, Region, Related, Replacement, Reporting, Setting, Suppression,
    Tool,
};
use super::sarif_types::{Finding, Run};
use super::view::{DefinitionView, DiagnosticView, PlaceView};
use crate::assess::Outcome as Verdict;
use crate::policy::Rule;
use std::collections::BTreeMap;

/// The name of the rule that a file can be read.
const READABLE: &str = "definition";

/// The log of one run.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut rules: Vec<&Rule> = canvas.catalog.rules().collect();
    let applied = |rule: &Rule| {
        canvas.view.definitions.iter().any(|one| one.findings.iter().any(|finding| *finding.rule == *rule.id))
    };
    rules.retain(|rule| applied(rule));
    rules.sort_by(|one, two| one.id.cmp(&two.id));
    let index: BTreeMap<&str, usize> =
        rules.iter().zip(0..).map(|(rule, place)| (&*rule.id, place)).collect();
    let mut editions: Vec<&str> =
        canvas.view.definitions.iter().filter_map(|one| Some(one.policy.as_ref()?.pack.as_str())).collect();
    editions.sort_unstable();
    editions.dedup();
    let mistakes = mistakes(canvas, rules.len());
    let broken = !mistakes.is_empty();
    let of_files = broken.then(readable);
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "evalplan",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: rules.into_iter().map(|rule| reporting(rule, canvas)).chain(of_files).collect(),
            },
        },
        automation_details: Description {
            id: format!(
                "evalplan/{}/",
                if editions.is_empty() { "none".to_owned() } else { editions.join("+") }
            ),
        },
        column_kind: "unicodeCodePoints",
        invocations: [Invocation { execution_successful: !broken, notifications: notifications(canvas) }],
        results: mistakes
            .into_iter()
            .chain(canvas.counted().into_iter().map(|counted| result(counted, &index, canvas)))
            .collect(),
    };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    let mut bytes = serde_json::to_vec_pretty(&log).expect("a log has text keys and no maps");
    bytes.push(b'\n');
    Ok(bytes)
}

fn reporting(rule: &Rule, canvas: &Canvas<'_>) -> Reporting {
    let pack = canvas.catalog.pack(&rule.pack);
    let document =
        pack.and_then(|pack| pack.documents.iter().find(|document| document.id == rule.cite.source));
    let document = document.map_or(&*rule.cite.source, |document| document.title.as_str());
    let basis = format!("{document}, {}; status: {}.", rule.cite.at, rule.status);
    let why = rule.why.as_deref().map(|why| format!("{why} ")).unwrap_or_default();
    let text = format!("{}. {why}{basis} See `evalplan explain {}`.", rule.title, rule.id);
    Reporting {
        id: rule.id.to_string(),
        short_description: Message::of(&rule.title),
        full_description: Message::of(&format!("{}. {basis}", rule.title)),
        help: Help { markdown: super::markdown::prose(&text), text },
        default_configuration: Setting { level: Level::of_severity(rule.severity) },
        properties: Properties { tags: vec![rule.pack.to_string(), rule.status.to_string()], verdict: None },
    }
}

/// The rule of a file that cannot be read.
fn readable() -> Reporting {
    let title = "A definition that can be read".to_owned();
    let text = format!(
        "{title}. A file with mistakes is not checked: its other findings are not known. See `evalplan check FILE`."
    );
    Reporting {
        id: READABLE.to_owned(),
        short_description: Message::of(&title),
        full_description: Message::of(&text),
        help: Help { markdown: super::markdown::prose(&text), text },
        default_configuration: Setting { level: Level::Error },
        properties: Properties { tags: vec!["definition".to_owned()], verdict: None },
    }
}

/// The mistakes for which a file is not checked, as results: readers of logs show nothing else as open.
fn mistakes(canvas: &Canvas<'_>, index: usize) -> Vec<Finding> {
    let errors =
        canvas.view.diagnostics.iter().zip(canvas.mistake_marks()).filter(|(one, _)| one.severity == "error");
    let finding = |(one, mark)| {
        let Notification { level, message, locations } = notification(one, canvas);
        Finding {
            rule_id: READABLE.to_owned(),
            rule_index: Some(index),
            level,
            message,
            locations,
            related_locations: Vec::new(),
            partial_fingerprints: [("evalplan/v1", mark)].into(),
            fixes: respelt(one, canvas).into_iter().collect(),
            suppressions: None,
            properties: Properties { tags: Vec::new(), verdict: None },
        }
    };
    errors.map(finding).collect()
}

fn result((definition, finding): Counted<'_>, index: &BTreeMap<&str, usize>, canvas: &Canvas<'_>) -> Finding {
    let needs =
        (finding.verdict == Verdict::Undecided).then(|| format!(" Supply {}.", finding.needs.join(", ")));
    let advice =
        needs.or_else(|| finding.remedy.as_ref().map(|remedy| format!(" {remedy}"))).unwrap_or_default();
    let because = finding.more.as_deref().map(|because| format!(": because {because}")).unwrap_or_default();
    let related = finding.also.iter().zip(1..);
    Finding {
        rule_id: finding.rule.clone(),
        rule_index: index.get(finding.rule.as_str()).copied(),
        level: if finding.verdict == Verdict::Waived {
            Level::of_severity(finding.severity)
        } else {
            finding.level
        },
        message: Message::of(&format!("{}{because}.{advice}", finding.message)),
        locations: vec![Place { physical_location: physical(definition, &finding.at, canvas) }],
        related_locations: related
            .map(|(also, id)| Related {
                id,
                physical_location: physical(definition, &also.at, canvas),
                message: Message::of(&also.said),
            })
            .collect(),
        partial_fingerprints: [("evalplan/v1", finding.fingerprint.clone())].into(),
        fixes: finding
            .repair
            .iter()
            .filter(|repair| !repair.placeholder && finding.fix.is_some())
            .map(|repair| fix(definition, repair, canvas))
            .collect(),
        suppressions: (finding.verdict == Verdict::Waived).then(|| {
            vec![Suppression { kind: "inSource", justification: finding.waiver.clone().unwrap_or_default() }]
        }),
        properties: Properties { tags: vec![finding.status.clone()], verdict: Some(finding.verdict.word()) },
    }
}

/// The change that closes the gap. A reader may apply it by itself, so that nothing in it is left for a person to fill in.
fn fix(definition: &DefinitionView, repair: &RepairView, canvas: &Canvas<'_>) -> Fix {
    let replacements = repair.edits.iter().map(|one| {
        let ends = (one.end_line, one.end_column);
        replacement((one.line, one.column), ends, &one.text)
    });
    let text = format!("Closes {}.", crate::words::list(&repair.rules, "and"));
    fix_of(text, artifact(&definition.path, canvas), replacements.collect())
}

/// The word as it must be spelt.
fn respelt(one: &DiagnosticView, canvas: &Canvas<'_>) -> Option<Fix> {
    let instead = one.instead.as_ref()?;
    Some(fix_of(
        format!("Writes {instead}."),
        artifact(&one.path, canvas),
        vec![replacement((one.line, one.column), (one.end_line, one.end_column), instead)],
    ))
}

fn fix_of(text: String, artifact_location: Artifact, replacements: Vec<Replacement>) -> Fix {
    Fix {
        description: Message::of(&text),
        artifact_changes: [ArtifactChange { artifact_location, replacements }],
    }
}

/// A text in the place of another, between two lines with their columns.
fn replacement(
    (start_line, start_column): (usize, usize),
    (end_line, end_column): (usize, usize),
    text: &str,
) -> Replacement {
    let (end_line, end_column) = (Some(end_line), Some(end_column));
    Replacement {
        deleted_region: Region { start_line, start_column, end_line, end_column },
        inserted_content: Content { text: text.to_owned() },
    }
}

fn physical(definition: &DefinitionView, place: &PlaceView, canvas: &Canvas<'_>) -> Physical {
    let ends = (place.end_line, place.end_column) > (place.line, place.column);
    Physical {
        artifact_location: artifact(&definition.path, canvas),
        region: Region {
            start_line: place.line.max(1),
            start_column: place.column.max(1),
            end_line: ends.then_some(place.end_line),
            end_column: ends.then_some(place.end_column),
        },
    }
}

fn notifications(canvas: &Canvas<'_>) -> Vec<Notification> {
    let of_run = |text: String| Notification {
        level: Level::Note,
        message: Message::of(&text),
        locations: Vec::new(),
    };
    canvas
        .run_notes()
        .map(of_run)
        .chain(canvas.view.diagnostics.iter().map(|one| notification(one, canvas)))
        .collect()
}

fn notification(one: &DiagnosticView, canvas: &Canvas<'_>) -> Notification {
    let hint = one.hint.as_deref().map(|hint| format!(" {}", sentence(hint))).unwrap_or_default();
    Notification {
        level: if one.severity == "error" { Level::Error } else { Level::Warning },
        message: Message::of(&format!("{}.{hint}", one.message)),
        locations: vec![Place {
            physical_location: Physical {
                artifact_location: artifact(&one.path, canvas),
                region: Region {
                    start_line: one.line.max(1),
                    start_column: one.column.max(1),
                    end_line: None,
                    end_column: None,
                },
            },
        }],
    }
}

/// A hint as it stands behind a sentence.
fn sentence(hint: &str) -> String {
    let mut letters = hint.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The file as a URI: from the root of the checkout where it is below it.
fn artifact(path: &str, canvas: &Canvas<'_>) -> Artifact {
    let relative = canvas.relative(path);
    if let Some(rest) = relative.strip_prefix('/') {
        return Artifact { uri: format!("file:///{}", encode(rest)), uri_base_id: None };
    }
    Artifact { uri: encode(&relative), uri_base_id: Some("%SRCROOT%") }
}

/// Everything but what a path may hold as it is, as `%` and two digits.
fn encode(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
