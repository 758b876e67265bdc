//! The way out of every sentence: a test can make nonsense of them all and see that nothing depends on words.
//! Must not make sentences.

use std::cell::Cell;

thread_local! {
    static IS_NONSENSE: Cell<bool> = const { Cell::new(false) };
}

/// Runs with nonsense in the place of every sentence that this thread makes: its letters from last to first, and no other sign.
#[doc(hidden)]
pub fn in_nonsense<T>(run: impl FnOnce() -> T) -> T {
    let before = IS_NONSENSE.replace(true);
    let done = run();
    IS_NONSENSE.set(before);
    done
}

/// A sentence as it is shown.
pub(super) fn spoken(text: String) -> String {
    if IS_NONSENSE.get() {
        text.chars().rev().map(|letter| if letter.is_alphanumeric() { letter } else { '~' }).collect()
    } else {
        text
    }
}
