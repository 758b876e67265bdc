//! The report as a workbook: portfolio, findings, evaluations and tasks, each a table with filters and real dates.
//! Must not write a formula, and must not ask the clock.

use super::appraisal::appraisal;
use super::format::Canvas;
use super::harmless::plain;
use super::headings::Headings;
use super::templates::TemplateError;
use super::view::{DateView, DefinitionView};
use rust_xlsxwriter::{
    Color, ConditionalFormatText, ConditionalFormatTextRule, DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn,
    Workbook, Worksheet, XlsxError,
};

/// The most letters that a cell takes.
const MOST_LETTERS: usize = 32_000;

/// How the words of states and levels are coloured: the word, the ink and the paper. The word stays, whatever the colour.
const COLOURS: &[(&str, u32, u32)] = &[
    ("error", 0x9C_00_06, 0xFF_C7_CE),
    ("overdue", 0x9C_00_06, 0xFF_C7_CE),
    ("warning", 0x7A_4F_00, 0xFF_EB_9C),
    ("at-once", 0x7A_4F_00, 0xFF_EB_9C),
    ("at-risk", 0x7A_4F_00, 0xFF_EB_9C),
    ("undecided", 0x7A_4F_00, 0xFF_EB_9C),
    ("done", 0x00_61_00, 0xC6_EF_CE),
    ("met", 0x00_61_00, 0xC6_EF_CE),
];

/// One cell.
enum Cell {
    Text(String),
    Number(usize),
    Day(Option<DateView>),
}

/// One column: its head, its width, and whether its words are coloured.
type Column = (&'static str, f64, bool);

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
    book.set_properties(&DocProperties::new().set_title("Gap report").set_author("evalplan").set_creation_datetime(&created));
    let all = || view.definitions.iter();
    sheet(&mut book, "Portfolio", PORTFOLIO, all().map(portfolio).collect())?;
    sheet(&mut book, "Appraisal", APPRAISAL, all().flat_map(|one| appraised(one, &headings)).collect())?;
    sheet(&mut book, "Findings", FINDINGS, all().flat_map(|one| findings(one, &headings)).collect())?;
    sheet(&mut book, "Evaluations", EVALUATIONS, all().flat_map(evaluations).collect())?;
    sheet(&mut book, "Tasks", TASKS, all().flat_map(tasks).collect())?;
    let scores = vec![text("appraisal"), text(&headings.appraisal.note)];
    let notes = canvas.superseded().into_iter().map(|note| vec![text("all"), text(&note)]);
    let of = |one: &DefinitionView| one.notes.iter().map(|note| vec![text(&one.code), text(note)]).collect::<Vec<_>>();
    let mistakes = view.diagnostics.iter().map(|one| vec![text(&format!("{}:{}:{}", one.path, one.line, one.column)), text(&one.message)]);
    let day = vec![text("as of"), text(&view.as_of)];
    sheet(&mut book, "Notes", NOTES, [day, scores].into_iter().chain(notes).chain(all().flat_map(of)).chain(mistakes).collect())?;
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
    ("Evaluations", 14.0, false),
];

fn portfolio(one: &DefinitionView) -> Vec<Cell> {
    let summary = one.summary;
    let counts = [
        summary.errors,
        summary.warnings - summary.undecided,
        summary.notes,
        summary.undecided,
        summary.met,
        summary.not_applicable,
        summary.waived,
        one.schedule.evaluations.len(),
    ];
    let policy = one.policy.as_ref().map_or("none", |policy| policy.pack.as_str());
    [&one.code, &one.title, &one.path, policy].into_iter().map(text).chain(counts.into_iter().map(Cell::Number)).collect()
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
    let row = |heading: super::appraisal::Appraised| {
        let counts = [heading.gaps, heading.undecided, heading.met].map(Cell::Number);
        let judged = [score(&heading.score), text(&heading.why), text(""), text("")];
        [text(&one.code), text(&heading.title)].into_iter().chain(counts).chain(judged).collect()
    };
    appraisal(one, headings).into_iter().map(row).collect()
}

const FINDINGS: &[Column] = &[
    ("Code", 26.0, false),
    ("Heading", 30.0, false),
    ("Rule", 44.0, false),
    ("Verdict", 15.0, true),
    ("Level", 11.0, true),
    ("Finding", 52.0, false),
    ("Why", 60.0, false),
    ("What to do", 52.0, false),
    ("Close by", 13.0, false),
    ("Urgency", 12.0, true),
    ("Why then", 44.0, false),
    ("Owner", 30.0, false),
    ("Owner named by", 24.0, false),
    ("Facts to supply", 32.0, false),
    ("Source", 16.0, false),
    ("Place", 14.0, false),
    ("Status", 14.0, false),
    ("Waiver", 30.0, false),
    ("File", 36.0, false),
    ("Line", 8.0, false),
];

