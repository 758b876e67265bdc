//! Packs that join by themselves, as every format draws them.
//! Must not choose.

use crate::assess::{Explainer, Joined};
use serde::Serialize;

/// A pack that joins by itself.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct JoinedView {
    /// The pack.
    pub pack: String,
    /// What of the file makes it join; nothing where it joins every file of its kinds, or was named.
    pub because: Option<String>,
    /// Whether it applies: not where its text is younger than what the file is about.
    pub applies: bool,
    /// Why it does not apply.
    pub not_because: Option<String>,
}

impl JoinedView {
    /// The pack of an assessment.
    pub(super) fn of(joined: &Joined<'_>, explainer: &Explainer<'_>) -> Self {
        let (because, not_because) = explainer.joined(joined);
        Self { pack: joined.pack.id.to_string(), because, applies: joined.early.is_none(), not_because }
    }
}
