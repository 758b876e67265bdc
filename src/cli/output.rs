//! Where output goes: the terminal, or files written whole or not at all.

use super::args::Color;
use super::error::CliError;
use super::exit::Exit;
use super::replace::Replacement;
use evalplan::report::{Lines, argument, harmless_lines};
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Whether a stream shows colours: as asked for, else on a terminal where nobody asked for none.
pub(crate) fn styled(color: Color, stream: &impl IsTerminal) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// Writes to the standard output. A reader that has gone away is no error.
pub(crate) fn print(text: &str) -> Result<(), CliError> {
    print_bytes(text.as_bytes())
}

/// The same for lines for people, in which texts by strangers are made harmless.
pub(crate) fn print_text(text: &str) -> Result<(), CliError> {
    print(&harmless_lines(text))
}

/// Writes bytes to the standard output. A reader that has gone away is no error.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritten(&error)),
        _ => Ok(()),
    }
}

pub(crate) fn unwritten(error: &io::Error) -> CliError {
    CliError::new(format!("the output cannot be written: {error}"))
}

/// Tells the user one line beside the output, or none where there are no words. Names and texts in it that others have written end
/// no line.
pub(crate) fn tell(words: &str) {
    if !words.is_empty() {
        let mut line = Lines::default();
        writeln!(line, "{}", words.trim_end_matches('\n'));
        tell_drawn(&line.into_text());
    }
}

/// The same for lines that are drawn: they are harmless already, and may have colours.
pub(crate) fn tell_drawn(text: &str) {
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

/// Writes a file whole, or leaves what was there. A device or a pipe is written through; `-` is the standard output.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if path == Path::new("-") {
        return print_bytes(bytes);
    }
    write_with(path, |out| Ok((out.write_all(bytes).map_err(|error| unwritable(path, &error))?, true)))
}

/// The same for what is made while it is written: what comes of that, and whether it takes the place of what was there.
pub(crate) fn write_with<T>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(T, bool), CliError>,
) -> Result<T, CliError> {
    let mut writing = Writing::to(path)?;
    let (value, changed) = fill(&mut writing)?;
    if changed { writing.put().map(|()| value) } else { Ok(value) }
}

/// A file that is being written. Until it is put in its place, what was there stays; a device or a pipe is written through.
pub(crate) struct Writing {
    path: PathBuf,
    way: Way,
}

enum Way {
    /// What a shell has put behind `/dev/fd/3` may be a file, to which more is written.
    Through(io::BufWriter<std::fs::File>),
    Beside(Box<Replacement>),
}

impl Writing {
    /// Begins to write a file.
    pub(crate) fn to(path: &Path) -> Result<Self, CliError> {
        let failed = |error: &dyn std::fmt::Display| unwritable(path, error);
        let there = path.metadata().ok();
        let way = if is_device(path) || there.as_ref().is_some_and(|data| !data.is_file()) {
            let through =
                std::fs::OpenOptions::new().append(true).open(path).map_err(|error| failed(&error))?;
            Way::Through(io::BufWriter::new(through))
        } else {
            if there.as_ref().is_some_and(|data| data.permissions().readonly()) {
                return Err(
                    failed(&"it is read-only").hint("allow writing to it first, or write to another file")
                );
            }
            // A link stays a link: what it leads to is written.
            let target = if there.is_some() { path.canonicalize() } else { led_to(path) }
                .map_err(|error| failed(&error))?;
            Way::Beside(Box::new(
                Replacement::begin(target, there).map_err(|error| not_beside(path, &error))?,
            ))
        };
        Ok(Self { path: path.to_owned(), way })
    }

    /// Puts what was written in its place.
    pub(crate) fn put(self) -> Result<(), CliError> {
        let put = match self.way {
            Way::Through(mut through) => through.flush(),
            Way::Beside(replacement) => replacement.put(),
        };
        put.map_err(|error| unwritable(&self.path, &error))
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.way {
            Way::Through(through) => through.write(bytes),
            Way::Beside(replacement) => replacement.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Through(through) => through.flush(),
            Way::Beside(replacement) => replacement.flush(),
        }
    }
}

pub(crate) fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> CliError {
    CliError::new(format!("`{}` cannot be written: {error}", path.display()))
}

/// The most links that lead from one to the next, as in most systems.
const MOST_LINKS: usize = 40;

/// Where the links lead whose file is not there yet; the path itself where it is none.
pub(crate) fn led_to(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        match std::fs::read_link(&at) {
            Ok(next) => at = at.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(at),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Whether a path leads to what the system holds ready, not to a file of the user.
pub(crate) fn is_device(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder))
}

/// A folder in which nothing can be written; the name of what was tried there is no help to anybody.
fn not_beside(path: &Path, error: &io::Error) -> CliError {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match error.kind() {
        io::ErrorKind::NotFound => CliError::new(format!(
            "`{}` cannot be written: there is no folder `{}`",
            path.display(),
            folder.display()
        ))
        .hint(format!("make it first: mkdir -p {}", argument(&folder.to_string_lossy()))),
        kind => CliError::new(format!("`{}` cannot be written: {kind}", path.display())),
    }
}

/// Adds to the end of a file, on a line of its own. The file is made where it is not there; where not all can be added, nothing is.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if path == Path::new("-") {
        return print_bytes(bytes);
    }
    let failed = |error: io::Error| CliError::new(format!("`{}` cannot be written: {error}", path.display()));
    let unended = path.is_file() && ends_within_a_line(path).map_err(failed)?;
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(path);
    let mut file = opened.map_err(|error| not_beside(path, &error))?;
    let before = file.metadata().map_err(failed)?;
    let added = file
        .write_all(if unended { b"\n" } else { b"" })
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.flush());
    added.map_err(|error| {
        if before.is_file() {
            let _ = file.set_len(before.len());
        }
        failed(error)
    })
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

/// What clap says of bad arguments, or help and version where they were asked for.
pub(crate) fn usage(refused: &clap::Error) -> ExitCode {
    if refused.use_stderr() {
        let told = refused.render().to_string();
        // What was typed stands in it; at a terminal it was typed there.
        if io::stderr().is_terminal() {
            drop(refused.print())
        } else if std::env::args_os().any(|one| one.to_string_lossy().contains(char::is_control)) {
            tell(&told)
        } else {
            tell_drawn(&harmless_lines(&told))
        }
        return Exit::Bad.into();
    }
    match refused.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => report(&unwritten(&error)),
        _ => Exit::Clean.into(),
    }
}

/// Tells what ended the run early.
pub(crate) fn report(error: &CliError) -> ExitCode {
    tell(&format!("error: {}", error.message));
    error.hints.iter().for_each(|hint| tell(&format!("help: {hint}")));
    Exit::Bad.into()
}
