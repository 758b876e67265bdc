//! Every fixture file is a named test: add a file, not a function.
//! `SNAPSHOTS=overwrite` renews the expected files; read the difference before you keep it.

use evalplan::{
    assess::{CaseResult, prepare, run_cases},
    import,
    lexicon::Lexicon,
    policy::{Catalog, RuleFile},
    report::{reference, reference_definition, reference_numbers, render_diagnostics},
    schedule::{Habits, Processes, calendar::Calendars, planned},
    source::{self, Sources, shipped_rule_file, shipped_rules},
};
use libtest_mimic::{Arguments, Failed, Trial};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

/// The kinds of fixtures. Each function lists its tests.
const KINDS: &[fn() -> Vec<Trial>] = &[
    definitions_that_are_valid,
    definitions_that_are_not,
    projects,
    cases_of_the_shipped_packs,
    processes_that_are_not,
    calendars_that_are_not,
    goldens,
    mended,
    reference_pages,
];

fn main() {
    let arguments = Arguments::from_args();
    let trials = KINDS.iter().flat_map(|kind| kind()).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn definitions_that_are_valid() -> Vec<Trial> {
    each_file("tests/import/toml/valid", "toml", |path| {
        let pictures = read(path)?;
        if pictures.is_empty() { Ok(()) } else { Err(pictures.into()) }
    })
}

/// The definitions that come with the tool are read without a complaint.
fn projects() -> Vec<Trial> {
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("projects").exists() {
        return Vec::new();
    }
    each_file("projects", "toml", |path| {
        let pictures = read(path)?;
        if pictures.is_empty() { Ok(()) } else { Err(pictures.into()) }
    })
}

/// The names and words that come with the tool.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Catalog::shipped().lexicon);

/// The pages under `docs/reference` are what the packs and the table of keys say; any other page is left over.
fn reference_pages() -> Vec<Trial> {
    let mut sources = Sources::default();
    let catalog = Catalog::shipped();
    let mut pages: Vec<(String, String)> = catalog
        .packs
        .iter()
        .map(|pack| (format!("docs/reference/{}.md", pack.id), reference::page(pack, &catalog)))
        .collect();
    pages.push(("docs/reference/README.md".to_owned(), reference::index(&catalog)));
    pages.push(("docs/reference/definition.md".to_owned(), definition_page()));
    let processes: Vec<_> =
        shipped_rules("processes").into_iter().map(|(path, text)| sources.add(path, text)).collect();
    let habits =
        sources.add("rules/planning.toml", shipped_rule_file("planning.toml").expect("it is shipped"));
    let habits = Habits::load(habits, &sources).value.expect("it is sound");
    let processes = Processes::load(&processes, &sources).value;
    pages.push((
        "docs/reference/numbers.md".to_owned(),
        reference_numbers::page(&catalog, &processes, &habits),
    ));
    let known: Vec<String> = pages.iter().map(|(path, _)| path.clone()).collect();
    let left_over = move || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference");
        let paths = fs::read_dir(folder)?.flatten().map(|entry| shown(&entry.path()));
        let more: Vec<String> = paths.filter(|path| !known.contains(path)).collect();
        if more.is_empty() { Ok(()) } else { Err(format!("nothing has these pages: {more:?}").into()) }
    };
    let all =
        Trial::test("docs/reference has a page for each pack, one for definitions, and no other", left_over);
    std::iter::once(all).chain(page_tests(pages)).collect()
}

/// The page of a definition, with examples from a project that reads well, then from the file that has every key.
fn definition_page() -> String {
    let read = |path: &str| {
        let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        import::toml::read(&mut Sources::default(), path, &bytes, &LEXICON)
            .value
            .unwrap_or_else(|| panic!("{path} is no text"))
    };
    let examples = ["projects/example-complete.toml", "tests/import/toml/valid/complete.toml"].map(read);
    reference_definition::page(&[&examples[0], &examples[1]])
}

fn page_tests(pages: Vec<(String, String)>) -> impl Iterator<Item = Trial> {
    pages.into_iter().map(|(path, page)| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
        Trial::test(path, move || same_as_file(&page, &file))
    })
}

/// Every case in the rule files that come with the tool.
fn cases_of_the_shipped_packs() -> Vec<Trial> {
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    let (cases, found) = prepare(&loaded.value.packs, &sources, &loaded.value.lexicon);
    let wrong: Vec<_> = loaded.diagnostics.into_iter().chain(found).collect();
    let pictures = render_diagnostics(&wrong, &sources, false);
    let sound = Trial::test("rules are read without a complaint", move || {
        if pictures.is_empty() { Ok(()) } else { Err(pictures.into()) }
    });
    let results = run_cases(&cases, &loaded.value, &sources, planned);
    let of_case = |result: CaseResult| {
        Trial::test(result.title(), move || {
            if result.passed() {
                Ok(())
            } else {
                Err(format!("{}:{}: {}", result.path, result.line, result.differences.join("\n")).into())
            }
        })
    };
    std::iter::once(sound).chain(results.into_iter().map(of_case)).collect()
}

fn definitions_that_are_not() -> Vec<Trial> {
    each_file("tests/import/toml/invalid", "toml", |path| {
        let pictures = read(path)?;
        if pictures.is_empty() {
            return Err("nothing was found wrong".into());
        }
        same_as_file(&pictures, &path.with_extension("txt"))
    })
}

/// What the tool says of every project, byte for byte: the file, and the arguments that write it.
const OUTPUTS: &[(&str, &[&str])] =
    &[("check.txt", &["check"]), ("schedule.txt", &["schedule"]), ("report.md", &["report"])];

