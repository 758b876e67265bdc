//! What is wished of a feed, and what became of it.
//! Must not write anything.

/// What a feed holds beside the tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeedOptions {
    /// Tasks as to-dos, too.
    pub todos: bool,
    /// Reminders so many days before each event.
    pub alarm: Option<u32>,
    /// Evaluations whose dates are known only in part, too.
    pub tentative: bool,
}

/// How a feed differs from the one before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries that were not there.
    pub new: usize,
    /// Entries that say something else.
    pub changed: usize,
    /// Entries that are called off.
    pub cancelled: usize,
    /// Entries as they were.
    pub unchanged: usize,
}

impl Changes {
    /// Whether subscribers would see something else.
    #[must_use]
    pub fn any(self) -> bool {
        self.new + self.changed + self.cancelled > 0
    }
}

/// A feed, and how it differs from the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The feed.
    pub text: String,
    /// What has changed.
    pub changes: Changes,
    /// The evaluations that are not in it, with the reason.
    pub left_out: Vec<String>,
}
