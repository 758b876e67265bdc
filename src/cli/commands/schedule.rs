//! `schedule`: which evaluations projects owe, when, and with which tasks.

use super::{tell_diagnostics, write};
use crate::cli::args::{FeedArgs, ScheduleArgs, ScheduleFormat};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::run::{read, shown};
use clap::ValueEnum;
use evalplan::report::ics::{Changes, Feed, FeedOptions, Written, feed};
use evalplan::report::{Filter, Told, View, csv_schedule, gantt_svg, json, mermaid, text_schedule};
use evalplan::source::{ReadError, read_bytes};
use std::path::Path;

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let options = feed_options(&arguments.feed)?;
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    let mut view = input.view()?;
    tell_diagnostics(&input);
    let conflicts = view.definitions.iter().any(|definition| !definition.schedule.conflicts.is_empty());
    keep(arguments, &mut view)?;
    let stale = if arguments.output.output.is_empty() {
        write(&[], name(arguments.format), |format| draw(format, &view, arguments, options).map(Ok))?;
        false
    } else {
        let mut stale = false;
        for output in &arguments.output.output {
            stale |= one_output(output, &view, arguments, options)?;
        }
        stale
    };
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.found == 0 {
        output::tell("error: no definition was found\n");
        return Ok(Exit::Nothing);
    }
    Ok(if stale || (conflicts && !arguments.check) { Exit::Gaps } else { Exit::Clean })
}

/// The name of a format, as it is typed.
fn name(format: ScheduleFormat) -> &'static str {
    match format {
        ScheduleFormat::Text => "text",
        ScheduleFormat::Json => "json",
        ScheduleFormat::Ics => "ics",
        ScheduleFormat::Csv => "csv",
        ScheduleFormat::Mermaid => "mermaid",
        ScheduleFormat::Svg => "svg",
    }
}

fn draw(format: &str, view: &View, arguments: &ScheduleArgs, options: FeedOptions) -> Option<String> {
    Some(match format {
        "text" => format!("{}{}", text_schedule(view, told(view, arguments)), closing(view)),
        "json" => json::schedule(view),
        "ics" => tell_left_out(feed(view, options, None)).text,
        "csv" => csv_schedule(view),
        "mermaid" => mermaid(view),
        "svg" => gantt_svg(&view.definitions, &view.as_of),
        _ => return None,
    })
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

/// Writes one output, or says whether its file is stale.
fn one_output(output: &str, view: &View, arguments: &ScheduleArgs, options: FeedOptions) -> Result<bool, CliError> {
    let (format, file) = match output.split_once('=') {
        Some((format, file)) if ScheduleFormat::from_str(format, false).is_ok() => (format, file),
        _ => (name(arguments.format), output),
    };
    let old = if file == "-" { None } else { existing(Path::new(file))? };
    if arguments.check && file == "-" {
        return Err(CliError::new("`--check` compares with a file, and `-` is none"));
    }
    let (text, changes) = if format == "ics" {
        let memory = old.as_deref().map(|bytes| memory(file, bytes)).transpose()?;
        let written = tell_left_out(feed(view, options, memory.as_ref()));
        (written.text, Some(written.changes))
    } else {
        let text = draw(format, view, arguments, options).ok_or_else(|| CliError::new(format!("there is no format `{format}` here")))?;
        (text, None)
    };
    if arguments.check {
        let stale = match (&old, changes) {
            (None, _) => true,
            (Some(_), Some(changes)) => changes.any(),
            (Some(old), None) => *old != text.as_bytes(),
        };
        if stale {
            output::tell(&format!("{file} is stale{}; run the same command without --check\n", changes.map(counts).unwrap_or_default()));
        }
        return Ok(stale);
    }
    if file == "-" {
        output::print(&text)?;
    } else {
        output::write_file(Path::new(file), text.as_bytes())?;
        if let Some(changes) = changes {
            let all = changes.new + changes.changed + changes.unchanged;
            output::tell(&format!("{}: {all} entries{}\n", shown(Path::new(file)), counts(changes)));
        }
    }
    Ok(false)
}

fn counts(changes: Changes) -> String {
    let Changes { new, changed, cancelled, unchanged } = changes;
    format!(" ({new} new, {changed} changed, {cancelled} cancelled, {unchanged} unchanged)")
}

/// The bytes of a file, where it is there.
fn existing(path: &Path) -> Result<Option<Vec<u8>>, CliError> {
    match read_bytes(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Missing { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn memory(file: &str, bytes: &[u8]) -> Result<Feed, CliError> {
    let text = String::from_utf8_lossy(bytes);
    if text.trim().is_empty() {
        return Ok(Feed::default());
    }
    Feed::read(&text).map_err(|error| {
        CliError::new(format!("`{file}` is not overwritten: {error}")).hint("name a file that is a feed, or one that is not there")
    })
}

fn tell_left_out(written: Written) -> Written {
    for left_out in &written.left_out {
        output::tell(&format!("not in the feed: {left_out} (`--tentative` adds it)\n"));
    }
    written
}

/// The summary line and the next command.
fn closing(view: &View) -> String {
    let plans = view.definitions.iter().map(|definition| &definition.schedule);
    let evaluations: usize = plans.clone().map(|plan| plan.evaluations.len()).sum();
    let undecided: usize = plans.clone().map(|plan| plan.undecided.len()).sum();
    let conflicts: usize = plans.clone().map(|plan| plan.conflicts.len()).sum();
    let warnings: usize = plans.map(|plan| plan.warnings.len()).sum();
    let next = match view.definitions.as_slice() {
        [] => String::new(),
        [one] => format!("Next: evalplan schedule {0} --explain · evalplan schedule {0} --format ics -o FILE.ics\n", one.path),
        [first, ..] => format!("Next: evalplan schedule {}\n", first.path),
    };
    format!(
        "{evaluations} evaluations, {undecided} undecided, {conflicts} conflicts, {warnings} warnings in {} definitions, as of {}.\n{next}",
        view.definitions.len(),
        view.as_of
    )
}
