//! One sheet of a workbook: a table with a head that stays, filters, colours, and rows as high as their texts.
//! Must not write a formula, and must not know what the cells are about.

use super::date_view::DateView;
use super::harmless::{Part, parts, plain};
use rust_xlsxwriter::{
    Color, ConditionalFormatText, ConditionalFormatTextRule, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Table, TableColumn, Workbook, Worksheet, XlsxError,
};

/// The most letters that a cell takes.
const MOST_LETTERS: usize = 32_000;

/// The height of a line, in points.
const LINE: f64 = 15.0;

/// The most lines of a row: no program draws a higher one.
const MOST_LINES: usize = 27;

/// How many letters, over all columns, go on one sheet of paper so that they can still be read.
const LETTERS_A_PAGE: f64 = 280.0;

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
pub(super) enum Cell {
    Text(String),
    Number(usize),
    /// A date; one that is known in part stands by its first day, with `…` behind it, so that it sorts and filters as one.
    Day(Option<DateView>),
    /// Room for a person to write in.
    Room,
}

/// One column: its head, its width in letters, and whether its words are coloured.
pub(super) type Column = (&'static str, f64, bool);

/// A text that a cell takes; a text is never a formula.
pub(super) fn text(text: &str) -> Cell {
    let text = plain(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    let cut = text.char_indices().nth(MOST_LETTERS).map(|(at, _)| format!("{}…", &text[..at]));
    Cell::Text(cut.unwrap_or(text))
}

/// A message of ours, without the marks around keys and rules: a cell shows no code.
pub(super) fn prose(message: &str) -> Cell {
    let words = parts(message).into_iter().map(|part| match part {
        Part::Text(words) | Part::Code(words) => words,
    });
    text(&words.collect::<String>())
}

/// Adds a sheet.
pub(super) fn sheet(
    book: &mut Workbook,
    name: &str,
    columns: &[Column],
    rows: Vec<Vec<Cell>>,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(name)?;
    // The first column says which definition a row is about.
    sheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_repeat_columns(0, 0)?;
    let pages = (columns.iter().map(|(_, width, _)| width).sum::<f64>() / LETTERS_A_PAGE).ceil() as u16;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(pages, 0);
    let formats = Formats::new();
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
    for (row, cells) in (1..).zip(&rows) {
        sheet.set_row_height(row, LINE * lines(cells, columns) as f64)?;
        for (column, cell) in (0..).zip(cells) {
            write(sheet, (row, column), cell, &formats)?;
        }
    }
    for (number, (_, width, coloured)) in (0..).zip(columns) {
        sheet.set_column_width(number, *width)?;
        for (word, ink, paper) in COLOURS.iter().filter(|_| *coloured) {
            let format =
                Format::new().set_font_color(Color::RGB(*ink)).set_background_color(Color::RGB(*paper));
            let rule = ConditionalFormatText::new()
                .set_rule(ConditionalFormatTextRule::BeginsWith((*word).to_owned()))
                .set_format(format);
            sheet.add_conditional_format(1, number, last, number, &rule)?;
        }
    }
    let heads = columns
        .iter()
        .map(|(head, _, _)| TableColumn::new().set_header(*head).set_header_format(&formats.head));
    let heads: Vec<TableColumn> = heads.collect();
    let width = u16::try_from(columns.len()).unwrap_or(1);
    sheet.add_table(0, 0, last, width - 1, &Table::new().set_name(name).set_columns(&heads))?;
    Ok(())
}

/// How many lines the longest text of a row takes: programs that do not measure it themselves would cut it off.
fn lines(cells: &[Cell], columns: &[Column]) -> usize {
    let of = |(cell, (_, width, _)): (&Cell, &Column)| match cell {
        Cell::Text(text) => text.chars().count().div_ceil((*width as usize).max(2) - 1),
        Cell::Number(_) | Cell::Day(_) | Cell::Room => 1,
    };
    cells.iter().zip(columns).map(of).max().unwrap_or(1).clamp(1, MOST_LINES)
}

/// How cells look.
struct Formats {
    head: Format,
    text: Format,
    number: Format,
    day: Format,
    day_in_part: Format,
    room: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let ink = Color::RGB(0x1C_25_30);
        Self {
            head: top()
                .set_bold()
                .set_text_wrap()
                .set_font_color(ink)
                .set_background_color(Color::RGB(0xDC_E6_F1)),
            text: top().set_text_wrap(),
            number: top().set_align(FormatAlign::Center),
            day: top().set_num_format("yyyy-mm-dd"),
            day_in_part: top().set_num_format("yyyy-mm-dd\"…\""),
            room: top()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xFF_FF_E5))
                .set_border(FormatBorder::Hair),
        }
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let text = &formats.text;
    match cell {
        Cell::Text(empty) if empty.is_empty() => sheet.write_blank(row, column, text)?,
        Cell::Text(words) => sheet.write_string_with_format(row, column, words, text)?,
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.number)?
        }
        Cell::Day(None) => sheet.write_blank(row, column, text)?,
        Cell::Day(Some(date)) => {
            let (first, format) = match date {
                DateView::Day(day) => (day, &formats.day),
                DateView::Range { from, .. } => (from, &formats.day_in_part),
            };
            match ExcelDateTime::parse_from_str(first) {
                Ok(day) => sheet.write_datetime_with_format(row, column, &day, format)?,
                // Workbooks know no day before 1900.
                Err(_) => sheet.write_string_with_format(row, column, date.to_string(), text)?,
            }
        }
        Cell::Room => sheet.write_blank(row, column, &formats.room)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_lose_the_marks_of_code_and_nothing_else() {
        let shown = |message: &str| match prose(message) {
            Cell::Text(text) => text,
            Cell::Number(_) | Cell::Day(_) | Cell::Room => String::new(),
        };
        assert_eq!(
            shown("`budget.evaluation` is US$ 0: give `evaluation`"),
            "budget.evaluation is US$ 0: give evaluation"
        );
        assert_eq!(shown("a ` alone, =1+1"), "a ` alone, =1+1");
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let columns: &[Column] = &[("A", 11.0, false), ("B", 21.0, false)];
        assert_eq!(lines(&[text("0123456789"), text("")], columns), 1);
        assert_eq!(lines(&[text("0123456789x"), text("short")], columns), 2);
        assert_eq!(lines(&[text(&"x".repeat(9999)), Cell::Room], columns), MOST_LINES);
    }
}
