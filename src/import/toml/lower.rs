//! From the tree to the model, table by table, driven by the table of keys.
//! Must not read single values and must not compare them.

use super::{
    MAX_ROWS, aside, canonical, checks,
    unknown::{self, TOP_KEYS, header, listed, near},
    values::{Item, Typed, integer, place},
    wrong::shown,
};
use crate::toml::{DeTable, DeValue, spelt};
use crate::{
    diag::{Diagnostic, same_letters},
    lexicon::Lexicon,
    model::{Definition, KeyId, Kind, Record, Table, TableShape, Value},
    source::{SourceId, Span},
};

/// The format of definitions that is read.
const FORMAT: i64 = 1;

/// Where a definition stands.
#[derive(Clone, Copy)]
pub(super) enum Form<'b> {
    /// In a file of its own.
    File {
        /// Where the parser stumbled.
        broken: &'b [Span],
    },
    /// In a case of a rule: without `format`, and its evaluations may be without `id`.
    Case,
}

/// Reads one definition and notes every mistake.
pub(super) struct Reader<'b> {
    pub(super) source: SourceId,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) lexicon: &'b Lexicon,
    form: Form<'b>,
}

impl<'b> Reader<'b> {
    pub(super) fn new(source: SourceId, form: Form<'b>, lexicon: &'b Lexicon) -> Self {
        Self { source, diagnostics: Vec::new(), lexicon, form }
    }

    /// Notes what only people who fill in a file of their own need to know.
    pub(super) fn note_in_file(&mut self, diagnostic: Diagnostic) {
        if self.needs_ids() {
            self.note(diagnostic);
        }
    }

