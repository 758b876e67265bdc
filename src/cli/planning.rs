//! What dates hang on, loaded for a run: processes, the calendars that its definitions need, how plans are judged.
//! Must not date anything.

use super::error::CliError;
use super::files::shown;
use super::grounds::Grounds;
use evalplan::diag::Diagnostic;
use evalplan::model::Definition;
use evalplan::schedule::calendar::{CalendarFile, Calendars, calendar_file, country_of};
use evalplan::schedule::{Habits, Planner, Processes};
use evalplan::source::{ReadError, SourceId, Sources, Span, read_bytes, read_within, rule_files_in, shipped_rule_file, shipped_rules};
use std::path::{Component, Path, PathBuf};

/// The files of one kind that folders of rules hold, and the shipped ones before them; of calendars those of the folders alone.
struct Files {
    processes: Vec<SourceId>,
    calendars: Vec<(String, String)>,
    habits: SourceId,
}

/// Whether a file of a folder of rules belongs to the planning, and not to a pack.
pub(crate) fn is_planning(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    path.file_name().is_some_and(|name| name == "planning.toml") || folder.is_some_and(|name| name == "processes" || name == "calendars")
}

/// Loads what the definitions need. What is wrong is added to the diagnostics.
pub(crate) fn load(
    folders: &[PathBuf],
    definitions: &[Definition],
    grounds: &Grounds,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Planner, CliError> {
    let files = files(folders, sources)?;
    let processes = Processes::load(&files.processes, sources);
    diagnostics.extend(processes.diagnostics);
    let habits = Habits::load(files.habits, sources);
    let broken = CliError::new(format!("`{}` cannot be used", sources.path(files.habits)));
    let broken = habits.diagnostics.iter().fold(broken, |error, found| error.hint(found.message.clone()));
    let mut planner = Planner { processes: processes.value, calendars: Calendars::shipped(), habits: habits.value.ok_or(broken)? };
    let at_hand: Vec<CalendarFile<'_>> = files.calendars.iter().map(|(path, text)| CalendarFile { path: path.clone(), text }).collect();
    for definition in definitions {
        let country = country_of(definition).map(|(country, _)| country);
        if let Some(country) = country {
            diagnostics.extend(planner.calendars.read_country(country, &at_hand, sources));
        }
        match of_office(definition, grounds, sources) {
            Ok(None) => {}
            Ok(Some(source)) => diagnostics.extend(planner.calendars.read_office(&definition.path, country, source, sources)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
        diagnostics.extend(planner.check(definition));
    }
    Ok(planner)
}

/// The text of the calendar that a definition names. No line of it is shown: it may be another file of the user.
fn of_office(definition: &Definition, grounds: &Grounds, sources: &mut Sources) -> Result<Option<SourceId>, Box<Diagnostic>> {
    let Some((path, span)) = calendar_file(definition)? else { return Ok(None) };
    let bytes = read_within(Path::new(&path), &grounds.around(Path::new(&*definition.path))).map_err(|error| {
        let hint = match error {
            ReadError::Outside { .. } => {
                "put the calendar beside the definition or below, or run the command on a folder that holds both; the folder of their `evalplan.toml` counts too"
            }
            _ => "`office.calendar` is a path from the folder of this file",
        };
        Box::new(Diagnostic::error(definition.source, span, error.to_string()).hint(hint))
    })?;
    Ok(Some(sources.add_withheld(shown(Path::new(&path)), String::from_utf8_lossy(&bytes).into_owned())))
}

fn files(folders: &[PathBuf], sources: &mut Sources) -> Result<Files, CliError> {
    let text = shipped_rule_file("planning.toml").unwrap_or_default();
    let mut files = Files {
        processes: shipped_rules("processes").into_iter().map(|(path, text)| sources.add(path, text)).collect(),
        calendars: Vec::new(),
        habits: sources.add("rules/planning.toml", text),
    };
    for folder in folders {
        for path in rule_files_in(folder)?.into_iter().filter(|path| is_planning(path)) {
            let text = String::from_utf8_lossy(&read_bytes(&path)?).into_owned();
            match path.parent().and_then(Path::file_name).and_then(|name| name.to_str()) {
                Some("processes") => files.processes.push(sources.add(shown(&path), text)),
                Some("calendars") => files.calendars.push((shown(&path), text)),
                _ => files.habits = sources.add(shown(&path), text),
            }
        }
    }
    Ok(files)
}

/// The calendar that a definition names, as people are shown it.
pub(crate) fn named_calendar(definition: &Definition) -> Option<String> {
    calendar_file(definition).ok().flatten().map(|(path, _)| shown(Path::new(&path)))
}

/// The paths that definitions name as their calendars: no definitions themselves, even where a folder holds both.
pub(crate) fn named_calendars(definitions: &[Definition]) -> Vec<PathBuf> {
    let named = definitions.iter().filter_map(|definition| calendar_file(definition).ok().flatten());
    named.map(|(path, _)| plain(Path::new(&path))).collect()
}

/// A path without `.` and, where it can be done on paper, without `..`.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

/// Takes the calendars that definitions name out of what was read as definitions.
pub(crate) fn without_calendars(definitions: &mut Vec<Definition>, diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    let named = named_calendars(definitions);
    let is_calendar = |path: &str| named.contains(&plain(Path::new(path)));
    definitions.retain(|definition| !is_calendar(&definition.path));
    diagnostics.retain(|diagnostic| {
        diagnostic.span == Span::new(0..0) && sources.text(diagnostic.source).is_empty() || !is_calendar(sources.path(diagnostic.source))
    });
}
