//! Where output goes: the terminal, or files written whole or not at all.

use super::error::CliError;
use super::exit::Exit;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// Whether the standard output shows colours: a terminal, and nobody asked for none.
pub(crate) fn styled() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes to the standard output. A reader that has gone away is no error.
pub(crate) fn print(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::new(format!("the output cannot be written: {error}"))),
        _ => Ok(()),
    }
}

/// Tells the user something beside the output.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a file whole, or leaves what was there. A device or a pipe is written through.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::new(format!("`{}` cannot be written: {error}", path.display()));
    if path.metadata().is_ok_and(|data| !data.is_file()) {
        return std::fs::write(path, bytes).map_err(|error| failed(&error));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file =
        tempfile::Builder::new().prefix(".evalplan-").tempfile_in(folder).map_err(|error| failed(&error).hint("does the folder exist?"))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    allow_reading(file.as_file());
    file.persist(path).map_err(|error| failed(&error.error))?;
    Ok(())
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
    let _ = refused.print();
    if refused.use_stderr() { Exit::Bad.into() } else { Exit::Clean.into() }
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
