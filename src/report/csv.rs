//! Tables as lines of text, a row a line, safe for programs that calculate: no cell begins a formula.
//! Must not know what the cells are about.

use super::harmless::plain;
use super::separator::Separator;
use super::stream::{FileRef, Settings, Stream};
use super::view::{DefinitionView, DiagnosticView, FindingView};

/// The heads of the columns.
const HEADS: [&str; 26] = [
    "code",
    "title",
    "path",
    "line",
    "column",
    "rule",
    "verdict",
    "level",
    "severity",
    "status",
    "source",
    "at",
    "message",
    "because",
    "missing",
    "needs",
    "remedy",
    "waiver",
    "fingerprint",
    "owner",
    "owner basis",
    "close by",
    "close state",
    "close because",
    "owed",
    "planned",
];

/// Every mistake in the input, and every finding of every rule.
pub(super) fn check(settings: Settings<'_>) -> Box<dyn Stream + '_> {
    Box::new(Findings(settings))
}

struct Findings<'a>(Settings<'a>);

impl Stream for Findings<'_> {
    fn head(&mut self) -> Vec<u8> {
        head(&HEADS, self.0.separator)
    }

    fn file(&mut self, file: FileRef<'_>) -> Vec<u8> {
        let mut rows = Rows::new(self.0.separator);
        mistakes(file.diagnostics, &self.0).for_each(|row| rows.add(&row));
        if let Some(definition) = file.definition {
            definition.findings.iter().for_each(|finding| rows.add(&row(definition, finding)));
        }
        rows.into_bytes()
    }
}

fn row(definition: &DefinitionView, finding: &FindingView) -> Vec<String> {
    let closing = &finding.closing;
    vec![
        definition.code.clone(),
        definition.title.clone(),
        definition.path.clone(),
        finding.at.line.to_string(),
        finding.at.column.to_string(),
        finding.rule.clone(),
        finding.verdict.word().to_owned(),
        finding.level.word().to_owned(),
        finding.severity.to_string(),
        finding.status.clone(),
        finding.source.clone(),
        finding.paragraph.clone(),
        finding.message.clone(),
        finding.because.clone(),
        finding.missing.join("; "),
        finding.needs.join("; "),
        finding.remedy.clone().unwrap_or_default(),
        finding.waiver.clone().unwrap_or_default(),
        finding.fingerprint.clone(),
        closing.owner.clone().unwrap_or_default(),
        closing.owner_basis.clone().unwrap_or_default(),
        closing.close_by.as_ref().map(ToString::to_string).unwrap_or_default(),
        closing.close_state.unwrap_or_default().to_owned(),
        closing.close_because.clone().unwrap_or_default(),
        finding.owed.unwrap_or_default().to_owned(),
        finding.planned.unwrap_or_default().to_owned(),
    ]
}

/// A row for each mistake in the input: where, how grave, what, and what to do. What a rule would say is empty.
fn mistakes<'c>(
    diagnostics: &'c [DiagnosticView],
    settings: &Settings<'_>,
) -> impl Iterator<Item = Vec<String>> + 'c {
    diagnostics.iter().zip(settings.marks(diagnostics)).map(|(one, mark)| {
        let mut row = vec![String::new(); HEADS.len()];
        let place = [
            one.path.clone(),
            one.line.to_string(),
            one.column.to_string(),
            "definition".to_owned(),
            "mistake".to_owned(),
        ];
        row[2..7].clone_from_slice(&place);
        row[7..9].fill(one.severity.to_owned());
        row[12].clone_from(&one.message);
        row[16] = one.hint.clone().unwrap_or_default();
        row[18] = mark;
        row
    })
}

/// Rows as text: UTF-8 with the mark by which spreadsheets know it, lines ended as RFC 4180 has them.
pub(super) fn table(rows: &[Vec<String>], separator: Separator) -> Vec<u8> {
    let mut drawn = Rows::new(separator);
    rows.iter().for_each(|row| drawn.add(row));
    [MARK.as_bytes(), &drawn.into_bytes()].concat()
}

