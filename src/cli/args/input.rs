//! The arguments that say what is read: definitions, the day, the rules.

use crate::cli::day::day;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Which definitions, on which day, under which rules.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Definitions, or folders that are searched for them; `-` is the standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

/// How definitions are read.
#[derive(Debug, Default, Args)]
pub(crate) struct InputArgs {
    /// For `-`: the name by which messages, configuration and calendars know the definition.
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// How definitions are written, where they are not TOML files: `ndjson` is one JSON object a line, with the same keys.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
}

/// How files are written that hold several definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// One definition a line, as a JSON object.
    Ndjson,
}

/// On which day, under which rules.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// The day to look from, as YYYY-MM-DD; today where absent.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    /// Apply this edition of the policy, whatever the dates say; `in-force` is the newest begun by the start.
    #[arg(long, value_name = "PACK")]
    pub policy: Option<String>,
    /// Apply only these packs; `+PACK` adds one to those that apply.
    #[arg(long, value_name = "PACK", value_delimiter = ',')]
    pub packs: Vec<String>,
    /// A folder of rule packs of your own; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
}
