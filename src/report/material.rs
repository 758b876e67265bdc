//! What a view is made of: the texts, the packs, and each definition with what was found out about it.
//! Must not compute anything.

use crate::assess::Assessment;
use crate::fix::Listing;
use crate::model::Date;
use crate::policy::Catalog;
use crate::schedule::Schedule;
use crate::source::Sources;

/// What the view is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The packs.
    pub catalog: &'a Catalog,
    /// The day of the run.
    pub as_of: Date,
}

/// One definition with all that was found out about it.
#[derive(Debug, Clone)]
pub struct Assessed<'c> {
    /// What the rules say.
    pub assessment: Assessment<'c>,
    /// What it owes, and when.
    pub schedule: Schedule,
    /// What of that the tool can list in the file by itself; none where nobody asked.
    pub listings: Vec<Listing>,
}
