//! The report as a workbook: portfolio, appraisal, findings, evaluations, tasks, events and warnings, each a table with filters and real dates.
//! Must not ask the clock, and must not know how a sheet is drawn.

use super::appraisal::{Appraised, appraisal};
use super::date_view::DateView;
use super::error::TemplateError;
use super::format::Canvas;
use super::headings::Headings;
use super::view::DefinitionView;
use super::xlsx_sheet::{Cell, Column, prose, sheet, text};
use crate::assess::Outcome as Verdict;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// The workbook.
///
/// # Errors
/// Where a sheet cannot hold what it should.
pub(super) fn report(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    draw(canvas).map_err(|error| TemplateError::of("xlsx", &error.to_string()))
}

fn draw(canvas: &Canvas<'_>) -> Result<Vec<u8>, XlsxError> {
    let view = canvas.view;
    let headings = Headings::shipped();
    let mut book = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&view.as_of)?;
    book.set_properties(
        &DocProperties::new().set_title("Gap report").set_author("evalplan").set_creation_datetime(&created),
    );
    let all = || view.definitions.iter();
    sheet(&mut book, "Portfolio", PORTFOLIO, all().map(portfolio).collect())?;
    sheet(&mut book, "Appraisal", APPRAISAL, all().flat_map(|one| appraised(one, &headings)).collect())?;
    sheet(&mut book, "Findings", FINDINGS, all().flat_map(|one| findings(one, &headings)).collect())?;
    sheet(&mut book, "Evaluations", EVALUATIONS, all().flat_map(evaluations).collect())?;
    sheet(&mut book, "Tasks", TASKS, all().flat_map(tasks).collect())?;
    sheet(&mut book, "Events", EVENTS, all().flat_map(events).collect())?;
    sheet(&mut book, "Warnings", WARNINGS, all().flat_map(warnings).collect())?;
    let scores = vec![text("appraisal"), text(&headings.appraisal.note)];
    let reading = vec![text("reading"), text(&headings.reading)];
    let notes = view.notes.iter().map(|note| vec![text(&note.id), prose(&note.message)]);
    let of = |one: &DefinitionView| {
        one.notes
            .iter()
            .chain(&one.reviews)
            .map(|note| vec![text(&one.code), prose(note)])
            .collect::<Vec<_>>()
    };
    let mistakes = view
        .diagnostics
        .iter()
        .map(|one| vec![text(&format!("{}:{}:{}", one.path, one.line, one.column)), prose(&one.message)]);
    let day = vec![text("as of"), Cell::Day(Some(DateView::Day(view.as_of.clone())))];
    sheet(
        &mut book,
        "Notes",
        NOTES,
        [day, reading, scores].into_iter().chain(notes).chain(all().flat_map(of)).chain(mistakes).collect(),
    )?;
    book.save_to_buffer()
}

const PORTFOLIO: &[Column] = &[
    ("Code", 26.0, false),
    ("Title", 44.0, false),
    ("File", 36.0, false),
    ("Policy", 14.0, false),
    ("Errors", 10.0, false),
    ("Warnings", 12.0, false),
    ("Notes", 10.0, false),
    ("Undecided", 13.0, false),
    ("Met", 9.0, false),
    ("Not applicable", 17.0, false),
    ("Waived", 11.0, false),
    ("Not counted", 14.0, false),
    ("Evaluations", 14.0, false),
];

fn portfolio(one: &DefinitionView) -> Vec<Cell> {
    let summary = one.summary;
    let counts = [
        summary.errors,
        summary.warnings,
        summary.notes,
        summary.open,
        summary.met,
        summary.not_applicable,
        summary.waived,
        summary.uncounted,
        one.schedule.evaluations.len(),
    ];
    let policy = one.policy.as_ref().map_or("none", |policy| policy.pack.as_str());
    [&one.code, &one.title, &one.path, policy]
        .into_iter()
        .map(text)
        .chain(counts.into_iter().map(Cell::Number))
        .collect()
}

const APPRAISAL: &[Column] = &[
    ("Code", 26.0, false),
    ("Heading", 36.0, false),
    ("Gaps", 9.0, false),
    ("Undecided", 13.0, false),
    ("Met", 9.0, false),
    ("Suggested score", 18.0, false),
    ("Why", 44.0, false),
    ("Final score", 14.0, false),
    ("Comments", 60.0, false),
];

