//! Prints the days off of calendar files: `cargo run --example days_off -- FROM TO FILE…`. A line for each day is the file, the day
//! and its name, with tabs between; of a file that is refused there is one line with `refused` and why.

use chrono::NaiveDate;
use evalplan::diag::Severity;
use evalplan::schedule::calendar::Calendars;
use evalplan::source::Sources;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, files @ ..] = arguments.as_slice() else { return usage() };
    let (Ok(from), Ok(to)) = (from.parse::<NaiveDate>(), to.parse::<NaiveDate>()) else { return usage() };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for file in files {
        let told = match std::fs::read(Path::new(file)) {
            Ok(bytes) => days(file, &bytes, (from, to)),
            Err(error) => format!("{file}\trefused\t{error}\n"),
        };
        if out.write_all(told.as_bytes()).is_err() {
            return ExitCode::FAILURE;
        }
    }
    if out.flush().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage() -> ExitCode {
    let _ = writeln!(std::io::stderr(), "usage: days_off FROM TO FILE…");
    ExitCode::from(2)
}

fn days(file: &str, bytes: &[u8], (from, to): (NaiveDate, NaiveDate)) -> String {
    let mut sources = Sources::default();
    let (calendars, told) = Calendars::default().with_office(None, (file, bytes), &mut sources);
    match calendars.office() {
        Some(calendar) => {
            let days = calendar.between(from, to);
            days.map(|day| format!("{file}\t{}\t{}\n", day.date, day.name.escape_default())).collect()
        }
        None => {
            let error = told.iter().find(|one| one.severity == Severity::Error);
            format!("{file}\trefused\t{}\n", error.map_or("", |error| &error.message))
        }
    }
}
