//! The values that a key of a definition can hold.

use super::{Amount, DateRange, Months};
use rust_decimal::Decimal;
use std::sync::Arc;

/// One value, as typed by the table of keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Free text, a country code, an identifier.
    Text(Arc<str>),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// One word of a closed list, by its place in the list of the key.
    Choice(u8),
    /// A day, known exactly or in part.
    Date(DateRange),
    /// Whole calendar months.
    Duration(Months),
    /// Money, known exactly or as a range.
    Money(Amount),
    /// Several texts; empty is a value.
    Texts(Arc<[Arc<str>]>),
    /// Several words of a closed list, by their places in the list of the key, as written.
    Choices(Arc<[u8]>),
}
