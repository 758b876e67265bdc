//! JSON Schema of the values of a definition, by the kind that the table of keys gives them.
//! Must not know tables, nor a key by name but those whose texts are read further.

use super::pattern;
use crate::import::toml::{MAX_ROWS, YEARS};
use crate::model::{Country, Currency, KeyId, Kind, MOST_MONTHS, key, meanings};
use serde_json::{Map, Value, json};

/// The keys whose texts are times of the year.
const SEASONS: [KeyId; 2] = [key::office::BREAKS, key::office::BAD_SEASONS];

/// What several values share, for the key `definitions` of a schema.
pub(super) fn shared() -> Value {
    let countries: Vec<(&str, &str)> =
        Country::all().iter().map(|country| (country.code, country.name)).collect();
    let (codes, names): (Vec<&str>, Vec<&str>) = countries.into_iter().unzip();
    let mut country = words(&codes, &names);
    country.insert("description".to_owned(), "A country, by its two letters in ISO 3166-1.".into());
    let currencies: Vec<String> = Currency::all().map(|currency| currency.to_string()).collect();
    json!({
        "country": country,
        "in-a-currency": { "description": "It begins with a currency of ISO 4217.", "pattern": format!("^({}) ", currencies.join("|")) },
    })
}

/// One of some words; editors show their meanings.
pub(super) fn words(words: &[&str], meanings: &[&str]) -> Map<String, Value> {
    let mut schema = Map::from_iter([("enum".to_owned(), words.into())]);
    if !meanings.is_empty() {
        schema.insert("x-taplo".to_owned(), json!({ "docs": { "enumValues": meanings } }));
    }
    schema
}

/// The schema of a key.
pub(super) fn of_key(id: KeyId) -> Value {
    let key = id.spec();
    let mut schema = match key.kind {
        _ if SEASONS.contains(&id) => list(&json!({ "type": "string", "pattern": pattern::season() })),
        Kind::Text | Kind::Bodies => clean(),
        Kind::Name => name(),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Int => json!({ "type": "integer" }),
        Kind::Decimal => {
            json!({ "type": "string", "pattern": format!("^{}$", pattern::number()), "examples": ["1.25"],
            "allOf": [{ "description": "It is above zero.", "pattern": "[1-9]" }], "not": { "pattern": pattern::too_long() } })
        }
        Kind::OneOf(list) => Value::Object(words(list, meanings(list))),
        Kind::Date => date(),
        Kind::Duration => {
            json!({ "type": "string", "pattern": pattern::length(MOST_MONTHS), "examples": ["60 months"] })
        }
        Kind::Money => {
            json!({ "type": "string", "pattern": format!(r"^[A-Z]{{3}} {number}(\.\.{number})?$", number = pattern::number()),
            "allOf": [{ "$ref": "#/definitions/in-a-currency" }], "not": { "pattern": pattern::too_long() },
            "examples": ["USD 590000", "USD 300000..500000"] })
        }
        Kind::Currency => {
            // What a US dollar is worth in US dollars needs no rate, and the reader says so.
            let others = Currency::all()
                .filter(|currency| *currency != Currency::USD)
                .map(|currency| currency.to_string());
            json!({ "enum": others.collect::<Vec<_>>(), "examples": ["EUR"] })
        }
        Kind::Country => json!({ "allOf": [{ "$ref": "#/definitions/country" }], "examples": ["ZA"] }),
        Kind::Texts => list(&clean()),
        Kind::Countries => list(&json!({ "$ref": "#/definitions/country" })),
        Kind::AnyOf(known) => list(&Value::Object(words(known, meanings(known)))),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), key.doc.into());
    }
    schema
}

/// A text on one line.
pub(super) fn name() -> Value {
    json!({ "type": "string", "pattern": pattern::NOT_BLANK, "not": { "pattern": pattern::unclean_in_names() } })
}

/// A text without signs that would spoil what is made of it.
fn clean() -> Value {
    json!({ "type": "string", "pattern": pattern::NOT_BLANK, "not": { "pattern": pattern::unclean() } })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items, "maxItems": MAX_ROWS })
}

/// A day as such; a month or a year as a text. Two kinds, because some programs know a day from a text.
fn date() -> Value {
    let years = pattern::between(&YEARS.start().to_string(), &YEARS.end().to_string());
    json!({ "anyOf": [
        { "type": "string", "format": "date", "pattern": format!("^({years})-") },
        { "type": "string", "pattern": format!("^({years})(-(0[1-9]|1[0-2]))?$") },
    ], "examples": ["2014", "2014-06"] })
}
