//! Code Quality of GitLab: an array of issues.
//! Must not give two findings one fingerprint, for equal ones fall together.

use super::error::TemplateError;
use super::format::Canvas;
use super::harmless::plain;
use super::level::Level;
use crate::assess::Outcome as Verdict;
use serde::Serialize;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Every mistake in the input and every finding that counts.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let location = |path: &str, line: usize| Location {
        path: plain(&canvas.relative(path)).into_owned(),
        lines: Lines { begin: line },
    };
    let mistakes =
        canvas.view.diagnostics.iter().zip(canvas.mistake_marks()).map(|(one, fingerprint)| Issue {
            description: plain(&one.message).into_owned(),
            check_name: "definition".to_owned(),
            fingerprint,
            severity: if one.severity == "error" { "blocker" } else { "minor" },
            location: location(&one.path, one.line),
        });
    let findings = canvas.worst_first().into_iter().map(|(definition, finding)| Issue {
        description: match finding.waiver.as_ref().filter(|_| finding.verdict == Verdict::Waived) {
            Some(waiver) => plain(&format!("{} ({waiver})", finding.message)).into_owned(),
            None => plain(&finding.message).into_owned(),
        },
        check_name: plain(&finding.rule).into_owned(),
        fingerprint: finding.fingerprint.clone(),
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Note | Level::None => "info",
        },
        location: location(&definition.path, finding.at.line),
    });
    let issues: Vec<Issue> = mistakes.chain(findings).collect();
    let mut bytes = serde_json::to_vec_pretty(&issues).expect("issues have text keys and no maps");
    bytes.push(b'\n');
    Ok(bytes)
}
