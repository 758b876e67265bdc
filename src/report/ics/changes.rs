//! What became of a feed, for people.
//! Must not write anything.

use std::collections::BTreeMap;

/// How a feed differs from the one before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries that were not there.
    pub new: usize,
    /// Entries that say something else.
    pub changed: usize,
    /// Entries that are called off.
    pub cancelled: usize,
    /// Entries that stand as they did.
    pub unchanged: usize,
}

impl Changes {
    /// Whether subscribers would see something else.
    #[must_use]
    pub fn any(self) -> bool {
        self.new + self.changed + self.cancelled > 0
    }
}

/// How a feed differs from the one before it, and what was left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What has changed.
    pub changes: Changes,
    /// The evaluations that are not in the feed, with the reason.
    pub left_out: Vec<String>,
    /// Entries that stay as they are because their definition was not read, or not whole: how many, by code.
    pub unread: BTreeMap<String, usize>,
    /// Entries that are called off because their definition is no longer there: how many, by code.
    pub pruned: BTreeMap<String, usize>,
    /// Whether that was asked for, and not done because not everything could be read, or nothing was there.
    pub not_pruned: bool,
    /// Entries that stay because it is not known whether they are still owed: how many, by code.
    pub undecided: BTreeMap<String, usize>,
    /// Entries that are no longer owed and stay, because the feed was made with another filter: how many.
    pub withheld: usize,
    /// The packs that the feed was made with and this run left out.
    pub lacking_packs: Vec<String>,
}
