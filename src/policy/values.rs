//! The small values of pack and rule files: statuses, severities, limits, months, shares, days.
//! Must not know the forms they stand in.

use super::rule::{Severity, Status};
use super::words::{SEVERITIES, STATUSES, plain};
use crate::checks::Limit;
use crate::diag::{Diagnostic, nearest};
use crate::facts::{Type, Word};
use crate::model::{Currency, Date, Months, parse_months};
use crate::source::{SourceId, Span};
use crate::toml::Spanned;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Collects the mistakes of one file.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    /// The file.
    pub source: SourceId,
    /// Its text.
    pub text: &'t str,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    /// A reader of that file.
    pub(super) fn new(source: SourceId, text: &'t str) -> Self {
        Self { source, text, diagnostics: Vec::new() }
    }

    /// Notes an error at a place; gives nothing, so that it can end a chain.
    pub(super) fn error<T>(
        &mut self,
        span: std::ops::Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Option<T> {
        let (message, hint) = (message.into(), hint.into());
        let diagnostic = Diagnostic::error(self.source, Span::new(span), message);
        self.diagnostics.push(if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) });
        None
    }

    /// One of some words, by its place.
    pub(super) fn word(&mut self, what: &str, text: &Spanned<String>, known: &[&str]) -> Option<usize> {
        let place = known.iter().position(|word| word == text.get_ref());
        if place.is_none() {
            let hint = match nearest(text.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", known.join(", ")),
            };
            return self.error(text.span(), format!("`{}` is not a {what}", text.get_ref()), hint);
        }
        place
    }

    /// A status.
    pub(super) fn status(&mut self, text: &Spanned<String>) -> Option<Status> {
        self.word("status", text, &plain(STATUSES)).map(|place| Status::ALL[place])
    }

    /// A severity.
    pub(super) fn severity(&mut self, text: &Spanned<String>) -> Option<Severity> {
        self.word("severity", text, &plain(SEVERITIES))?;
        Severity::parse(text.get_ref())
    }

    /// An id: kebab-case, a letter first.
    pub(super) fn id(&mut self, text: &Spanned<String>) -> Option<Arc<str>> {
        let id = text.get_ref();
        let kebab = id.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        if kebab && id.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(id.as_str().into());
        }
        self.error(
            text.span(),
            format!("`{id}` cannot be an id"),
            "ids are lower-case words joined by hyphens, such as `mid-term-evaluation`",
        )
    }

    /// A limit of the axis of that word.
    pub(super) fn limit(&mut self, axis: Word, text: &Spanned<String>) -> Option<Limit> {
        let written = text.get_ref();
        let (limit, example) = match axis.kind() {
            Type::Duration => {
                (positive_months(written).map(|months| Limit::Months(Months(months))), "18 months")
            }
            Type::Money => (dollars(written).map(Limit::Money), "USD 1000000"),
            Type::Date => (written.parse().ok().map(Limit::Date), "2005-11-01"),
            _ => (None, "18 months"),
        };
        limit.or_else(|| {
            self.error(
                text.span(),
                format!("`{written}` cannot bound this axis"),
                format!("write it like \"{example}\""),
            )
        })
    }

    /// Whole months, before (negative) or after.
    pub(super) fn months(&mut self, text: &Spanned<String>) -> Option<i32> {
        parse_months(text.get_ref()).or_else(|| {
            self.error(
                text.span(),
                format!("`{}` is not a number of months", text.get_ref()),
                "write it like \"-3 months\" or \"12 months\"",
            )
        })
    }

    /// A number of months that is not negative.
    pub(super) fn count_of_months(&mut self, text: &Spanned<String>) -> Option<u32> {
        positive_months(text.get_ref()).or_else(|| {
            self.error(
                text.span(),
                format!("`{}` is not a number of months above zero", text.get_ref()),
                "write it like \"12 months\"",
            )
        })
    }

    /// A share between 0 and 1, both inside.
    pub(super) fn share(&mut self, text: &Spanned<String>) -> Option<Decimal> {
        let share =
            text.get_ref().parse().ok().filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share));
        share.or_else(|| {
            self.error(
                text.span(),
                format!("`{}` is not a share", text.get_ref()),
                "write a number from 0 to 1, like \"0.5\"",
            )
        })
    }

    /// A calendar day.
    pub(super) fn day(&mut self, value: &Spanned<crate::toml::Datetime>) -> Option<Date> {
        let day = value.get_ref().date.filter(|_| value.get_ref().time.is_none());
        day.and_then(|day| Date::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day)))
            .or_else(|| self.error(value.span(), "this is not a day", "write it like 2005-11-01"))
    }
}

fn positive_months(text: &str) -> Option<u32> {
    u32::try_from(parse_months(text)?).ok()
}

fn dollars(text: &str) -> Option<Decimal> {
    let amount = text.strip_prefix(Currency::USD.code())?.strip_prefix(' ')?;
    amount.parse().ok().filter(|amount: &Decimal| !amount.is_sign_negative())
}
