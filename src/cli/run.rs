//! One run over definitions: packs loaded, files read, assessed, planned, viewed.

use super::args::PackArgs;
use super::clock;
use super::config::{self, Config};
use super::error::CliError;
use super::files::{self, shown, shown_from_here};
use super::grounds::Grounds;
use super::planning;
use super::progress::Progress;
use super::unread::unread;
use chrono::NaiveDate;
use evalplan::assess::{Choice, IN_FORCE, assess, gather, idle_waivers, vocabulary};
use evalplan::diag::{Diagnostic, Severity, nearest};
use evalplan::engine::{Assessed, assessed, by_rules, unknown_policy};
use evalplan::import::importer_for;
use evalplan::lexicon::Lexicon;
use evalplan::model::{Definition, FieldPath, Table, key};
use evalplan::policy::proof::{MOST_CELLS_AT_LOAD, prove};
use evalplan::policy::{Catalog, Pack, RuleFile};
use evalplan::report::ics::Unread;
use evalplan::report::{Canvas, DefinitionView, Detail, Headings, Level, Material, Separator, View, Wishes, argument};
use evalplan::schedule::Planner;
use evalplan::source::{ReadError, Sources, Span, read_bytes, read_within, rule_files_in, shipped_rules};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Everything that was read for a run.
#[derive(Debug)]
pub(crate) struct Input {
    pub sources: Sources,
    pub catalog: Catalog,
    pub planner: Planner,
    pub definitions: Vec<Definition>,
    pub diagnostics: Vec<Diagnostic>,
    /// What was not read, or not whole.
    pub unread: Unread,
    pub as_of: NaiveDate,
    pub choice: Choice,
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
}

/// The shipped packs, with those of some folders, which are proved as far as that is quick. The shipped ones never change: a test
/// proves them whole, as `rules check` does.
pub(crate) fn load_catalog(folders: &[PathBuf], sources: &mut Sources) -> Result<(Catalog, Vec<Diagnostic>), CliError> {
    let (catalog, mut diagnostics) = read_catalog(folders, sources)?;
    diagnostics.extend(prove(&catalog, |pack| !pack.shipped, MOST_CELLS_AT_LOAD).diagnostics());
    Ok((catalog, diagnostics))
}

/// The shipped packs, with those of some folders, as they are.
pub(crate) fn read_catalog(folders: &[PathBuf], sources: &mut Sources) -> Result<(Catalog, Vec<Diagnostic>), CliError> {
    let mut files = Vec::new();
    for (path, text) in shipped_rules("") {
        files.push(RuleFile { source: sources.add(path, text), shipped: true });
    }
    let mut diagnostics = Vec::new();
    for folder in folders {
        let before = files.len();
        let mut planning = false;
        for path in rule_files_in(folder)? {
            if planning::is_planning(&path) {
                planning = true;
                continue;
            }
            let bytes = read_bytes(&path)?;
            let text = String::from_utf8_lossy(&bytes);
            let source = sources.add(shown_from_here(&path), &*text);
            if matches!(text, std::borrow::Cow::Owned(_)) {
                diagnostics.push(Diagnostic::error(source, Span::new(0..0), "this file is not text in UTF-8"));
                continue;
            }
            files.push(RuleFile { source, shipped: false });
        }
        if files.len() == before && diagnostics.is_empty() && !planning {
            return Err(
                CliError::new(format!("`{}` holds no rule pack", folder.display())).hint("a pack is a folder with a `pack.toml` in it")
            );
        }
    }
    let loaded = Catalog::load(&files, sources);
    diagnostics.extend(loaded.diagnostics);
    Ok((loaded.value, diagnostics))
}

/// Texts that are read instead of those of their files.
pub(crate) type Drafts = BTreeMap<PathBuf, String>;

/// Reads the packs and the definitions of a run.
pub(crate) fn read(paths: &[PathBuf], packs: &PackArgs) -> Result<Input, CliError> {
    read_drafts(paths, packs, &Drafts::new())
}

