//! `schedule`: which evaluations projects owe, when, and with which tasks.

use super::{draw, tell_diagnostics};
use crate::cli::args::{FeedArgs, ScheduleArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output::{self, Target};
use crate::cli::run::{read, shown};
use evalplan::report::ics::{Changes, Feed, FeedOptions, Written, feed};
use evalplan::report::{Canvas, Filter, Subject, Told, View};
use evalplan::source::{ReadError, read_bytes};
use std::path::Path;

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let options = feed_options(&arguments.feed)?;
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let mut view = input.view()?;
    tell_diagnostics(&input);
    let conflicts = view.definitions.iter().any(|definition| !definition.schedule.conflicts.is_empty());
    keep(arguments, &mut view)?;
    let canvas = Canvas { told: told(&view, arguments), quiet: arguments.output.quiet, ..input.canvas(&view) };
    let mut stale = false;
    for target in output::targets(Subject::Schedule, arguments.format.as_deref(), &arguments.output.output)? {
        stale |= one_output(&target, &canvas, arguments, options)?;
    }
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.found == 0 {
        output::tell("error: no definition was found\n");
        return Ok(Exit::Nothing);
    }
    Ok(if stale || (conflicts && !arguments.check) { Exit::Gaps } else { Exit::Clean })
}

/// Several definitions are told line by line, one with all its tasks.
fn told(view: &View, arguments: &ScheduleArgs) -> Told {
    match (arguments.explain, view.definitions.len() == 1 || arguments.evaluation.is_some()) {
        (true, _) => Told::Reasons,
        (false, true) => Told::Tasks,
        (false, false) => Told::Overview,
    }
}

/// Leaves out what was not asked for.
fn keep(arguments: &ScheduleArgs, view: &mut View) -> Result<(), CliError> {
    let filter = Filter { from: arguments.from, to: arguments.to, evaluation: arguments.evaluation.clone() };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && to < from
    {
        return Err(CliError::new(format!("`--from {from}` lies after `--to {to}`")));
    }
    let mut known: Vec<String> =
        view.definitions.iter().flat_map(|one| &one.schedule.evaluations).map(|evaluation| evaluation.id.clone()).collect();
    filter.keep(view);
    let nothing = view.definitions.iter().all(|one| one.schedule.evaluations.is_empty());
    if let (Some(name), true, None, None) = (&filter.evaluation, nothing, filter.from, filter.to) {
        known.sort();
        known.dedup();
        return Err(
            CliError::new(format!("there is no evaluation `{name}` in these plans")).hint(format!("there are: {}", known.join(", ")))
        );
    }
    Ok(())
}

fn feed_options(arguments: &FeedArgs) -> Result<FeedOptions, CliError> {
    let days = |text: &String| {
        let days = text.strip_suffix('d').and_then(|days| days.parse::<u32>().ok()).filter(|days| *days <= 3650);
        days.ok_or_else(|| CliError::new(format!("`--alarm {text}` is no number of days")).hint("write it like `--alarm 30d`"))
    };
    let alarm = arguments.alarm.as_ref().map(days).transpose()?;
    Ok(FeedOptions { todos: arguments.todos, alarm, tentative: arguments.tentative })
}

/// Writes one output, or says whether its file is stale. A feed that is there already is the memory of the new one.
fn one_output(target: &Target, canvas: &Canvas<'_>, arguments: &ScheduleArgs, options: FeedOptions) -> Result<bool, CliError> {
    let old = target.file.as_deref().map(existing).transpose()?.flatten();
    let (bytes, changes) = if target.format.id == "ics" {
        let memory = target.file.as_deref().zip(old.as_deref()).map(|(file, bytes)| memory(file, bytes)).transpose()?;
        let written = tell_left_out(feed(canvas.view, options, memory.as_ref()));
        (written.text.into_bytes(), Some(written.changes))
    } else {
        let styled = target.file.is_none() && output::styled(arguments.output.color);
        (draw(target.format, &Canvas { styled, ..*canvas })?, None)
    };
    let Some(file) = &target.file else {
        if arguments.check {
            return Err(CliError::new("`--check` compares with a file, and none is named").hint("name it with `-o FILE`"));
        }
        output::print_bytes(&bytes)?;
        return Ok(false);
    };
    if arguments.check {
        let stale = match (&old, changes) {
            (None, _) => true,
            (Some(_), Some(changes)) => changes.any(),
            (Some(old), None) => *old != bytes,
        };
        if stale {
            let counts = changes.map(counts).unwrap_or_default();
            output::tell(&format!("{} is stale{counts}; run the same command without --check\n", shown(file)));
        }
        return Ok(stale);
    }
    output::write_file(file, &bytes)?;
    if let Some(changes) = changes {
        let all = changes.new + changes.changed + changes.unchanged;
        output::tell(&format!("{}: {all} entries{}\n", shown(file), counts(changes)));
    }
    Ok(false)
}

fn counts(changes: Changes) -> String {
    let Changes { new, changed, cancelled, unchanged } = changes;
    format!(" ({new} new, {changed} changed, {cancelled} cancelled, {unchanged} unchanged)")
}

/// The bytes of a file, where it is there.
fn existing(path: &Path) -> Result<Option<Vec<u8>>, CliError> {
    if path.metadata().is_ok_and(|data| !data.is_file()) {
        return Ok(None);
    }
    match read_bytes(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Missing { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn memory(file: &Path, bytes: &[u8]) -> Result<Feed, CliError> {
    let text = String::from_utf8_lossy(bytes);
    if text.trim().is_empty() {
        return Ok(Feed::default());
    }
    Feed::read(&text).map_err(|error| {
        CliError::new(format!("`{}` is not overwritten: {error}", shown(file))).hint("name a file that is a feed, or one that is not there")
    })
}

fn tell_left_out(written: Written) -> Written {
    for left_out in &written.left_out {
        output::tell(&format!("not in the feed: {left_out} (`--tentative` adds it)\n"));
    }
    written
}
