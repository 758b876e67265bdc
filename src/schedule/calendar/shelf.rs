//! The calendars of a run: those of the countries that its definitions need, and those of offices.
//! Must not open files: it is given their texts, and reads only the ones that are needed.

use super::unfold::mended;
use super::{Calendar, Weekend, Weekends, parse_ics, parse_toml};
use crate::diag::{Diagnostic, Severity};
use crate::source::{Saved, SourceId, Sources, Span, UTF8_HINT, shipped_rules, text_of};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A calendar of a country that is at hand, not yet read.
#[derive(Debug, Clone)]
pub struct CalendarFile<'t> {
    /// The path that is shown to people; its stem is the country, in small letters.
    pub path: String,
    /// The text.
    pub text: &'t str,
}

impl CalendarFile<'_> {
    /// The country whose days it holds, in capitals.
    #[must_use]
    pub fn country(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".toml").unwrap_or(name).to_ascii_uppercase()
    }
}

/// A calendar that comes with evalplan, read when it is first asked for.
#[derive(Debug)]
struct Shipped {
    path: String,
    text: &'static str,
    read: OnceLock<Arc<Calendar>>,
}

impl Shipped {
    fn calendar(&self) -> &Arc<Calendar> {
        self.read.get_or_init(|| {
            let mut sources = Sources::default();
            let source = sources.add(self.path.as_str(), self.text);
            Arc::new(parse_toml(source, &sources, Weekend::SATURDAY_SUNDAY).value)
        })
    }
}

/// What is wrong with how a calendar was saved. TOML is UTF-8; of iCalendar in another encoding the days can be read and the names
/// cannot.
fn in_encoding(source: SourceId, saved: Saved, is_ics: bool) -> Option<Diagnostic> {
    let place = Span::new(saved.place());
    match saved {
        Saved::Utf16 if is_ics => None,
        Saved::Unknown { .. } if is_ics => {
            let message =
                "this calendar is not saved as UTF-8: its days are counted, some names cannot be read";
            Some(Diagnostic::warning(source, place, message).hint(UTF8_HINT))
        }
        _ => Some(Diagnostic::error(source, place, saved.fault()?).hint(UTF8_HINT)),
    }
}

/// The calendars of countries, and that of the office of one definition where it has one.
#[derive(Debug, Clone, Default)]
pub struct Calendars {
    shipped: Arc<BTreeMap<String, Shipped>>,
    countries: Arc<BTreeMap<String, Arc<Calendar>>>,
    office: Option<Result<Arc<Calendar>, Arc<str>>>,
}

impl Calendars {
    /// The calendars that come with evalplan, each read when it is first asked for.
    #[must_use]
    pub fn shipped() -> Self {
        let files = shipped_rules("calendars").into_iter();
        let shipped = files.map(|(path, text)| {
            (
                CalendarFile { path: path.clone(), text }.country(),
                Shipped { path, text, read: OnceLock::new() },
            )
        });
        Self { shipped: Arc::new(shipped.collect()), ..Self::default() }
    }

    /// Reads the calendar of a country, which stands in for one of the same country that was read before.
    pub fn read_country(&mut self, file: &CalendarFile<'_>, sources: &mut Sources) -> Vec<Diagnostic> {
        let source = sources.add(file.path.as_str(), file.text);
        let loaded = parse_toml(source, sources, Weekend::SATURDAY_SUNDAY);
        Arc::make_mut(&mut self.countries).insert(file.country(), Arc::new(loaded.value));
        loaded.diagnostics
    }

    /// These calendars with that of an office, read from iCalendar or TOML by the ending of its path. A file that says nothing of
    /// the weekend has that of the country. One in which something is wrong is not used.
    #[must_use]
    pub fn with_office(
        &self,
        country: Option<&str>,
        (path, bytes): (&str, &[u8]),
        sources: &mut Sources,
    ) -> (Self, Vec<Diagnostic>) {
        let weekend: Weekends = country
            .and_then(|country| self.country(country))
            .map_or(Weekend::SATURDAY_SUNDAY.into(), |calendar| calendar.weekend.clone());
        let is_ics = path.to_ascii_lowercase().ends_with(".ics");
        let (text, saved) = text_of(&if is_ics { mended(bytes) } else { bytes.into() });
        // No line of it is shown: it may be another file of the user.
        let source = sources.add_withheld(path, text);
        let mut diagnostics: Vec<Diagnostic> = in_encoding(source, saved, is_ics).into_iter().collect();
        let broken = |found: &[Diagnostic]| found.iter().any(|one| one.severity == Severity::Error);
        let mut office = Err(path.into());
        if !broken(&diagnostics) {
            let loaded = if is_ics {
                parse_ics(source, sources, weekend)
            } else {
                parse_toml(source, sources, weekend)
            };
            diagnostics.extend(loaded.diagnostics);
            if !broken(&diagnostics) {
                office = Ok(Arc::new(loaded.value));
            }
        }
        (Self { office: Some(office), ..self.clone() }, diagnostics)
    }

    /// The calendar of a country, where it has been read or comes with evalplan.
    #[must_use]
    pub fn country(&self, country: &str) -> Option<&Arc<Calendar>> {
        self.countries.get(country).or_else(|| self.shipped.get(country).map(Shipped::calendar))
    }

    /// The calendar of the office, where it has one of its own.
    #[must_use]
    pub fn office(&self) -> Option<&Arc<Calendar>> {
        self.office.as_ref().and_then(|office| office.as_ref().ok())
    }

    /// The path of the calendar of the office, where it has one that could not be read.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.office.as_ref().and_then(|office| office.as_ref().err()).map(|path| &**path)
    }
}
