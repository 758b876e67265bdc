//! Plain domain values: what a definition says, as typed values with the place of each.
//! Must not know TOML, serde, or any word of a policy.

mod date;
mod definition;
mod keys;
mod money;
mod path;
mod value;

pub use date::{Date, DateRange, Months, add_months, parse_months};
pub use definition::{Definition, Record};
pub use keys::{DEFINITION_KINDS, GROUPS, INDEPENDENCE, Key, KeyId, Kind, STAGES, TIMINGS, Table, TableShape, TableSpec, key};
pub use money::{Amount, Currency, Range};
pub use path::FieldPath;
pub use value::Value;