/// The same, with some texts instead of those of their files.
pub(crate) fn read_drafts(paths: &[PathBuf], packs: &PackArgs, drafts: &Drafts) -> Result<Input, CliError> {
    let (mut sources, mut of_config) = (Sources::default(), Vec::new());
    let config = config::load(paths, &mut sources, &mut of_config)?;
    let (of_portfolio, lacking): (Vec<PathBuf>, Vec<PathBuf>) =
        config.rules.iter().cloned().partition(|folder| rule_files_in(folder).is_ok_and(|files| !files.is_empty()));
    of_config.extend(lacking.iter().filter_map(|folder| config.no_pack(folder, &sources)));
    let folders: Vec<PathBuf> = packs.rules.iter().cloned().chain(of_portfolio).collect();
    let (catalog, mut diagnostics) = load_catalog(&folders, &mut sources)?;
    diagnostics.extend(of_config);
    let mut choice = choice(packs, &config);
    refuse_unknown(&choice, &catalog)?;
    diagnostics.extend(config.unknown_rules(&catalog, &sources));
    diagnostics.extend(unknown_portfolio_policy(&mut choice, &config, (&catalog, &sources)));
    let of_rules = std::mem::take(&mut diagnostics);
    let mut files = files::list(paths, &mut sources, &mut diagnostics);
    leave_out_packs(&mut files, &folders);
    diagnostics.extend(config::passed_over(&files, &config, &mut sources));
    let grounds = Grounds::of(paths, &config);
    let mut definitions = Vec::new();
    let mut progress = Progress::new("reading", files.len());
    for path in &files {
        let bytes = drafts.get(path).map_or_else(|| read_within(path, &grounds.around(path)), |text| Ok(text.clone().into_bytes()));
        read_one(path, bytes, (&mut sources, &catalog.lexicon), (&mut definitions, &mut diagnostics));
        progress.step();
    }
    drop(progress);
    planning::without_calendars(&mut definitions, &mut diagnostics, &sources);
    let words = vocabulary(&catalog);
    for definition in &definitions {
        diagnostics.extend(by_rules(&catalog, &words, definition, sources.text(definition.source)));
    }
    definitions.retain(|definition| unknown_policy(definition, &catalog).is_none());
    diagnostics.extend(doubles(&definitions));
    let of_definitions = diagnostics.len();
    let planner = planning::load(&folders, &definitions, &grounds, &mut sources, &mut diagnostics)?;
    let unread = unread(&of_rules, diagnostics.split_at(of_definitions), &definitions, &sources);
    diagnostics.splice(0..0, of_rules);
    let as_of = packs.as_of.unwrap_or_else(clock::today);
    gather(&mut definitions, as_of);
    let with_waivers = definitions.iter().filter(|definition| !definition.rows(Table::Waiver).is_empty());
    let assessed = with_waivers.filter_map(|definition| assess(&catalog, definition, as_of, &choice).ok());
    diagnostics.extend(assessed.flat_map(|assessment| idle_waivers(&assessment, &catalog)));
    Ok(Input {
        sources,
        catalog,
        planner,
        definitions,
        diagnostics,
        unread,
        as_of,
        choice,
        options: options(packs),
        config,
        roots: files::roots(),
        paths: paths.to_vec(),
        files,
    })
}

/// Packs may lie beside the definitions, and are none.
fn leave_out_packs(files: &mut Vec<PathBuf>, folders: &[PathBuf]) {
    let of_packs: Vec<PathBuf> = folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    files.retain(|file| file.canonicalize().is_ok_and(|real| !of_packs.iter().any(|folder| real.starts_with(folder))));
}

fn choice(packs: &PackArgs, config: &Config) -> Choice {
    Choice { policy: packs.policy.clone(), portfolio_policy: config.policy.clone(), packs: packs.packs.clone(), ..Choice::default() }
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
fn unknown_portfolio_policy(choice: &mut Choice, config: &Config, (catalog, sources): (&Catalog, &Sources)) -> Option<Diagnostic> {
    let name = choice.portfolio_policy.take_if(|name| name != IN_FORCE && catalog.pack(name).is_none())?;
    let CliError { message, hints } = pack(catalog, &name).err()?;
    config.mistake(&name, message, hints.join("; "), sources)
}

/// A pack that is named must be there.
fn refuse_unknown(choice: &Choice, catalog: &Catalog) -> Result<(), CliError> {
    let mut named = choice.policy.iter().map(String::as_str).filter(|name| *name != IN_FORCE).chain(choice.pack_names());
    named.try_for_each(|name| pack(catalog, name).map(|_| ()))
}

/// The pack of that name, which must be there.
pub(crate) fn pack<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Pack, CliError> {
    catalog.pack(name).ok_or_else(|| {
        let error = CliError::new(format!("there is no pack `{name}`"));
        match nearest(name, catalog.packs.iter().map(|pack| &*pack.id)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`evalplan rules list` shows every pack"),
        }
    })
}

type Found<'f> = (&'f mut Vec<Definition>, &'f mut Vec<Diagnostic>);

fn read_one(
    path: &Path,
    bytes: Result<Vec<u8>, ReadError>,
    (sources, lexicon): (&mut Sources, &Lexicon),
    (definitions, diagnostics): Found<'_>,
) {
    let name = shown(path);
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            let source = sources.add(name, "");
            let told = Diagnostic::error(source, Span::new(0..0), error.to_string());
            let outside = matches!(error, ReadError::Outside { .. });
            diagnostics.push(if outside { told.hint("name the file itself that the link leads to") } else { told });
            return;
        }
    };
    let Some(importer) = importer_for(&name) else {
        let source = sources.add(name, "");
        diagnostics
            .push(Diagnostic::error(source, Span::new(0..0), "this is not a definition").hint("definitions are TOML files: `NAME.toml`"));
        return;
    };
    let loaded = (importer.read)(sources, &name, &bytes, lexicon);
    let broken = loaded.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    diagnostics.extend(loaded.diagnostics);
    definitions.extend(loaded.value.filter(|_| !broken));
}

