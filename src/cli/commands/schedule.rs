//! `schedule`: which evaluations projects owe, when, and with which tasks.

use evalplan::assess::Outcome as Verdict;
use super::{draw, tell_diagnostics, tell_nothing, tell_run_notes};
use crate::cli::args::{FeedArgs, ScheduleArgs};
use crate::cli::compare::Compared;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::feed;
use crate::cli::files::shown;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::run::{Input, read};
use crate::cli::targets::{self, Target, written};
use crate::cli::thresholds::of_portfolio;
use evalplan::report::ics::{FeedOptions, FeedScope};
use evalplan::report::{Canvas, Filter, Level, Subject, View, Wishes};
use std::io::Write;
use std::path::Path;

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let (filter, options) = (filter(arguments)?, feed_options(&arguments.feed)?);
    let targets = targets::targets(Subject::Schedule, arguments.format.as_deref(), &arguments.output.output)?;
    let (feeds, others): (Vec<&Target>, Vec<&Target>) = targets.iter().partition(|target| target.format.id == "ics");
    if arguments.feed.prune && feeds.iter().all(|target| target.file.is_none()) {
        return Err(CliError::new("`--prune` is for calendar feeds, and this command writes none to a file").hint("add `-o ics=FILE`"));
    }
    if arguments.output.quiet {
        progress::silence();
    }
    let input = read(&arguments.run.paths, &arguments.run.packs)?;
    targets::refuse_clashes(written(&targets), input.read())?;
    let mut view = input.view()?;
    // What the configuration says of rules holds for findings on the plan too.
    of_portfolio(Level::Warning, &input).apply(&mut view);
    tell_diagnostics(&input, arguments.output.color);
    let fails = fails(&view);
    refuse_in_vain(&filter, &view)?;
    // What no rule looked at is told whatever is filtered out.
    let assessed = view.definitions.iter().any(|definition| definition.assessed);
    let unassessed = unassessed(&view);
    let scope = scope(&input, filter, options, arguments.feed.prune);
    // A feed is of the whole plan: what is filtered out of it is not gone.
    let of_feeds = each(&feeds, |target| match &target.file {
        Some(file) if arguments.check => feed::stale(file, &view, &scope).map(|why| tell_stale(file, why)),
        Some(file) => feed::write(file, &view, &scope).map(|()| false),
        None if arguments.check => Err(no_file()),
        None => feed::print(target.format, &view, &scope).map(|()| false),
    });
    scope.filter.keep(&mut view);
    tell_run_notes(&targets, &Canvas { quiet: arguments.output.quiet, ..input.canvas(&view) });
    let of_others = each(&others, |target| {
        let bytes = draw_one(target, (&input, &view), arguments)?;
        match &target.file {
            Some(file) if arguments.check => differs(file, &bytes).map(|why| tell_stale(file, why)),
            Some(file) => output::write_file(file, &bytes).map(|()| false),
            None if arguments.check => Err(no_file()),
            None => output::print_bytes(&target.format.for_standard_output(bytes)).map(|()| false),
        }
    });
    let mut is_stale = false;
    output::every([of_feeds, of_others].map(|one| one.map(|stale| is_stale |= stale)))?;
    if input.is_broken() {
        return Ok(Exit::Bad);
    }
    if input.files.is_empty() {
        tell_nothing(&input.paths);
        return Ok(Exit::Nothing);
    }
    if !assessed {
        output::tell("error: no rule applied to any definition\n");
        return Ok(Exit::Nothing);
    }
    unassessed.iter().for_each(|error| output::tell(error));
    Ok(if is_stale || !unassessed.is_empty() || (fails && !arguments.check) { Exit::Gaps } else { Exit::Clean })
}

/// Whether no plan meets every rule, or the day of an evaluation of the file is so far outside its window that it is an error.
fn fails(view: &View) -> bool {
    let conflicts = view.definitions.iter().any(|definition| !definition.schedule.conflicts.is_empty());
    let of_days = view.definitions.iter().flat_map(|definition| &definition.findings).filter(|finding| finding.owed_by.is_some());
    conflicts || of_days.into_iter().any(|finding| finding.verdict == Verdict::Gap && finding.level == Level::Error)
}