/// The last two columns stay empty: they are for a person to write in.
fn appraised(one: &DefinitionView, headings: &Headings) -> Vec<Vec<Cell>> {
    let score = |score: &str| score.parse().map_or_else(|_| text(score), Cell::Number);
    let row = |heading: Appraised| {
        let counts = [heading.gaps, heading.undecided, heading.met].map(Cell::Number);
        let judged = [score(&heading.score), text(&heading.why), Cell::Room, Cell::Room];
        [text(&one.code), text(&heading.title)].into_iter().chain(counts).chain(judged).collect()
    };
    appraisal(one, headings).into_iter().map(row).collect()
}

const FINDINGS: &[Column] = &[
    ("Code", 26.0, false),
    ("Heading", 26.0, false),
    ("Rule", 34.0, false),
    ("Verdict", 15.0, true),
    ("Level", 11.0, true),
    ("Finding", 44.0, false),
    ("Why", 50.0, false),
    ("What to do", 44.0, false),
    ("Close by", 13.0, false),
    ("Known in part", 15.0, false),
    ("Urgency", 12.0, true),
    ("Why then", 40.0, false),
    ("Owner", 26.0, false),
    ("Owner named by", 22.0, false),
    ("Facts to supply", 28.0, false),
    ("Source", 16.0, false),
    ("Place", 14.0, false),
    ("Status", 14.0, false),
    ("Waiver", 30.0, false),
    ("Later edition", 40.0, false),
    ("File", 36.0, false),
    ("Line", 8.0, false),
];

fn findings(one: &DefinitionView, headings: &Headings) -> Vec<Vec<Cell>> {
    let row = |finding: &super::view::FindingView| {
        let closing = &finding.closing;
        let needs = finding.needs.join(", ");
        let remedy =
            finding.remedy.as_deref().filter(|_| finding.verdict == Verdict::Gap).unwrap_or_default();
        let what = [
            one.code.as_str(),
            headings.titles().nth(finding.heading).unwrap_or_default(),
            &finding.rule,
            finding.verdict.word(),
            finding.level.word(),
        ];
        let why = [&finding.message, &finding.because, remedy].map(prose);
        let because = prose(closing.close_because.as_deref().unwrap_or_default());
        let in_part = closing.close_by.as_ref().and_then(DateView::in_part).unwrap_or_default();
        let when = [
            Cell::Day(closing.close_by.clone()),
            text(&in_part),
            text(closing.close_state.unwrap_or_default()),
            because,
        ];
        let who = [&closing.owner, &closing.owner_basis].map(|one| text(one.as_deref().unwrap_or_default()));
        let source = [
            needs.as_str(),
            &finding.source,
            &finding.paragraph,
            &finding.status,
            finding.waiver.as_deref().unwrap_or_default(),
            finding.later.as_ref().map_or("", |later| later.says.as_str()),
            &one.path,
        ];
        let what = what.into_iter().map(text).chain(why).chain(when).chain(who);
        what.chain(source.into_iter().map(text)).chain([Cell::Number(finding.at.line)]).collect()
    };
    one.findings.iter().map(row).collect()
}

const EVALUATIONS: &[Column] = &[
    ("Code", 26.0, false),
    ("Evaluation", 20.0, false),
    ("State", 13.0, true),
    ("Origin", 12.0, false),
    ("Independence", 21.0, false),
    ("Independence owed", 21.0, false),
    ("Earliest", 13.0, false),
    ("Target", 13.0, false),
    ("Latest", 13.0, false),
    ("Planned", 13.0, false),
    ("Completed", 13.0, false),
    ("By", 13.0, false),
    ("Known in part", 30.0, false),
    ("Why", 80.0, false),
];