    pub(super) fn note(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether what is not there is surely missing: after a syntax mistake it may only not have been read.
    pub(super) fn sees_all(&self) -> bool {
        matches!(self.form, Form::Case | Form::File { broken: [] })
    }

    /// Whether elements must be told apart by name.
    pub(super) fn needs_ids(&self) -> bool {
        matches!(self.form, Form::File { .. })
    }

    /// Whether the parser stumbled over a value, which has been said.
    pub(super) fn is_broken(&self, item: &Item<'_>) -> bool {
        let span = place(item);
        let touched = |broken: &[Span]| {
            let next = broken.partition_point(|place| place.end < span.start);
            broken.get(next).is_some_and(|place| place.start <= span.end)
        };
        match self.form {
            Form::File { broken } => span.start == span.end || touched(broken),
            Form::Case => false,
        }
    }

    /// Reads the whole definition.
    pub(super) fn definition(&mut self, path: &str, root: &DeTable<'_>) -> Definition {
        let mut definition = Definition::empty(self.source, path);
        for (name, item) in root {
            match (name.get_ref().as_ref(), item.get_ref()) {
                ("format", _) => self.format(item),
                ("policy", _) => {
                    let text = self.value(Typed { name: "policy", kind: Kind::Name }, item);
                    if let Some(Value::Text(text)) = text {
                        definition.policy = Some((text, place(item)));
                    }
                }
                ("open", _) => self.open(item, &mut definition),
                (other, value) => match Table::named(other) {
                    Some(table) => {
                        *definition.rows_mut(table) = self.table(table, Span::new(name.span()), item)
                    }
                    None => {
                        let unknown =
                            unknown::top(self.source, Span::new(name.span()), other, holds_tables(value));
                        self.note(unknown);
                    }
                },
            }
        }
        if self.needs_ids() && self.sees_all() && !root.contains_key("format") {
            let missing =
                Diagnostic::error(self.source, Span::new(0..0), "the file does not say which format it has");
            self.note(missing.hint("write `format = 1` as its first line"));
        }
        aside::implausible(self, &mut definition);
        canonical::read(self, &mut definition);
        checks::check(self, &definition);
        aside::unfinished(self, &definition);
        definition
    }

    fn format(&mut self, item: &Item<'_>) {
        if self.is_broken(item) {
            return;
        }
        let wrong = match item.get_ref() {
            DeValue::Integer(number) if integer(number) == Some(FORMAT) => return,
            DeValue::Integer(number) => {
                let message =
                    format!("this evalplan reads format {FORMAT}, not format {}", shown(&spelt(number)));
                Diagnostic::error(self.source, place(item), message)
                    .hint("write `format = 1`, or use the evalplan that the file was made for")
            }
            _ => Diagnostic::error(self.source, place(item), "`format` is a whole number")
                .hint("write `format = 1`"),
        };
        self.note(wrong);
    }

    fn open(&mut self, item: &Item<'_>, definition: &mut Definition) {
        let lists: Vec<(&str, Table)> =
            Table::ALL.iter().filter_map(|table| Some((table.open_word()?, *table))).collect();
        let key = Typed { name: "open", kind: Kind::Texts };
        if !matches!(item.get_ref(), DeValue::Array(_)) {
            self.value(key, item);
            return;
        }
        let Some(items) = item.get_ref().as_array().filter(|_| !self.is_broken(item)) else {
            return;
        };
        for item in items.iter().take(MAX_ROWS) {
            let Some(text) = item.get_ref().as_str() else {
                self.no_text(key, item);
                continue;
            };
            let named: Vec<Table> =
                lists.iter().filter(|(word, _)| *word == text).map(|(_, table)| *table).collect();
            match named.as_slice() {
                [_, ..] => named.iter().for_each(|table| definition.set_open(*table, true)),
                [] => {
                    let words: std::collections::BTreeSet<&str> =
                        lists.iter().map(|(word, _)| *word).collect();
                    let all = listed(words.iter().copied(), "and");
                    let closed = Table::with_plural(text).is_some();
                    let singular = Table::named(text).and_then(Table::plural);
                    let meant = singular
                        .or_else(|| near(text, lists.iter().map(|(plural, _)| *plural)))
                        .filter(|_| !closed);
                    let message = if closed { "cannot be open" } else { "is not a list that can be open" };
                    let hint = meant.map_or_else(
                        || format!("open can be {all}"),
                        |meant| format!("did you mean `{meant}`? open can be {all}"),
                    );
                    let error =
                        Diagnostic::error(self.source, place(item), format!("`{}` {message}", shown(text)))
                            .hint(hint);
                    self.note(match words.iter().find(|word| same_letters(word, text)) {
                        Some(word) => error.instead(format!("\"{word}\"")),
                        None => error,
                    });
                }
            }
        }
    }

    /// The records of a table: one for a table that stands once, any number for an array of tables.
    fn table(&mut self, table: Table, name: Span, item: &Item<'_>) -> Vec<Record> {
        let single = table.spec().shape == TableShape::Single;
        let head = header(table);
        let error = |message: String| Diagnostic::error(self.source, name, message);
        let rows = match item.get_ref() {
            DeValue::Table(inner) if single => {
                vec![self.record(table, place_or(item, name), inner)]
            }
            DeValue::Table(inner) => {
                let plural = table.plural().unwrap_or_default();
                let one = error(format!(
                    "there can be several {plural}, so `{}` is written with two brackets",
                    table.spec().name
                ));
                self.note(one.hint(format!("write {head}, once for each")));
                vec![self.record(table, place_or(item, name), inner)]
            }
            DeValue::Array(items) => {
                if single {
                    self.note(
                        error(format!("there is only one `{}`", table.spec().name))
                            .hint(format!("write {head}, with one bracket on each side, once")),
                    );
                }
                self.rows(table, items)
            }
            _ if self.is_broken(item) => Vec::new(),
            _ => {
                let wrong = error(format!("`{}` is a table, not a value", table.spec().name));
                self.note(wrong.hint(format!("write {head} on a line of its own, and its keys below it")));
                Vec::new()
            }
        };
        match (single, rows.is_empty()) {
            (true, true) => vec![Record::empty(table)],
            (true, false) => rows.into_iter().take(1).collect(),
            (false, _) => rows,
        }
    }

    fn rows(&mut self, table: Table, items: &[Item<'_>]) -> Vec<Record> {
        if let Some(item) = items.get(MAX_ROWS) {
            let message = format!(
                "there are {} {}; a definition has at most {MAX_ROWS}",
                items.len(),
                table.plural().unwrap_or("tables")
            );
            self.note(
                Diagnostic::error(self.source, place(item), message).hint("check that it is the right file"),
            );
        }
        let mut records = Vec::new();
        for item in items.iter().take(MAX_ROWS) {
            match item.get_ref() {
                DeValue::Table(inner) => records.push(self.record(table, place(item), inner)),
                _ if self.is_broken(item) => {}
                _ => {
                    let wrong = Diagnostic::error(
                        self.source,
                        place(item),
                        format!("an element of `{}` is a table, not a value", table.spec().name),
                    );
                    self.note(wrong.hint(format!(
                        "write {} on a line of its own, and its keys below it",
                        header(table)
                    )));
                }
            }
        }
        records
    }

    fn record(&mut self, table: Table, head: Span, inner: &DeTable<'_>) -> Record {
        let mut record = Record::empty(table);
        record.header = Some(head);
        for (name, item) in inner {
            match table.key(name.get_ref()) {
                Some(key) => match self.set_aside(key, item) {
                    Some(aside) => record.set_aside(key, aside),
                    None => {
                        let value = self.value(typed(key), item);
                        record.set(key, value, Some(place(item)));
                    }
                },
                None => {
                    let unknown = unknown::key(self.source, Span::new(name.span()), table, name.get_ref());
                    self.note(unknown);
                }
            }
        }
        record
    }
}

fn typed(key: KeyId) -> Typed<'static> {
    Typed { name: key.spec().name, kind: key.spec().kind }
}

fn place_or(item: &Item<'_>, name: Span) -> Span {
    if item.span().is_empty() { name } else { place(item) }
}

fn holds_tables(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(_) => true,
        DeValue::Array(items) => items.iter().any(|item| item.get_ref().is_table()),
        _ => false,
    }
}

const _: () = assert!(TOP_KEYS.len() == 3, "Reader::definition reads each of them");
