//! Writes a feed over an older one: entries stay where they stand, new ones come behind them.
//! Must not open files.

use super::changes::Told;
use super::entries::{entries, left_out};
use super::entry::{Entry, numbered};
use super::fate::{Fate, Run};
use super::feed::{Feed, FeedError};
use super::index::Index;
use super::item::Item;
use super::pieces::{Piece, Pieces};
use super::place::{part, place};
use super::scope::{FeedScope, Remembered};
use super::text::{escape, put};
use crate::report::error::TemplateError;
use crate::report::format::Canvas;
use crate::report::view::View;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

/// The feed of a view, over none.
///
/// # Errors
/// Never: there is no older feed, and memory takes all that is written.
pub(in crate::report) fn draw(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut bytes = Vec::new();
    feed(canvas.view, &FeedScope::default(), None, &mut bytes).expect("memory takes all that is written");
    Ok(bytes)
}

/// Writes the feed of a view over an older one. What this run has not read whole, or has not looked for, stays as it is; what says
/// nothing else keeps its stamp and its number; what is called off stays in the feed, so that it has a higher number if it returns.
///
/// # Errors
/// Where the older feed cannot be read again, or what is written cannot be taken.
pub fn feed(
    view: &View,
    scope: &FeedScope,
    old: Option<&mut Feed>,
    out: &mut dyn Write,
) -> Result<Told, FeedError> {
    let (asked, scope) = (scope, &scope.careful(view));
    let none = Index::default();
    let (index, pieces, remembered) = match old {
        None => (&none, None, Remembered::of(scope)),
        Some(old) => {
            let (index, pieces) = old.split()?;
            (index, Some(pieces), index.remembered.clone().after(scope))
        }
    };
    let stamp = format!("{}T000000Z", view.as_of.replace('-', ""));
    let mut writer = Writer { run: Run::new(view, scope, index), index, stamp, told: Told::default(), out };
    writer.head(&remembered)?;
    if let Some(pieces) = pieces {
        writer.over(pieces)?;
    }
    writer.new_ones()?;
    put(writer.out, "END:VCALENDAR").map_err(FeedError::Write)?;
    let Writer { run, mut told, .. } = writer;
    told.not_pruned = asked.prune && !scope.prune;
    told.left_out = run.trusted().flat_map(|definition| left_out(definition, scope)).collect();
    Ok(told)
}

struct Writer<'r, 'o> {
    run: Run<'r>,
    /// What the older feed holds.
    index: &'r Index,
    /// The stamp of what changes in this run.
    stamp: String,
    told: Told,
    out: &'o mut dyn Write,
}

impl Writer<'_, '_> {
    fn head(&mut self, remembered: &Remembered) -> Result<(), FeedError> {
        let first =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//evalplan//evalplan//EN", "CALSCALE:GREGORIAN"]
                .map(str::to_owned);
        let last = ["REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"].map(str::to_owned);
        let mut lines = first.into_iter().chain(self.name()).chain(last).chain(remembered.lines());
        lines.try_for_each(|line| put(self.out, &line)).map_err(FeedError::Write)
    }

    /// The lines with the name of the feed: that of the definition where it has never held another.
    fn name(&self) -> Vec<String> {
        let (scope, index) = (self.run.scope, self.index);
        let mut titles: BTreeMap<String, Option<&str>> =
            index.codes.keys().map(|code| (code.clone(), None)).collect();
        for definition in self.run.trusted() {
            if titles.len() > 1 {
                break;
            }
            let code = part(&definition.code);
            if titles.contains_key(&code)
                || entries(definition, scope).items.iter().any(|item| scope.meets_days(item.days))
            {
                titles.insert(code, Some(&definition.title));
            }
        }
        let name = match titles.values().collect::<Vec<_>>().as_slice() {
            [Some(title)] => format!("Evaluations: {title}"),
            [] | [None] if !index.name.is_empty() => return index.name.clone(),
            _ => "Evaluations".to_owned(),
        };
        let name = escape(&name);
        vec![format!("NAME:{name}"), format!("X-WR-CALNAME:{name}")]
    }

    /// The older feed, piece by piece.
    fn over(&mut self, mut pieces: Pieces<impl BufRead>) -> Result<(), FeedError> {
        let mut number = 0;
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Entry(entry) => {
                    self.entry(&entry, number)?;
                    number += 1;
                }
                Piece::Other(lines) => {
                    lines.iter().try_for_each(|line| put(self.out, line)).map_err(FeedError::Write)?
                }
                Piece::Head(_) => {}
            }
        }
        Ok(())
    }

    /// An entry of the older feed, which is the one of that number in it.
    fn entry(&mut self, entry: &Entry, number: usize) -> Result<(), FeedError> {
        let uid = entry.uid().unwrap_or_default();
        let Some(place) = place(&uid) else { return entry.copy(self.out).map_err(FeedError::Write) };
        if !self.index.counts(&uid, number) {
            return Ok(());
        }
        let (stamp, next) = (self.stamp.as_str(), entry.sequence().saturating_add(1));
        let written = match self.run.fate(entry, (&uid, place), &mut self.told) {
            Fate::Planned(item) => {
                let content = item.content();
                let same = entry.content().eq(content.iter().map(String::as_str));
                let changes = &mut self.told.changes;
                *(if same { &mut changes.unchanged } else { &mut changes.changed }) += 1;
                let numbers =
                    if same { (entry.stamp().unwrap_or(stamp), entry.sequence()) } else { (stamp, next) };
                write_item(item, &content, numbers, self.out)
            }
            Fate::Stays => {
                self.told.changes.unchanged += usize::from(!entry.is_cancelled());
                entry.copy(self.out)
            }
            Fate::Done => {
                self.told.changes.changed += 1;
                entry.end("COMPLETED", (&uid, stamp), next, self.out)
            }
            Fate::CalledOff => {
                self.told.changes.cancelled += 1;
                entry.end("CANCELLED", (&uid, stamp), next, self.out)
            }
        };
        written.map_err(FeedError::Write)
    }

    /// What this run plans and the older feed does not hold.
    fn new_ones(&mut self) -> Result<(), FeedError> {
        let scope = self.run.scope;
        for definition in self.run.trusted().collect::<Vec<_>>() {
            let entries = entries(definition, scope);
            for item in entries
                .items
                .iter()
                .filter(|item| scope.meets_days(item.days) && !self.index.holds(&item.uid))
            {
                self.told.changes.new += 1;
                write_item(item, &item.content(), (&self.stamp, 0), self.out).map_err(FeedError::Write)?;
            }
        }
        Ok(())
    }
}

fn write_item(
    item: &Item,
    content: &[String],
    (stamp, sequence): (&str, u64),
    out: &mut dyn Write,
) -> std::io::Result<()> {
    numbered(item.kind, (&item.uid, stamp, sequence), content.iter().map(String::as_str), out)
}
