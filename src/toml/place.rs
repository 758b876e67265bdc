//! Where the value of a path stands in a text, whatever way it is written.
//! Must not change anything.

use super::layout::{Form, Layout, Node, Pair};
use super::path::Step;

/// Where something stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'l> {
    /// It is a value, held by a line, braces or a list.
    Value(&'l Node, Holder<'l>),
    /// It is a table or an array of tables that headers, or keys with dots on lines of their own, make.
    Spread,
    /// It is a table in these braces that keys with dots make.
    Dotted(&'l Node),
    /// It is not there.
    Missing,
}

/// What holds a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holder<'l> {
    /// A line of its own: the section and the pair in it.
    Line(&'l Pair),
    /// Braces, and the number of the pair in them.
    Braces(&'l Node, usize),
    /// A list, and the number of the element in it.
    List(&'l Node, usize),
}

/// The paths of the sections of a text, in its order. A section of an array of tables has the number of its element.
#[derive(Debug)]
pub(super) struct Places<'l> {
    pub(super) layout: &'l Layout<'l>,
    pub(super) sections: Vec<Vec<Step>>,
}

impl<'l> Places<'l> {
    pub(super) fn of(layout: &'l Layout<'l>) -> Self {
        let mut places = Self { layout, sections: Vec::with_capacity(layout.sections.len()) };
        for section in &layout.sections {
            let mut path: Vec<Step> = Vec::new();
            let Some(header) = &section.header else {
                places.sections.push(path);
                continue;
            };
            let last = header.names.len().saturating_sub(1);
            for (name, place) in header.names.iter().zip(0..) {
                path.push(Step::Key(name.clone()));
                let count = places.count(&path);
                if place == last && header.several {
                    path.push(Step::Element(count));
                } else if count > 0 {
                    path.push(Step::Element(count - 1));
                }
            }
            places.sections.push(path);
        }
        places
    }

    /// How many elements an array of tables has.
    pub(super) fn count(&self, list: &[Step]) -> usize {
        let number = |path: &Vec<Step>| match path.strip_prefix(list)?.first()? {
            Step::Element(number) => Some(number + 1),
            Step::Key(_) => None,
        };
        self.sections.iter().filter_map(number).max().unwrap_or_default()
    }

    /// The pairs on lines of their own, each with the number of its section.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, &'l Pair)> {
        let sections = self.layout.sections.iter().enumerate();
        sections.flat_map(|(number, section)| section.pairs.iter().map(move |pair| (number, pair)))
    }

    /// Whether a pair stands somewhere inside a table, and not for all of it.
    pub(super) fn is_inside(&self, (section, pair): (usize, &Pair), table: &[Step]) -> bool {
        let path = self.sections[section].iter().map(Some).chain(pair.names.iter().map(|_| None));
        let mut names = pair.names.iter();
        let length = self.sections[section].len() + pair.names.len();
        length > table.len()
            && path.zip(table).all(|(step, wanted)| match (step, wanted) {
                (Some(step), wanted) => step == wanted,
                (None, Step::Key(wanted)) => names.next() == Some(wanted),
                (None, Step::Element(_)) => false,
            })
    }

    /// Where the value of a path stands.
    pub(super) fn find(&self, path: &[Step]) -> Place<'l> {
        for (section, pair) in self.pairs() {
            let rest = path.strip_prefix(self.sections[section].as_slice());
            if let Some(rest) = rest.and_then(|rest| behind(&pair.names, rest)) {
                return walk(&pair.value, Holder::Line(pair), rest);
            }
        }
        let below = self.sections.iter().any(|section| section.starts_with(path));
        if below || self.pairs().any(|pair| self.is_inside(pair, path)) {
            Place::Spread
        } else {
            Place::Missing
        }
    }
}

/// What is left of a path behind the names of a key; `None` where they are not its beginning.
fn behind<'p>(names: &[String], path: &'p [Step]) -> Option<&'p [Step]> {
    let (first, rest) = path.split_at_checked(names.len())?;
    let same = |(step, name): (&Step, &String)| matches!(step, Step::Key(key) if key == name);
    first.iter().zip(names).all(same).then_some(rest)
}

fn walk<'l>(node: &'l Node, holder: Holder<'l>, rest: &[Step]) -> Place<'l> {
    match (&node.form, rest) {
        (_, []) => Place::Value(node, holder),
        (Form::List(items), [Step::Element(number), rest @ ..]) => match items.all.get(*number) {
            Some(item) => walk(item, Holder::List(node, *number), rest),
            None => Place::Missing,
        },
        (Form::Braces(pairs), [Step::Key(_), ..]) => {
            for (pair, number) in pairs.all.iter().zip(0..) {
                if let Some(rest) = behind(&pair.names, rest) {
                    return walk(&pair.value, Holder::Braces(node, number), rest);
                }
            }
            if pairs.all.iter().any(|pair| is_below(&pair.names, rest)) {
                Place::Dotted(node)
            } else {
                Place::Missing
            }
        }
        _ => Place::Missing,
    }
}

/// Whether a key with dots leads into a table.
pub(super) fn is_below(names: &[String], table: &[Step]) -> bool {
    let same = |(name, step): (&String, &Step)| matches!(step, Step::Key(key) if key == name);
    names.len() > table.len() && names.iter().zip(table).all(same)
}
