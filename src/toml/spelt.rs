//! Numbers of TOML as they were written, with the sign of their digits.
//! Must not say what is wrong with them.

use toml::de::DeInteger;

/// A whole number as it was written: the reader of TOML keeps its digits apart from the `0x` before them, behind which there may be
/// none.
#[must_use]
pub fn spelt(number: &DeInteger<'_>) -> String {
    let sign = match number.radix() {
        16 => "0x",
        8 => "0o",
        2 => "0b",
        _ => "",
    };
    format!("{sign}{}", number.as_str())
}
