//! Values as TOML, the way people write them.
//! Must not read TOML.

use chrono::NaiveDate;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A value to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, written in quotes on one line.
    Text(String),
    /// A value as TOML spells it, such as a number by its digits or what stood in a text before.
    Spelt(String),
    /// True or false.
    Boolean(bool),
    /// A day, written without quotes.
    Day(NaiveDate),
    /// A list on one line.
    List(Vec<Value>),
    /// A table: in braces where it is a value of a line, else a header with a line for each key.
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// What is said beside it.
    pub note: Option<Note>,
}

/// A remark on a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The comment behind the value, on one line and without `#`.
    pub comment: String,
    /// What is written instead of the value where no comment can stand behind it.
    pub instead: Value,
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As it stands behind `=`, on one line.
    #[must_use]
    pub fn written(&self) -> String {
        let mut written = String::new();
        self.write(&mut written);
        written
    }

    /// The keys of a table; `None` for any other value.
    pub(super) fn entries(&self) -> Option<&[Entry]> {
        if let Self::Table(entries) = self { Some(entries) } else { None }
    }

    fn write(&self, written: &mut String) {
        match self {
            Self::Text(text) => quote(text, written),
            Self::Spelt(spelt) => written.push_str(spelt),
            Self::Boolean(value) => written.push_str(if *value { "true" } else { "false" }),
            Self::Day(day) => written.push_str(&day.to_string()),
            Self::List(items) => {
                written.push('[');
                for (item, place) in items.iter().zip(0..) {
                    written.push_str(if place > 0 { ", " } else { "" });
                    item.write(written);
                }
                written.push(']');
            }
            Self::Table(entries) => {
                written.push('{');
                for (entry, place) in entries.iter().zip(0..) {
                    written.push_str(if place > 0 { ", " } else { " " });
                    entry.write_inside(written);
                }
                written.push_str(" }");
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl Entry {
    /// A key with its value and nothing beside it.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { key: key.into(), value: value.into(), note: None }
    }

    /// `key = value` as it stands in braces, where no comment can stand.
    pub(super) fn inside(&self) -> String {
        let mut written = String::new();
        self.write_inside(&mut written);
        written
    }

    fn write_inside(&self, written: &mut String) {
        written.push_str(&key(&self.key));
        written.push_str(" = ");
        self.note.as_ref().map_or(&self.value, |note| &note.instead).write(written);
    }

    /// `key = value` on a line of its own, with its comment and without an end.
    pub(super) fn line(&self, prefix: &str) -> String {
        format!("{prefix}{} = {}", key(&self.key), noted(&self.value, self.note.as_ref()))
    }
}

/// A value with the comment behind it.
pub(super) fn noted(value: &Value, note: Option<&Note>) -> String {
    let Some(note) = note else { return value.written() };
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    format!("{}   # {}", value.written(), note.comment.chars().map(plain).collect::<String>())
}

/// A key as it stands in a text: in quotes where it needs them.
#[must_use]
pub fn key(name: &str) -> Cow<'_, str> {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(bare) { name.into() } else { quoted(name).into() }
}

/// A text in quotes on one line, safe whatever it holds.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quote(text, &mut quoted);
    quoted
}

fn quote(text: &str, quoted: &mut String) {
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() || matches!(control, '\u{2028}' | '\u{2029}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
}
