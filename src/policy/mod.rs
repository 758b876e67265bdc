//! Rule packs: what they say of themselves, their rules compiled, and the catalog of all of them.
//! Must not know projects beyond the vocabulary, and never reads a definition's file.

mod catalog;
mod conditions;
mod extend;
mod forms;
mod lower;
mod pack;
mod raw;
mod read;
mod remedy;
mod rule;
mod values;

pub use catalog::{Catalog, RuleFile};
pub use pack::{Clause, Document, Pack, Selection};
pub use raw::given;
pub(crate) use read::read as read_raw;
pub use remedy::{REMEDY_VARIABLES, remedy_environment};
pub use rule::{Case, Cite, Rule, Severity, Status, TableRule};
