//! What dates rest on, loaded for a run: processes, calendars of countries, how plans are judged.
//! Must not date anything.

use super::error::CliError;
use super::files::shown;
use evalplan::diag::Diagnostic;
use evalplan::schedule::calendar::{CalendarFile, Calendars};
use evalplan::schedule::{Habits, Planner, Processes};
use evalplan::source::{
    SourceId, Sources, Span, UTF8_HINT, read_bytes, rule_files_in, shipped_rule_file, shipped_rules, text_of,
};
use std::path::{Path, PathBuf};

/// The files of one kind that folders of rules hold, and the shipped ones before them; of calendars those of the folders alone.
struct Files {
    processes: Vec<SourceId>,
    calendars: Vec<(String, String)>,
    habits: SourceId,
}

/// Whether a file of a folder of rules belongs to the planning, and not to a pack.
pub(crate) fn is_planning(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    path.file_name().is_some_and(|name| name == "planning.toml")
        || folder.is_some_and(|name| name == "processes" || name == "calendars")
}

/// Loads them. What is wrong is added to the diagnostics.
pub(crate) fn load(
    folders: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Planner, CliError> {
    let files = files(folders, sources, diagnostics)?;
    let processes = Processes::load(&files.processes, sources);
    diagnostics.extend(processes.diagnostics);
    let habits = Habits::load(files.habits, sources);
    let broken = CliError::new(format!("`{}` cannot be used", sources.path(files.habits)));
    let broken = habits.diagnostics.iter().fold(broken, |error, found| error.hint(found.message.clone()));
    let mut calendars = Calendars::shipped();
    for (path, text) in &files.calendars {
        diagnostics.extend(calendars.read_country(&CalendarFile { path: path.clone(), text }, sources));
    }
    Ok(Planner { processes: processes.value, calendars, habits: habits.value.ok_or(broken)? })
}

fn files(
    folders: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Files, CliError> {
    let text = shipped_rule_file("planning.toml").unwrap_or_default();
    let mut files = Files {
        processes: shipped_rules("processes")
            .into_iter()
            .map(|(path, text)| sources.add(path, text))
            .collect(),
        calendars: Vec::new(),
        habits: sources.add("rules/planning.toml", text),
    };
    for folder in folders {
        for path in rule_files_in(folder)?.into_iter().filter(|path| is_planning(path)) {
            let (text, saved) = text_of(&read_bytes(&path)?);
            if let Some(fault) = saved.fault() {
                let source = sources.add(shown(&path), text);
                let told = Diagnostic::error(source, Span::new(saved.place()), fault);
                diagnostics.push(told.hint(UTF8_HINT));
                continue;
            }
            match path.parent().and_then(Path::file_name).and_then(|name| name.to_str()) {
                Some("processes") => files.processes.push(sources.add(shown(&path), text)),
                Some("calendars") => files.calendars.push((shown(&path), text)),
                _ => files.habits = sources.add(shown(&path), text),
            }
        }
    }
    Ok(files)
}
