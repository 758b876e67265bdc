//! Workers that share work among them, each in a thread of its own.
//! Must not know what the work is.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results may wait for each worker.
const AHEAD: usize = 8;

/// What workers and the one who hands on share.
struct Bench<Items, T> {
    /// The items that nobody has taken yet, and how many were taken.
    items: Mutex<(Items, usize)>,
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// Results that wait for an earlier one.
    ready: BTreeMap<usize, T>,
    /// How many results were handed on.
    done: usize,
    /// How many workers still work.
    working: usize,
    stopped: bool,
}

impl<Items, T> Bench<Items, T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'m>(&self, state: MutexGuard<'m, State<T>>) -> MutexGuard<'m, State<T>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that a worker has ended, also where it panics.
struct Ends<'b, Items, T>(&'b Bench<Items, T>);

impl<Items, T> Drop for Ends<'_, Items, T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.working -= 1;
        // The result that it owes will never come.
        state.stopped |= std::thread::panicking();
        drop(state);
        self.0.changed.notify_all();
    }
}

pub(super) fn shared<I: Send, T: Send>(
    items: impl Iterator<Item = I> + Send,
    workers: usize,
    work: &(impl Fn(I) -> T + Sync),
    mut sink: impl FnMut(T) -> ControlFlow<()>,
) {
    let state = State { ready: BTreeMap::new(), done: 0, working: workers, stopped: false };
    let bench = Bench { items: Mutex::new((items, 0)), state: Mutex::new(state), changed: Condvar::new() };
    let bench = &bench;
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(move || {
                let _ends = Ends(bench);
                while let Some((place, item)) = next(bench, workers * AHEAD) {
                    let result = work(item);
                    bench.state().ready.insert(place, result);
                    bench.changed.notify_all();
                }
            });
        }
        while let Some(result) = take(bench) {
            if sink(result).is_break() {
                bench.state().stopped = true;
                bench.changed.notify_all();
                break;
            }
        }
    });
}

/// The next item and its place, once few enough results wait.
fn next<I, T>(bench: &Bench<impl Iterator<Item = I>, T>, most: usize) -> Option<(usize, I)> {
    let mut items = bench.items.lock().unwrap_or_else(PoisonError::into_inner);
    let place = items.1;
    let mut state = bench.state();
    while !state.stopped && place >= state.done + most {
        state = bench.wait(state);
    }
    if state.stopped {
        return None;
    }
    drop(state);
    let item = items.0.next()?;
    items.1 += 1;
    Some((place, item))
}

/// The next result in order; nothing once all workers have ended, or one has broken, and it is not there.
fn take<Items, T>(bench: &Bench<Items, T>) -> Option<T> {
    let mut state = bench.state();
    loop {
        let place = state.done;
        if let Some(result) = state.ready.remove(&place) {
            state.done += 1;
            bench.changed.notify_all();
            return Some(result);
        }
        if state.working == 0 || state.stopped {
            return None;
        }
        state = bench.wait(state);
    }
}
