//! A definition with one waiver more, whose other bytes stay as they are.
//! Must not judge the waiver.

use crate::diag::Severity;
use crate::lexicon::Lexicon;
use crate::model::Date;
use crate::source::Sources;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// A waiver to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewWaiver<'w> {
    /// The rule, by its whole id.
    pub rule: &'w str,
    /// On what ground, in a word.
    pub ground: Option<&'w str>,
    /// Why it need not be met.
    pub reason: &'w str,
    /// Who grants it.
    pub granted_by: &'w str,
    /// By which authority.
    pub authority: &'w str,
    /// The day it is granted.
    pub granted: Date,
    /// The last day it covers.
    pub expires: Date,
}

/// The text of the definition with the waiver in it.
///
/// # Errors
/// What is wrong with the definition or with the texts of the waiver, where the result would not be read as a definition.
pub fn with_waiver(text: &str, waiver: &NewWaiver<'_>, lexicon: &Lexicon) -> Result<String, String> {
    let document: DocumentMut =
        text.parse().map_err(|error| format!("the definition cannot be read: {error}"))?;
    let written = match document.get("waiver") {
        Some(Item::Value(_)) => inside(document, waiver)?,
        _ => behind(text, waiver),
    };
    let mut sources = Sources::default();
    let loaded = super::read(&mut sources, "definition.toml", written.as_bytes(), lexicon);
    match loaded.diagnostics.iter().find(|one| one.severity == Severity::Error) {
        Some(error) => Err(format!("the definition with the waiver would not be sound: {}", error.message)),
        None => Ok(written),
    }
}

fn keys(waiver: &NewWaiver<'_>) -> impl Iterator<Item = (&'static str, Value)> {
    let day = |day: Date| {
        day.to_string()
            .parse::<toml_edit::Datetime>()
            .map_or_else(|_| Value::from(day.to_string()), Value::from)
    };
    let keys = [
        Some(("rule", Value::from(waiver.rule))),
        waiver.ground.map(|ground| ("ground", Value::from(ground))),
        Some(("reason", Value::from(waiver.reason))),
        Some(("granted-by", Value::from(waiver.granted_by))),
        Some(("authority", Value::from(waiver.authority))),
        Some(("granted", day(waiver.granted))),
        Some(("expires", day(waiver.expires))),
    ];
    keys.into_iter().flatten()
}

/// A table at the end of the text, with the line ends that the text has.
fn behind(text: &str, waiver: &NewWaiver<'_>) -> String {
    let mut table = Table::new();
    for (key, value) in keys(waiver) {
        table.insert(key, Item::Value(value));
    }
    let mut tables = ArrayOfTables::new();
    tables.push(table);
    let mut document = DocumentMut::new();
    document.insert("waiver", Item::ArrayOfTables(tables));
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if text.ends_with('\n') || text.is_empty() { newline.to_owned() } else { newline.repeat(2) };
    format!("{text}{gap}{}", document.to_string().trim_start().replace('\n', newline))
}

/// An element more in a list of tables that the file writes on one line.
fn inside(mut document: DocumentMut, waiver: &NewWaiver<'_>) -> Result<String, String> {
    let list =
        document.get_mut("waiver").and_then(Item::as_array_mut).ok_or("`waiver` is not a list of tables")?;
    let mut table = InlineTable::new();
    for (key, value) in keys(waiver) {
        table.insert(key, value);
    }
    list.push(table);
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiver<'w>() -> NewWaiver<'w> {
        let day = |text: &str| text.parse().expect("this is a day");
        NewWaiver {
            rule: "ilo-2005/mid-term-evaluation",
            ground: None,
            reason: "The \"cyclone\" \\ of January",
            granted_by: "Evaluation focal point",
            authority: "Regional director",
            granted: day("2014-02-01"),
            expires: day("2014-12-31"),
        }
    }

    #[test]
    fn all_other_bytes_stay_as_they_are() {
        for text in [
            "format = 1\r\n# x\r\n[project]\r\ntitle = 'T'  # y\r\n",
            "format = 1\n[project]\n  title   = \"T\"",
            "format = 1\n",
        ] {
            let written = with_waiver(text, &waiver(), &Lexicon::default()).expect("the definition is sound");
            assert!(written.starts_with(text), "{written}");
            assert!(written.contains("granted = 2014-02-01"), "{written}");
            assert_eq!(written.contains("\r\n"), text.contains("\r\n"));
            assert_eq!(written.matches('\n').count(), written.lines().count(), "every line ends");
        }
    }

    #[test]
    fn a_list_on_one_line_gets_one_more() {
        let text = "format = 1\nwaiver = [{ rule = \"a\", reason = \"b\", granted-by = \"c\", authority = \"d\", granted = 2014-01-01, expires = 2014-02-01 }] # z\n";
        let written = with_waiver(text, &waiver(), &Lexicon::default()).expect("the definition is sound");
        assert_eq!(written.matches("rule = ").count(), 2, "{written}");
        assert!(written.ends_with("# z\n"));
    }

    #[test]
    fn a_ground_is_written_where_one_is_given() {
        let with =
            |ground| with_waiver("format = 1\n", &NewWaiver { ground, ..waiver() }, &Lexicon::default());
        assert!(with(Some("security")).expect("it is sound").contains("\nground = \"security\"\nreason"));
        assert!(!with(None).expect("it is sound").contains("ground"));
        assert!(with(Some("weather")).is_err(), "it is none of the list");
    }

    #[test]
    fn texts_that_a_definition_cannot_hold_are_refused() {
        assert!(
            with_waiver("format = 1\n", &NewWaiver { reason: "", ..waiver() }, &Lexicon::default()).is_err()
        );
        assert!(
            with_waiver("format = 1\n", &NewWaiver { reason: "a\u{202e}b", ..waiver() }, &Lexicon::default())
                .is_err()
        );
        assert!(with_waiver("format = \n", &waiver(), &Lexicon::default()).is_err());
    }
}
