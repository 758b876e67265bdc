//! A run over definitions as the user asks for it: rules and configuration loaded, files found. The engine does the rest.

use super::args::{InputArgs, InputFormat, PackArgs, RunArgs};
use super::clock;
use super::config::{self, Config};
use super::error::CliError;
use super::files::{self, shown};
use super::grounds::Grounds;
use super::packs::{is_broken, load_catalog, pack, refuse_unknown};
use super::planning;
use super::progress::Progress;
use super::stdin;
use evalplan::assess::{Choice, IN_FORCE};
use evalplan::diag::Diagnostic;
use evalplan::engine::{Engine, Entry, Files, Input, Outcome, Portfolio, Request};
use evalplan::policy::Catalog;
use evalplan::report::argument;
use evalplan::report::ics::Unread;
use evalplan::source::{ReadError, Sources, open_file, read_within, rule_files_in, within};
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Everything that a run needs before the first definition is read.
#[derive(Debug)]
pub(crate) struct Run {
    /// The texts of rules and configuration.
    pub sources: Sources,
    pub engine: Engine,
    pub request: Request,
    /// What is wrong with rules and configuration, and with where definitions were looked for.
    pub diagnostics: Vec<Diagnostic>,
    /// What that leaves unread.
    pub unread: Unread,
    /// How day and packs were chosen on the command line, for the next command.
    pub options: String,
    /// What `evalplan.toml` says.
    pub config: Config,
    /// The names of the folder from which paths are told.
    pub roots: Vec<String>,
    /// Where definitions were looked for.
    pub paths: Vec<PathBuf>,
    /// The files that were found, readable or not.
    pub files: Vec<PathBuf>,
    /// The name of the definitions on the standard input, where they are read from there.
    pub standard: Option<String>,
    /// Whether definitions stand one on a line.
    pub of_lines: bool,
    /// Those of them that the user has named, not found in a folder.
    named: BTreeSet<PathBuf>,
    grounds: Grounds,
}

/// Loads rules and configuration, and finds the definitions.
pub(crate) fn prepare_run(arguments: &RunArgs) -> Result<Run, CliError> {
    prepare_input(&arguments.paths, &arguments.packs, &arguments.input)
}

/// The same for files and folders alone.
pub(crate) fn prepare(paths: &[PathBuf], packs: &PackArgs) -> Result<Run, CliError> {
    prepare_input(paths, packs, &InputArgs::default())
}