fn findings(one: &DefinitionView, headings: &Headings) -> Vec<Vec<Cell>> {
    let row = |finding: &super::view::FindingView| {
        let closing = &finding.closing;
        let needs = finding.needs.join(", ");
        let remedy = finding.remedy.as_deref().filter(|_| finding.verdict == "gap").unwrap_or_default();
        let what = [
            one.code.as_str(),
            headings.titles().nth(finding.heading).unwrap_or_default(),
            &finding.rule,
            finding.verdict,
            finding.level.word(),
            &finding.message,
            &finding.because,
            remedy,
        ];
        let when = [&closing.close_state.map(str::to_owned), &closing.close_because, &closing.owner, &closing.owner_basis];
        let source = [
            needs.as_str(),
            &finding.source,
            &finding.paragraph,
            &finding.status,
            finding.waiver.as_deref().unwrap_or_default(),
            &one.path,
        ];
        let when =
            [Cell::Day(closing.close_by.clone())].into_iter().chain(when.into_iter().map(|one| text(one.as_deref().unwrap_or_default())));
        what.into_iter().map(text).chain(when).chain(source.into_iter().map(text)).chain([Cell::Number(finding.at.line)]).collect()
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
    ("Why", 80.0, false),
];

fn evaluations(one: &DefinitionView) -> Vec<Vec<Cell>> {
    let row = |evaluation: &super::view::EvaluationView| {
        let texts = [
            one.code.as_str(),
            &evaluation.id,
            evaluation.state,
            evaluation.origin,
            evaluation.independence.unwrap_or_default(),
            evaluation.independence_required.unwrap_or_default(),
        ];
        let days = [&evaluation.earliest, &evaluation.target, &evaluation.latest, &evaluation.date, &evaluation.completed];
        let days = days.into_iter().map(|day| Cell::Day(day.clone()));
        texts.into_iter().map(text).chain(days).chain([text(&evaluation.because)]).collect()
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
            let texts = [one.code.as_str(), &evaluation.id, &task.title, &task.owner, task.state];
            let days = [&task.start, &task.end].into_iter().map(|day| Cell::Day(Some(DateView::Day(day.clone()))));
            let numbers = [task.working_days, task.slack].into_iter().map(|days| Cell::Number(days as usize));
            let critical = if task.critical { "yes" } else { "no" };
            texts.into_iter().map(text).chain(days).chain(numbers).chain([text(critical), text(&task.because)]).collect()
        };
        evaluation.tasks.iter().map(row).collect::<Vec<Vec<Cell>>>()
    };
    one.schedule.evaluations.iter().flat_map(of).collect()
}

const NOTES: &[Column] = &[("About", 36.0, false), ("Note", 110.0, false)];

/// A text that a cell takes; a text is never a formula.
fn text(text: &str) -> Cell {
    let text = plain(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    let cut = text.char_indices().nth(MOST_LETTERS).map(|(at, _)| format!("{}…", &text[..at]));
    Cell::Text(cut.unwrap_or(text))
}

fn sheet(book: &mut Workbook, name: &str, columns: &[Column], rows: Vec<Vec<Cell>>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(name)?;
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
    for (row, cells) in (1..).zip(&rows) {
        for (column, cell) in (0..).zip(cells) {
            write(sheet, (row, column), cell, (&wrapped, &day))?;
        }
    }
    for (number, (_, width, coloured)) in (0..).zip(columns) {
        sheet.set_column_width(number, *width)?;
        for (word, ink, paper) in COLOURS.iter().filter(|_| *coloured) {
            let format = Format::new().set_font_color(Color::RGB(*ink)).set_background_color(Color::RGB(*paper));
            let rule = ConditionalFormatText::new().set_rule(ConditionalFormatTextRule::BeginsWith((*word).to_owned())).set_format(format);
            sheet.add_conditional_format(1, number, last, number, &rule)?;
        }
    }
    let heads: Vec<TableColumn> = columns.iter().map(|(head, _, _)| TableColumn::new().set_header(*head)).collect();
    let width = u16::try_from(columns.len()).unwrap_or(1);
    sheet.add_table(0, 0, last, width - 1, &Table::new().set_name(name).set_columns(&heads))?;
    Ok(())
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, (wrapped, day): (&Format, &Format)) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => sheet.write_blank(row, column, wrapped)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, wrapped)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, wrapped)?,
        Cell::Day(None) => sheet.write_blank(row, column, wrapped)?,
        Cell::Day(Some(DateView::Day(text))) => match ExcelDateTime::parse_from_str(text) {
            Ok(date) => sheet.write_datetime_with_format(row, column, &date, day)?,
            // Workbooks know no day before 1900.
            Err(_) => sheet.write_string_with_format(row, column, text, wrapped)?,
        },
        Cell::Day(Some(range)) => sheet.write_string_with_format(row, column, range.to_string(), wrapped)?,
    };
    Ok(())
}