/// What it says to programs: the same facts at length, so that a few projects stand for all.
const LONG_OUTPUTS: &[(&str, &[&str])] =
    &[("check.json", &["check", "--format", "json"]), ("schedule.json", &["schedule", "--format", "json"])];

/// The projects whose outputs for programs are held: an example, and one of the sources that is known by years.
const LONG_PROJECTS: &[&str] = &["example-gaps", "ppse-social-economy"];

/// Every project and every output of it is a test, named by the file that holds what should come out.
fn goldens() -> Vec<Trial> {
    let projects = files("projects", "toml");
    let outputs = projects.iter().flat_map(|project| {
        let long = LONG_PROJECTS.iter().any(|name| project.file_stem().is_some_and(|stem| stem == *name));
        OUTPUTS
            .iter()
            .chain(LONG_OUTPUTS.iter().filter(move |_| long))
            .map(move |output| (project.clone(), output))
    });
    outputs
        .map(|(project, (name, arguments))| {
            let expected = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/goldens")
                .join(project.file_stem().unwrap_or_default())
                .join(name);
            Trial::test(shown(&expected), move || same_as_file(&said(&project, arguments)?, &expected))
        })
        .collect()
}

/// What the tool writes to its standard output for one project, on a day that is always the same.
fn said(project: &Path, arguments: &[&str]) -> Result<String, Failed> {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .arg(shown(project))
        .args(["--as-of", "2026-11-22"]);
    let output = tool.output()?;
    let code = output.status.code().unwrap_or(-1);
    if !(0..=1).contains(&code) {
        return Err(format!("it ended with {code}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// What `check --diff` would change in definitions, without and with what a person should decide: the words, then the patch.
fn mended() -> Vec<Trial> {
    let reaches: [(&str, &[&str]); 2] = [("txt", &["--diff"]), ("unsafe.txt", &["--diff", "--unsafe-fixes"])];
    let tests = files("tests/fix", "toml")
        .into_iter()
        .flat_map(|path| reaches.map(|(ending, options)| (path.clone(), ending, options)));
    tests
        .map(|(path, ending, options)| {
            let expected = path.with_extension(ending);
            Trial::test(shown(&expected), move || {
                let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
                tool.current_dir(env!("CARGO_MANIFEST_DIR"))
                    .args(["check", &shown(&path), "--as-of", "2014-02-01"])
                    .args(options);
                let output = tool.output()?;
                let words = String::from_utf8(output.stderr)?;
                let words = words.split_once("\nerror: ").map_or(words.as_str(), |(words, _)| words);
                same_as_file(
                    &format!("{}\n{}", words.trim_end(), String::from_utf8(output.stdout)?),
                    &expected,
                )
            })
        })
        .collect()
}

/// Processes that are refused, each read after the shipped ones.
fn processes_that_are_not() -> Vec<Trial> {
    each_file("tests/schedule/processes", "toml", |path| {
        let mut sources = Sources::default();
        let mut files: Vec<_> = source::shipped_rules("processes")
            .into_iter()
            .map(|(path, text)| sources.add(path, text))
            .collect();
        files.push(sources.add(shown(path), fs::read_to_string(path)?));
        refused(&Processes::load(&files, &sources).diagnostics, &sources, path)
    })
}

/// Calendars of offices that are refused, or read with a warning.
fn calendars_that_are_not() -> Vec<Trial> {
    let read = |path: &Path| {
        let mut sources = Sources::default();
        let file = (&*shown(path), &*fs::read(path)?);
        let diagnostics = Calendars::default().with_office(None, file, &mut sources).1;
        refused(&diagnostics, &sources, path)
    };
    let mut trials = each_file("tests/schedule/calendars", "toml", read);
    trials.extend(each_file("tests/schedule/calendars", "ics", read));
    trials
}

/// Compares the pictures of mistakes with those expected.
fn refused(diagnostics: &[evalplan::diag::Diagnostic], sources: &Sources, path: &Path) -> Result<(), Failed> {
    let pictures = render_diagnostics(diagnostics, sources, false);
    if pictures.is_empty() {
        return Err("nothing was found wrong".into());
    }
    same_as_file(&pictures, &path.with_extension("txt"))
}

/// The pictures of all mistakes in a definition.
fn read(path: &Path) -> Result<String, Failed> {
    let mut sources = Sources::default();
    let loaded = import::toml::read(&mut sources, &shown(path), &fs::read(path)?, &LEXICON);
    Ok(render_diagnostics(&loaded.diagnostics, &sources, false))
}

/// One test for each file of a folder with that ending, by the name of the file, in the order of the names.
fn each_file(folder: &str, ending: &str, test: fn(&Path) -> Result<(), Failed>) -> Vec<Trial> {
    files(folder, ending).into_iter().map(|path| Trial::test(shown(&path), move || test(&path))).collect()
}

/// The files of a folder with that ending, in the order of their names.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&root).unwrap_or_else(|error| panic!("{}: {error}", root.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no file that ends in .{ending}");
    paths
}

/// The path from the root of the crate, with slashes on every system.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Compares with an expected file, or writes it where that is asked for.
fn same_as_file(actual: &str, expected: &Path) -> Result<(), Failed> {
    if std::env::var_os("SNAPSHOTS").is_some_and(|wish| wish == "overwrite") {
        fs::create_dir_all(expected.parent().unwrap_or(expected))?;
        return Ok(fs::write(expected, actual)?);
    }
    let name = shown(expected);
    let text = fs::read_to_string(expected)
        .map_err(|error| format!("{name}: {error}; SNAPSHOTS=overwrite writes it, with:\n{actual}"))?;
    if text == actual {
        return Ok(());
    }
    Err(format!("{name} is not what came out; SNAPSHOTS=overwrite renews it.\n--- expected\n{text}--- came out\n{actual}").into())
}
