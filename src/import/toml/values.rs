//! One value of a key, as the table of keys types it.
//! Must not know one key from another.

use super::{
    MAX_ROWS, countries, dates,
    lower::Reader,
    money,
    unknown::{listed, near},
    wrong::{Next, Wrong, shown},
};
use crate::toml::Spanned;
use crate::toml::{DeInteger, DeValue};
use crate::{
    diag::{Diagnostic, same_letters},
    model::{Amount, DateRange, Kind, Value},
    source::Span,
};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A value of the tree with its place.
pub(super) type Item<'i> = Spanned<DeValue<'i>>;

/// The place of a value in the text.
pub(super) fn place(item: &Item<'_>) -> Span {
    Span::new(item.span())
}

/// A whole number; `None` where it does not fit.
pub(super) fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// What a value is, in words.
fn named(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(written) if written.date.is_none() => "a time of day",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What a key holds, in words, and how it is written.
fn expected(kind: Kind) -> (&'static str, String) {
    let texts = |text: &str| ("a list of texts", text.to_owned());
    match kind {
        Kind::Text | Kind::Bodies => ("a text", "\"...\"".to_owned()),
        Kind::Name => ("a name", "\"...\"".to_owned()),
        Kind::Bool => ("true or false", "true".to_owned()),
        Kind::Int => ("a whole number", "3".to_owned()),
        Kind::Decimal => ("a decimal number in quotes", "\"1.25\"".to_owned()),
        Kind::OneOf(words) => ("one of its words", format!("\"{}\"", words.first().unwrap_or(&"..."))),
        Kind::Date => ("a date", "2014-12-31".to_owned()),
        Kind::Duration => ("a length in months", "\"18 months\"".to_owned()),
        Kind::Money => ("an amount", "\"USD 590000\"".to_owned()),
        Kind::Currency => ("a currency code", "\"EUR\"".to_owned()),
        Kind::Country => ("a country code", "\"ZA\"".to_owned()),
        Kind::Texts => texts("[\"...\", \"...\"]"),
        Kind::Countries => ("a list of country codes", "[\"ZA\", \"MZ\"]".to_owned()),
        Kind::AnyOf(words) => ("a list of words", format!("[\"{}\"]", words.first().unwrap_or(&"..."))),
    }
}

/// A key as messages name it.
#[derive(Clone, Copy)]
pub(super) struct Typed<'k> {
    /// The key as typed in the file.
    pub(super) name: &'k str,
    /// What it holds.
    pub(super) kind: Kind,
}

