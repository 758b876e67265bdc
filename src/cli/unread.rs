//! Which definitions of a run were not read whole. What remembers leaves alone what it knows of them.
//! Must not read anything.

use super::planning::named_calendar;
use super::run::is_broken;
use evalplan::assess::gathers;
use evalplan::diag::{Diagnostic, Severity};
use evalplan::model::Definition;
use evalplan::report::ics::Unread;
use evalplan::source::{SourceId, Sources};
use std::collections::BTreeMap;

/// What of a run was not read, or not whole: by what was found in rules and in what the portfolio says for itself, then in
/// definitions, then in what their dates hang on.
pub(crate) fn unread(
    of_rules: &[Diagnostic],
    (of_definitions, of_planning): (&[Diagnostic], &[Diagnostic]),
    definitions: &[Definition],
    sources: &Sources,
) -> Unread {
    let mut unread = Unread { everything: is_broken(of_rules), ..Unread::default() };
    let mut by_source: BTreeMap<SourceId, &str> = BTreeMap::new();
    let mut by_calendar: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for definition in definitions {
        by_source.insert(definition.source, definition.code());
        if let Some(calendar) = named_calendar(definition) {
            by_calendar.entry(calendar).or_default().push(definition.code());
        }
    }
    // A mistake that belongs to no definition is in a file that holds one, or in what all of them share.
    for (diagnostics, other) in [(of_definitions, &mut unread.something), (of_planning, &mut unread.everything)] {
        for source in diagnostics.iter().filter(|one| one.severity == Severity::Error).map(|one| one.source) {
            let of_calendar = by_calendar.get(sources.path(source)).into_iter().flatten();
            let mut codes = by_source.get(&source).into_iter().chain(of_calendar).peekable();
            *other |= codes.peek().is_none();
            unread.codes.extend(codes.map(|code| (*code).to_owned()));
        }
    }
    if unread.something || !unread.codes.is_empty() {
        // What an agreement gathers from the projects that it pays for is not whole either.
        unread.codes.extend(definitions.iter().filter(|one| gathers(one)).map(|one| one.code().to_owned()));
    }
    unread
}
