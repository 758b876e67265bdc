//! A definition with one waiver more, whose other bytes stay as they are.
//! Must not judge the waiver.

use crate::diag::Severity;
use crate::lexicon::Lexicon;
use crate::model::{Date, Table};
use crate::source::Sources;
use crate::toml::{Change, Entry, KeyPath, Value, apply};

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
    let list = KeyPath::top().key(Table::Waiver.spec().name);
    let add = Change::Add { list, element: Value::Table(entries(waiver)) };
    let wrong = |text: &str| {
        let loaded = super::read(&mut Sources::default(), "definition.toml", text.as_bytes(), lexicon);
        loaded.diagnostics.into_iter().find(|one| one.severity == Severity::Error).map(|one| one.message)
    };
    let written = apply(text, &[add]).map_err(|error| {
        format!("the definition cannot be read: {}", wrong(text).unwrap_or_else(|| error.to_string()))
    })?;
    match wrong(&written) {
        Some(message) => Err(format!("the definition with the waiver would not be sound: {message}")),
        None => Ok(written),
    }
}

fn entries(waiver: &NewWaiver<'_>) -> Vec<Entry> {
    let entries = [
        Some(Entry::new("rule", waiver.rule)),
        waiver.ground.map(|ground| Entry::new("ground", ground)),
        Some(Entry::new("reason", waiver.reason)),
        Some(Entry::new("granted-by", waiver.granted_by)),
        Some(Entry::new("authority", waiver.authority)),
        Some(Entry::new("granted", waiver.granted)),
        Some(Entry::new("expires", waiver.expires)),
    ];
    entries.into_iter().flatten().collect()
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
