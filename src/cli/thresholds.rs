//! What counts in a run: what the command line says, then `evalplan.toml`, then the rules themselves.

use super::args::{FailOn, LevelArgs, Undecided};
use super::error::CliError;
use super::run::Run;
use evalplan::report::{Level, Levels};

/// What counts in a run.
#[derive(Debug)]
pub(crate) struct Thresholds {
    /// The levels of the findings.
    pub levels: Levels,
    /// The least grave level that ends a check with 1.
    pub fail_on: Level,
}

impl Thresholds {
    /// What the arguments and the configuration of the run say.
    ///
    /// # Errors
    /// Where the arguments name a rule that no pack has. In the configuration that is a mistake of the input.
    pub(crate) fn of(arguments: &LevelArgs, run: &Run) -> Result<Self, CliError> {
        let config = &run.config;
        let undecided = match arguments.undecided.or(config.undecided).unwrap_or(Undecided::Warn) {
            Undecided::Error => Level::Error,
            Undecided::Warn => Level::Warning,
            Undecided::Ignore => Level::None,
        };
        // The strictest word for a rule is the last one; the command line comes after the file.
        let mut levels = of_portfolio(undecided, run);
        for (rule, level) in each([&arguments.allow, &arguments.warn, &arguments.deny]) {
            levels
                .set(rule, level, run.catalog())
                .map_err(|(message, near)| CliError::new(message).hint(near_or_all(near)))?;
        }
        let fail_on = match arguments.fail_on.or(config.fail_on).unwrap_or(FailOn::Error) {
            FailOn::Error => Level::Error,
            FailOn::Warning => Level::Warning,
            FailOn::Note => Level::Note,
        };
        Ok(Self { levels, fail_on })
    }
}

/// What the configuration of the run says of rules.
pub(crate) fn of_portfolio(undecided: Level, run: &Run) -> Levels {
    let config = &run.config;
    let mut levels = Levels::new(undecided);
    for (rule, level) in each([&config.allow, &config.warn, &config.deny]) {
        // What no pack has was noted when the file was read.
        let _ = levels.set(rule, level, run.catalog());
    }
    levels
}

/// Each rule with its level, the mildest first.
fn each([allow, warn, deny]: [&Vec<String>; 3]) -> impl Iterator<Item = (&String, Level)> {
    let of = |rules, level| std::iter::zip(rules, std::iter::repeat(level));
    of(allow, Level::None).chain(of(warn, Level::Warning)).chain(of(deny, Level::Error))
}

/// What to do about a rule that no pack has.
pub(crate) fn near_or_all(near: Option<String>) -> String {
    near.map_or("`evalplan rules list` shows every rule".to_owned(), |near| format!("did you mean `{near}`?"))
}
