//! Days and lengths of time as iCalendar writes them.
//! Must not know events.

use crate::model::Date;

/// `20290330`.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
}

/// `P5D` or `P2W`, in days. What has hours, or goes backwards, is no length of days off.
pub(super) fn length(text: &str) -> Option<i64> {
    let text = text.trim().to_ascii_uppercase();
    let text = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P')?;
    let (number, days) =
        text.strip_suffix('D').map(|number| (number, 1)).or_else(|| Some((text.strip_suffix('W')?, 7)))?;
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<i64>().ok().filter(|_| plain)?.checked_mul(days)
}

#[cfg(test)]
mod tests {
    use super::{day, length};

    #[test]
    fn lengths_are_whole_days() {
        assert_eq!(length("P5D"), Some(5));
        assert_eq!(length("+p2w"), Some(14));
        for no in ["PT24H", "P1DT1H", "-P1D", "P", "PD", "P-1D", "5D", "P99999999999999999999D", "P1é"] {
            assert_eq!(length(no), None, "{no}");
        }
    }

    #[test]
    fn days_are_eight_digits() {
        assert!(day("20290330").is_some());
        for no in ["20290230", "2029-03-30", "20290330T000000", "", "２０２９０３３０"] {
            assert_eq!(day(no), None, "{no}");
        }
    }
}
