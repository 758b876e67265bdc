//! How a text of TOML is laid out: its headers, its lines `key = value` and the values in them, each with its place.
//! Must not give meaning to values.

use std::borrow::Cow;
use std::ops::Range;
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

/// The most levels of brackets in brackets, as the reader of TOML has it.
const MOST_LEVELS: u32 = 80;

/// A text with its layout.
#[derive(Debug)]
pub(super) struct Layout<'t> {
    pub(super) text: &'t str,
    /// What stands above the first header, then each header with what is below it.
    pub(super) sections: Vec<Section>,
}

/// A header, and the lines below it up to the next.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Nothing for what stands above the first.
    pub(super) header: Option<Header>,
    pub(super) pairs: Vec<Pair>,
}

/// `[a.b]` or `[[a.b]]`.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) place: Range<usize>,
    pub(super) names: Vec<String>,
    /// Whether it has two brackets.
    pub(super) several: bool,
}

/// `a.b = value`.
#[derive(Debug)]
pub(super) struct Pair {
    /// From the key to the end of the value.
    pub(super) place: Range<usize>,
    pub(super) names: Vec<String>,
    pub(super) value: Node,
}

/// A value with its place.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Range<usize>,
    pub(super) form: Form,
}

/// What a value is made of.
#[derive(Debug)]
pub(super) enum Form {
    Scalar,
    List(Items<Node>),
    Braces(Items<Pair>),
}

/// What stands in brackets.
#[derive(Debug)]
pub(super) struct Items<T> {
    pub(super) all: Vec<T>,
    /// Where the comma behind each of them stands; the last may have none.
    pub(super) commas: Vec<usize>,
}

/// Whether a text is TOML.
pub(super) fn is_toml(text: &str) -> bool {
    toml::de::DeTable::parse(text).is_ok()
}

impl<'t> Layout<'t> {
    /// The layout of a text; `None` where it is not laid out as TOML. It does not tell whether a key stands twice.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
        let mut error: Option<toml_parser::ParseError> = None;
        parse_document(&tokens, &mut RecursionGuard::new(&mut events, MOST_LEVELS), &mut error);
        if error.is_some() {
            return None;
        }
        let idle = [EventKind::Whitespace, EventKind::Comment, EventKind::Newline];
        events.retain(|event| !idle.contains(&event.kind()));
        let mut reader = Reader { source, events: &events };
        Some(Self { text, sections: reader.sections()? })
    }

    /// Where the text itself begins, behind a byte order mark.
    pub(super) fn start(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}

impl Section {
    /// Where the last of what it says ends; `None` for nothing at all.
    pub(super) fn end(&self) -> Option<usize> {
        let header = self.header.as_ref().map(|header| header.place.end);
        self.pairs.last().map(|pair| pair.place.end).or(header)
    }
}

/// Reads events one after another.
struct Reader<'t, 'e> {
    source: Source<'t>,
    events: &'e [Event],
}

impl Reader<'_, '_> {
    fn next(&mut self) -> Option<Event> {
        let (first, rest) = self.events.split_first()?;
        self.events = rest;
        Some(*first)
    }

    fn is_next(&self, kind: EventKind) -> bool {
        self.events.first().is_some_and(|event| event.kind() == kind)
    }

    fn sections(&mut self) -> Option<Vec<Section>> {
        let mut sections = vec![Section::default()];
        while let Some(next) = self.events.first() {
            match next.kind() {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    sections.push(Section { header: Some(self.header()?), pairs: Vec::new() });
                }
                _ => {
                    let pair = self.pair()?;
                    sections.last_mut()?.pairs.push(pair);
                }
            }
        }
        Some(sections)
    }

    fn header(&mut self) -> Option<Header> {
        let open = self.next()?;
        let names = self.names()?;
        let close = self.next()?;
        let several = open.kind() == EventKind::ArrayTableOpen;
        Some(Header { place: open.span().start()..close.span().end(), names, several })
    }

    fn pair(&mut self) -> Option<Pair> {
        let start = self.events.first()?.span().start();
        let names = self.names()?;
        if self.next()?.kind() != EventKind::KeyValSep {
            return None;
        }
        let value = self.node()?;
        Some(Pair { place: start..value.place.end, names, value })
    }

    /// The names of a key with dots.
    fn names(&mut self) -> Option<Vec<String>> {
        let mut names = Vec::new();
        loop {
            let event = self.next()?;
            if event.kind() != EventKind::SimpleKey {
                return None;
            }
            let mut name = Cow::Borrowed("");
            self.source.get(event)?.decode_key(&mut name, &mut ());
            names.push(name.into_owned());
            if !self.is_next(EventKind::KeySep) {
                return Some(names);
            }
            self.next()?;
        }
    }

    fn node(&mut self) -> Option<Node> {
        let open = self.next()?;
        let start = open.span().start();
        let (form, end) = match open.kind() {
            EventKind::Scalar => (Form::Scalar, open.span().end()),
            EventKind::ArrayOpen => {
                let (items, end) = self.items(EventKind::ArrayClose, Self::node)?;
                (Form::List(items), end)
            }
            EventKind::InlineTableOpen => {
                let (pairs, end) = self.items(EventKind::InlineTableClose, Self::pair)?;
                (Form::Braces(pairs), end)
            }
            _ => return None,
        };
        Some(Node { place: start..end, form })
    }

    /// What stands in brackets, and where they end.
    fn items<T>(
        &mut self,
        close: EventKind,
        read: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<(Items<T>, usize)> {
        let mut items = Items { all: Vec::new(), commas: Vec::new() };
        loop {
            if self.is_next(close) {
                return Some((items, self.next()?.span().end()));
            }
            if self.is_next(EventKind::ValueSep) {
                items.commas.push(self.next()?.span().start());
            } else {
                items.all.push(read(self)?);
            }
        }
    }
}
