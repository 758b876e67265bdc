//! The arguments of `rules`.

use super::Format;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List every rule of every pack.
    List(ListArgs),
    /// Show one rule at length.
    Show(ShowArgs),
    /// Prove packs by cells: no holes, no overlaps, no rule that never fires.
    Check(RulesCheckArgs),
    /// List the clauses of every document: held by rules, or left to people, and why.
    Coverage(RulesCheckArgs),
    /// Say where two packs decide otherwise, with a definition for each difference.
    Diff(DiffArgs),
    /// Run the cases in the rule files, and name each.
    Test(TestArgs),
    /// Say what a condition is worth, and why.
    Eval(EvalArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RulesCheckArgs {
    /// The packs to look at; all of them where absent.
    #[arg(value_name = "PACK")]
    pub packs: Vec<String>,
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The one pack.
    #[arg(value_name = "A")]
    pub one: String,
    /// The other pack.
    #[arg(value_name = "B")]
    pub two: String,
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Folders of rule packs beside the shipped ones.
#[derive(Debug, Args)]
pub(crate) struct CatalogArgs {
    /// A folder of rule packs of your own; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The rule, such as `ilo-2005/mid-term-evaluation`.
    pub rule: String,
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// A folder of rule packs of your own; the shipped packs where absent.
    pub dir: Option<PathBuf>,
    /// Change every rule in every small way, and say which changes no case notices.
    #[arg(long)]
    pub mutate: bool,
    /// The format of the output of `--mutate`.
    #[arg(long, value_enum, default_value_t = Format::Text, requires = "mutate")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// The condition, such as `project.budget > usd(1000000)`.
    pub expression: String,
    /// The definition whose facts it reads.
    #[arg(long, value_name = "FILE")]
    pub definition: Option<PathBuf>,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The day to look from, as YYYY-MM-DD; today where absent.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
}
