//! One definition as read: values by key, with the place of each.
//! Must not evaluate anything.

use super::{Amount, DateRange, FieldPath, KeyId, Kind, Months, Table, TableShape, Value, keys::key};
use crate::source::{SourceId, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Something written that counts as missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Where the value stands.
    pub span: Span,
    /// Where it says "not yet": the value, or the entries of it; nowhere for a value that cannot be what is asked.
    pub marks: Vec<Span>,
}

/// One table or one element of an array of tables: a value or nothing for every key, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Where the table's header stands; `None` for a table that the file does not have.
    pub header: Option<Span>,
    values: Box<[Option<Value>]>,
    spans: Box<[Option<Span>]>,
    /// What rules read instead of what is written, for the few keys where that is something else.
    read_as: Vec<(u8, Value)>,
    /// What is written and counts as missing.
    set_aside: Vec<(u8, Aside)>,
}

impl Record {
    /// A record of that table in which nothing is known.
    #[must_use]
    pub fn empty(table: Table) -> Self {
        let keys = table.spec().keys.len();
        Self {
            header: None,
            values: vec![None; keys].into(),
            spans: vec![None; keys].into(),
            read_as: Vec::new(),
            set_aside: Vec::new(),
        }
    }

    /// What the record says for that key.
    #[must_use]
    pub fn get(&self, key: KeyId) -> Option<&Value> {
        self.values.get(usize::from(key.index))?.as_ref()
    }

    /// Where the value of that key stands.
    #[must_use]
    pub fn span(&self, key: KeyId) -> Option<Span> {
        *self.spans.get(usize::from(key.index))?
    }

    /// Sets or clears the value of a key and its place.
    pub fn set(&mut self, key: KeyId, value: Option<Value>, span: Option<Span>) {
        self.values[usize::from(key.index)] = value;
        self.spans[usize::from(key.index)] = span;
        self.read_as.retain(|(index, _)| *index != key.index);
        self.set_aside.retain(|(index, _)| *index != key.index);
    }

    /// Gives a key what another record has for it.
    pub fn copy(&mut self, key: KeyId, other: &Self) {
        self.set(key, other.get(key).cloned(), other.span(key));
        self.read_as.extend(other.read_as.iter().filter(|(index, _)| *index == key.index).cloned());
        self.set_aside.extend(other.set_aside.iter().filter(|(index, _)| *index == key.index).cloned());
    }

    /// What rules read for a key: what is written, or what that is another name of.
    #[must_use]
    pub fn read(&self, key: KeyId) -> Option<&Value> {
        let instead = self.read_as.iter().find(|(index, _)| *index == key.index);
        instead.map(|(_, value)| value).or_else(|| self.get(key))
    }

