//! A day as it is typed on the command line.
//! Must not ask the clock.

use chrono::NaiveDate;

/// The day, or what is wrong with it in words for people.
///
/// # Errors
/// Where it is not year, month and day, or the calendar has no such day.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    let form = "write year, month and day: 2014-12-31";
    let digits = |place: usize| text.as_bytes().get(place).is_some_and(u8::is_ascii_digit);
    let in_form = text.len() == 10
        && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(digits)
        && &text[4..5] == "-"
        && &text[7..8] == "-";
    if !in_form {
        return Err(match text {
            year if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("a year is no day; {form}")
            }
            _ => form.to_owned(),
        });
    }
    text.parse().map_err(|_| format!("there is no such day in the calendar; {form}"))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_year_month_and_day() {
        assert!(day("2014-12-31").is_ok());
        for wrong in [
            "2014",
            "2014-12",
            "01/06/2014",
            "2014-02-30",
            "2014-1-1",
            "10:00:00",
            "+2014-1-1",
            "2014–01–01",
            "",
        ] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        assert!(day("2014-02-30").is_err_and(|told| told.contains("no such day")));
        assert!(day("2014").is_err_and(|told| told.contains("a year is no day")));
    }
}
