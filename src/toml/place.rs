//! Where the value of a path stands in a text, whatever way it is written.
//! Must not change anything.

use super::layout::{Form, Layout, Node, Pair};
use super::path::Step;
use std::collections::BTreeMap;

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
    /// The sections by their paths.
    by_path: BTreeMap<Vec<Step>, usize>,
    /// How many elements each array of tables has.
    counts: BTreeMap<Vec<Step>, usize>,
}

impl<'l> Places<'l> {
    pub(super) fn of(layout: &'l Layout<'l>) -> Self {
        let mut counts: BTreeMap<Vec<Step>, usize> = BTreeMap::new();
        let mut sections = Vec::with_capacity(layout.sections.len());
        for section in &layout.sections {
            let mut path: Vec<Step> = Vec::new();
            let names = section.header.iter().flat_map(|header| &header.names);
            let several = section.header.as_ref().is_some_and(|header| header.several);
            let mut left = names.clone().count();
            for name in names {
                left -= 1;
                path.push(Step::Key(name.clone()));
                if left == 0 && several {
                    let count = counts.entry(path.clone()).or_default();
                    path.push(Step::Element(*count));
                    *count += 1;
                } else if let Some(count) = counts.get(&path) {
                    path.push(Step::Element(count.saturating_sub(1)));
                }
            }
            sections.push(path);
        }
        let by_path = sections.iter().cloned().zip(0..).collect();
        Self { layout, sections, by_path, counts }
    }

    /// How many elements an array of tables has.
    pub(super) fn count(&self, list: &[Step]) -> usize {
        self.counts.get(list).copied().unwrap_or_default()
    }

    /// The section of a table that has a header, or of the top.
    pub(super) fn section(&self, table: &[Step]) -> Option<usize> {
        self.by_path.get(table).copied()
    }

    /// The sections of a table and of all below it.
    pub(super) fn below<'p>(&'p self, table: &'p [Step]) -> impl Iterator<Item = usize> + 'p {
        let from = self.by_path.range(table.to_vec()..);
        from.take_while(move |(path, _)| path.starts_with(table)).map(|(_, section)| *section)
    }

    /// The pairs on lines of their own that stand somewhere inside a table and not for all of it, each with the number of its
    /// section, where a section above the table or its own holds them.
    pub(super) fn dotted<'p>(&'p self, table: &'p [Step]) -> impl Iterator<Item = (usize, &'l Pair)> + 'p {
        let homes = (0..=table.len()).filter_map(|length| Some((length, self.section(&table[..length])?)));
        homes.flat_map(move |(length, section)| {
            let pairs = self.layout.sections[section].pairs.iter();
            pairs.filter(move |pair| is_below(&pair.names, &table[length..])).map(move |pair| (section, pair))
        })
    }

    /// Where the value of a path stands.
    pub(super) fn find(&self, path: &[Step]) -> Place<'l> {
        for length in 0..path.len() {
            let Some(section) = self.section(&path[..length]) else { continue };
            for pair in &self.layout.sections[section].pairs {
                if let Some(rest) = behind(&pair.names, &path[length..]) {
                    return walk(&pair.value, Holder::Line(pair), rest);
                }
            }
        }
        let spread = self.below(path).next().is_some() || self.dotted(path).next().is_some();
        if spread { Place::Spread } else { Place::Missing }
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
