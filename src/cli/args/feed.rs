//! The arguments of calendar feeds.

use clap::Args;

/// What a calendar feed holds.
#[derive(Debug, Args)]
pub(crate) struct FeedArgs {
    /// In a calendar: tasks as to-dos, too. Many programs ignore them in feeds.
    #[arg(long)]
    pub todos: bool,
    /// In a calendar: remind so long before each event, such as `30d`.
    #[arg(long, value_name = "DAYS")]
    pub alarm: Option<String>,
    /// In a calendar: evaluations whose dates are known only in part, too.
    #[arg(long)]
    pub tentative: bool,
    /// In a calendar: cancel the entries of definitions that are no longer there, and name them. Without it they stay, as
    /// do those of files that cannot be read.
    #[arg(long, requires = "output")]
    pub prune: bool,
}
