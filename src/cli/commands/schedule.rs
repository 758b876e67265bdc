//! `schedule`: which evaluations projects owe, when, and with which tasks.

use super::{draw, tell_diagnostics, tell_nothing, tell_superseded};
use crate::cli::args::{FeedArgs, ScheduleArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::shown;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::run::{Input, read};
use crate::cli::targets::{self, Target, written};
use evalplan::report::ics::{Changes, Feed, FeedOptions, feed};
use evalplan::report::{Canvas, Filter, Level, Subject, View, Wishes};
use evalplan::source::{ReadError, read_bytes};
use std::path::Path;

/// One output, drawn and not yet written.
struct Drawn<'t> {
    target: &'t Target,
    bytes: Vec<u8>,
    /// What its file holds now, where that had to be looked at.
    old: Option<Vec<u8>>,
    /// How a feed differs from the one in the file.
    changes: Option<Changes>,
}

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let options = feed_options(&arguments.feed)?;
    let targets = targets::targets(Subject::Schedule, arguments.format.as_deref(), &arguments.output.output)?;
    if arguments.output.quiet {
        progress::silence();
    }
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    targets::refuse_clashes(written(&targets), input.read())?;
    let mut view = input.view()?;
    tell_diagnostics(&input, arguments.output.color);
    let conflicts = view.definitions.iter().any(|definition| !definition.schedule.conflicts.is_empty());
    keep(arguments, &mut view)?;
    let wishes = Wishes { reasons: arguments.explain, tasks: arguments.evaluation.is_some(), feed: options, memory: None };
    if targets.iter().any(|target| target.format.id == "ics") {
        tell_left_out(&view, options);
    }
    tell_superseded(&targets, &Canvas { quiet: arguments.output.quiet, ..input.canvas(&view) });
    let drawn = targets.iter().map(|target| draw_one(target, (&input, &view), wishes, arguments));
    let stale = if arguments.check {
        tell_stale(&drawn.collect::<Result<Vec<_>, _>>()?)?
    } else {
        // One that fails does not stop the others.
        output::every(drawn.map(|one| write_one(&one?)))?;
        false
    };
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.files.is_empty() {
        tell_nothing(&input.paths);
        return Ok(Exit::Nothing);
    }
    if !view.definitions.iter().any(|definition| definition.assessed) {
        output::tell("error: no rule applied to any definition\n");
        return Ok(Exit::Nothing);
    }
    let unseen = tell_unassessed(&view, &input);
    Ok(if stale || unseen || (conflicts && !arguments.check) { Exit::Gaps } else { Exit::Clean })
}

/// Says of which definitions no rule applies, unless the portfolio allows that; whether there is any.
fn tell_unassessed(view: &View, input: &Input) -> bool {
    let findings = view.definitions.iter().filter(|definition| !definition.assessed).flat_map(|definition| {
        let gaps = definition.findings.iter().filter(|finding| finding.level != Level::None && finding.verdict == "gap");
        gaps.map(move |finding| (definition, finding))
    });
    let allowed = |rule: &str| input.config.allow.iter().any(|name| *name == rule || rule.rsplit('/').next() == Some(name));
    let mut unseen = false;
    for (definition, finding) in findings.filter(|(_, finding)| !allowed(&finding.rule)) {
        output::tell(&format!("error: {}: {}\n", definition.path, finding.because));
        unseen = true;
    }
    unseen
}

/// Leaves out what was not asked for.
fn keep(arguments: &ScheduleArgs, view: &mut View) -> Result<(), CliError> {
    let filter = Filter { from: arguments.from, to: arguments.to, evaluation: arguments.evaluation.clone() };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && to < from
    {
        return Err(CliError::new(format!("`--from {from}` lies after `--to {to}`")));
    }
    let ids = view.definitions.iter().flat_map(|one| &one.schedule.evaluations).map(|evaluation| evaluation.id.clone());
    let mut known: Vec<String> = ids.collect();
    let all = Filter { from: None, to: None, ..filter.clone() };
    if let Some(name) = filter.evaluation.as_ref().filter(|_| all.is_in_vain(view)) {
        known.sort();
        known.dedup();
        let error = CliError::new(format!("there is no evaluation `{name}` in these plans"));
        return Err(error.hint(format!("there are: {}", known.join(", "))));
    }
    filter.keep(view);
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

/// Draws one output. A feed is drawn over the one in its file.
fn draw_one<'t>(
    target: &'t Target,
    (input, view): (&Input, &View),
    wishes: Wishes<'_>,
    arguments: &ScheduleArgs,
) -> Result<Drawn<'t>, CliError> {
    let is_feed = target.format.id == "ics";
    let old = match &target.file {
        Some(file) if is_feed || arguments.check => existing(file)?,
        _ => None,
    };
    let memory = match (&target.file, &old) {
        (Some(file), Some(bytes)) if is_feed => memory(file, bytes)?,
        _ => None,
    };
    let styled = target.file.is_none() && output::styled(arguments.output.color, &std::io::stdout());
    let wishes = Wishes { memory: memory.as_ref(), ..wishes };
    let separator = arguments.table.separator.into();
    let canvas = Canvas { quiet: arguments.output.quiet, styled, separator, wishes, ..input.canvas(view) };
    let changes = is_feed.then(|| feed(view, wishes.feed, wishes.memory).changes);
    Ok(Drawn { target, bytes: draw(target.format, &canvas)?, old, changes })
}

fn write_one(drawn: &Drawn<'_>) -> Result<(), CliError> {
    let Some(file) = &drawn.target.file else {
        return output::print_bytes(&drawn.target.format.for_standard_output(drawn.bytes.clone()));
    };
    output::write_file(file, &drawn.bytes)?;
    if let Some(changes) = drawn.changes {
        let all = changes.new + changes.changed + changes.unchanged;
        output::tell(&format!("{}: {all} entries ({})\n", shown(file), counts(changes)));
    }
    Ok(())
}

/// Says which files are not what would be written. A feed is, while subscribers would see nothing new.
fn tell_stale(drawn: &[Drawn<'_>]) -> Result<bool, CliError> {
    let mut stale = false;
    for one in drawn {
        let Some(file) = &one.target.file else {
            return Err(CliError::new("`--check` compares with files, and the standard output is none").hint("name one with `-o FILE`"));
        };
        let why = match (&one.old, one.changes) {
            (None, _) => Some("it is not there".to_owned()),
            (Some(_), Some(changes)) => changes.any().then(|| counts(changes)),
            (Some(old), None) => (*old != one.bytes).then(|| "it says something else".to_owned()),
        };
        if let Some(why) = why {
            stale = true;
            output::tell(&format!("`{}` is stale: {why}; run the same command without `--check`\n", shown(file)));
        }
    }
    Ok(stale)
}

fn counts(changes: Changes) -> String {
    let Changes { new, changed, cancelled, unchanged } = changes;
    format!("{new} new, {changed} changed, {cancelled} cancelled, {unchanged} unchanged")
}

/// The bytes of a file, where it is there. A device or a pipe holds nothing.
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

fn memory(file: &Path, bytes: &[u8]) -> Result<Option<Feed>, CliError> {
    let text = String::from_utf8_lossy(bytes);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let hint = "name a file that is a feed, or one that is not there";
    Feed::read(&text).map(Some).map_err(|error| CliError::new(format!("`{}` is not overwritten: {error}", shown(file))).hint(hint))
}

fn tell_left_out(view: &View, options: FeedOptions) {
    for left_out in feed(view, options, None).left_out {
        output::tell(&format!("not in the feed: {left_out} (`--tentative` adds it)\n"));
    }
}
