//! Rule packs: what they say of themselves, their rules compiled, and the catalog of all of them.
//! Must not know projects beyond the vocabulary, and never reads a definition's file.

mod catalog;
mod conditions;
mod coverage;
mod extend;
mod forms;
mod lists;
mod lower;
mod needless;
mod pack;
pub mod proof;
mod raw;
mod raw_lists;
mod remedy;
mod rule;
mod values;
mod words;

pub use catalog::{Catalog, RuleFile};
pub use coverage::{Coverage, coverage};
pub use pack::{Clause, Document, Inherited, Pack, Retired, Review, Selection};
pub use raw::given;
pub use remedy::{REMEDY_VARIABLES, remedy_environment};
pub use rule::{Case, Cite, Rule, Severity, Status, TableRule};
pub use words::{PRECISIONS, SELECTIONS, SEVERITIES, STATUSES, VERDICTS, Words};
