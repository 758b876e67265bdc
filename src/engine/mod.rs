//! The whole way from a definition to its findings and its plan, behind one door: packs, processes and calendars are loaded once.
//! Must not draw anything, and must not open files.
//!
//! ```
//! use evalplan::engine::{Engine, Request};
//!
//! let text = r#"
//! format = 1
//! [project]
//! title = "Skills for dockers"
//! start = 2014-01-01
//! end = 2015-12-31
//! [budget]
//! total = "USD 480000"
//! "#;
//! let engine = Engine::shipped();
//! let today = "2014-06-01".parse().expect("a day");
//! engine.check("skills.toml", text.as_bytes(), &Request::on(today), |outcome| {
//!     for mistake in &outcome.diagnostics {
//!         println!("{}", mistake.message);
//!     }
//!     for gap in outcome.gaps() {
//!         println!("{} {}: {}", gap.severity, gap.rule.id, outcome.message(gap));
//!     }
//!     assert!(outcome.gaps().any(|gap| &*gap.rule.id == "ilo-2005/mid-term-evaluation"));
//! });
//! ```

mod assessed;
mod fixing;
mod input;
mod ordered;
mod outcome;
mod portfolio;
mod reading;
mod request;

pub use assessed::{Assessed, assessed};
pub use input::Input;
pub use outcome::{Entry, Known, Outcome};
pub use portfolio::{Files, NoFiles, Portfolio};
pub use request::{Request, Scope};

use crate::assess::vocabulary;
use crate::checks::Vocabulary;
use crate::policy::Catalog;
use crate::schedule::calendar::Calendars;
use crate::schedule::{Habits, Planner, Processes};
use crate::source::{Sources, shipped_rule_file, shipped_rules};
use std::ops::ControlFlow;

/// Packs, processes and calendars, ready for any number of definitions.
#[derive(Debug)]
pub struct Engine {
    /// The packs.
    catalog: Catalog,
    /// What dates rest on.
    planner: Planner,
    /// The words that rules know.
    vocabulary: Vocabulary,
}

impl Engine {
    /// The packs, processes and calendars that come with evalplan.
    #[must_use]
    pub fn shipped() -> Self {
        let mut sources = Sources::default();
        let mut add = |(path, text): (String, &'static str)| sources.add(path, text);
        let processes: Vec<_> = shipped_rules("processes").into_iter().map(&mut add).collect();
        let habits =
            add(("rules/planning.toml".to_owned(), shipped_rule_file("planning.toml").unwrap_or_default()));
        let habits =
            Habits::load(habits, &sources).value.expect("the shipped file is sound, and a test reads it");
        let processes = Processes::load(&processes, &sources).value;
        let calendars = Calendars::shipped();
        Self::new(Catalog::shipped(), Planner { processes, calendars, habits })
    }

    /// With packs of one's own, loaded by [`Catalog::load`], and what dates rest on.
    #[must_use]
    pub fn new(catalog: Catalog, planner: Planner) -> Self {
        Self { vocabulary: vocabulary(&catalog), catalog, planner }
    }

    /// The packs.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Reads, assesses and plans one definition, and hands on what came of it. The ending of the name tells how the text is
    /// written. What the file itself gets wrong stands among the diagnostics of the outcome; a definition that cannot be read whole
    /// is not assessed.
    pub fn check<R: Send>(
        &self,
        name: &str,
        bytes: &[u8],
        request: &Request,
        make: impl Fn(Outcome<'_>) -> R + Sync,
    ) -> R {
        let mut made = None;
        let input = std::iter::once(Input::ready(name, bytes));
        Portfolio::new(self, request).run(input, make, |entry| {
            made = Some(entry.made);
            ControlFlow::Continue(())
        });
        made.expect("one input that was not found in a folder has one outcome")
    }
}
