//! The arguments, as the user types them.

mod examples;
mod feed;
mod input;
mod rules;

pub(crate) use feed::FeedArgs;
pub(crate) use input::{InputArgs, InputFormat, PackArgs, RunArgs};
pub(crate) use rules::{DiffArgs, EvalArgs, ListArgs, RulesCheckArgs, RulesCommand, ShowArgs, TestArgs};

use super::day::day;
use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use evalplan::model::GROUNDS;
use evalplan::report::{FORMATS, Separator, Subject};
use serde::Deserialize;
use std::path::PathBuf;

/// Checks development-cooperation projects against the evaluation policy that binds them, and plans the
/// evaluations they owe.
#[derive(Debug, Parser)]
#[command(name = "evalplan", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what is missing from project definitions, and why.
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    /// Say which evaluations projects owe, and when.
    #[command(after_help = examples::SCHEDULE)]
    Schedule(ScheduleArgs),
    /// Write one report: the gaps and the schedule, for one definition or many.
    #[command(after_help = examples::REPORT)]
    Report(ReportArgs),
    /// List the waivers of project definitions, and how long each still holds.
    #[command(after_help = examples::WAIVERS)]
    Waivers(WaiversArgs),
    /// Write a waiver of a rule into a definition.
    #[command(after_help = examples::WAIVE)]
    Waive(WaiveArgs),
    /// Print a JSON Schema, by which editors complete and check files.
    Schema(SchemaArgs),
    /// Print the completions of a shell.
    Completions(CompletionsArgs),
    /// Print the manual page, or that of one command.
    Man(ManArgs),
    /// Explain a rule, or how it was decided for a definition.
    Explain(ExplainArgs),
    /// Look at the rules, test them, try a condition.
    #[command(subcommand)]
    Rules(RulesCommand),
}

/// Where the output goes, and how it looks.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Write to a file, whole or not at all: FILE, or FORMAT=FILE; may be given several times.
    #[arg(short, long, value_name = "[FORMAT=]FILE")]
    pub output: Vec<String>,
    /// Only the findings: no summary, no next command, no progress.
    #[arg(short, long)]
    pub quiet: bool,
    /// Whether text at a terminal has colours, findings and mistakes alike.
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

/// How tables as text are written.
#[derive(Debug, Args)]
pub(crate) struct TableArgs {
    /// In CSV: what stands between cells. French, Dutch and Spanish Excel open the file by `semicolon`.
    #[arg(long, value_enum, default_value_t = Separated::Comma, value_name = "SEPARATOR", hide_default_value = true)]
    pub separator: Separated,
}

/// What stands between the cells of a row, by its name or as the character itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Separated {
    /// `,`, where nothing is said.
    #[value(alias = ",")]
    Comma,
    /// `;`, where a comma divides decimals.
    #[value(alias = ";")]
    Semicolon,
    /// A tab.
    #[value(aliases = ["\t", "\\t"])]
    Tab,
}

impl From<Separated> for Separator {
    fn from(separated: Separated) -> Self {
        match separated {
            Separated::Comma => Self::Comma,
            Separated::Semicolon => Self::Semicolon,
            Separated::Tab => Self::Tab,
        }
    }
}

/// Which findings count, and how grave they are.
#[derive(Debug, Args)]
pub(crate) struct LevelArgs {
    /// End with 1 where there are findings of this level or a worse one. Where nothing is said, `check` takes `error`,
    /// and `report` never ends with 1.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// What an undecided rule counts as; `warn` where nothing is said.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub undecided: Option<Undecided>,
    /// A gap in this rule is an error. Of the three, `--deny` wins over `--warn`, and that over `--allow`.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub deny: Vec<String>,
    /// A gap in this rule is a warning.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub warn: Vec<String>,
    /// A gap in this rule does not count, and `--fix` changes nothing for its sake.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub allow: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// The format of the output; else by the ending of the file, else `text`.
    #[arg(long, value_parser = formats(Subject::Check))]
    pub format: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub table: TableArgs,
    #[command(flatten)]
    pub levels: LevelArgs,
    /// End with 0 even where there are gaps.
    #[arg(long)]
    pub exit_zero: bool,
    /// Show waived findings in the formats that leave them out.
    #[arg(long)]
    pub include_waived: bool,
    /// Do not count what this baseline knows to be missing; what it allows may only fall.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is missing today as a baseline; one that is there may only be lowered, and keeps what is not judged in
    /// this run.
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Append the findings as a Markdown table to this file, such as `$GITHUB_STEP_SUMMARY`.
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    #[command(flatten)]
    pub fixes: FixArgs,
}

