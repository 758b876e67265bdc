//! `schema`, `completions` and `man`: what editors, shells and manuals need.

use crate::cli::args::{Cli, CompletionsArgs, ManArgs, SchemaArgs, SchemaOf};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output;
use clap::CommandFactory;
use evalplan::report::{schema, schema_outputs, schema_packs};
use std::io::Write as _;

/// Prints a JSON Schema.
pub(super) fn schema(arguments: &SchemaArgs) -> Result<Exit, CliError> {
    let text = match arguments.of {
        SchemaOf::Definition => schema::definition(),
        SchemaOf::Rule => schema_packs::rule(),
        SchemaOf::Pack => schema_packs::pack(),
        SchemaOf::Check => schema_outputs::check(),
        SchemaOf::Schedule => schema_outputs::schedule(),
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

/// What each section of a page begins with; once is enough.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// What stands in the manual beside the options.
const EXIT_STATUS: &str = r#".SH "EXIT STATUS"
.TP
\fB0\fR
nothing at or above the threshold
.TP
\fB1\fR
gaps at or above it, or a definition to which no rule applies; for \fBschedule\fR, conflicts and such definitions only
.TP
\fB2\fR
bad usage or input, or something that cannot be read or written
.TP
\fB3\fR
no definition found, or no rule applied to any
.SH FILES
.TP
\fIevalplan.toml\fR
in the folder of a path or in one above it: what holds for every run there
"#;

/// Prints the manual page of the tool, with a section for each command, or the page of one command.
pub(super) fn man(arguments: &ManArgs) -> Result<Exit, CliError> {
    let mut tool = Cli::command();
    tool.build();
    let mut of = &tool;
    for name in &arguments.command {
        of = of.find_subcommand(name).ok_or_else(|| {
            let known: Vec<&str> =
                of.get_subcommands().map(clap::Command::get_name).filter(|known| *known != "help").collect();
            CliError::new(format!("there is no command `{name}` here"))
                .hint(format!("there are {}", known.join(", ")))
        })?;
    }
    let mut page = Vec::new();
    pages(of, &mut page)
        .map_err(|error| CliError::new(format!("the manual page cannot be written: {error}")))?;
    output::print(&format!("{PREAMBLE}{}", String::from_utf8_lossy(&page).replace(PREAMBLE, "")))?;
    Ok(Exit::Clean)
}

/// One page: what the command does, its options and those of the commands below it, how it ends.
fn pages(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    // Without a day, so that one version has one page; the tool's own place keeps it apart from the version.
    let title = command.get_display_name().unwrap_or(command.get_name()).to_uppercase();
    writeln!(page, ".TH \"{title}\" 1 \"\" \"evalplan {}\" \"User commands\"", env!("CARGO_PKG_VERSION"))?;
    let man = clap_mangen::Man::new(command.clone());
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(page)?;
    }
    below(command, page)?;
    page.extend(EXIT_STATUS.bytes());
    Ok(())
}

/// A section for each command below another, and those below it.
fn below(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
        let name = one.get_display_name().unwrap_or(one.get_name()).replace('-', " ").to_uppercase();
        writeln!(page, ".SH \"{name}\"")?;
        let man = clap_mangen::Man::new(one.clone());
        let mut inner = Vec::new();
        man.render_description_section(&mut inner)?;
        man.render_synopsis_section(&mut inner)?;
        man.render_options_section(&mut inner)?;
        // The headings of its page are headings below its section here.
        let inner = String::from_utf8_lossy(&inner).replace(".SH DESCRIPTION\n", "").replace(".SH ", ".SS ");
        page.extend(inner.bytes());
        below(one, page)?;
    }
    Ok(())
}