impl Reader<'_> {
    /// Reads a value; a mistake is noted and gives `None`.
    pub(super) fn value(&mut self, key: Typed<'_>, item: &Item<'_>) -> Option<Value> {
        if self.is_broken(item) {
            return None;
        }
        match (key.kind, item.get_ref()) {
            (Kind::Bool, DeValue::Boolean(value)) => Some(Value::Bool(*value)),
            (Kind::Int, DeValue::Integer(number)) if integer(number).is_some() => {
                integer(number).map(Value::Int)
            }
            (Kind::Date, DeValue::Datetime(_)) => self.native_date(key, item).map(Value::Date),
            (Kind::Texts, DeValue::Array(items)) => {
                self.texts(key, items, |text| Ok(text.into())).map(Value::Texts)
            }
            (Kind::Countries, DeValue::Array(items)) => {
                self.texts(key, items, |text| countries::country(text).map(Into::into)).map(Value::Texts)
            }
            (Kind::AnyOf(words), DeValue::Array(items)) => {
                self.words(key.name, items, words).map(|places| Value::Choices(places.into()))
            }
            (Kind::Bool | Kind::Int | Kind::Texts | Kind::Countries | Kind::AnyOf(_), _) => {
                self.mistyped(key, item)
            }
            (_, DeValue::String(text)) => self.of_text(key, place(item), text),
            _ => self.mistyped(key, item),
        }
    }

    /// A text that stands for a value of some other type, or for itself.
    fn of_text(&mut self, key: Typed<'_>, span: Span, text: &str) -> Option<Value> {
        if text.trim().is_empty() {
            let message = format!("`{}` is empty", key.name);
            self.note(
                Diagnostic::error(self.source, span, message)
                    .hint("write it, or leave the line out while it is not known"),
            );
            return None;
        }
        match key.kind {
            Kind::OneOf(words) => self.word(key.name, span, text, words).map(Value::Choice),
            Kind::Date => self.date_text(key, span, text).map(Value::Date),
            Kind::Duration => self.checked(key, span, dates::months(text)).map(Value::Duration),
            Kind::Money => self.money(key, span, text).map(Value::Money),
            Kind::Decimal => self.checked(key, span, positive(text)).map(Value::Decimal),
            Kind::Currency => self
                .checked(key, span, money::currency(text))
                .map(|currency| Value::Text(currency.code().into())),
            Kind::Country => {
                self.checked(key, span, countries::country(text)).map(|country| Value::Text(country.into()))
            }
            Kind::Bodies => {
                self.clean(key, span, text).then(|| Value::Texts(self.lexicon.bodies(text).into()))
            }
            _ => self.clean(key, span, text).then(|| Value::Text(text.into())),
        }
    }

    fn money(&mut self, key: Typed<'_>, span: Span, text: &str) -> Option<Amount> {
        let amount = self.checked(key, span, money::amount(text))?;
        if money::is_doubtful(text) {
            let message = format!("`{}` is read as an amount with three decimals", shown(text));
            self.note(Diagnostic::warning(self.source, span, message).hint(money::DOUBTFUL));
        }
        Some(amount)
    }

    fn checked<T>(&mut self, key: Typed<'_>, span: Span, read: Result<T, Wrong>) -> Option<T> {
        read.map_err(|wrong| {
            let (_, example) = expected(key.kind);
            let quoted = |text: String| {
                if key.kind == Kind::Date { text } else { format!("\"{text}\"") }
            };
            let error = Diagnostic::error(self.source, span, wrong.what);
            self.note(match wrong.next {
                Next::Instead(instead) => error.hint(format!("did you mean {}?", quoted(instead))),
                Next::Same(same) => {
                    error.hint(format!("did you mean {}?", quoted(same.clone()))).instead(quoted(same))
                }
                Next::Do(this) => error.hint(this),
                Next::Example => error.hint(format!("it is written like this: {} = {example}", key.name)),
            });
        })
        .ok()
    }

    fn native_date(&mut self, key: Typed<'_>, item: &Item<'_>) -> Option<DateRange> {
        let DeValue::Datetime(written) = item.get_ref() else {
            return None;
        };
        let Some(date) = written.date else { return self.mistyped(key, item) };
        if written.time.is_some() {
            let message = format!("`{}` has a time of day; a date has none", shown(&written.to_string()));
            self.note(
                Diagnostic::error(self.source, place(item), message)
                    .hint(format!("write {} = {date}", key.name)),
            );
            return None;
        }
        let read = dates::day(i32::from(date.year), u32::from(date.month), u32::from(date.day));
        self.checked(key, place(item), read).map(DateRange::day)
    }

    fn date_text(&mut self, key: Typed<'_>, span: Span, text: &str) -> Option<DateRange> {
        let range = self.checked(key, span, dates::in_part(text))?;
        if range.exact().is_some() {
            let hint = format!(
                "write {} = {text}; quotes are for dates known in part, \"2014\" or \"2014-06\"",
                key.name
            );
            self.note(
                Diagnostic::warning(self.source, span, "a day stands without quotes".to_owned()).hint(hint),
            );
        }
        Some(range)
    }

    /// The place of a word in its list.
    pub(super) fn word(&mut self, key: &str, span: Span, text: &str, words: &[&str]) -> Option<u8> {
        if let Some(index) = words.iter().position(|word| *word == text) {
            return u8::try_from(index).ok();
        }
        let same = words.iter().find(|word| same_letters(word, text));
        let hint = match same.copied().or_else(|| near(text, words.iter().copied())) {
            Some(meant) => {
                format!("did you mean `{meant}`? `{key}` can be {}", listed(words.iter().copied(), "or"))
            }
            None => format!("`{key}` can be {}", listed(words.iter().copied(), "or")),
        };
        let error =
            Diagnostic::error(self.source, span, format!("`{}` is not a value of `{key}`", shown(text)))
                .hint(hint);
        self.note(match same {
            Some(word) => error.instead(format!("\"{word}\"")),
            None => error,
        });
        None
    }

    /// The places of several words, all of them right.
    pub(super) fn words(
        &mut self,
        key: &str,
        items: &[Item<'_>],
        words: &'static [&'static str],
    ) -> Option<Vec<u8>> {
        let key = Typed { name: key, kind: Kind::AnyOf(words) };
        self.each(key, items, |reader, span, text| reader.word(key.name, span, text, words))
    }

    fn texts(
        &mut self,
        key: Typed<'_>,
        items: &[Item<'_>],
        read: fn(&str) -> Result<Arc<str>, Wrong>,
    ) -> Option<Arc<[Arc<str>]>> {
        let one = Typed { kind: if key.kind == Kind::Countries { Kind::Country } else { Kind::Text }, ..key };
        let texts = self.each(key, items, |reader, span, text| {
            let clean = reader.clean(one, span, text);
            reader.checked(key, span, read(text)).filter(|_| clean)
        });
        texts.map(Into::into)
    }

    /// Reads every text of a list; `None` where one of them is wrong.
    fn each<T>(
        &mut self,
        key: Typed<'_>,
        items: &[Item<'_>],
        mut read: impl FnMut(&mut Self, Span, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        if let Some(item) = items.get(MAX_ROWS) {
            let message =
                format!("`{}` has {} entries; a list has at most {MAX_ROWS}", key.name, items.len());
            self.note(
                Diagnostic::error(self.source, place(item), message).hint("check that it is the right file"),
            );
            return None;
        }
        let mut seen: Vec<(&str, Span)> = Vec::new();
        let mut values = Vec::new();
        for item in items {
            let span = place(item);
            match item.get_ref() {
                _ if self.is_broken(item) => {}
                DeValue::String(text) if text.trim().is_empty() => {
                    self.note(
                        Diagnostic::error(self.source, span, format!("an entry of `{}` is empty", key.name))
                            .hint("fill it in, or leave it out"),
                    );
                }
                DeValue::String(text) => {
                    if let Some((_, first)) = seen.iter().find(|(other, _)| other == text) {
                        let twice = Diagnostic::warning(
                            self.source,
                            span,
                            format!("`{}` stands twice in `{}`", shown(text), key.name),
                        );
                        self.note(
                            twice
                                .label("again here")
                                .also(*first, "first here")
                                .hint("leave one of them out"),
                        );
                    }
                    seen.push((text, span));
                    values.extend(read(self, span, text));
                }
                _ => self.no_text(key, item),
            }
        }
        (values.len() == items.len()).then_some(values)
    }

    /// Notes an entry of a list of texts that is no text.
    pub(super) fn no_text(&mut self, key: Typed<'_>, item: &Item<'_>) {
        let message = format!("expected only texts in `{}`, found {}", key.name, named(item.get_ref()));
        self.note(Diagnostic::error(self.source, place(item), message).hint(format!(
            "write it like this: {} = {}",
            key.name,
            expected(key.kind).1
        )));
    }

    /// Whether a text has no signs that would spoil what is made of it.
    fn clean(&mut self, key: Typed<'_>, span: Span, text: &str) -> bool {
        let line_break = |letter: char| matches!(letter, '\n' | '\r');
        let control = |letter: char| letter.is_control() && letter != '\t' && !line_break(letter);
        let turning = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let (what, hint) = if text.contains(control) {
            ("has an invisible control character", "type the text anew, without pasting it")
        } else if text.contains(turning) {
            (
                "has an invisible mark that turns the direction of the text",
                "type the text anew, without pasting it",
            )
        } else if key.kind == Kind::Name && text.contains(line_break) {
            ("has a line break; a name stands on one line", "write it on one line")
        } else {
            return true;
        };
        self.note(Diagnostic::error(self.source, span, format!("`{}` {what}", key.name)).hint(hint));
        false
    }

    fn mistyped<T>(&mut self, key: Typed<'_>, item: &Item<'_>) -> Option<T> {
        let (wanted, example) = expected(key.kind);
        let found = item.get_ref();
        let message = format!("expected {wanted} for `{}`, found {}", key.name, named(found));
        // What is not written in digits of ten is no example for anything.
        let digits = match found {
            DeValue::Integer(number) if number.radix() == 10 => Some(shown(number.as_str())),
            DeValue::Float(number) if number.as_str().starts_with(|sign: char| sign.is_ascii_digit()) => {
                Some(shown(number.as_str()))
            }
            _ => None,
        };
        let hint = match (key.kind, found, digits) {
            (Kind::Date, DeValue::Integer(_), Some(year)) if year.len() == 4 => {
                format!("a year alone stands in quotes: {} = \"{year}\"", key.name)
            }
            (Kind::Money, _, Some(number)) => {
                format!("say the currency too, in quotes: {} = \"USD {number}\"", key.name)
            }
            (Kind::Decimal, DeValue::Integer(_), Some(number)) => {
                format!("put it in quotes: {} = \"{number}\"", key.name)
            }
            (Kind::Decimal, _, Some(number)) => {
                format!("put it in quotes, which keeps it exact: {} = \"{number}\"", key.name)
            }
            (Kind::Duration, DeValue::Integer(_), Some(number)) => {
                format!("write {} = \"{number} months\"", key.name)
            }
            (Kind::Bool, DeValue::String(text), _) if matches!(&**text, "true" | "false") => {
                format!("leave out the quotes: {} = {text}", key.name)
            }
            (Kind::Bool, DeValue::String(text), _) if matches!(&*text.to_lowercase(), "yes" | "no") => {
                format!("write {} = {}", key.name, text.eq_ignore_ascii_case("yes"))
            }
            (Kind::Texts | Kind::Countries | Kind::AnyOf(_), DeValue::String(text), _) => {
                format!("put it in brackets: {} = [\"{}\"]", key.name, shown(text))
            }
            (_, DeValue::Datetime(date), _) if example.starts_with('"') => {
                format!("put it in quotes: {} = \"{}\"", key.name, shown(&date.to_string()))
            }
            (Kind::OneOf(words), ..) => format!("write {}", listed(words.iter().copied(), "or")),
            _ => format!("write it like this: {} = {example}", key.name),
        };
        self.note(Diagnostic::error(self.source, place(item), message).hint(hint));
        None
    }
}

fn positive(text: &str) -> Result<Decimal, Wrong> {
    let number = money::decimal(text)?;
    if number > Decimal::ZERO {
        return Ok(number);
    }
    Err(Wrong {
        what: format!("`{}` is not above zero", shown(text)),
        next: Next::Do("say how many US dollars one unit of the currency is worth"),
    })
}
