//! Work shared evenly among workers, its results handed on in the order in which it came.
//! Must not know what the work is.

use std::ops::ControlFlow;

/// Does something with each item and hands what comes of it to the sink, in the order of the items. No more than a few results
/// wait for one that takes longer, however many items there are. The sink can break off; then no further item is begun. Without
/// threads there is one worker, however many are asked for.
pub(super) fn ordered<I: Send, T: Send>(
    items: impl Iterator<Item = I> + Send,
    workers: usize,
    work: impl Fn(I) -> T + Sync,
    mut sink: impl FnMut(T) -> ControlFlow<()>,
) {
    #[cfg(feature = "threads")]
    if workers > 1 {
        return super::threads::shared(items, workers, &work, sink);
    }
    #[cfg(not(feature = "threads"))]
    let _ = workers;
    for item in items {
        if sink(work(item)).is_break() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ordered;
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_the_order_of_their_items_whoever_is_faster() {
        for workers in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_first = |item: usize| {
                if item.is_multiple_of(17) {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                item * 3
            };
            ordered(0..500, workers, slow_first, |result| {
                seen.push(result);
                ControlFlow::Continue(())
            });
            assert_eq!(seen, (0..500).map(|item| item * 3).collect::<Vec<_>>());
        }
    }

    #[test]
    fn few_results_wait_for_a_slow_one_and_nothing_is_begun_once_the_sink_breaks_off() {
        let begun = AtomicUsize::new(0);
        let work = |item: usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            item
        };
        ordered(0..10_000, 2, work, |item| {
            if item == 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(begun.into_inner() <= 21 + 16 + 2, "no more than a few are ahead of what is handed on");
    }

    #[test]
    #[cfg(feature = "threads")]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_worker_that_panics_ends_the_run() {
        ordered(0..100, 2, |item| assert!(item != 50, "a worker broke"), |()| ControlFlow::Continue(()));
    }
}
