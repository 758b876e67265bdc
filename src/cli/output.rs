//! Where output goes: the terminal, or files written whole or not at all.

use super::args::Color;
use super::error::CliError;
use super::exit::Exit;
use evalplan::diag::nearest;
use evalplan::report::{FORMATS, Format, Subject, format_named};
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A format, and the file that it goes to; the standard output where there is none.
#[derive(Debug)]
pub(crate) struct Target {
    pub format: &'static Format,
    pub file: Option<PathBuf>,
}

/// What the user wants written where.
pub(crate) fn targets(subject: Subject, format: Option<&str>, outputs: &[String]) -> Result<Vec<Target>, CliError> {
    let ids: Vec<&str> = FORMATS.iter().filter(|one| one.subject == subject).map(|one| one.id).collect();
    let named = |id: &str| {
        format_named(subject, id).ok_or_else(|| {
            let error = CliError::new(format!("there is no format `{id}` here"));
            error.hint(match nearest(id, ids.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? To write to a file of that name, put `./` before it"),
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
            return Err(
                CliError::new(format!("`-o {output}` names no file")).hint("write `-o FORMAT=FILE`, with `-` for the standard output")
            );
        }
        let target = Path::new(file);
        if target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) && target.exists() {
            return Err(
                CliError::new(format!("`{file}` is there, and may be a definition: it is not written over")).hint("write to another file")
            );
        }
        targets.push(Target { format, file: (file != "-").then(|| target.to_owned()) });
    }
    // Every file has a format of its own, so the one that is asked for goes to the standard output.
    if outputs.is_empty() || (!plain && format.is_some()) {
        targets.push(Target { format: named(format.unwrap_or(first))?, file: None });
    }
    let mut files: Vec<PathBuf> = targets.iter().filter_map(|target| target.file.as_deref()).map(whole).collect();
    files.sort();
    match files.windows(2).find(|pair| pair[0] == pair[1] && !pair[0].starts_with("/dev")) {
        Some(pair) => Err(CliError::new(format!("two outputs go to `{}`", pair[0].display())).hint("give each a file of its own")),
        None => Ok(targets),
    }
}

/// A path from the root, without steps to where it already is, so that one file has one path.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Endings of files that no command writes, and that programs would open in vain if they held text.
const NO_TEXT: [&str; 9] = ["doc", "docx", "odt", "ods", "pdf", "png", "ppt", "pptx", "xls"];

/// A file whose ending says that another command writes it, or none.
fn refuse_ending(file: &str) -> Result<(), CliError> {
    let Some(ending) = Path::new(file).extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase) else { return Ok(()) };
    match FORMATS.iter().find(|one| one.ending == ending) {
        Some(other) => Err(CliError::new(format!("this command writes no `.{ending}`"))
            .hint(format!("`evalplan {} PATH -o {file}` does; for text under that name, write `-o text={file}`", other.subject.command()))),
        None if NO_TEXT.contains(&ending.as_str()) => Err(CliError::new(format!("no command writes `.{ending}`"))
            .hint("a page for paper is `report -o FILE.html`, printed from a browser; a workbook is `report -o FILE.xlsx`")),
        None => Ok(()),
    }
}

/// Whether the standard output shows colours: as asked for, else on a terminal where nobody asked for none.
pub(crate) fn styled(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Whether what is told on the standard error has colours.
pub(crate) fn styled_telling() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes to the standard output. A reader that has gone away is no error.
pub(crate) fn print(text: &str) -> Result<(), CliError> {
    print_bytes(text.as_bytes())
}

/// Writes bytes to the standard output. A reader that has gone away is no error.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritten(&error)),
        _ => Ok(()),
    }
}

fn unwritten(error: &io::Error) -> CliError {
    CliError::new(format!("the output cannot be written: {error}"))
}

/// Tells the user something beside the output.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Does every one of some things, also where another fails. Each failure is told; the last one is what it ends with.
pub(crate) fn every(done: impl IntoIterator<Item = Result<(), CliError>>) -> Result<(), CliError> {
    let mut failed: Option<CliError> = None;
    for error in done.into_iter().filter_map(Result::err) {
        if let Some(earlier) = failed.replace(error) {
            report(&earlier);
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Writes a file whole, or leaves what was there. A device or a pipe is written through.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::new(format!("`{}` cannot be written: {error}", path.display()));
    let there = path.metadata().ok();
    if there.as_ref().is_some_and(|data| !data.is_file()) {
        return std::fs::write(path, bytes).map_err(|error| failed(&error));
    }
    if there.as_ref().is_some_and(|data| data.permissions().readonly()) {
        return Err(failed(&"it is read-only").hint("allow writing to it first, or write to another file"));
    }
    // A link stays a link: what it leads to is written.
    let target = if there.is_some() { path.canonicalize() } else { led_to(path) }.map_err(|error| failed(&error))?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".evalplan-").tempfile_in(folder).map_err(|error| not_beside(path, &error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    match there {
        Some(there) => drop(file.as_file().set_permissions(there.permissions())),
        None => allow_reading(file.as_file()),
    }
    file.persist(target).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// The most links that lead from one to the next, as in most systems.
const MOST_LINKS: usize = 40;

/// Where the links lead whose file is not there yet; the path itself where it is none.
fn led_to(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        match std::fs::read_link(&at) {
            Ok(next) => at = at.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(at),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// A folder in which nothing can be written; the name of what was tried there is no help to anybody.
fn not_beside(path: &Path, error: &io::Error) -> CliError {
    let kind = error.kind();
    let told = CliError::new(format!("`{}` cannot be written: {kind}", path.display()));
    if kind == io::ErrorKind::NotFound { told.hint("does the folder exist?") } else { told }
}

/// Adds to the end of a file, on a line of its own. The file is made where it is not there.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |error: io::Error| CliError::new(format!("`{}` cannot be written: {error}", path.display()));
    let unended = path.is_file() && ends_within_a_line(path).map_err(failed)?;
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
    file.write_all(if unended { b"\n" } else { b"" }).and_then(|()| file.write_all(bytes)).and_then(|()| file.flush()).map_err(failed)
}

/// Whether a file has text behind its last line end.
fn ends_within_a_line(path: &Path) -> io::Result<bool> {
    let mut file = std::fs::File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    file.seek(io::SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// A file that was made beside the target is for its owner alone; the target is an ordinary file.
#[cfg(unix)]
fn allow_reading(file: &std::fs::File) {
    use std::os::unix::fs::PermissionsExt;
    let _ = file.set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn allow_reading(_: &std::fs::File) {}

/// What clap says of bad arguments, or help and version where they were asked for.
pub(crate) fn usage(refused: &clap::Error) -> ExitCode {
    let printed = refused.print().and_then(|()| io::stdout().flush());
    match printed {
        Err(error) if !refused.use_stderr() && error.kind() != io::ErrorKind::BrokenPipe => report(&unwritten(&error)),
        _ if refused.use_stderr() => Exit::Bad.into(),
        _ => Exit::Clean.into(),
    }
}

/// Tells what ended the run early.
pub(crate) fn report(error: &CliError) -> ExitCode {
    let mut text = format!("error: {}\n", error.message);
    for hint in &error.hints {
        text.push_str(&format!("help: {hint}\n"));
    }
    tell(&text);
    Exit::Bad.into()
}
