//! Patterns of texts for JSON Schema, in the part of the language that JavaScript, Python and Rust read alike:
//! no look-around, no classes by property, no signs by more than four digits.
//! Must not know a key.

/// Signs that no text of a definition may have: control characters but tabs and line breaks, and marks that turn the
/// direction of a text.
const UNCLEAN: &str = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069";

/// A text that is not blank, anywhere.
pub(super) const NOT_BLANK: &str = r"\S";

/// An id: small words and numbers joined by hyphens, a letter first.
pub(super) const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// What a text of a definition has not, anywhere.
pub(super) fn unclean() -> String {
    format!("[{UNCLEAN}]")
}

/// What a name has not, anywhere: it stands on one line.
pub(super) fn unclean_in_names() -> String {
    format!(r"[{UNCLEAN}\n\r]")
}

/// A number without sign, of as many digits as stay exact. What is too long for that only with its decimals is
/// [`TOO_LONG`].
pub(super) fn number() -> String {
    let most = rust_decimal::Decimal::MAX_SCALE;
    format!(r"0*[0-9]{{1,{most}}}(\.[0-9]{{1,{most}}})?")
}

/// A number that has more digits than stay exact, anywhere in a text.
pub(super) fn too_long() -> String {
    format!(r"[1-9]\.?([0-9]\.?){{{}}}", rust_decimal::Decimal::MAX_SCALE)
}

/// Whole months or years, up to so many months.
pub(super) fn length(most: u32) -> String {
    format!(r"^\s*\+?0*(({}) \s*months?|({}) \s*years?)\s*$", up_to(most), up_to(most / 12))
}

/// A time of every year, or of one, and a name.
pub(super) fn season() -> String {
    let of_year =
        "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))";
    let day = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}";
    format!(r"^\s*({of_year}\.\.{of_year}|{day}\.\.{day})( [^{UNCLEAN}]*|\s*)$")
}

/// The numbers of one and more, up to that, without zeros in front.
fn up_to(most: u32) -> String {
    let last = most.to_string();
    let shorter = (1..last.len()).map(|width| (format!("1{}", "0".repeat(width - 1)), "9".repeat(width)));
    let widest = (format!("1{}", "0".repeat(last.len() - 1)), last.clone());
    shorter.chain([widest]).map(|(from, to)| between(&from, &to)).collect::<Vec<_>>().join("|")
}

/// The numbers from one to another of as many digits, both inside.
pub(super) fn between(from: &str, to: &str) -> String {
    let any = |digits: usize| match digits {
        0 => String::new(),
        1 => "[0-9]".to_owned(),
        more => format!("[0-9]{{{more}}}"),
    };
    let (Some((first, from_rest)), Some((last, to_rest))) = (split(from), split(to)) else {
        return String::new();
    };
    let whole = |low: &str, high: &str| {
        low.bytes().all(|digit| digit == b'0') && high.bytes().all(|digit| digit == b'9')
    };
    if first == last && !whole(from_rest, to_rest) {
        let rest = between(from_rest, to_rest);
        return rest.split('|').map(|rest| format!("{first}{rest}")).collect::<Vec<_>>().join("|");
    }
    let mut parts = Vec::new();
    let (mut low, mut high) = (first, last);
    if !whole(from_rest, &"9".repeat(from_rest.len())) {
        parts.push(between(from, &format!("{first}{}", "9".repeat(from_rest.len()))));
        low += 1;
    }
    let mut tail = None;
    if !whole(&"0".repeat(to_rest.len()), to_rest) {
        tail = Some(between(&format!("{last}{}", "0".repeat(to_rest.len())), to));
        high -= 1;
    }
    if low == high {
        parts.push(format!("{low}{}", any(from_rest.len())));
    } else if low < high {
        parts.push(format!("[{low}-{high}]{}", any(from_rest.len())));
    }
    parts.extend(tail);
    parts.join("|")
}

/// The first digit, and what follows.
fn split(number: &str) -> Option<(u32, &str)> {
    let first = number.chars().next()?.to_digit(10)?;
    Some((first, &number[1..]))
}

#[cfg(test)]
mod tests {
    use super::{between, up_to};

    #[test]
    fn numbers_are_cut_where_their_digits_change() {
        assert_eq!(between("1900", "2200"), "19[0-9]{2}|2[0-1][0-9]{2}|2200");
        assert_eq!(between("1950", "1987"), "19[5-7][0-9]|198[0-7]");
        assert_eq!(between("1000", "2999"), "[1-2][0-9]{3}");
        assert_eq!(between("17", "17"), "17");
        assert_eq!(up_to(1200), "[1-9]|[1-9][0-9]|[1-9][0-9]{2}|1[0-1][0-9]{2}|1200");
        assert_eq!(up_to(100), "[1-9]|[1-9][0-9]|100");
        assert_eq!(up_to(9), "[1-9]");
    }
}
