//! The rule packs and templates that came with the tool, inside the binary.
//! Must not give meaning to them.

use include_dir::{Dir, DirEntry, File, include_dir};

static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");
static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The shipped files that say how plans are judged and which days of other calendars count, which are no part of the rules.
const PLANNING: [&str; 2] = ["planning.toml", "observances.toml"];

/// The shipped files below one folder of `rules`, as `rules/<folder>/<file>`, sorted; for an empty folder name all packs and the
/// lists of names beside them, without what belongs to planning.
#[must_use]
pub fn shipped_rules(folder: &str) -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    let folders = RULES.dirs().filter(|dir| {
        let name = dir.path().to_string_lossy();
        if folder.is_empty() { name != "calendars" && name != "processes" } else { name == folder }
    });
    folders.for_each(|dir| collect(dir, &mut files));
    if folder.is_empty() {
        RULES
            .files()
            .filter(|file| !PLANNING.contains(&&*file.path().to_string_lossy()))
            .for_each(|file| keep(file, &mut files));
    }
    files.sort();
    files
}

/// A shipped file by its path below `rules`.
#[must_use]
pub fn shipped_rule_file(path: &str) -> Option<&'static str> {
    RULES.get_file(path)?.contents_utf8()
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, files),
            DirEntry::File(file) => keep(file, files),
        }
    }
}

fn keep(file: &'static File<'static>, files: &mut Vec<(String, &'static str)>) {
    let path = file.path().to_string_lossy().replace('\\', "/");
    if let (Some(text), true) = (file.contents_utf8(), path.ends_with(".toml")) {
        files.push((format!("rules/{path}"), text));
    }
}

/// A shipped template by its path below `templates`.
#[must_use]
pub fn template(path: &str) -> Option<&'static str> {
    TEMPLATES.get_file(path)?.contents_utf8()
}

/// The shipped templates below one folder of `templates`: their paths below `templates` and their texts, sorted.
#[must_use]
pub fn templates_in(folder: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    let mut folders: Vec<&'static Dir<'static>> = TEMPLATES.get_dir(folder).into_iter().collect();
    while let Some(dir) = folders.pop() {
        folders.extend(dir.dirs());
        let texts = dir.files().filter_map(|file| {
            Some((file.path().to_string_lossy().replace('\\', "/"), file.contents_utf8()?))
        });
        found.extend(texts);
    }
    found.sort();
    found
}
