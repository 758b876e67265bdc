//! Plain domain values: what a definition says, as typed values with the place of each, and how each is written.
//! Must not read TOML, and must not know serde or any word of a policy.

mod country;
mod date;
mod definition;
mod keys;
mod money;
mod needed;
mod path;
mod spec;
mod value;
mod words;
mod written;

pub use country::Country;
pub use date::{Date, DateRange, MONTH_NAMES, MOST_MONTHS, Months, add_months, parse_months};
pub use definition::{Aside, Definition, Record};
pub use keys::{Table, key};
pub use money::{Amount, Currency, Range};
pub use path::FieldPath;
pub use spec::{Key, KeyId, Kind, TableShape, TableSpec};
pub use value::Value;
pub use words::{
    AUTONOMY, CHANNELS, DEFINITION_KINDS, DONOR_KINDS, FUNDS, GROUNDS, GROUPS, HORIZONS, INDEPENDENCE,
    MEETINGS, OBJECTIVES, PARTNER_KINDS, PROGRESS, RESPONSES, RISK_KINDS, RISK_LEVELS, STAGES, STATUSES,
    TIMINGS, UNION_ACTIONS, UNION_SCOPE, is_first_independent, meanings,
};
pub use written::{to_toml, written_definition, written_record, written_value};
