//! How far a long run is, on one line of a terminal that goes away when the run is done.
//! Must not write anything where the standard error is no terminal, and nothing in a run that is short.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A run that takes no longer says nothing.
const PATIENCE: Duration = Duration::from_millis(800);

/// How often the line changes.
const PACE: Duration = Duration::from_millis(100);

static SILENT: AtomicBool = AtomicBool::new(false);

/// From here on nothing is said.
pub(crate) fn silence() {
    SILENT.store(true, Ordering::Relaxed);
}

/// How far one part of a run is.
#[derive(Debug)]
pub(crate) struct Progress {
    what: &'static str,
    /// How many things there are, where that is known.
    total: Option<usize>,
    done: usize,
    next: Instant,
    shown: bool,
    wanted: bool,
}

impl Progress {
    /// A part that does so many things, where it is known how many.
    pub(crate) fn new(what: &'static str, total: Option<usize>) -> Self {
        let wanted = !SILENT.load(Ordering::Relaxed) && io::stderr().is_terminal();
        Self { what, total, done: 0, next: Instant::now() + PATIENCE, shown: false, wanted }
    }

    /// One thing more is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        if self.wanted && Instant::now() >= self.next {
            self.next = Instant::now() + PACE;
            self.shown = true;
            let of = self.total.map(|total| format!(" of {total}")).unwrap_or_default();
            let _ = write!(io::stderr().lock(), "\r\x1b[2K{} {}{of}", self.what, self.done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[2K");
        }
    }
}
