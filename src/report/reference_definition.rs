//! The reference page of a definition, in Markdown, from the table of keys: each table, each key, its words and an example.
//! Must not read files: examples come from definitions that are given.

use super::markdown::{code, prose};
use super::schema::open_lists;
use crate::facts::fields;
use crate::model::written_value;
use crate::model::{Definition, KeyId, Kind, Table, TableShape, Value, meanings};
use std::fmt::Write as _;

const HEAD: &str = "<!-- Written by a test from the table of keys; do not edit. -->

# A definition

One file in TOML says what is known of one project, or of another thing that owes evaluations.
What is left out is *unknown*, never \"no\"; an absent `[[list]]` is empty and known to be, unless `open` says otherwise.
An unknown key is an error, with its place and what was probably meant.

";

/// The page, with examples out of definitions: the first that gives a key shows it.
#[must_use]
pub fn page(examples: &[&Definition]) -> String {
    let mut text = HEAD.to_owned();
    for table in Table::ALL {
        let head = header(*table);
        let _ = writeln!(text, "- [{}](#{}): {}", code(&head), table.spec().name, prose(table.spec().doc));
    }
    top(&mut text);
    for table in Table::ALL {
        section(*table, examples, &mut text);
    }
    text
}

fn header(table: Table) -> String {
    match table.spec().shape {
        TableShape::Single => format!("[{}]", table.spec().name),
        TableShape::Array { .. } => format!("[[{}]]", table.spec().name),
    }
}

const COLUMNS: &str =
    "| Key | What it says | Written as | Must be there | Example |\n|---|---|---|---|---|\n";

fn top(text: &mut String) {
    text.push_str("\n## Above all tables\n\n");
    text.push_str(COLUMNS);
    text.push_str("| `format` | The format of the file. | the number 1 | yes | `1` |\n");
    text.push_str("| `policy` | The pack of the policy to apply, where another is meant than the one that the start of the project chooses. | a name | no | `\"ilo-2005\"` |\n");
    text.push_str(
        "| `open` | The lists that may have more elements than the file knows. | a list of words, see below | no | `[\"evaluations\"]` |\n",
    );
    text.push_str("\nWords of `open`:\n\n");
    for (word, meaning) in open_lists() {
        let _ = writeln!(text, "- {}: {}", code(word), prose(&meaning));
    }
}

fn section(table: Table, examples: &[&Definition], text: &mut String) {
    let spec = table.spec();
    let _ = write!(text, "\n## {}\n\n{}\n", spec.name, prose(spec.doc));
    match spec.shape {
        TableShape::Single => {
            let _ = writeln!(text, "It stands once: {}.", code(&header(table)));
        }
        TableShape::Array { plural, open } => {
            let _ = writeln!(
                text,
                "It stands once for each: {}. Rules call the list {}.",
                code(&header(table)),
                code(&format!("project.{plural}"))
            );
            if let Some(open) = open {
                let _ = writeln!(
                    text,
                    "Where there may be more than the file knows, {} says so.",
                    code(&format!("open = [\"{open}\"]"))
                );
            }
        }
    }
    text.push('\n');
    text.push_str(COLUMNS);
    for (name, key) in fields(table) {
        let example = example(key, examples).map_or_else(String::new, |example| code(&example));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {example} |",
            code(name),
            prose(key.spec().doc),
            written_as(key.spec().kind),
            needed(key)
        );
    }
    for (name, key) in fields(table) {
        if let Kind::OneOf(list) | Kind::AnyOf(list) = key.spec().kind {
            let _ = writeln!(text, "\nWords of {}:\n", code(name));
            for (word, meaning) in list.iter().zip(meanings(list)) {
                let _ = writeln!(text, "- {}: {}", code(word), prose(meaning));
            }
        }
    }
}

/// What a key holds, in the words of someone who writes it.
fn written_as(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a text",
        Kind::Bodies => "a text: one name, or several with commas, slashes or \"and\" between them",
        Kind::Name => "a name on one line, once in the file",
        Kind::Bool => "`true` or `false`",
        Kind::Int => "a whole number",
        Kind::Decimal => "a number above zero, in quotes so that it stays exact",
        Kind::OneOf(_) => "one word, see below",
        Kind::Date => {
            "a day without quotes; in quotes a month (`\"2014-06\"`) or a year (`\"2014\"`), where no more is known"
        }
        Kind::Duration => "whole months or years, in quotes",
        Kind::Money => {
            "a currency of ISO 4217 and a number, in quotes; or a range (`\"USD 300000..400000\"`)"
        }
        Kind::Currency => "the three letters of a currency in ISO 4217",
        Kind::Country => "the two capital letters of a country in ISO 3166-1",
        Kind::Texts => "a list of texts",
        Kind::Countries => "a list of countries, by the two capital letters of ISO 3166-1",
        Kind::AnyOf(_) => "a list of words, see below",
    }
}

fn needed(key: KeyId) -> String {
    let one_of = key.table.needed_one_of();
    if key.table.needed().contains(&key) {
        "yes".to_owned()
    } else if one_of.contains(&key) {
        let names: Vec<String> = one_of.iter().map(|key| code(key.spec().name)).collect();
        format!("{} must", names.join(" or "))
    } else {
        "no".to_owned()
    }
}

/// The key as the first of the definitions writes it that says something by it.
fn example(key: KeyId, examples: &[&Definition]) -> Option<String> {
    let rows = examples.iter().flat_map(|definition| definition.rows(key.table));
    let mut values = rows.filter_map(|row| row.get(key)).filter(|value| match value {
        Value::Texts(texts) => !texts.is_empty(),
        Value::Choices(words) => !words.is_empty(),
        _ => true,
    });
    values.next().map(|value| written_value(key, value))
}
