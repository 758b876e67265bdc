//! Packs that join a definition in words: what of the file makes them join, and why some do not apply all the same.

use super::reason::{early, reason};
use super::spoken::spoken;
use super::values::{header, list};
use crate::checks::Reason;
use crate::expr::{Clue, Expr, Trace};
use crate::facts::Facts;

/// The most clues that are told of one pack.
const MOST_CLUES: usize = 3;

/// A pack that joins.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'j> {
    /// The pack, by its id.
    pub pack: &'j str,
    /// The condition that makes it join, where there is one to tell of.
    pub because: Option<&'j Expr>,
    /// Why it does not apply all the same.
    pub early: Option<&'j Reason>,
}

/// What decides that a pack joins: the first clues, and how many there are more where that is counted.
type Clues = (Vec<Clue>, Option<usize>);

fn clues(condition: &Expr, facts: &Facts<'_>) -> Clues {
    let mut trace = Trace::new();
    condition.condition(facts, None, &mut trace);
    condition.clues(facts, &trace, MOST_CLUES)
}

/// What of the file makes a pack join, as one clause: `the file has [[outcome]] and [[risk]]`.
#[must_use]
pub fn joins_because(condition: &Expr, facts: &Facts<'_>) -> String {
    spoken(in_short(&clues(condition, facts)))
}

fn in_short((clues, more): &Clues) -> String {
    let (mut tables, mut others) = (Vec::new(), Vec::new());
    for clue in clues {
        match clue {
            Clue::Table(table, true) => tables.push(header(*table)),
            other => others.push(other.to_string()),
        }
    }
    let more = match more {
        Some(0) => None,
        Some(more) => Some(format!("{more} more")),
        None => Some("many more".to_owned()),
    };
    if tables.is_empty() {
        others.extend(more);
    } else {
        tables.extend(more);
        others.push(format!("the file has {}", list(&tables, "and")));
    }
    list(&others, "and")
}

/// The one note of a file on the packs that join it; nothing where none joins for a reason of its own.
#[must_use]
pub fn joining(all: &[Joining<'_>], facts: &Facts<'_>) -> Option<String> {
    let mut groups: Vec<(Option<Clues>, Option<&Reason>, Vec<String>)> = Vec::new();
    for one in all.iter().filter(|one| one.because.is_some() || one.early.is_some()) {
        let (because, id) = (one.because.map(|condition| clues(condition, facts)), format!("`{}`", one.pack));
        match groups.iter_mut().find(|(known, early, _)| (known, *early) == (&because, one.early)) {
            Some((.., packs)) => packs.push(id),
            None => groups.push((because, one.early, vec![id])),
        }
    }
    let told = |(because, early, packs): &(Option<Clues>, Option<&Reason>, Vec<String>)| {
        let several = packs.len() > 1;
        let joins = if several { "join" } else { "joins" };
        let because =
            because.as_ref().map(|clues| format!(" because {}", in_short(clues))).unwrap_or_default();
        let not = early.map(|early| not_applied(early, several, facts)).unwrap_or_default();
        format!("{} {joins}{because}{not}", list(packs, "and"))
    };
    (!groups.is_empty()).then(|| spoken(groups.iter().map(told).collect::<Vec<_>>().join("; ")))
}

fn not_applied(why: &Reason, several: bool, facts: &Facts<'_>) -> String {
    let told = match why {
        Reason::Early { from, precision, start } => {
            early((*from, precision.as_deref(), *start), several, facts)
        }
        other => reason(other, facts),
    };
    format!(", but {} not apply: {told}", if several { "do" } else { "does" })
}
