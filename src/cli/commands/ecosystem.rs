//! `schema`, `completions` and `man`: what editors, shells and manuals need.

use crate::cli::args::{Cli, CompletionsArgs, SchemaArgs, SchemaOf};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use clap::CommandFactory;
use evalplan::report::{schema, schema_packs};

/// Prints a JSON Schema.
pub(super) fn schema(arguments: &SchemaArgs) -> Result<Exit, CliError> {
    let text = match arguments.of {
        SchemaOf::Definition => schema::definition(),
        SchemaOf::Rule => schema_packs::rule(),
        SchemaOf::Pack => schema_packs::pack(),
    };
    output::print(&text)?;
    Ok(Exit::Clean)
}

/// Prints the completions of a shell.
pub(super) fn completions(arguments: &CompletionsArgs) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "evalplan", &mut script);
    output::print_bytes(&script)?;
    Ok(Exit::Clean)
}

/// Prints the manual page.
pub(super) fn man() -> Result<Exit, CliError> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| CliError::new(format!("the manual page cannot be written: {error}")))?;
    output::print_bytes(&page)?;
    Ok(Exit::Clean)
}
