//! Work whose cost a stranger decides, on a thread of its own: watched while it goes on, and given up where it goes on too long or
//! takes too much memory. What is given up ends with the process, so the run must end soon.
//! Must not know what is worked at.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// What the work may take, from where it is watched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The stack of its thread, in bytes.
    pub stack: usize,
    /// How long it may go on.
    pub time: Duration,
    /// How much more memory the process may take, in bytes.
    pub memory: usize,
}

/// How often it is looked at.
const PACE: Duration = Duration::from_millis(2);

/// What the work says.
enum Said<T> {
    /// From here on it is watched.
    Begins,
    Done(T),
}

/// Tells that the work begins to cost what a stranger decides.
pub(crate) struct Begins<T>(Sender<Said<T>>);

impl<T> Begins<T> {
    /// From here on the work is watched.
    pub(crate) fn begin(&self) {
        // Nobody hears it where the run has ended.
        let _ = self.0.send(Said::Begins);
    }
}

/// Does some work on a thread of its own.
///
/// # Errors
/// Where it was given up, in words that follow the name of what was worked at.
pub(crate) fn watched<T: Send + 'static>(
    limits: Limits,
    work: impl FnOnce(&Begins<T>) -> T + Send + 'static,
) -> Result<T, String> {
    let (sender, receiver) = channel();
    let begins = Begins(sender.clone());
    let run = move || drop(sender.send(Said::Done(work(&begins))));
    std::thread::Builder::new()
        .stack_size(limits.stack)
        .spawn(run)
        .map_err(|error| format!("has no stack to run in: {error}"))?;
    let mut watch: Option<(Instant, Option<usize>)> = None;
    loop {
        match receiver.recv_timeout(PACE) {
            Ok(Said::Done(done)) => return Ok(done),
            Ok(Said::Begins) => watch = Some((Instant::now(), memory())),
            Err(RecvTimeoutError::Disconnected) => return Err("broke off".to_owned()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let Some((begun, before)) = watch else { continue };
        if begun.elapsed() > limits.time {
            return Err(format!("takes longer than {} seconds", limits.time.as_secs()));
        }
        if memory().zip(before).is_some_and(|(now, before)| now.saturating_sub(before) > limits.memory) {
            return Err(format!("takes more than {} MiB of memory", limits.memory / 1024 / 1024));
        }
    }
}

/// How much memory the process takes, where the system tells.
fn memory() -> Option<usize> {
    memory_stats::memory_stats().map(|now| now.physical_mem)
}

#[cfg(test)]
mod tests {
    use super::{Limits, memory, watched};
    use std::time::Duration;

    const MIB: usize = 1024 * 1024;

    fn limits(seconds: u64, memory: usize) -> Limits {
        Limits { stack: MIB, time: Duration::from_secs(seconds), memory: memory * MIB }
    }

    #[test]
    fn work_is_done_and_what_breaks_off_is_told() {
        assert_eq!(watched(limits(60, 1000), |begins| (begins.begin(), 7).1), Ok(7));
        assert_eq!(
            watched::<()>(limits(60, 1000), |_| std::panic::resume_unwind(Box::new(()))),
            Err("broke off".to_owned())
        );
    }

    #[test]
    fn work_that_goes_on_too_long_is_given_up() {
        let endless = |begins: &super::Begins<()>| {
            begins.begin();
            loop {
                std::thread::sleep(Duration::from_secs(1));
            }
        };
        assert_eq!(watched(limits(1, 1000), endless), Err("takes longer than 1 seconds".to_owned()));
    }

    #[test]
    fn work_that_takes_too_much_memory_is_given_up() {
        let greedy = |begins: &super::Begins<usize>| {
            begins.begin();
            let mut taken = Vec::new();
            while taken.len() < 400 {
                taken.push(vec![1u8; MIB]);
                std::thread::sleep(Duration::from_millis(1));
            }
            taken.len()
        };
        // Where the system does not tell how much a process takes, time is what ends it.
        let told = memory().map_or(Ok(400), |_| Err("takes more than 64 MiB of memory".to_owned()));
        assert_eq!(watched(limits(60, 64), greedy), told);
    }
}
