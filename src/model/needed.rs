//! What an element of a table cannot do without: the reader refuses it, the JSON Schema and the reference page say so.
//! Must not judge what else a rule may ask for.

use super::{KeyId, Table, key};

impl Table {
    /// The keys without any of which an element is refused.
    #[must_use]
    pub fn needed(self) -> &'static [KeyId] {
        match self {
            Self::Evaluation => &[key::evaluation::ID],
            Self::Revision => &[key::revision::DATE],
            Self::Waiver => &[
                key::waiver::RULE,
                key::waiver::REASON,
                key::waiver::GRANTED_BY,
                key::waiver::AUTHORITY,
                key::waiver::GRANTED,
                key::waiver::EXPIRES,
            ],
            _ => &[],
        }
    }

    /// The keys of which an element has at least one; empty where it may have none.
    #[must_use]
    pub fn needed_one_of(self) -> &'static [KeyId] {
        match self {
            Self::Revision => &[key::revision::END, key::revision::TOTAL],
            _ => &[],
        }
    }
}