/// What is mended in the definitions.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("mending").args(["fix", "diff"]).multiple(true))]
pub(crate) struct FixArgs {
    /// Mend the definitions where that is mechanical, and show the patch: list evaluations that are owed, with
    /// their dates; put keys in order; correct misspelt codes. Comments and all other lines stay as they are.
    #[arg(long)]
    pub fix: bool,
    /// Show what `--fix` would change as a patch, and change no definition; the patch takes the place of the findings.
    #[arg(long, conflicts_with_all = ["format", "summary", "write_baseline"])]
    pub diff: bool,
    /// With `--fix` or `--diff`: also make the changes that a person should decide, such as how independent an
    /// evaluation is, or who takes part.
    #[arg(long, requires = "mending")]
    pub unsafe_fixes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The kind of file or output.
    #[arg(value_enum)]
    pub of: SchemaOf,
}

/// The kinds of files and outputs that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Definitions of projects.
    Definition,
    /// Rule files of a pack.
    Rule,
    /// The file `pack.toml`.
    Pack,
    /// The output of `check --format json`.
    Check,
    /// The output of `schedule --format json`.
    Schedule,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command, such as `check`, or `rules test`; all of them where absent.
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct WaiversArgs {
    /// Definitions, or folders that are searched for them; the folder that you are in where none is named.
    #[arg(default_value = ".", hide_default_value = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub packs: PackArgs,
    /// The format of the output; else by the ending of the file, else `text`.
    #[arg(long, value_parser = formats(Subject::Waivers))]
    pub format: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub table: TableArgs,
    /// Only waivers that lapsed; ends with 1 where there is one.
    #[arg(long)]
    pub expired: bool,
    /// Only waivers in force that lapse within so many days; ends with 1 where there is one.
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub expiring_in: Option<i64>,
    /// End with 0 even where there are such waivers.
    #[arg(long)]
    pub exit_zero: bool,
}

#[derive(Debug, Args)]
pub(crate) struct WaiveArgs {
    /// The rule, such as `ilo-2005/mid-term-evaluation`.
    pub rule: String,
    /// The definition to write it into.
    pub file: PathBuf,
    /// On what ground the rule need not be met.
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(GROUNDS))]
    pub ground: Option<String>,
    /// Why the rule need not be met.
    #[arg(long)]
    pub reason: String,
    /// Who grants it.
    #[arg(long, value_name = "NAME")]
    pub granted_by: String,
    /// By which authority.
    #[arg(long, value_name = "TEXT")]
    pub authority: String,
    /// The last day that it covers, as YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub expires: NaiveDate,
    /// The day it is granted, as YYYY-MM-DD; the day of the run where absent.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub granted: Option<NaiveDate>,
    #[command(flatten)]
    pub packs: PackArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ScheduleArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// The format of the output; else by the ending of the file, else `text`.
    #[arg(long, value_parser = formats(Subject::Schedule))]
    pub format: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub table: TableArgs,
    /// Say why every date is what it is.
    #[arg(long)]
    pub explain: bool,
    /// Leave out what ends before this day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Leave out what begins after this day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Only evaluations of this id or timing, such as `final`.
    #[arg(long, value_name = "ID")]
    pub evaluation: Option<String>,
    /// Write nothing; exit with code 1 if a run would change a file of `--output`.
    #[arg(long, requires = "output")]
    pub check: bool,
    #[command(flatten)]
    pub feed: FeedArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// The format of the report; else by the ending of the file, else `markdown`.
    #[arg(long, value_parser = formats(Subject::Report))]
    pub format: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub levels: LevelArgs,
    /// Draw the report with a template of your own (minijinja); what it may name stands in docs/templates.md.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub template: Option<PathBuf>,
}

/// A number of days, as `30` or `30d`.
fn days(text: &str) -> Result<i64, String> {
    let number = text.strip_suffix('d').unwrap_or(text).parse().ok().filter(|days| *days >= 0);
    number.ok_or_else(|| "write a number of days, such as `30` or `30d`".to_owned())
}

/// The formats of what a command shows.
fn formats(subject: Subject) -> PossibleValuesParser {
    let formats = FORMATS.iter().filter(|format| format.subject == subject);
    PossibleValuesParser::new(formats.map(|format| PossibleValue::new(format.id).help(format.doc)))
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule, such as `ilo-2005/mid-term-evaluation`.
    pub rule: String,
    /// Say how it was decided for this definition.
    #[arg(long, value_name = "FILE")]
    pub definition: Option<PathBuf>,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub packs: PackArgs,
}

/// Formats of findings and plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// The least severity that ends a check with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailOn {
    Error,
    Warning,
    Note,
}

/// What an undecided rule counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Undecided {
    Error,
    Warn,
    Ignore,
}

/// Whether text has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
