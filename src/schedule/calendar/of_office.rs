//! Which calendar counts for a definition: the office's own, else that of its country, else of the only country of the
//! project, else weekends alone. Must not open files.

use super::{Calendar, Calendars};
use crate::diag::Diagnostic;
use crate::model::{Definition, FieldPath, Table, key};
use crate::source::Span;
use std::sync::Arc;

/// The calendar of a definition, and what the reader should know of it.
#[derive(Debug, Clone, Default)]
pub struct OfficeCalendar {
    /// The days off.
    pub calendar: Arc<Calendar>,
    /// Whose they are, in words: `holidays of South Africa (the office's country)`.
    pub told: String,
    /// Why they may be wrong or missing.
    pub notes: Vec<String>,
}

/// The country whose working days count: that of the office, else the only one of the project.
#[must_use]
pub fn country_of(definition: &Definition) -> Option<(&str, &'static str)> {
    if let Some(country) = definition.single(Table::Office).text(key::office::COUNTRY) {
        return Some((country, "the office's country"));
    }
    match definition.single(Table::Project).texts(key::project::COUNTRIES)? {
        [only] => Some((only, "the project's only country")),
        _ => None,
    }
}

/// The file of holidays that the office names, with its place: a path from the folder of the definition.
///
/// # Errors
/// Where the path leads away from there or is no calendar.
pub fn calendar_file(definition: &Definition) -> Result<Option<(String, Span)>, Box<Diagnostic>> {
    let Some(file) = definition.single(Table::Office).text(key::office::CALENDAR) else { return Ok(None) };
    let span = definition.locate(FieldPath::Key(key::office::CALENDAR)).unwrap_or(Span::new(0..0));
    let error = |message: String, hint: &str| {
        Err(Box::new(Diagnostic::error(definition.source, span, message).hint(hint)))
    };
    let lower = file.to_ascii_lowercase();
    if !lower.ends_with(".toml") && !lower.ends_with(".ics") {
        return error(
            format!("`{file}` is no calendar that can be read"),
            "name a file that ends in `.toml` or `.ics`",
        );
    }
    if file.starts_with(['/', '\\', '~']) || file.contains(':') || file.contains('\0') {
        return error(
            format!("`{file}` does not start from the folder of this definition"),
            "write the path from this file, such as `../calendars/office.ics`",
        );
    }
    let folder = definition.path.rfind(['/', '\\']).map_or("", |slash| &definition.path[..=slash]);
    Ok(Some((format!("{folder}{file}"), span)))
}

impl OfficeCalendar {
    /// The calendar that counts for a definition.
    #[must_use]
    pub fn of(definition: &Definition, calendars: &Calendars) -> Self {
        if let Some(calendar) = calendars.office() {
            let told = format!("days off of the office ({})", calendar.source);
            let none = format!("{} names no days off: only weekends are counted", calendar.name);
            let notes = calendar.holidays().is_empty().then_some(none).into_iter().collect();
            return Self { calendar: Arc::clone(calendar), told, notes };
        }
        let mut found = Self::of_country(definition, calendars);
        let refused =
            |path| format!("`{path}` could not be read: the days off of the office are not counted");
        found.notes.splice(0..0, calendars.refused().map(refused));
        found
    }

    fn of_country(definition: &Definition, calendars: &Calendars) -> Self {
        let alone = |note: String| Self {
            calendar: Arc::default(),
            told: "weekends alone".to_owned(),
            notes: vec![note],
        };
        match country_of(definition) {
            Some((country, whose)) => match calendars.country(country) {
                Some(calendar) => {
                    let told = format!("holidays of {} ({whose})", calendar.name);
                    Self { calendar: Arc::clone(calendar), told, notes: Vec::new() }
                }
                None => alone(format!(
                    "the holidays of {country} are not known: only weekends are counted; give `office.calendar`, a file of holidays"
                )),
            },
            None => alone(
                "no country says whose holidays count: only weekends are counted; give `office.country`"
                    .to_owned(),
            ),
        }
    }
}
