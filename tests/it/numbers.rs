//! The page of every number has every number that stands in a rule file, under its pack.

use evalplan::source::shipped_rules;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The keys under which rule files write numbers.
const KEYS: &[&str] = &[
    "under",
    "min",
    "max",
    "over",
    "earliest",
    "latest",
    "target",
    "share",
    "every",
    "not-before-share",
    "yields-to-final-within",
    "before-share",
    "after-end",
    "count",
    "when",
    "only",
    "condition",
    "joins",
    "from",
];

/// The numbers of a file, as they are written, cases left out.
fn written(value: &toml::Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        // A share is asked with its tolerance.
        toml::Value::Table(table) if table.contains_key("tolerance") => {
            let number = |key: &str| {
                table.get(key).and_then(|share| share.as_str()?.parse::<rust_decimal::Decimal>().ok())
            };
            let tolerance = number("tolerance").unwrap_or_default();
            let bounds = [number("min").map(|min| min - tolerance), number("max").map(|max| max + tolerance)];
            found.extend(bounds.into_iter().flatten().map(|share| share.normalize().to_string()));
        }
        toml::Value::Table(table) => {
            for (key, value) in
                table.iter().filter(|(key, _)| !matches!(key.as_str(), "case" | "document" | "clause"))
            {
                written(value, key, found);
            }
        }
        toml::Value::Array(all) => all.iter().for_each(|value| written(value, key, found)),
        toml::Value::String(text) if KEYS.contains(&key) => found.extend(numbers(text)),
        toml::Value::Integer(number) if KEYS.contains(&key) => drop(found.insert(number.to_string())),
        toml::Value::Datetime(day) if KEYS.contains(&key) => drop(found.insert(day.to_string())),
        _ => {}
    }
}

/// The numbers and days of a text: runs of digits with points and hyphens between, without the texts that a condition quotes.
fn numbers(text: &str) -> Vec<String> {
    let quoted = text.split('"').enumerate().filter(|(place, part)| {
        place % 2 == 0 || part.chars().all(|sign| sign.is_ascii_digit() || sign == '-')
    });
    let text: String = quoted.map(|(_, part)| part).collect::<Vec<_>>().join(" ");
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && !matches!(sign, '.' | '-' | '_'));
    let number = |word: &str| word.trim_start_matches('-').to_owned();
    words
        .map(number)
        .filter(|word| {
            word.starts_with(|sign: char| sign.is_ascii_digit()) && !word.contains(char::is_alphabetic)
        })
        .collect()
}

/// A number as the page may write it: as it is, in thousands, or per cent.
fn shapes(number: &str) -> Vec<String> {
    let grouped = |digits: &str| {
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    };
    let percent = number
        .parse::<f64>()
        .map(|share| format!("{} per cent", (share * 100.0).round()))
        .unwrap_or_default();
    let mut shapes = vec![number.to_owned(), grouped(number), percent];
    if number == "0" {
        shapes.push("that day".to_owned());
    }
    shapes
}

#[test]
fn every_number_of_a_rule_file_is_on_the_page_of_numbers() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/numbers.md"))
        .expect("it is there");
    let mut count = 0;
    for (path, text) in shipped_rules("").into_iter().filter(|(path, _)| {
        path.matches('/').count() == 2 && !path.contains("/calendars/") && !path.contains("/processes/")
    }) {
        let pack = path.split('/').nth(1).unwrap_or_default();
        let section = page
            .split(&format!("\n## {pack}\n"))
            .nth(1)
            .and_then(|rest| rest.split("\n## ").next())
            .unwrap_or_default();
        let mut found = BTreeSet::new();
        written(&text.parse::<toml::Table>().map(toml::Value::Table).expect("it is TOML"), "", &mut found);
        for number in found {
            count += 1;
            assert!(
                shapes(&number).iter().any(|shape| section.contains(shape.as_str())),
                "{number} of {path} is not under {pack}"
            );
        }
    }
    assert!(count > 100, "{count} numbers");
    for line in page.lines().filter(|line| {
        line.starts_with("| ") && !line.starts_with("| Number") && !line.starts_with("| Process")
    }) {
        let cells: Vec<&str> = line.split(" | ").collect();
        assert!(
            cells.len() >= 3 && !cells[cells.len() - 1].trim_matches(['|', ' ']).is_empty(),
            "a number rests on nothing: {line}"
        );
    }
}
