//! What is wrong with a calendar in TOML, in plain words.
//! Must not say a word of the file in a message: it may be another file.

use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};

/// How a calendar is written.
const FORM: &str = "a calendar has lines such as `country = \"MW\"` or `weekend = [\"saturday\", \"sunday\"]`, and below [[holiday]] \
    `name = \"Easter Monday\"` and `dates = [2029-04-02]`";

/// What the reader of TOML found wrong. Only keys of calendars are named.
pub(super) fn told(source: SourceId, error: &crate::toml::Error) -> Diagnostic {
    let message = error.message();
    let (what, hint) = if let Some((_, known)) =
        message.strip_prefix("unknown field `").and_then(|rest| rest.rsplit_once("`, expected "))
    {
        (
            "a calendar has no such key here",
            format!("known here: {}", known.replace("one of ", "").replace('`', "")),
        )
    } else if message.starts_with("missing field `name`") {
        ("this holiday has no `name`", "add `name`: it cannot be left out".to_owned())
    } else if message.starts_with("missing field `dates`") {
        ("this holiday has no `dates`", "add `dates`: they cannot be left out".to_owned())
    } else if message.starts_with("invalid ") && message.contains(", expected ") && error.span().is_some() {
        ("a calendar has another kind of value here", FORM.to_owned())
    } else {
        ("this is not TOML", FORM.to_owned())
    };
    Diagnostic::error(source, Span::new(error.span().unwrap_or(0..0)), what).hint(hint)
}
