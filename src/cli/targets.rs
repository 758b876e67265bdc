//! Which outputs a run has: a format and a file each, named once and over nothing that is read.
//! Must not write anything.

use super::error::CliError;
use super::files::shown;
use super::output;
use evalplan::diag::nearest;
use evalplan::report::{FORMATS, Format, Subject, format_named};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A format, and the file that it goes to; the standard output where there is none.
#[derive(Debug)]
pub(crate) struct Target {
    pub format: &'static Format,
    pub file: Option<PathBuf>,
}

/// The names of the standard output. To write it as if it were a file would take away what a shell has put there.
const STANDARD_OUTPUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// What the user wants written where.
pub(crate) fn targets(
    subject: Subject,
    format: Option<&str>,
    outputs: &[String],
) -> Result<Vec<Target>, CliError> {
    let ids: Vec<&str> = FORMATS.iter().filter(|one| one.subject == subject).map(|one| one.id).collect();
    let named = |id: &str| {
        format_named(subject, id).ok_or_else(|| {
            let error = CliError::new(format!("there is no format `{id}` here"));
            error.hint(match nearest(id, ids.iter().copied()) {
                Some(near) => {
                    format!("did you mean `{near}`? To write to a file of that name, put `./` before it")
                }
                None => format!("there are {}", ids.join(", ")),
            })
        })
    };
    let by_ending = |file: &str| {
        let ending = Path::new(file).extension()?.to_str()?.to_ascii_lowercase();
        FORMATS.iter().find(|one| one.subject == subject && one.ending == ending)
    };
    let first = ids.first().copied().unwrap_or_default();
    let mut targets = Vec::new();
    let mut plain = outputs.is_empty();
    for output in outputs {
        let (format, file) = match output.split_once('=') {
            Some((id, file)) if id.bytes().all(|byte| byte.is_ascii_lowercase()) => (named(id)?, file),
            Some((id, file)) if ids.contains(&id.to_ascii_lowercase().as_str()) => {
                let error = CliError::new(format!("there is no format `{id}` here"));
                return Err(
                    error.hint(format!("formats are written small: `-o {}={file}`", id.to_ascii_lowercase()))
                );
            }
            None if ids.contains(&output.as_str()) => {
                let error = CliError::new(format!("`-o {output}` names a format, and no file"));
                return Err(
                    error.hint(format!("write `--format {output}`, or `-o {output}=FILE`; for a file of that name `-o ./{output}`"))
                );
            }
            _ => {
                plain = true;
                let guessed = if format.is_none() { by_ending(output) } else { None };
                if guessed.is_none() && format.is_none() {
                    refuse_ending(output)?;
                }
                (guessed.map_or_else(|| named(format.unwrap_or(first)), Ok)?, output.as_str())
            }
        };
        if file.is_empty() {
            return Err(CliError::new(format!("`-o {output}` names no file"))
                .hint("write `-o FORMAT=FILE`, with `-` for the standard output"));
        }
        targets
            .push(Target { format, file: (!STANDARD_OUTPUT.contains(&file)).then(|| PathBuf::from(file)) });
    }
    // Every file has a format of its own, so the one that is asked for goes to the standard output.
    if outputs.is_empty() || (!plain && format.is_some()) {
        targets.push(Target { format: named(format.unwrap_or(first))?, file: None });
    }
    Ok(targets)
}

/// Where some targets go.
pub(crate) fn written(targets: &[Target]) -> impl Iterator<Item = &Path> {
    targets.iter().map(|target| target.file.as_deref().unwrap_or(Path::new("-")))
}

/// Refuses to write a file twice in one run, or over one that is read or may be a definition, by whatever names and links.
pub(crate) fn refuse_clashes<'p>(
    written: impl IntoIterator<Item = &'p Path>,
    read: impl IntoIterator<Item = &'p Path>,
) -> Result<(), CliError> {
    let read: BTreeSet<String> = read.into_iter().map(identity).collect();
    let mut known = BTreeSet::new();
    for path in written {
        let told = shown(path);
        if path.to_str().is_some_and(|path| STANDARD_OUTPUT.contains(&path)) {
            if !known.insert("-".to_owned()) {
                return Err(CliError::new("two outputs go to the standard output")
                    .hint("give all but one a file: `-o FORMAT=FILE`"));
            }
            continue;
        } else if output::is_device(path) {
            continue;
        }
        let real = one_name(path);
        if read.contains(&identity(path)) {
            return Err(CliError::new(format!("`{told}` is read in this run: it is not written over"))
                .hint("write to another file"));
        }
        if real.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) && real.exists() {
            return Err(CliError::new(format!(
                "`{told}` is there, and may be a definition: it is not written over"
            ))
            .hint("write to another file"));
        }
        if !known.insert(identity(path)) {
            return Err(
                CliError::new(format!("two outputs go to `{told}`")).hint("give each a file of its own")
            );
        }
    }
    Ok(())
}

/// By what one file is told from another, whatever its names.
fn identity(path: &Path) -> String {
    #[cfg(unix)]
    if let Ok(data) = path.metadata() {
        use std::os::unix::fs::MetadataExt;
        return format!("{}:{}", data.dev(), data.ino());
    }
    one_name(path).to_string_lossy().into_owned()
}

/// A path by which one file has one name: with links and detours followed, also where the file itself is not there yet.
fn one_name(path: &Path) -> PathBuf {
    let real = || {
        let led = output::led_to(path).ok()?;
        let folder = led.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(led.file_name()?))
    };
    path.canonicalize().ok().or_else(real).unwrap_or_else(|| path.to_owned())
}

/// Endings of files that no command writes, and that programs would open in vain if they held text.
const NO_TEXT: [&str; 9] = ["doc", "docx", "odt", "ods", "pdf", "png", "ppt", "pptx", "xls"];

/// A file whose ending says that another command writes it, or none.
fn refuse_ending(file: &str) -> Result<(), CliError> {
    let Some(ending) =
        Path::new(file).extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase)
    else {
        return Ok(());
    };
    match FORMATS.iter().find(|one| one.ending == ending) {
        Some(other) => Err(CliError::new(format!("this command writes no `.{ending}`"))
            .hint(format!("`evalplan {} PATH -o {file}` does; for text under that name, write `-o text={file}`", other.subject.command()))),
        None if NO_TEXT.contains(&ending.as_str()) => Err(CliError::new(format!("no command writes `.{ending}`"))
            .hint("a page for paper is `report -o FILE.html`, printed from a browser; a workbook is `report -o FILE.xlsx`")),
        None => Ok(()),
    }
}