fn prepare_input(named: &[PathBuf], packs: &PackArgs, input: &InputArgs) -> Result<Run, CliError> {
    let (standard, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        named.iter().cloned().partition(|path| stdin::is_standard(path));
    let standard = standard.first().map(|path| input.stdin_filename.clone().unwrap_or_else(|| path.clone()));
    let places: Vec<PathBuf> = paths.iter().chain(&standard).cloned().collect();
    let (mut sources, mut of_config) = (Sources::default(), Vec::new());
    let config = config::load(&places, &mut sources, &mut of_config)?;
    let (of_portfolio, lacking): (Vec<PathBuf>, Vec<PathBuf>) = config
        .rules
        .iter()
        .cloned()
        .partition(|folder| rule_files_in(folder).is_ok_and(|files| !files.is_empty()));
    of_config.extend(lacking.iter().filter_map(|folder| config.no_pack(folder, &sources)));
    let folders: Vec<PathBuf> = packs.rules.iter().cloned().chain(of_portfolio).collect();
    let (catalog, mut diagnostics) = load_catalog(&folders, &mut sources)?;
    diagnostics.extend(of_config);
    let mut choice = choice(packs, &config);
    refuse_unknown(&choice, &catalog)?;
    diagnostics.extend(config.unknown_rules(&catalog, &sources));
    diagnostics.extend(unknown_portfolio_policy(&mut choice, &config, (&catalog, &sources)));
    let planner = planning::load(&folders, &mut sources, &mut diagnostics)?;
    let everything = is_broken(&diagnostics);
    let mut of_paths = Vec::new();
    let mut files = files::list(&paths, &mut sources, &mut of_paths);
    leave_out_packs(&mut files, &folders);
    let unread = Unread { everything, something: is_broken(&of_paths), ..Unread::default() };
    diagnostics.extend(of_paths);
    diagnostics.extend(config::passed_over(&files, &config, &mut sources));
    let as_of = packs.as_of.unwrap_or_else(clock::today);
    Ok(Run {
        sources,
        engine: Engine::new(catalog, planner),
        request: Request::on(as_of).under(choice),
        diagnostics,
        unread,
        options: options(packs),
        grounds: Grounds::of(&paths, &config),
        config,
        roots: files::roots(),
        named: paths.iter().map(|path| files::plain(path)).collect(),
        paths: named.to_vec(),
        files,
        standard: standard.map(|path| shown(&path)),
        of_lines: input.input_format == Some(InputFormat::Ndjson),
    })
}

/// Packs may lie beside the definitions, and are none.
fn leave_out_packs(files: &mut Vec<PathBuf>, folders: &[PathBuf]) {
    let of_packs: Vec<PathBuf> = folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    if !of_packs.is_empty() {
        files.retain(|file| {
            file.canonicalize().is_ok_and(|real| !of_packs.iter().any(|folder| real.starts_with(folder)))
        });
    }
}

fn choice(packs: &PackArgs, config: &Config) -> Choice {
    Choice {
        policy: packs.policy.clone(),
        portfolio_policy: config.policy.clone(),
        packs: packs.packs.clone(),
        ..Choice::default()
    }
}

/// The options of packs as they are typed, each behind a space.
fn options(packs: &PackArgs) -> String {
    let as_of = packs.as_of.map(|day| format!(" --as-of {day}"));
    let policy = packs.policy.as_ref().map(|policy| format!(" --policy {}", argument(policy)));
    let named = (!packs.packs.is_empty()).then(|| format!(" --packs {}", argument(&packs.packs.join(","))));
    let rules = packs.rules.iter().map(|folder| format!(" --rules {}", argument(&folder.to_string_lossy())));
    as_of.into_iter().chain(policy).chain(named).chain(rules).collect()
}

/// A portfolio that names a pack that is not there names none, and that is a mistake.
fn unknown_portfolio_policy(
    choice: &mut Choice,
    config: &Config,
    (catalog, sources): (&Catalog, &Sources),
) -> Option<Diagnostic> {
    let name = choice.portfolio_policy.take_if(|name| name != IN_FORCE && catalog.pack(name).is_none())?;
    let CliError { message, hints } = pack(catalog, &name).err()?;
    config.mistake(&name, message, hints.join("; "), sources)
}

impl Files for Grounds {
    fn beside(&self, definition: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        read_within(Path::new(path), &self.around(Path::new(definition)))
    }
}

impl Run {
    /// The packs.
    pub(crate) fn catalog(&self) -> &Catalog {
        self.engine.catalog()
    }

    /// The run, on all the processors there are.
    pub(crate) fn portfolio(&self) -> Portfolio<'_> {
        let most = if self.of_lines { usize::MAX } else { self.files.len() };
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(most);
        Portfolio::new(&self.engine, &self.request).with_files(&self.grounds).with_workers(workers)
    }

    /// Does something with the outcome of every definition, and hands on what comes of it in the order of the files.
    pub(crate) fn each<T: Send>(
        &self,
        doing: &'static str,
        make: impl Fn(Outcome<'_>) -> T + Sync,
        mut sink: impl FnMut(Entry<T>),
    ) {
        // How many definitions stand on the lines of a file is not known before they are read.
        let mut progress = Progress::new(doing, (!self.of_lines).then_some(self.files.len()));
        let sink = |entry| {
            progress.step();
            sink(entry);
            ControlFlow::Continue(())
        };
        if self.of_lines {
            let of_files = self.files.iter().flat_map(|path| stdin::lines(shown(path), self.opened(path)));
            let standard = self.standard.iter().flat_map(|name| stdin::lines(name.clone(), std::io::stdin()));
            self.portfolio().run(of_files.chain(standard), make, sink);
        } else {
            let of_files = self.files.iter().map(|path| self.input(path));
            self.portfolio().run(
                of_files.chain(self.standard.iter().map(|name| stdin::one(name))),
                make,
                sink,
            );
        }
    }

    /// A file whose lines are definitions. What cannot be opened fails when it is read.
    fn opened(&self, path: &Path) -> Box<dyn Read + Send> {
        match within(path, &self.grounds.around(path)).and_then(|real| open_file(&real)) {
            Ok(Some(file)) => Box::new(file),
            Ok(None) => Box::new(Unreadable(format!("`{}` is not a file: it is not read", shown(path)))),
            Err(error) => Box::new(Unreadable(error.to_string())),
        }
    }

    fn input<'r>(&'r self, path: &'r Path) -> Input<'r> {
        let input = Input::later(shown(path), || read_within(path, &self.grounds.around(path)));
        if self.named.contains(path) { input } else { input.found() }
    }

    /// The files that are read: definitions, and what the portfolio says for itself.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().chain(&self.config.file).map(PathBuf::as_path)
    }
}

/// A file that cannot be opened, and why.
struct Unreadable(String);

impl Read for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other(self.0.clone()))
    }
}