/// Two definitions of one code would be taken for one another.
fn doubles(definitions: &[Definition]) -> Vec<Diagnostic> {
    let mut sorted: Vec<&Definition> = definitions.iter().collect();
    sorted.sort_by_key(|definition| (definition.code(), definition.path.clone()));
    let pairs = sorted.windows(2).filter(|pair| pair[0].code() == pair[1].code());
    pairs
        .map(|pair| {
            let (first, second) = (pair[0], pair[1]);
            let span = second.locate(FieldPath::Key(key::project::CODE)).unwrap_or(Span::new(0..0));
            Diagnostic::error(second.source, span, format!("two definitions have the code `{}`", second.code()))
                .hint(format!("the other is `{}`; give each a `code` of its own under [project]", first.path))
        })
        .collect()
}

impl Input {
    /// Does something with every definition, on all the processors there are; what comes of it stays in the order of the definitions.
    pub(crate) fn each<'a, T: Send>(&'a self, doing: &'static str, one: impl Fn(&'a Definition) -> T + Sync) -> Vec<T> {
        let progress = Mutex::new(Progress::new(doing, self.definitions.len()));
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.definitions.len().div_ceil(workers).max(1);
        let one = |definition| {
            let done = one(definition);
            progress.lock().unwrap_or_else(PoisonError::into_inner).step();
            done
        };
        std::thread::scope(|scope| {
            let shares = self.definitions.chunks(share);
            let running: Vec<_> = shares.map(|share| scope.spawn(|| share.iter().map(one).collect::<Vec<_>>())).collect();
            let done = running.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            done.collect()
        })
    }

    /// The view of the whole run, with the smallest repair of every gap.
    pub(crate) fn view_with_repairs(&self) -> Result<View, CliError> {
        self.view_of(true, Detail::Whole)
    }

    /// The view of the whole run.
    pub(crate) fn view(&self) -> Result<View, CliError> {
        self.view_of(false, Detail::Whole)
    }

    /// The view of the whole run, with a line of each finding.
    pub(crate) fn view_of_lines(&self) -> Result<View, CliError> {
        self.view_of(false, Detail::Line)
    }

    /// Of what was found out about a definition its view alone is kept.
    fn view_of(&self, with_repairs: bool, detail: Detail) -> Result<View, CliError> {
        let (material, headings) = (Material { detail, ..self.material() }, Headings::shipped());
        let one = |definition: &Definition| {
            let text = with_repairs.then(|| self.sources.text(definition.source));
            // A line of a finding says nothing of the plan.
            let assessed = match detail {
                Detail::Whole => assessed(self.basis(), definition, text)?,
                Detail::Line => Assessed::unplanned(assess(&self.catalog, definition, self.as_of, &self.choice)?),
            };
            Ok(DefinitionView::of(material, &headings, &assessed))
        };
        let views: Result<Vec<DefinitionView>, String> = self.each("assessing", one).into_iter().collect();
        let views = views.map_err(|name| CliError::new(format!("there is no pack `{name}`")))?;
        Ok(View::of(material, views, &self.diagnostics))
    }

    fn material(&self) -> Material<'_> {
        Material { sources: &self.sources, catalog: &self.catalog, as_of: self.as_of, detail: Detail::Whole }
    }

    /// What formats draw from, without wishes of the user.
    pub(crate) fn canvas<'a>(&'a self, view: &'a View) -> Canvas<'a> {
        Canvas {
            view,
            sources: &self.sources,
            catalog: &self.catalog,
            roots: &self.roots,
            options: &self.options,
            include_waived: false,
            fail_on: Level::Error,
            quiet: false,
            styled: false,
            separator: Separator::default(),
            wishes: Wishes::default(),
        }
    }

    /// The files that are read: definitions, and what the portfolio says for itself.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().chain(&self.config.file).map(PathBuf::as_path)
    }

    /// Whether any input file is broken.
    pub(crate) fn is_broken(&self) -> bool {
        is_broken(&self.diagnostics)
    }
}

/// Whether any of these mistakes makes a file one that cannot be trusted.
pub(crate) fn is_broken(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
