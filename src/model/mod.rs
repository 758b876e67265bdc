//! Plain domain values: what a definition says, as typed values with the place of each.
//! Must not know TOML, serde, or any word of a policy.

mod date;
mod definition;
mod keys;
mod money;
mod path;
mod spec;
mod value;

pub use date::{Date, DateRange, Months, add_months, parse_months};
pub use definition::{Definition, Record};
pub use keys::{
    DEFINITION_KINDS, FUNDS, GROUPS, INDEPENDENCE, MEETINGS, OBJECTIVES, STAGES, TIMINGS, Table, UNION_ACTIONS, UNION_SCOPE, key,
};
pub use money::{Amount, Currency, Range};
pub use path::FieldPath;
pub use spec::{Key, KeyId, Kind, TableShape, TableSpec};
pub use value::Value;
