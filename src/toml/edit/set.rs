//! A value set: in place of the one that stands there, or where a new one belongs.

use super::{Change, EditError, Text, Work, names, nested};
use crate::source::Edit;
use crate::toml::layout::{Form, Node, Section};
use crate::toml::lines::{between, indent, line_end, rest_of_line, table_between};
use crate::toml::path::{KeyPath, Step};
use crate::toml::place::{Place, is_below};
use crate::toml::write::{Entry, Note, Value, key, noted};

/// Where a new line of a table goes, and how it begins: its indentation, and the names of a key with dots before its own.
pub(super) struct Line {
    at: usize,
    prefix: String,
    /// Whether a blank line must part it from what follows.
    gap: bool,
}

impl<'l> Text<'l> {
    pub(super) fn set(&self, path: &KeyPath, value: &Value, note: Option<&Note>) -> Result<Work, EditError> {
        match self.places.find(path.steps()) {
            Place::Value(node, _) => Ok(self.replaced(path, node, value, note)),
            Place::Spread | Place::Dotted(_) => self.rewritten(path, value),
            Place::Missing => self.written(path, value, note),
        }
    }

    /// A value in place of another. Where the rest of the line leaves no room for a comment, the note says what is written.
    fn replaced(&self, path: &KeyPath, node: &Node, value: &Value, note: Option<&Note>) -> Work {
        if note.is_none()
            && let Some(more) = self.grown(node, value)
        {
            let add = |element: &Value| Change::Add { list: path.clone(), element: element.clone() };
            return Work::Instead(more.iter().map(add).collect());
        }
        let room = rest_of_line(self.text(), node.place.end).trim().is_empty();
        let written = match note {
            Some(note) if !room => note.instead.written(),
            note => noted(value, note),
        };
        Work::Edits(vec![Edit::replace(node.place.clone(), written)])
    }

