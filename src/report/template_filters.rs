//! Filters of templates whose result a number in the template makes as large as it likes: the engine's own, within bounds; and what
//! a namespace keeps.
//! Must not escape.

use minijinja::value::{Kwargs, Rest, StringInput, ValueKind, ValueOrKwargs};
use minijinja::{Error, ErrorKind, State, Value, filters};

/// The most columns that a filter is told by a number.
const MOST_COLUMNS: usize = 999;

/// The longest text and the largest value that a namespace keeps, in bytes and in values of any kind, and how deep that may be.
const MOST_KEPT: usize = 64 * 1024;
const MOST_KEPT_VALUES: usize = 100_000;
const MOST_KEPT_DEPTH: usize = 16;

/// What a namespace keeps from one turn of a loop to the next: what cannot grow without end with each.
pub(super) fn kept(value: Value) -> Result<Value, Error> {
    let mut left = MOST_KEPT_VALUES;
    if is_small(&value, MOST_KEPT_DEPTH, &mut left) {
        return Ok(value);
    }
    let most = format!(
        "a namespace keeps numbers, texts of {} KiB and lists of {MOST_KEPT_VALUES} values at the most",
        MOST_KEPT / 1024
    );
    Err(Error::new(ErrorKind::InvalidOperation, most))
}

/// Whether a value is neither deep nor large.
fn is_small(value: &Value, depth: usize, left: &mut usize) -> bool {
    *left = left.saturating_sub(1);
    if let Some(text) = value.as_str() {
        return text.len() <= MOST_KEPT;
    }
    match value.kind() {
        _ if *left == 0 || depth == 0 => false,
        ValueKind::Map => value.try_iter().is_ok_and(|mut keys| {
            keys.all(|key| {
                value
                    .get_item(&key)
                    .is_ok_and(|inner| is_small(&key, depth - 1, left) && is_small(&inner, depth - 1, left))
            })
        }),
        ValueKind::Seq | ValueKind::Iterable => {
            value.try_iter().is_ok_and(|mut items| items.all(|item| is_small(&item, depth - 1, left)))
        }
        ValueKind::Plain => false,
        _ => true,
    }
}

/// A text whose lines are moved.
pub(super) fn indent(
    text: StringInput<'_>,
    width: Option<usize>,
    first: Option<bool>,
    blank: Option<bool>,
    kwargs: Kwargs,
) -> Result<Value, Error> {
    let named = kwargs.get::<Option<usize>>("width")?;
    if width.or(named).is_some_and(|width| width > MOST_COLUMNS) {
        return Err(too_wide());
    }
    filters::indent(text, width, first, blank, kwargs)
}

/// A text with values put in, each in so many columns.
pub(super) fn format(
    state: &mut State<'_, '_>,
    text: &Value,
    values: Rest<ValueOrKwargs>,
) -> Result<Value, Error> {
    let longest = |text: &str| {
        text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or_default()
    };
    if text.as_str().is_some_and(|text| text.contains("*") || longest(text) > MOST_COLUMNS.to_string().len())
    {
        return Err(too_wide());
    }
    filters::format(state, text, values)
}

fn too_wide() -> Error {
    Error::new(
        ErrorKind::InvalidOperation,
        format!("a text is made {MOST_COLUMNS} columns wide at the most, by a number in it"),
    )
}
