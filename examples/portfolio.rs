//! Writes a portfolio of made-up definitions into a folder: `cargo run --example portfolio -- COUNT FOLDER [SEED]`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[path = "../tests/support/portfolio.rs"]
mod portfolio;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(Ok(count)), Some(folder)) =
        (arguments.first().map(|text| text.parse::<u64>()), arguments.get(1).map(PathBuf::from))
    else {
        let _ = writeln!(std::io::stderr(), "usage: portfolio COUNT FOLDER [SEED]");
        return ExitCode::from(2);
    };
    let seed = arguments.get(2).and_then(|text| text.parse().ok()).unwrap_or(1);
    for number in 1..=count {
        // No folder holds more files than a person can list.
        let within = folder.join(format!("{:03}", number / 1000));
        let written = std::fs::create_dir_all(&within).and_then(|()| {
            std::fs::write(within.join(format!("{number:07}.toml")), portfolio::definition(seed, number))
        });
        if let Err(error) = written {
            let _ = writeln!(std::io::stderr(), "{}: {error}", within.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
