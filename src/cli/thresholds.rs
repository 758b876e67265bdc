//! What counts in a run: what the command line says, then `evalplan.toml`, then the rules themselves.

use super::args::{FailOn, LevelArgs, Undecided};
use super::error::CliError;
use super::run::Input;
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
    pub(crate) fn of(arguments: &LevelArgs, input: &Input) -> Result<Self, CliError> {
        let config = &input.config;
        let undecided = match arguments.undecided.or(config.undecided).unwrap_or(Undecided::Warn) {
            Undecided::Error => Level::Error,
            Undecided::Warn => Level::Warning,
            Undecided::Ignore => Level::None,
        };
        let mut levels = Levels::new(undecided);
        // The strictest word for a rule is the last one; the command line comes after the file.
        let said = [
            (config.file.as_deref(), [&config.allow, &config.warn, &config.deny]),
            (None, [&arguments.allow, &arguments.warn, &arguments.deny]),
        ];
        for (file, [allow, warn, deny]) in said {
            for (rules, level) in [(allow, Level::None), (warn, Level::Warning), (deny, Level::Error)] {
                for rule in rules {
                    levels.set(rule, level, &input.catalog).map_err(|(message, near)| {
                        CliError::new(file.map_or_else(|| message.clone(), |file| format!("`{}`: {message}", file.display()))).hint(
                            near.map_or("`evalplan rules list` shows every rule".to_owned(), |near| format!("did you mean `{near}`?")),
                        )
                    })?;
                }
            }
        }
        let fail_on = match arguments.fail_on.or(config.fail_on).unwrap_or(FailOn::Error) {
            FailOn::Error => Level::Error,
            FailOn::Warning => Level::Warning,
            FailOn::Note => Level::Note,
        };
        Ok(Self { levels, fail_on })
    }
}