/// The mark by which spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";

/// The first row, behind the mark by which spreadsheets know UTF-8.
pub(super) fn head(heads: &[&str], separator: Separator) -> Vec<u8> {
    table(&[heads.iter().map(|head| (*head).to_owned()).collect()], separator)
}

/// Rows as text, lines ended as RFC 4180 has them.
pub(super) struct Rows {
    text: String,
    separator: Separator,
}

impl Rows {
    pub(super) fn new(separator: Separator) -> Self {
        Self { text: String::new(), separator }
    }

    /// Adds a row.
    pub(super) fn add(&mut self, cells: &[impl AsRef<str>]) {
        self.behind("", cells);
    }

    /// Adds a row that begins with cells that are drawn already.
    pub(super) fn behind(&mut self, drawn: &str, cells: &[impl AsRef<str>]) {
        self.text.push_str(drawn);
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 || !drawn.is_empty() {
                self.text.push(self.separator.letter());
            }
            add_cell(&mut self.text, cell.as_ref(), self.separator);
        }
        self.text.push_str("\r\n");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// Cells in a row that does not end.
pub(super) fn cells(cells: &[impl AsRef<str>], separator: Separator) -> String {
    let mut rows = Rows::new(separator);
    rows.add(cells);
    rows.text.truncate(rows.text.len() - "\r\n".len());
    rows.text
}

/// One cell, in quotes where it needs them; a letter before what a spreadsheet would calculate.
pub(super) fn cell(text: &str, separator: Separator) -> String {
    let mut drawn = String::with_capacity(text.len());
    add_cell(&mut drawn, text, separator);
    drawn
}

/// A comma or a semicolon is quoted whatever separates: a program that guesses the other one must not find a cell more.
fn add_cell(drawn: &mut String, text: &str, separator: Separator) {
    let text = plain(text);
    let first = text.trim_start().chars().next().unwrap_or(' ');
    let formula = matches!(
        first,
        '=' | '+' | '-' | '@' | '|' | '%' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
    );
    // A cell may begin a line, and `::` there is a command to GitHub Actions.
    let guarded = formula || text.trim_start().starts_with("::");
    if !guarded && !text.contains([',', ';', '"', separator.letter()]) {
        drawn.push_str(&text);
        return;
    }
    drawn.push_str(if guarded { "\"'" } else { "\"" });
    drawn.push_str(&text.replace('"', "\"\""));
    drawn.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str], separator: Separator) -> String {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        String::from_utf8(table(&[cells], separator))
            .expect("it was made of text")
            .trim_start_matches('\u{feff}')
            .to_owned()
    }

    #[test]
    fn the_separator_stands_between_cells_and_inside_quotes_only() {
        let cells = ["a,b", "c;d", "e\tf", "g\"h", "i"];
        assert_eq!(row(&cells, Separator::Comma), "\"a,b\",\"c;d\",e f,\"g\"\"h\",i\r\n");
        assert_eq!(row(&cells, Separator::Semicolon), "\"a,b\";\"c;d\";e f;\"g\"\"h\";i\r\n");
        assert_eq!(row(&cells, Separator::Tab), "\"a,b\"\t\"c;d\"\te f\t\"g\"\"h\"\ti\r\n");
    }

    #[test]
    fn no_cell_begins_a_formula_whatever_separates() {
        for separator in [Separator::Comma, Separator::Semicolon, Separator::Tab] {
            let between = separator.letter();
            assert_eq!(row(&["=1+1", "\t-2"], separator), format!("\"'=1+1\"{between}\"' -2\"\r\n"));
            assert_eq!(row(&["::error::x", "a::b"], separator), format!("\"'::error::x\"{between}a::b\r\n"));
        }
    }
}
