//! A definition written in JSON, with the keys of the format: rewritten as TOML, a line for each key at the top, and read as that.
//! Of the format it knows only which keys are dates: JSON has no other form for one than a text.

use super::toml;
use crate::toml::{Entry, Value, key};
use crate::{
    diag::{Diagnostic, Loaded},
    lexicon::Lexicon,
    model::{Date, Definition, Kind, Table},
    source::{Saved, Sources, Span, UTF8_HINT, text_of},
};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Reads the bytes of one JSON object. Dates are texts; what is `null` is not given. Places of mistakes are those in the text as TOML.
pub(super) fn read(
    sources: &mut Sources,
    path: &str,
    bytes: &[u8],
    lexicon: &Lexicon,
) -> Loaded<Option<Definition>> {
    let mut refused = |message: String, hint: &str| {
        let source = sources.add(path, "");
        Loaded {
            value: None,
            diagnostics: vec![Diagnostic::error(source, Span::new(0..0), message).hint(hint)],
        }
    };
    if bytes.len() > toml::MAX_BYTES {
        return refused(
            format!("this definition is larger than {} KiB", toml::MAX_BYTES / 1024),
            "a definition is one project",
        );
    }
    let (text, saved) = text_of(bytes);
    if let Some(fault) = saved.fault().filter(|_| saved != Saved::Utf16) {
        return refused(format!("this is not JSON: {fault}"), UTF8_HINT);
    }
    match serde_json::from_str(&text) {
        Ok(Json::Object(fields)) => {
            let text = as_toml(&fields);
            toml::read(sources, path, text.as_bytes(), lexicon)
        }
        Ok(_) => refused(
            "this is not a JSON object".to_owned(),
            "write each definition as one object with the keys of the format: {\"format\": 1, \"project\": {…}}",
        ),
        Err(error) => refused(
            format!("this is not JSON: {error}"),
            "write each definition as one JSON object on one line",
        ),
    }
}

/// A value of JSON. Fields stay in their order, and twice where they stand twice: the reader of TOML says so.
enum Json {
    Null,
    /// `true`, `false` or a number, as TOML writes it too.
    Plain(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values)
    }
}

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Plain(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Json::Object(fields))
    }
}

/// An object as TOML, a line for each of its fields.
fn as_toml(fields: &[(String, Json)]) -> String {
    let mut text = String::new();
    for (name, value) in given(fields) {
        let table = Table::ALL.iter().copied().find(|table| table.spec().name == name);
        text.push_str(&key(name));
        text.push_str(" = ");
        text.push_str(&value.to_toml(table).written());
        text.push('\n');
    }
    text
}

fn given(fields: &[(String, Json)]) -> impl Iterator<Item = (&str, &Json)> {
    fields
        .iter()
        .filter(|(_, value)| !matches!(value, Json::Null))
        .map(|(name, value)| (name.as_str(), value))
}

/// A text as a value, a day under a key for dates as that: in TOML a day stands without quotes.
fn text_or_day(table: Option<Table>, name: &str, said: &str) -> Value {
    let key = table.and_then(|table| table.key(name));
    let is_for_dates = key.is_some_and(|key| key.spec().kind == Kind::Date);
    match said.parse::<Date>() {
        Ok(day) if is_for_dates && day.to_string() == said => Value::Day(day),
        _ => said.into(),
    }
}

impl Json {
    /// As a value of TOML; `table` is the one that its fields belong to, where it is one of a definition.
    fn to_toml(&self, table: Option<Table>) -> Value {
        match self {
            // In a list there is no way to leave it out.
            Self::Null => "".into(),
            Self::Plain(plain) => Value::Spelt(plain.clone()),
            Self::Text(said) => said.as_str().into(),
            Self::List(items) => Value::List(items.iter().map(|item| item.to_toml(table)).collect()),
            Self::Object(fields) => {
                let entry = |(name, value): (&str, &Self)| match value {
                    Self::Text(said) => Entry::new(name, text_or_day(table, name, said)),
                    _ => Entry::new(name, value.to_toml(None)),
                };
                Value::Table(given(fields).map(entry).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toml_of(json: &str) -> String {
        match serde_json::from_str(json).expect("it is JSON") {
            Json::Object(fields) => as_toml(&fields),
            _ => panic!("it is an object"),
        }
    }

    #[test]
    fn an_object_is_toml_with_a_line_for_each_field() {
        let json = r#"{"format": 1, "project": {"title": "a \"b\"\n\u0007\ud83d\ude00", "end": null, "x y": [true, 1.5]}, "donor": [{"name": "N"}, {}]}"#;
        let text = "format = 1\nproject = { title = \"a \\\"b\\\"\\n\\u0007😀\", \"x y\" = [true, 1.5] }\ndonor = [{ name = \"N\" }, { }]\n";
        assert_eq!(toml_of(json), text);
    }

    #[test]
    fn what_stands_twice_is_not_lost() {
        assert_eq!(toml_of(r#"{"a": 1, "a": 2}"#), "a = 1\na = 2\n");
    }
}