    /// What a list on several lines lacks, where all that stands in it is the beginning of what it shall hold: then its lines stay.
    fn grown<'v>(&self, node: &Node, value: &'v Value) -> Option<&'v [Value]> {
        let (Form::List(known), Value::List(wanted)) = (&node.form, value) else { return None };
        let place = node.place.clone();
        let (first, more) = wanted.split_at_checked(known.all.len())?;
        let same = |(node, value): (&Node, &Value)| {
            self.text()[node.place.clone()] == value.written()
                || spelt_text(&self.text()[node.place.clone()])
                    .is_some_and(|text| *value == Value::Text(text))
        };
        let lines = !first.is_empty() && self.text()[place].contains('\n');
        (lines && known.all.iter().zip(first).all(same)).then_some(more)
    }

    /// A table that headers or keys with dots make, key by key.
    fn rewritten(&self, path: &KeyPath, value: &Value) -> Result<Work, EditError> {
        let is_list = self.places.count(path.steps()) > 0;
        let Value::Table(entries) = value else { return Err(EditError::NotOneValue(path.clone())) };
        if is_list || path.steps().is_empty() {
            return Err(EditError::NotOneValue(path.clone()));
        }
        let old = self.keys(path.steps());
        let gone = old.iter().filter(|name| !entries.iter().any(|entry| entry.key == **name));
        let gone = gone.map(|name| Change::Remove { path: path.clone().key(name) });
        let set = entries.iter().map(|entry| Change::Set {
            path: path.clone().key(&entry.key),
            value: entry.value.clone(),
            note: entry.note.clone(),
        });
        // What is new comes first: a table that keys with dots make must not vanish in between.
        Ok(Work::Instead(set.chain(gone).collect()))
    }

    /// The keys of a table that headers or keys with dots make.
    fn keys(&self, table: &[Step]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let mut note = |name: Option<&String>| {
            if let Some(name) = name.filter(|name| !keys.contains(name)) {
                keys.push(name.clone());
            }
        };
        for section in self.places.below(table) {
            if let Some([Step::Key(name), ..]) = self.places.sections[section].strip_prefix(table) {
                note(Some(name));
            }
        }
        for (section, pair) in self.places.dotted(table) {
            note(pair.names.get(table.len() - self.places.sections[section].len()));
        }
        if let Place::Dotted(braces) = self.places.find(table)
            && let (Form::Braces(pairs), Some(depth)) = (&braces.form, self.depth(braces, table))
        {
            let below = pairs.all.iter().filter(|pair| is_below(&pair.names, &table[depth..]));
            below.for_each(|pair| note(pair.names.get(table.len() - depth)));
        }
        keys
    }

    /// A value that is not there yet, in the table it belongs to.
    fn written(&self, path: &KeyPath, value: &Value, note: Option<&Note>) -> Result<Work, EditError> {
        let home = self.home(path.steps());
        let missing = &path.steps()[home.path.len()..];
        let there = || KeyPath::from(home.path.as_slice());
        let Some(rest) = names(missing) else {
            return Err(EditError::NotThere(path.clone()));
        };
        let entry = nested(&rest, value, note);
        let entry = entry.ok_or_else(|| EditError::NotThere(path.clone()))?;
        match home.place {
            Place::Value(node, _) => match &node.form {
                Form::Braces(pairs) => {
                    let edits = vec![inside(self.text(), node, pairs.all.last(), &entry.inside())];
                    // Another key of a table that begins here must see it.
                    Ok(if rest.len() > 1 { Work::Last(edits) } else { Work::Edits(edits) })
                }
                _ => Err(EditError::NotATable(there())),
            },
            Place::Dotted(node) => self.dotted(path, node, value, note),
            Place::Spread | Place::Missing => {
                if self.places.count(&home.path) > 0 {
                    return Err(EditError::NotATable(there()));
                }
                Ok(self.below(&home.path, &rest, (path, value, note)))
            }
        }
    }

    /// A key with dots more, in braces.
    fn dotted(
        &self,
        path: &KeyPath,
        node: &Node,
        value: &Value,
        note: Option<&Note>,
    ) -> Result<Work, EditError> {
        let Form::Braces(pairs) = &node.form else { return Err(EditError::DoesNotFit(path.clone())) };
        let depth = self.depth(node, path.steps());
        let all = depth.and_then(|depth| names(&path.steps()[depth..]));
        let all = all.ok_or_else(|| EditError::DoesNotFit(path.clone()))?;
        let (last, outer) = all.split_last().ok_or_else(|| EditError::DoesNotFit(path.clone()))?;
        let prefix: String = outer.iter().map(|name| format!("{}.", key(name))).collect();
        let entry = Entry { key: last.clone(), value: value.clone(), note: note.cloned() };
        let written = format!("{prefix}{}", entry.inside());
        Ok(Work::Edits(vec![inside(self.text(), node, pairs.all.last(), &written)]))
    }

    /// How many steps of a path lead to those braces.
    pub(super) fn depth(&self, braces: &Node, path: &[Step]) -> Option<usize> {
        let leads = |length: &usize| match self.places.find(&path[..*length]) {
            Place::Value(node, _) => node.place == braces.place,
            _ => false,
        };
        (0..path.len()).find(leads)
    }

    /// A value on a line of its own in a table that headers or keys with dots make, or under a new header.
    fn below(
        &self,
        home: &[Step],
        rest: &[String],
        (path, value, note): (&KeyPath, &Value, Option<&Note>),
    ) -> Work {
        if let Value::List(items) = value
            && !items.is_empty()
            && self.line(home, rest).is_none_or(|line| line.prefix.trim().is_empty())
            && items.iter().all(|item| matches!(item, Value::Table(_)))
        {
            let add = |item: &Value| Change::Add { list: path.clone(), element: item.clone() };
            return Work::Instead(items.iter().map(add).collect());
        }
        let Some((last, outer)) = rest.split_last() else { return Work::Edits(Vec::new()) };
        let entry = Entry { key: last.clone(), value: value.clone(), note: note.cloned() };
        let text = self.text();
        let newline = self.newline;
        let line = self.line(home, outer);
        let dots = line.as_ref().is_some_and(|line| !line.prefix.trim().is_empty());
        match (line, value) {
            (Some(Line { at, prefix, gap }), value) if dots || !matches!(value, Value::Table(_)) => {
                let line = entry.line(&prefix);
                match gap {
                    true => Work::Last(vec![between(text, at, format!("{line}{newline}{newline}"), newline)]),
                    false => Work::Edits(vec![between(text, at, format!("{line}{newline}"), newline)]),
                }
            }
            (_, Value::Table(entries)) => {
                Work::Last(vec![self.table(&[home, &keys(rest)].concat(), false, &[entries])])
            }
            _ => Work::Last(vec![self.table(&[home, &keys(outer)].concat(), false, &[&[entry]])]),
        }
    }

    /// Where a new line goes for a table, some names below one that is there; `None` where it needs a header.
    fn line(&self, home: &[Step], names: &[String]) -> Option<Line> {
        let text = self.text();
        if names.is_empty()
            && let Some(section) = self.places.section(home)
        {
            return Some(self.last_line(&self.layout.sections[section]));
        }
        // Keys with dots go on as they began.
        let (section, pair) = self.places.dotted(home).last()?;
        let known = self.places.sections[section].len();
        let dots = home.get(known..).filter(|dots| !dots.is_empty())?;
        let dots = super::names(dots)?.into_iter().chain(names.iter().cloned());
        let dots: String = dots.map(|name| format!("{}.", key(&name))).collect();
        let prefix = format!("{}{dots}", indent(text, pair.place.start));
        Some(Line { at: line_end(text, pair.place.end), prefix, gap: false })
    }

    /// Behind the last line of a section.
    fn last_line(&self, section: &Section) -> Line {
        let text = self.text();
        let last = section.pairs.last().map(|pair| pair.place.start);
        let last = last.or(section.header.as_ref().map(|header| header.place.start));
        match (last, section.end()) {
            (Some(start), Some(end)) => {
                Line { at: line_end(text, end), prefix: indent(text, start).to_owned(), gap: false }
            }
            _ => {
                let at = self.top();
                let gap = !rest_of_line(text, at).trim().is_empty();
                Line { at, prefix: String::new(), gap }
            }
        }
    }

    /// Where the first key of a text goes that has none above its headers: behind comments that a blank line ends.
    fn top(&self) -> usize {
        let (text, start) = (self.text(), self.layout.start());
        let mut at = start;
        for line in text[start..].split_inclusive('\n') {
            at += line.len();
            match line.trim() {
                "" if line.ends_with('\n') => return at,
                comment if comment.starts_with('#') => {}
                _ => break,
            }
        }
        start
    }

    /// Tables under headers of their own, at the end of the text or of the element that they belong to.
    pub(super) fn table(&self, path: &[Step], several: bool, tables: &[&[Entry]]) -> Edit {
        let text = self.text();
        let (newline, (at, first, below)) = (self.newline, self.end_for(path, several));
        let name = KeyPath::from(path).name();
        let header = if several { format!("[[{name}]]") } else { format!("[{name}]") };
        let table = |entries: &&[Entry]| {
            let lines: String = entries.iter().map(|entry| entry.line(below) + newline).collect();
            format!("{first}{header}{newline}{lines}")
        };
        table_between(text, at, &tables.iter().map(table).collect::<Vec<_>>().join(newline), newline)
    }
}

fn keys(names: &[String]) -> Vec<Step> {
    names.iter().cloned().map(Step::Key).collect()
}

/// A pair behind the last one in braces.
pub(super) fn inside(
    text: &str,
    braces: &Node,
    last: Option<&crate::toml::layout::Pair>,
    pair: &str,
) -> Edit {
    match last {
        Some(last) => Edit::insert(last.place.end, format!(", {pair}")),
        None => {
            let inner = braces.place.start + 1..braces.place.end - 1;
            if text[inner.clone()].trim().is_empty() {
                Edit::replace(inner, format!(" {pair} "))
            } else {
                Edit::insert(inner.end, format!("{pair} "))
            }
        }
    }
}

/// The text that a value of TOML is; `None` for any other value.
fn spelt_text(spelt: &str) -> Option<String> {
    let text = format!("x = {spelt}");
    let root = toml::de::DeTable::parse(&text).ok()?;
    root.get_ref().get("x")?.get_ref().as_str().map(str::to_owned)
}
