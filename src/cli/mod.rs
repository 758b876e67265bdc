//! The command line: arguments in, text and exit codes out.
//! Must not hold logic of the domain.

mod args;
mod baseline;
mod clock;
mod commands;
mod compare;
mod config;
mod day;
mod error;
mod exit;
mod feed;
mod files;
mod grounds;
mod mend;
mod output;
mod outputs;
mod packs;
mod pass;
mod planning;
mod progress;
mod replace;
mod run;
mod stdin;
mod targets;
mod thresholds;
mod watched;

use clap::Parser;
use std::process::ExitCode;

/// Runs the tool with the arguments of the process.
pub(crate) fn main() -> ExitCode {
    let arguments = match args::Cli::try_parse() {
        Ok(arguments) => arguments,
        Err(refused) => return output::usage(&refused),
    };
    match commands::run(arguments.command) {
        Ok(code) => code.into(),
        Err(error) => output::report(&error),
    }
}