    /// The text that rules read for a key, where it is known.
    #[must_use]
    pub fn read_text(&self, key: KeyId) -> Option<&str> {
        match self.read(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives rules another value to read for a key than the one that is written.
    pub fn read_instead(&mut self, key: KeyId, value: Value) {
        self.read_as.retain(|(index, _)| *index != key.index);
        self.read_as.push((key.index, value));
    }

    /// Says that what stands for a key counts as missing.
    pub fn set_aside(&mut self, key: KeyId, aside: Aside) {
        self.set(key, None, None);
        self.set_aside.push((key.index, aside));
    }

    /// What stands for a key and counts as missing.
    #[must_use]
    pub fn aside(&self, key: KeyId) -> Option<&Aside> {
        self.set_aside.iter().find(|(index, _)| *index == key.index).map(|(_, aside)| aside)
    }

    /// Where anything stands for a key: its value, or what counts as missing.
    #[must_use]
    pub fn place(&self, key: KeyId) -> Option<Span> {
        self.span(key).or_else(|| self.aside(key).map(|aside| aside.span))
    }

    /// Whether another record gives the same keys the same values, wherever they stand.
    fn says_the_same(&self, other: &Self) -> bool {
        let given = |(one, two): (&Option<Span>, &Option<Span>)| one.is_some() == two.is_some();
        self.values == other.values
            && self.read_as == other.read_as
            && self.spans.iter().zip(&*other.spans).all(given)
    }

    /// The text of a key, where it is known.
    #[must_use]
    pub fn text(&self, key: KeyId) -> Option<&str> {
        match self.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The chosen word of a key, where it is known.
    #[must_use]
    pub fn choice(&self, key: KeyId) -> Option<&'static str> {
        match (self.get(key)?, key.spec().kind) {
            (Value::Choice(place), Kind::OneOf(words)) => words.get(usize::from(*place)).copied(),
            _ => None,
        }
    }

    /// The date of a key, where anything of it is known.
    #[must_use]
    pub fn date(&self, key: KeyId) -> Option<DateRange> {
        match self.get(key)? {
            Value::Date(range) => Some(*range),
            _ => None,
        }
    }

    /// The money of a key, where anything of it is known.
    #[must_use]
    pub fn money(&self, key: KeyId) -> Option<Amount> {
        match self.get(key)? {
            Value::Money(amount) => Some(*amount),
            _ => None,
        }
    }

    /// The length of a key, where it is known.
    #[must_use]
    pub fn duration(&self, key: KeyId) -> Option<Months> {
        match self.get(key)? {
            Value::Duration(months) => Some(*months),
            _ => None,
        }
    }

    /// The texts of a key, where they are known.
    #[must_use]
    pub fn texts(&self, key: KeyId) -> Option<&[Arc<str>]> {
        match self.get(key)? {
            Value::Texts(texts) => Some(texts),
            _ => None,
        }
    }

    /// Whether the chosen words of a key hold that word; `None` where they are not known.
    #[must_use]
    pub fn chooses(&self, key: KeyId, word: &str) -> Option<bool> {
        match (self.get(key)?, key.spec().kind) {
            (Value::Choices(places), Kind::AnyOf(words)) => {
                Some(places.iter().any(|place| words.get(usize::from(*place)) == Some(&word)))
            }
            _ => None,
        }
    }
}

/// One definition: every table, the pack that it names, and which lists may have more than it knows.
///
/// Cloning is cheap: the tables are shared until one is changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The text it was read from.
    pub source: SourceId,
    /// The path of that text, as shown to people.
    pub path: Arc<str>,
    /// The pack that the file names, with its place.
    pub policy: Option<(Arc<str>, Span)>,
    open: Vec<Table>,
    records: Vec<Arc<Vec<Record>>>,
}

impl Definition {
    /// A definition in which nothing is known and every list is empty.
    #[must_use]
    pub fn empty(source: SourceId, path: &str) -> Self {
        let records = Table::ALL.iter().map(|table| match table.spec().shape {
            TableShape::Single => Arc::new(vec![Record::empty(*table)]),
            TableShape::Array { .. } => Arc::new(Vec::new()),
        });
        Self { source, path: path.into(), policy: None, open: Vec::new(), records: records.collect() }
    }

    /// The one record of a table that stands once.
    #[must_use]
    pub fn single(&self, table: Table) -> &Record {
        debug_assert!(table.spec().shape == TableShape::Single, "{table:?} is an array");
        &self.records[table as usize][0]
    }

    /// The records of a table, in the order of the file.
    #[must_use]
    pub fn rows(&self, table: Table) -> &[Record] {
        &self.records[table as usize]
    }

    /// The records of a table, to be changed.
    pub fn rows_mut(&mut self, table: Table) -> &mut Vec<Record> {
        Arc::make_mut(&mut self.records[table as usize])
    }

    /// The one record of a table that stands once, to be changed.
    pub fn single_mut(&mut self, table: Table) -> &mut Record {
        &mut self.rows_mut(table)[0]
    }

    /// The tables of which another definition says something else.
    #[must_use]
    pub fn differing(&self, other: &Self) -> BTreeSet<Table> {
        let same = |table: &Table| {
            let (own, others) = (&self.records[*table as usize], &other.records[*table as usize]);
            let same_rows = own.len() == others.len()
                && own.iter().zip(others.iter()).all(|(one, two)| one.says_the_same(two));
            self.is_open(*table) == other.is_open(*table) && (Arc::ptr_eq(own, others) || same_rows)
        };
        Table::ALL.iter().filter(|table| !same(table)).copied().collect()
    }

    /// Whether the list may have more elements than the file knows.
    #[must_use]
    pub fn is_open(&self, table: Table) -> bool {
        self.open.contains(&table)
    }

