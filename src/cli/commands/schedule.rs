//! `schedule`: which evaluations projects owe, when, and with which tasks.

use super::{canvas, tell_nothing, tell_run_notes};
use crate::cli::args::{FeedArgs, ScheduleArgs};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::feed;
use crate::cli::output;
use crate::cli::outputs::{Kept, Streams, any_whole, draw_whole, no_file, tell_stale};
use crate::cli::pass::{Passed, pass};
use crate::cli::progress;
use crate::cli::run::{Run, prepare_run};
use crate::cli::targets::{self, Target, written};
use crate::cli::thresholds::of_portfolio;
use evalplan::assess::Outcome as Verdict;
use evalplan::report::ics::{FeedOptions, FeedScope};
use evalplan::report::{Canvas, DefinitionView, Detail, Filter, Level, Settings, Subject, View, Wishes};
use evalplan::source::Sources;
use std::collections::BTreeSet;

pub(super) fn run(arguments: &ScheduleArgs) -> Result<Exit, CliError> {
    let (filter, options) = (filter(arguments)?, feed_options(&arguments.feed)?);
    let targets = targets::targets(Subject::Schedule, arguments.format.as_deref(), &arguments.output.output)?;
    let (feeds, others): (Vec<&Target>, Vec<&Target>) =
        targets.iter().partition(|target| target.format.id == "ics");
    if arguments.feed.prune && feeds.iter().all(|target| target.file.is_none()) {
        return Err(CliError::new("`--prune` is for calendar feeds, and this command writes none to a file")
            .hint("add `-o ics=FILE`"));
    }
    if arguments.output.quiet {
        progress::silence();
    }
    let mut run = prepare_run(&arguments.run)?;
    let detail = targets.iter().map(|target| target.format.detail()).reduce(Detail::and).unwrap_or_default();
    run.request.scope = detail.scope();
    targets::refuse_clashes(written(&targets), run.read())?;
    let separator = arguments.table.separator.into();
    let settings =
        Settings { roots: &run.roots, include_waived: false, quiet: arguments.output.quiet, separator };
    let mut streams = Streams::begin(&others, settings, arguments.check);
    let (mut kept, mut of_feeds) = (Kept::new(&others), Kept::new(&feeds));
    let (is_kept, is_fed) = (any_whole(&others), !feeds.is_empty());
    let (mut plans, mut in_vain) = (Plans::default(), InVain::new(&filter));
    // What the configuration says of rules holds for findings on the plan too.
    let levels = of_portfolio(Level::Warning, &run);
    let look = |definition: &mut DefinitionView| {
        plans.look(definition);
        in_vain.look(definition);
    };
    let passed = pass(&run, (&levels, arguments.output.color, detail), look, |mut file, sources| {
        // A feed is of the whole plan: what is filtered out of it is not gone.
        if is_fed {
            of_feeds.add(file.clone(), Sources::default());
        }
        file.definition.take_if(|definition| !filter.keep(definition));
        streams.file(&file);
        if is_kept {
            kept.add(file, sources);
        }
    });
    in_vain.refuse()?;
    let mut notes = passed.totals.notes(run.catalog());
    levels.quieten(&mut notes);
    let scope = scope(&run, &passed, filter.clone(), (options, arguments.feed.prune));
    let fed = written_feeds(&feeds, &of_feeds.view(&run), &scope, arguments.check);
    tell_run_notes(&targets.iter().collect::<Vec<_>>(), arguments.output.quiet, &notes);
    let as_of = run.request.as_of.to_string();
    let streamed = streams.finish(&passed.totals.tail(&as_of, &notes));
    let mut view = kept.view(&run);
    view.notes = notes;
    let wishes = Wishes { reasons: arguments.explain, tasks: arguments.evaluation.is_some() };
    let canvas =
        Canvas { quiet: arguments.output.quiet, separator, wishes, ..canvas(&run, &view, &kept.sources) };
    let styled = output::styled(arguments.output.color, &std::io::stdout());
    let drawn = draw_whole(&others, &canvas, (styled, arguments.check));
    let mut is_stale = false;
    output::every([fed, streamed, drawn].map(|one| one.map(|stale| is_stale |= stale)))?;
    Ok(plans.ending(&run, &passed, (is_stale, arguments.check)))
}

/// What of the plans counts for the end of a run.
#[derive(Debug, Default)]
struct Plans {
    /// Whether no plan meets every rule, or the day of an evaluation of a file is so far outside its window that it is an error.
    fail: bool,
    /// Of which definitions no rule applies, in words, unless the portfolio allows that.
    unassessed: Vec<String>,
}

