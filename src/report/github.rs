//! Annotations of GitHub Actions: one workflow command a finding, worst first, for only the first ten of a kind are shown.
//! Must not let text of a definition become a command.

use super::concise::tally;
use super::error::TemplateError;
use super::format::Canvas;
use super::harmless::plain;
use super::level::Level;
use super::view::{DefinitionView, DiagnosticView, FindingView, PlaceView};
use crate::assess::Outcome as Verdict;
use std::fmt::Write as _;

/// How grave an annotation is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    fn command(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// One annotation.
struct Annotation {
    kind: Kind,
    path: String,
    lines: (usize, usize),
    columns: Option<(usize, usize)>,
    title: String,
    message: String,
}

/// The annotations, then how many findings there are.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut text = String::new();
    for note in &canvas.view.notes {
        let _ = writeln!(text, "::notice::{}", data(&format!("{}: {}", note.id, note.message)));
    }
    let mut annotations: Vec<Annotation> =
        canvas.view.diagnostics.iter().map(|one| mistake(one, canvas)).collect();
    annotations.extend(
        canvas.counted().into_iter().map(|(definition, finding)| annotation(definition, finding, canvas)),
    );
    annotations.sort_by_key(|one| one.kind);
    annotations.iter().for_each(|one| one.write(&mut text));
    if !canvas.quiet {
        let _ = writeln!(text, "{}", tally(&canvas.view.tail()));
    }
    Ok(text.into_bytes())
}

fn mistake(one: &DiagnosticView, canvas: &Canvas<'_>) -> Annotation {
    Annotation {
        kind: if one.severity == "error" { Kind::Error } else { Kind::Warning },
        path: canvas.relative(&one.path),
        lines: (one.line, one.line),
        columns: None,
        title: "definition".to_owned(),
        message: [Some(one.message.as_str()), one.hint.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn annotation(definition: &DefinitionView, finding: &FindingView, canvas: &Canvas<'_>) -> Annotation {
    let PlaceView { line, column, end_line, end_column, .. } = finding.at;
    let needs =
        (finding.verdict == Verdict::Undecided).then(|| format!("supply {}", finding.needs.join(", ")));
    let advice = needs.or_else(|| finding.remedy.clone());
    let clause = format!("({}, {})", finding.source, finding.paragraph);
    let because = finding
        .more
        .as_deref()
        .map_or_else(|| clause.clone(), |because| format!("because {because} {clause}"));
    let parts = [Some(finding.message.clone()), Some(because), advice, finding.waiver.clone()];
    Annotation {
        kind: match finding.level {
            Level::Error => Kind::Error,
            Level::Warning => Kind::Warning,
            Level::Note | Level::None => Kind::Notice,
        },
        path: canvas.relative(&definition.path),
        lines: (line, end_line.max(line)),
        columns: (end_line == line && end_column > column).then_some((column, end_column)),
        title: finding.rule.clone(),
        message: parts.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    }
}

impl Annotation {
    fn write(&self, text: &mut String) {
        let (line, end) = self.lines;
        let _ =
            write!(text, "::{} file={},line={line},endLine={end}", self.kind.command(), property(&self.path));
        // GitHub takes columns only where both stand on one line.
        if let Some((column, last)) = self.columns {
            let _ = write!(text, ",col={column},endColumn={last}");
        }
        let _ = writeln!(text, ",title={}::{}", property(&self.title), data(&self.message));
    }
}

fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| plain(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

fn property(text: &str) -> String {
    plain(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}