    /// Says that the list may have more elements than the file knows, or that it has not.
    pub fn set_open(&mut self, table: Table, open: bool) {
        self.open.retain(|known| *known != table);
        if open {
            self.open.push(table);
            self.open.sort_unstable();
        }
    }

    /// The project's code: `project.code`, else the file's name without folder and ending.
    #[must_use]
    pub fn code(&self) -> &str {
        self.single(Table::Project).text(key::project::CODE).unwrap_or_else(|| {
            let name = self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path);
            name.strip_suffix(".toml").unwrap_or(name)
        })
    }

    /// The project's title, else its code.
    #[must_use]
    pub fn title(&self) -> &str {
        self.single(Table::Project).text(key::project::TITLE).unwrap_or_else(|| self.code())
    }

    /// The value at a path, where the file gives it.
    #[must_use]
    pub fn value(&self, path: FieldPath) -> Option<&Value> {
        match path {
            FieldPath::Key(key) => self.single(key.table).get(key),
            FieldPath::Element(key, row) => self.rows(key.table).get(row as usize)?.get(key),
            FieldPath::Row(..) | FieldPath::Table(_) | FieldPath::Rate(_) => None,
        }
    }

    /// Where to point for a path: the value, else the header of the table that should hold it,
    /// else the table `[project]`. `None` where the file has none of them.
    #[must_use]
    pub fn locate(&self, path: FieldPath) -> Option<Span> {
        let project = || self.single(Table::Project).header;
        match path {
            FieldPath::Key(key) => {
                let record = self.single(key.table);
                record.place(key).or(record.header).or_else(project)
            }
            FieldPath::Element(key, row) => {
                let record = self.rows(key.table).get(row as usize);
                record.and_then(|record| record.place(key).or(record.header)).or_else(project)
            }
            FieldPath::Row(table, row) => {
                self.rows(table).get(row as usize).and_then(|record| record.header).or_else(project)
            }
            FieldPath::Table(table) => {
                self.rows(table).first().and_then(|record| record.header).or_else(project)
            }
            FieldPath::Rate(_) => self.locate(FieldPath::Key(key::budget::TOTAL)),
        }
    }

    /// Every place where the file says "not yet", with the path of the value, in the order of the tables.
    #[must_use]
    pub fn unfinished(&self) -> Vec<(FieldPath, Span)> {
        let mut found = Vec::new();
        for table in Table::ALL {
            for (record, row) in self.rows(*table).iter().zip(0..) {
                for key in table.spec().keys.iter().filter_map(|key| table.key(key.name)) {
                    let path = if table.plural().is_some() {
                        FieldPath::Element(key, row)
                    } else {
                        FieldPath::Key(key)
                    };
                    found.extend(
                        record
                            .aside(key)
                            .into_iter()
                            .flat_map(|aside| &aside.marks)
                            .map(|mark| (path, *mark)),
                    );
                }
            }
        }
        found
    }

    /// A path as people would type it: `project.end`, `evaluation.final.independence`, `rate.EUR`.
    #[must_use]
    pub fn show(&self, path: FieldPath) -> String {
        match path {
            FieldPath::Key(key) => format!("{}.{}", key.table.spec().name, key.spec().name),
            FieldPath::Element(key, row) => {
                format!(
                    "{}.{}.{}",
                    key.table.spec().name,
                    self.name_or_number(key.table, row),
                    key.spec().name
                )
            }
            FieldPath::Row(table, row) => {
                format!("{}.{}", table.spec().name, self.name_or_number(table, row))
            }
            FieldPath::Table(table) => table.spec().name.to_owned(),
            FieldPath::Rate(currency) => format!("rate.{currency}"),
        }
    }

    /// The name of an element, where the file gives it one.
    #[must_use]
    pub fn name(&self, table: Table, row: u32) -> Option<&str> {
        let record = self.rows(table).get(row as usize)?;
        table.name_key().and_then(|key| record.text(key))
    }

    /// The name of an element, else its number from 1.
    #[must_use]
    pub fn name_or_number(&self, table: Table, row: u32) -> String {
        self.name(table, row).map_or_else(|| (row + 1).to_string(), str::to_owned)
    }
}