impl Plans {
    /// Looks at the plan of a definition, whatever is filtered out of it.
    fn look(&mut self, definition: &DefinitionView) {
        let mut of_days = definition.findings.iter().filter(|finding| finding.owed_by.is_some());
        let is_missed =
            of_days.any(|finding| finding.verdict == Verdict::Gap && finding.level == Level::Error);
        self.fail |= is_missed || !definition.schedule.conflicts.is_empty();
        if !definition.assessed {
            let gaps = definition
                .findings
                .iter()
                .filter(|finding| finding.level != Level::None && finding.verdict == Verdict::Gap);
            self.unassessed
                .extend(gaps.map(|finding| format!("error: {}: {}\n", definition.path, finding.because)));
        }
    }

    fn ending(&self, run: &Run, passed: &Passed, (is_stale, check): (bool, bool)) -> Exit {
        if passed.is_broken {
            return Exit::Bad;
        }
        if passed.inputs == 0 {
            tell_nothing(&run.paths);
            return Exit::Nothing;
        }
        if !passed.is_assessed {
            output::tell("error: no rule applied to any definition\n");
            return Exit::Nothing;
        }
        self.unassessed.iter().for_each(|error| output::tell(error));
        if is_stale || !self.unassessed.is_empty() || (self.fail && !check) {
            Exit::Gaps
        } else {
            Exit::Clean
        }
    }
}

/// Writes the feeds, or compares them with their files; whether one of them is stale.
fn written_feeds(feeds: &[&Target], view: &View, scope: &FeedScope, check: bool) -> Result<bool, CliError> {
    let mut is_stale = false;
    let done = feeds.iter().map(|target| {
        let stale = match &target.file {
            Some(file) if check => feed::stale(file, view, scope).map(|why| tell_stale(file, why)),
            Some(file) => feed::write(file, view, scope).map(|()| false),
            None if check => Err(no_file()),
            None => feed::print(target.format, view, scope).map(|()| false),
        };
        stale.map(|stale| is_stale |= stale)
    });
    output::every(done)?;
    Ok(is_stale)
}

/// What is left out.
fn filter(arguments: &ScheduleArgs) -> Result<Filter, CliError> {
    let filter = Filter { from: arguments.from, to: arguments.to, evaluation: arguments.evaluation.clone() };
    match (filter.from, filter.to) {
        (Some(from), Some(to)) if to < from => {
            Err(CliError::new(format!("`--from {from}` lies after `--to {to}`")))
        }
        _ => Ok(filter),
    }
}

/// An evaluation that is asked for by name, which must be in one of the plans.
struct InVain<'f> {
    name: Option<&'f str>,
    filter: &'f Filter,
    found: bool,
    known: BTreeSet<String>,
}

impl<'f> InVain<'f> {
    fn new(filter: &'f Filter) -> Self {
        Self { name: filter.evaluation.as_deref(), filter, found: false, known: BTreeSet::new() }
    }

    fn look(&mut self, definition: &DefinitionView) {
        if self.name.is_none() || self.found {
            return;
        }
        self.found = self.filter.names_any(definition);
        self.known.extend(definition.schedule.evaluations.iter().map(|evaluation| evaluation.id.clone()));
    }

    fn refuse(self) -> Result<(), CliError> {
        let Some(name) = self.name.filter(|_| !self.found) else { return Ok(()) };
        let error = CliError::new(format!("there is no evaluation `{name}` in these plans"));
        Err(error.hint(format!("there are: {}", self.known.into_iter().collect::<Vec<_>>().join(", "))))
    }
}

fn feed_options(arguments: &FeedArgs) -> Result<FeedOptions, CliError> {
    let days = |text: &String| {
        let days =
            text.strip_suffix('d').and_then(|days| days.parse::<u32>().ok()).filter(|days| *days <= 3650);
        days.ok_or_else(|| {
            CliError::new(format!("`--alarm {text}` is no number of days"))
                .hint("write it like `--alarm 30d`")
        })
    };
    let alarm = arguments.alarm.as_ref().map(days).transpose()?;
    Ok(FeedOptions { todos: arguments.todos, alarm, tentative: arguments.tentative })
}

/// What the run asks of feeds, and what it could read.
fn scope(run: &Run, passed: &Passed, filter: Filter, (options, prune): (FeedOptions, bool)) -> FeedScope {
    let choice = &run.request.choice;
    let mut only_packs = if choice.only_named() { choice.packs.clone() } else { Vec::new() };
    only_packs.sort();
    let own = run.catalog().packs.iter().filter(|pack| !pack.shipped).map(|pack| &*pack.id);
    let added = choice.packs.iter().filter_map(|name| name.strip_prefix('+'));
    let packs = own.chain(added).map(str::to_owned).collect();
    FeedScope { options, filter, only_packs, packs, unread: passed.unread.clone(), prune }
}