fn evaluations(one: &DefinitionView) -> Vec<Vec<Cell>> {
    let row = |evaluation: &super::view::EvaluationView| {
        let texts = [
            one.code.as_str(),
            &evaluation.id,
            evaluation.state.word(),
            evaluation.origin,
            evaluation.independence.unwrap_or_default(),
            evaluation.independence_required.unwrap_or_default(),
        ];
        let days = [
            ("earliest", &evaluation.earliest),
            ("target", &evaluation.target),
            ("latest", &evaluation.latest),
            ("planned", &evaluation.date),
            ("completed", &evaluation.completed),
            ("by", &evaluation.by),
        ];
        let in_part =
            days.iter().filter_map(|(name, day)| Some(format!("{name} {}", day.as_ref()?.in_part()?)));
        let in_part = text(&in_part.collect::<Vec<_>>().join("; "));
        let days = days.into_iter().map(|(_, day)| Cell::Day(day.clone()));
        texts.into_iter().map(text).chain(days).chain([in_part, prose(&evaluation.why())]).collect()
    };
    one.schedule.evaluations.iter().map(row).collect()
}

const TASKS: &[Column] = &[
    ("Code", 26.0, false),
    ("Evaluation", 20.0, false),
    ("Task", 48.0, false),
    ("Owner", 26.0, false),
    ("State", 13.0, true),
    ("Start", 13.0, false),
    ("End", 13.0, false),
    ("Working days", 16.0, false),
    ("Slack", 10.0, false),
    ("Critical", 12.0, false),
    ("Why", 60.0, false),
];

fn tasks(one: &DefinitionView) -> Vec<Vec<Cell>> {
    let of = |evaluation: &super::view::EvaluationView| {
        let row = |task: &super::view::TaskView| {
            let texts = [one.code.as_str(), &evaluation.id, &task.title, &task.owner, task.state.word()];
            let days =
                [&task.start, &task.end].into_iter().map(|day| Cell::Day(Some(DateView::Day(day.clone()))));
            let numbers = [task.working_days, task.slack].into_iter().map(|days| Cell::Number(days as usize));
            let critical = if task.critical { "yes" } else { "no" };
            texts
                .into_iter()
                .map(text)
                .chain(days)
                .chain(numbers)
                .chain([text(critical), prose(&task.because)])
                .collect()
        };
        evaluation.tasks.iter().map(row).collect::<Vec<Vec<Cell>>>()
    };
    one.schedule.evaluations.iter().flat_map(of).collect()
}

const EVENTS: &[Column] = &[
    ("Code", 26.0, false),
    ("Event", 48.0, false),
    ("Day", 13.0, false),
    ("Recorded", 13.0, false),
    ("Known in part", 30.0, false),
    ("Rules", 44.0, false),
];

/// Dated events that are no evaluations.
fn events(one: &DefinitionView) -> Vec<Vec<Cell>> {
    let row = |event: &super::view::EventView| {
        let days = [("day", &event.date), ("recorded", &event.recorded)];
        let in_part =
            days.iter().filter_map(|(name, day)| Some(format!("{name} {}", day.as_ref()?.in_part()?)));
        let in_part = text(&in_part.collect::<Vec<_>>().join("; "));
        let days = days.map(|(_, day)| Cell::Day(day.clone()));
        [text(&one.code), text(&event.title)]
            .into_iter()
            .chain(days)
            .chain([in_part, text(&event.rules.join(", "))])
            .collect()
    };
    one.schedule.events.iter().map(row).collect()
}

const WARNINGS: &[Column] = &[
    ("Code", 26.0, false),
    ("Level", 11.0, true),
    ("About", 26.0, false),
    ("What", 60.0, false),
    ("Why", 60.0, false),
    ("What to do", 60.0, false),
];

/// What no plan can meet, then what about the plan should be looked at.
fn warnings(one: &DefinitionView) -> Vec<Vec<Cell>> {
    let conflicts = one.schedule.conflicts.iter().map(|conflict| {
        let head = [one.code.as_str(), "error", "conflict"].map(text);
        head.into_iter()
            .chain([prose(&conflict.message), text(&conflict.rules.join(", ")), text("")])
            .collect()
    });
    let warnings = one.schedule.warnings.iter().map(|warning| {
        let head = [one.code.as_str(), &warning.severity, &warning.evaluation].map(text);
        let said = [warning.message.as_str(), &warning.because, warning.help.as_deref().unwrap_or_default()]
            .map(prose);
        head.into_iter().chain(said).collect()
    });
    conflicts.chain(warnings).collect()
}

const NOTES: &[Column] = &[("About", 36.0, false), ("Note", 110.0, false)];
