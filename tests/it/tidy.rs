//! The house is kept tidy: arrows point one way, files are small and say what they are for.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, lowest rank first; modules of one rank never see each other.
const RANKS: &[&[&str]] = &[
    &["source"],
    &["diag"],
    &["toml"],
    &["model"],
    &["lexicon"],
    &["facts"],
    &["expr"],
    &["checks"],
    &["words"],
    &["import", "policy"],
    &["assess"],
    &["schedule"],
    &["fix"],
    &["engine"],
    &["report"],
];

/// The most lines of a file, by how its path ends; the first that fits counts.
const MOST_LINES: &[(&str, usize)] =
    &[("src/lib.rs", 80), ("src/main.rs", 30), ("/mod.rs", 120), (".rs", 400)];

/// The most lines of a function.
const MOST_FUNCTION_LINES: usize = 60;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder whose name ends so, sorted, as paths from the root with slashes.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut folders = vec![root().join(folder)];
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} has files that end in {ending}");
    let name = |path: &Path| {
        path.strip_prefix(root()).expect("it lies below the root").to_string_lossy().replace('\\', "/")
    };
    found
        .iter()
        .map(|path| {
            (name(path), String::from_utf8_lossy(&fs::read(path).expect("it can be read")).into_owned())
        })
        .collect()
}

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().position(|modules| modules.contains(&module))
}

/// The module of the library that a file belongs to.
fn module_of(path: &str) -> Option<&str> {
    let module = path.strip_prefix("src/")?.split('/').next()?;
    Some(module.strip_suffix(".rs").unwrap_or(module)).filter(|module| rank(module).is_some())
}

/// The text without what stands under `#[cfg(test)]` at the end of a file.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\n").next().unwrap_or(text)
}

#[test]
fn arrows_between_modules_point_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs") {
        let Some(module) = module_of(&path) else { continue };
        for part in without_tests(&text).split("crate::").skip(1) {
            let names: Vec<&str> = match part.strip_prefix('{') {
                Some(group) => {
                    group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect()
                }
                None => vec![part],
            };
            for name in names {
                let target =
                    name.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default();
                if target != module && rank(target) >= rank(module) && rank(target).is_some() {
                    wrong.push(format!("{path} sees `{target}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a module may use lower ranks only:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_library_has_a_rank() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("it is there");
    let modules = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let unknown: Vec<&str> = modules.filter(|module| rank(module).is_none()).collect();
    assert!(unknown.is_empty(), "give these a rank: {unknown:?}");
}

#[test]
fn every_file_says_what_it_is_for_and_is_small() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().chain(files("tests", ".rs")) {
        if !text.starts_with("//! ") {
            wrong.push(format!("{path} has no header that says what it is for"));
        }
        let (_, most) =
            MOST_LINES.iter().find(|(ending, _)| path.ends_with(ending)).expect("the last fits all");
        let lines = text.lines().count();
        if lines > *most {
            wrong.push(format!("{path} has {lines} lines, more than {most}"));
        }
    }
    for (folder, ending, most) in [
        ("rules", ".toml", 200),
        ("templates", "", 120),
        ("tests/goldens", ".txt", 300),
        ("tests/goldens", ".md", 300),
    ] {
        for (path, text) in files(folder, ending) {
            let lines = text.lines().count();
            if lines > most && !path.starts_with("rules/calendars/") {
                wrong.push(format!("{path} has {lines} lines, more than {most}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_are_short() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs") {
        let mut start: Option<(usize, usize, String)> = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_head = line.trim_start().split(' ').take(4).any(|word| word == "fn")
                && line.trim_end().ends_with('{');
            match &start {
                None if is_head => start = Some((number, indent, line.trim().to_owned())),
                Some((from, at, head)) if indent == *at && line.trim() == "}" => {
                    if number - from > MOST_FUNCTION_LINES {
                        wrong.push(format!("{path}:{} has {} lines: {head}", from + 1, number - from));
                    }
                    start = None;
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_of_one_kind() {
    let mut wrong = Vec::new();
    let kebab = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    for folder in ["rules", "projects", "tests/import"] {
        for (path, _) in files(folder, ".toml") {
            let stem =
                path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
            if !kebab(stem) {
                wrong.push(path);
            }
        }
    }
    for (path, _) in files("src", ".rs") {
        let parts = path.trim_end_matches(".rs").split('/').collect::<Vec<_>>();
        let vague = ["util", "utils", "common", "helpers", "manager", "misc"];
        if parts.iter().any(|part| vague.contains(part)) {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_has_no_clock_no_terminal_and_no_environment() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().filter(|(path, _)| module_of(path).is_some()) {
        // An example in the documentation is a program of somebody else.
        let code: String = without_tests(&text)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for banned in [
            "println!",
            "eprintln!",
            "SystemTime",
            "Instant::now",
            "Utc::now",
            "Local::now",
            "std::env",
            "dbg!",
            "todo!",
        ] {
            if code.contains(banned) {
                wrong.push(format!("{path} has `{banned}`"));
            }
        }
        if module_of(&path) != Some("source") && without_tests(&text).contains("std::fs") {
            wrong.push(format!("{path} reads or writes files"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The libraries for TOML.
const OF_TOML: &[&str] = &["toml", "toml_edit", "toml_parser", "serde_spanned"];

#[test]
fn one_module_knows_the_libraries_for_toml() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().filter(|(path, _)| !path.starts_with("src/toml/")) {
        let code = without_tests(&text);
        // Inside a module that brings our own module of that name into scope, the name is ours.
        let ours = ["use crate::toml;", "use crate::toml::{self", "use super::toml;", "pub mod toml;"];
        let is_ours = ours.iter().any(|one| code.contains(one));
        for library in OF_TOML.iter().filter(|library| !(is_ours && **library == "toml")) {
            let named = code.match_indices(&format!("{library}::")).any(|(at, _)| {
                !code[..at]
                    .ends_with(|before: char| before == ':' || before == '_' || before.is_alphanumeric())
            });
            if named || code.contains(&format!("use {library};")) {
                wrong.push(format!("{path} names `{library}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "only src/toml knows the libraries for TOML:\n{}", wrong.join("\n"));
}

/// Where a feature may be named: the module that it switches on, and the one place that uses it.
const FEATURES: &[(&str, &[&str])] = &[
    ("disk", &["src/source/mod.rs"]),
    ("threads", &["src/engine/mod.rs", "src/engine/ordered.rs"]),
    ("xlsx", &["src/report/formats.rs", "src/report/mod.rs"]),
];

#[test]
fn what_is_behind_a_feature_is_a_leaf() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs") {
        for part in without_tests(&text).split("feature = \"").skip(1) {
            let feature = part.split('"').next().unwrap_or_default();
            let known = FEATURES.iter().find(|(name, _)| *name == feature);
            if !known.is_some_and(|(_, places)| places.contains(&path.as_str())) {
                wrong.push(format!("{path} knows of the feature `{feature}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line without what stands between quotes: examples in messages are no thresholds.
fn without_texts(line: &str) -> String {
    line.split('"').step_by(2).collect()
}

#[test]
fn no_threshold_of_a_policy_stands_in_rust() {
    let mut wrong = Vec::new();
    let code = files("src", ".rs")
        .into_iter()
        .filter(|(path, _)| module_of(path).is_some() && !path.contains("/tests"));
    for (path, text) in code {
        for line in without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            let line = without_texts(line).replace('_', "");
            if ["350000", "500000", "800000", "5000000"].iter().any(|number| line.contains(number)) {
                wrong.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "numbers of a policy belong into rules/:\n{}", wrong.join("\n"));
}