/// Of which definitions no rule applies, in words, unless the portfolio allows that.
fn unassessed(view: &View) -> Vec<String> {
    let findings = view.definitions.iter().filter(|definition| !definition.assessed).flat_map(|definition| {
        let gaps = definition.findings.iter().filter(|finding| finding.level != Level::None && finding.verdict == Verdict::Gap);
        gaps.map(move |finding| (definition, finding))
    });
    findings.map(|(definition, finding)| format!("error: {}: {}\n", definition.path, finding.because)).collect()
}

/// What is left out.
fn filter(arguments: &ScheduleArgs) -> Result<Filter, CliError> {
    let filter = Filter { from: arguments.from, to: arguments.to, evaluation: arguments.evaluation.clone() };
    match (filter.from, filter.to) {
        (Some(from), Some(to)) if to < from => Err(CliError::new(format!("`--from {from}` lies after `--to {to}`"))),
        _ => Ok(filter),
    }
}

/// An evaluation that is asked for by name must be in the plans.
fn refuse_in_vain(filter: &Filter, view: &View) -> Result<(), CliError> {
    let all = Filter { from: None, to: None, ..filter.clone() };
    let Some(name) = filter.evaluation.as_ref().filter(|_| all.is_in_vain(view)) else { return Ok(()) };
    let ids = view.definitions.iter().flat_map(|one| &one.schedule.evaluations).map(|evaluation| evaluation.id.clone());
    let mut known: Vec<String> = ids.collect();
    known.sort();
    known.dedup();
    let error = CliError::new(format!("there is no evaluation `{name}` in these plans"));
    Err(error.hint(format!("there are: {}", known.join(", "))))
}

fn feed_options(arguments: &FeedArgs) -> Result<FeedOptions, CliError> {
    let days = |text: &String| {
        let days = text.strip_suffix('d').and_then(|days| days.parse::<u32>().ok()).filter(|days| *days <= 3650);
        days.ok_or_else(|| CliError::new(format!("`--alarm {text}` is no number of days")).hint("write it like `--alarm 30d`"))
    };
    let alarm = arguments.alarm.as_ref().map(days).transpose()?;
    Ok(FeedOptions { todos: arguments.todos, alarm, tentative: arguments.tentative })
}

/// What the run asks of feeds, and what it could read.
fn scope(input: &Input, filter: Filter, options: FeedOptions, prune: bool) -> FeedScope {
    let mut only_packs = if input.choice.only_named() { input.choice.packs.clone() } else { Vec::new() };
    only_packs.sort();
    let own = input.catalog.packs.iter().filter(|pack| !pack.shipped).map(|pack| &*pack.id);
    let added = input.choice.packs.iter().filter_map(|name| name.strip_prefix('+'));
    let packs = own.chain(added).map(str::to_owned).collect();
    FeedScope { options, filter, only_packs, packs, unread: input.unread.clone(), prune }
}

fn draw_one(target: &Target, (input, view): (&Input, &View), arguments: &ScheduleArgs) -> Result<Vec<u8>, CliError> {
    let styled = target.file.is_none() && output::styled(arguments.output.color, &std::io::stdout());
    let separator = arguments.table.separator.into();
    let wishes = Wishes { reasons: arguments.explain, tasks: arguments.evaluation.is_some() };
    draw(target.format, &Canvas { quiet: arguments.output.quiet, styled, separator, wishes, ..input.canvas(view) })
}

/// Does something with every target, also where another fails; whether any of their files is stale.
fn each(targets: &[&Target], done: impl Fn(&Target) -> Result<bool, CliError>) -> Result<bool, CliError> {
    let mut is_stale = false;
    output::every(targets.iter().map(|target| done(target).map(|stale| is_stale |= stale)))?;
    Ok(is_stale)
}

fn no_file() -> CliError {
    CliError::new("`--check` compares with files, and the standard output is none").hint("name one with `-o FILE`")
}

/// Says that a file is not what would be written, where there is a reason to.
fn tell_stale(file: &Path, why: Option<String>) -> bool {
    if let Some(why) = &why {
        output::tell(&format!("`{}` is stale: {why}; run the same command without `--check`\n", shown(file)));
    }
    why.is_some()
}

/// Why a file is not what would be written, where it is not.
fn differs(file: &Path, bytes: &[u8]) -> Result<Option<String>, CliError> {
    let mut there = Compared::with(file)?;
    if !there.is_there() {
        return Ok(Some("it is not there".to_owned()));
    }
    there.write_all(bytes).expect("it takes all that is written");
    Ok((!there.is_same()).then(|| "it says something else".to_owned()))
}
