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
mod outcome;

pub use assessed::{Assessed, assessed};
pub use outcome::{Outcome, by_rules, unknown_policy};

use crate::assess::{Choice, vocabulary};
use crate::checks::Vocabulary;
use crate::fix::Basis;
use crate::model::Date;
use crate::policy::Catalog;
use crate::schedule::calendar::Calendars;
use crate::schedule::{Habits, Planner, Processes};
use crate::source::{Sources, shipped_rule_file, shipped_rules};

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

/// What is asked of a definition.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Request {
    /// The day to look from.
    pub as_of: Date,
    /// The edition and the packs, where they are not chosen by what the definition says.
    pub choice: Choice,
    /// Whether repairs are looked for, which costs the most.
    pub repairs: bool,
}

impl Request {
    /// What stands on a day, without repairs.
    #[must_use]
    pub fn on(as_of: Date) -> Self {
        Self { as_of, ..Self::default() }
    }
}

impl Engine {
    /// The packs, processes and calendars that come with evalplan.
    #[must_use]
    pub fn shipped() -> Self {
        let mut sources = Sources::default();
        let mut add = |(path, text): (String, &'static str)| sources.add(path, text);
        let processes: Vec<_> = shipped_rules("processes").into_iter().map(&mut add).collect();
        let habits = add(("rules/planning.toml".to_owned(), shipped_rule_file("planning.toml").unwrap_or_default()));
        let habits = Habits::load(habits, &sources).value.expect("the shipped file is sound, and a test reads it");
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
    /// written. What the file itself gets wrong stands among the diagnostics of the outcome; a definition with an error is not
    /// assessed.
    pub fn check<R>(&self, name: &str, bytes: &[u8], request: &Request, sink: impl FnOnce(Outcome<'_>) -> R) -> R {
        let mut sources = Sources::default();
        let (definition, diagnostics) = outcome::read(self, &mut sources, name, bytes);
        let basis = Basis { catalog: &self.catalog, choice: &request.choice, planner: &self.planner, as_of: request.as_of };
        let text = definition.as_ref().map(|definition| sources.text(definition.source));
        let assessed = definition.as_ref().map(|definition| assessed(basis, definition, text.filter(|_| request.repairs)));
        let (assessed, unknown) = match assessed.transpose() {
            Ok(assessed) => (assessed, None),
            Err(pack) => (None, Some(pack)),
        };
        sink(Outcome { sources: &sources, diagnostics, assessed, unknown_pack: unknown })
    }
}
