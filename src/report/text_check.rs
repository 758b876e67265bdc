//! The findings of a run for people at a terminal: pictures of the places, remedies, a summary, the next command.
//! Must not decide what counts.

use super::concise::{plural, with_mistakes};
use super::error::TemplateError;
use super::format::Canvas;
use super::harmless::{argument, for_terminal};
use super::level::Level;
use super::lines::Lines;
use super::repair::FixView;
use super::snippet::{Picture, draw, renderer};
use super::text_doubt::{doubtful, paragraphs};
use super::view::{DefinitionView, FindingView, View, WarningView};
use crate::assess::Outcome as Verdict;
use crate::diag::Label;
use crate::model::Table;
use crate::source::Sources;

/// The findings for people at a terminal.
///
/// # Errors
/// Never.
pub(super) fn drawn(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut text = check(canvas.view, canvas.sources, canvas.styled);
    if !canvas.quiet {
        text.push_str(&closing(canvas.view, canvas.options));
    }
    Ok(for_terminal(&text, canvas.styled).into_bytes())
}

/// Every gap and every undecided rule, definition by definition.
#[must_use]
pub fn check(view: &View, sources: &Sources, styled: bool) -> String {
    let mut text = Lines::default();
    for note in &view.notes {
        writeln!(text, "note[{}]: {}", note.id, note.message);
        text.blank();
    }
    let renderer = renderer(styled);
    for definition in &view.definitions {
        // What is wrong with a plan and is no rule's finding, for who only reads this.
        let unfound = |warning: &&WarningView| warning.severity == "error" && warning.finding.is_none();
        let plan = definition.schedule.warnings.iter().filter(unfound);
        let plan = plan.map(|warning| format!("{}; `evalplan schedule` says more", warning.message));
        for note in definition.notes.iter().cloned().chain(plan) {
            writeln!(text, "note: {}: {note}", definition.path);
        }
        let shown = definition
            .findings
            .iter()
            .filter(|finding| finding.level != Level::None && doubtful(definition, finding).is_none());
        for finding in shown {
            text.drawn(&draw_finding(definition, finding, sources, &renderer));
            text.blank();
            if let Some(repair) = &finding.repair {
                repair.text(&finding.rule, &mut text);
            }
            if let Some(fix) = &finding.fix {
                writeln!(text, "fixable: `{}` {}", fix.options(), fix.does);
            }
            text.blank();
        }
        paragraphs(definition, &mut text);
        for finding in definition.findings.iter().filter(|finding| finding.verdict == Verdict::Waived) {
            let waiver = finding.waiver.as_deref().unwrap_or_default();
            writeln!(text, "waived: {} {}: {waiver}", definition.path, finding.rule);
        }
    }
    text.into_text()
}

fn draw_finding(
    definition: &DefinitionView,
    finding: &FindingView,
    sources: &Sources,
    renderer: &annotate_snippets::Renderer,
) -> String {
    let level = match finding.level {
        Level::Error => &annotate_snippets::Level::ERROR,
        Level::Warning => &annotate_snippets::Level::WARNING,
        Level::Note | Level::None => &annotate_snippets::Level::NOTE,
    };
    let others: Vec<Label> = finding
        .also
        .iter()
        .filter(|also| also.at.span != finding.at.span)
        .map(|also| Label { source: definition.source, span: also.at.span, message: also.said.clone() })
        .collect();
    let mut notes: Vec<String> =
        finding.more.as_deref().map(|because| format!("because {because}")).into_iter().collect();
    notes.push(format!(
        "{} ({}), {} · {}",
        finding.document, finding.source, finding.paragraph, finding.status
    ));
    notes.extend(finding.later.as_ref().map(|later| later.says.clone()));
    notes.extend(finding.waiver.clone());
    let help = match finding.verdict {
        Verdict::Undecided => Some(format!("supply {}", needs(finding))),
        _ => finding.remedy.clone(),
    };
    let picture = Picture {
        level,
        id: Some(&finding.rule),
        title: &finding.message,
        source: definition.source,
        span: finding.at.span,
        label: "",
        others: &others,
        help: help.as_deref(),
        notes: &notes,
    };
    draw(&picture, sources, renderer)
}

fn needs(finding: &FindingView) -> String {
    let needs: Vec<String> = finding.needs.iter().map(|need| need_in_words(need)).collect();
    crate::words::list(&needs, "and")
}

/// A fact to supply. For a list that may be longer than the file knows, it is the rest of the list.
pub(super) fn need_in_words(need: &str) -> String {
    match Table::named(need).and_then(|table| Some((table, table.open_word()?))) {
        Some((table, open)) => {
            format!("every [[{}]] there is (then take \"{open}\" out of `open`)", table.spec().name)
        }
        None => format!("`{need}`"),
    }
}

/// The summary line and the next command, which takes these options.
#[must_use]
pub fn closing(view: &View, options: &str) -> String {
    if view.definitions.is_empty() {
        return String::new();
    }
    let summary = view.summary;
    let definitions = plural(summary.definitions, "definition");
    let packs: std::collections::BTreeSet<&str> =
        view.definitions.iter().flat_map(|one| &one.packs).map(String::as_str).collect();
    let packs: Vec<&str> = packs.into_iter().collect();
    let rules: usize =
        summary.met + summary.gap + summary.not_applicable + summary.undecided + summary.waived;
    let mut text = Lines::default();
    writeln!(
        text,
        "Checked {definitions} against {} ({}): {}, {} met, {} not applicable, {} waived{}.",
        if packs.is_empty() { "no pack".to_owned() } else { packs.join(", ") },
        plural(rules, "rule"),
        summary.in_words(),
        summary.met,
        summary.not_applicable,
        summary.waived,
        with_mistakes(view.broken()),
    );
    fixable(view, &mut text);
    // What may not apply at all is no good place to begin.
    let first = |verdict: Verdict, in_doubt: bool| {
        let fits = |one: &DefinitionView, finding: &FindingView| {
            finding.verdict == verdict
                && finding.level != Level::None
                && doubtful(one, finding).is_some() == in_doubt
        };
        view.definitions
            .iter()
            .find_map(|one| Some((one, one.findings.iter().find(|finding| fits(one, finding))?)))
    };
    let first = first(Verdict::Gap, false)
        .or_else(|| first(Verdict::Undecided, false))
        .or_else(|| first(Verdict::Undecided, true));
    match (first, view.definitions.first()) {
        (Some((definition, finding)), _) => {
            writeln!(
                text,
                "Next: evalplan explain {} --definition {}{options}",
                finding.rule,
                argument(&definition.path)
            );
        }
        (None, Some(definition)) => {
            writeln!(text, "Next: evalplan schedule {}{options}", argument(&definition.path))
        }
        (None, None) => {}
    }
    text.into_text()
}

/// How many gaps the tool can close by itself.
fn fixable(view: &View, text: &mut Lines) {
    let counted =
        view.definitions.iter().flat_map(|one| &one.findings).filter(|finding| finding.level != Level::None);
    let (safe, others): (Vec<&FixView>, Vec<_>) =
        counted.filter_map(|finding| finding.fix.as_ref()).partition(|fix| fix.safe);
    match (safe.len(), others.len()) {
        (0, 0) => {}
        (safe, 0) => writeln!(text, "{safe} fixable with `--fix`; `--diff` shows how."),
        (0, others) => {
            writeln!(text, "{others} fixable with `--fix --unsafe-fixes`, if you agree with the patch.")
        }
        (safe, others) => writeln!(
            text,
            "{safe} fixable with `--fix`, {others} more with `--unsafe-fixes` too; `--diff` shows how."
        ),
    }
}
