//! Exact decimal amounts of money, known exactly or as a range.
//! Must not round and must not convert.

use rust_decimal::Decimal;
use std::fmt;

/// An ISO 4217 currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The US dollar, in which policies state their thresholds.
    pub const USD: Self = Self(*b"USD");

    /// The currency of that code; `None` where ISO 4217 does not know it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code)?;
        Some(Self(code.as_bytes().try_into().ok()?))
    }

    /// How many decimals its coins need; `None` where ISO 4217 gives it none.
    #[must_use]
    pub fn decimals(self) -> Option<u16> {
        iso_currency::Currency::from_code(self.code())?.exponent()
    }

    /// Every currency, by its code. The list of ISO 4217 can only be asked, so it is asked for every code there can be.
    pub fn all() -> impl Iterator<Item = Self> {
        let letters = || b'A'..=b'Z';
        let codes = letters().flat_map(move |one| {
            letters().flat_map(move |two| letters().map(move |three| [one, two, three]))
        });
        codes.filter_map(|code| Self::parse(std::str::from_utf8(&code).ok()?))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An interval of decimal numbers, both ends inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Range {
    /// The least it may be, inside.
    pub min: Decimal,
    /// The most it may be, inside.
    pub max: Decimal,
}

impl Range {
    /// A number known exactly.
    #[must_use]
    pub fn exactly(number: Decimal) -> Self {
        Self { min: number, max: number }
    }

    /// The number, where it is known exactly.
    #[must_use]
    pub fn exact(self) -> Option<Decimal> {
        (self.min == self.max).then_some(self.min)
    }

    /// Both ends times a factor that is not negative; `None` on overflow.
    #[must_use]
    pub fn times(self, factor: Decimal) -> Option<Self> {
        Some(Self { min: self.min.checked_mul(factor)?, max: self.max.checked_mul(factor)? })
    }
}

/// An amount of money in one currency, never below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The currency it is stated in.
    pub currency: Currency,
    /// How much, exactly or as a range.
    pub range: Range,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.range.exact() {
            Some(number) => write!(f, "{} {number}", self.currency),
            None => write!(f, "{} {}..{}", self.currency, self.range.min, self.range.max),
        }
    }
}
