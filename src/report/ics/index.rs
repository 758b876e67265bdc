//! What an older feed holds, as small as it can be: the id and the number of each entry, and what its head tells.
//! Must not hold what the entries say.

use super::entry::Entry;
use super::pieces::Piece;
use super::place::place;
use super::scope::Remembered;
use std::collections::BTreeMap;

/// What a feed holds.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The entries of this tool, by their ids.
    known: BTreeMap<String, Known>,
    /// The definitions that they are of, by their codes as ids spell them, and whether any entry of it stands.
    pub codes: BTreeMap<String, bool>,
    pub remembered: Remembered,
    /// The lines that tell its name.
    pub name: Vec<String>,
    /// How many entries have been taken in.
    count: usize,
}

/// One entry: of several with one id, the one that has changed most often.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Its place among all entries.
    place: usize,
    sequence: u64,
}

impl Index {
    /// Takes in a piece.
    pub(super) fn take(&mut self, piece: &Piece) {
        match piece {
            Piece::Entry(entry) => self.take_entry(entry),
            Piece::Head(line) => {
                self.remembered.take(line);
                if line.starts_with("NAME:") || line.starts_with("X-WR-CALNAME:") {
                    self.name.push(line.clone());
                }
            }
            Piece::Other(_) => {}
        }
    }

    fn take_entry(&mut self, entry: &Entry) {
        let found = Known { place: self.count, sequence: entry.sequence() };
        self.count += 1;
        let Some(uid) = entry.uid() else { return };
        let Some(place) = place(&uid) else { return };
        let stands = !entry.is_cancelled();
        match self.codes.get_mut(place.code) {
            Some(known) => *known |= stands,
            None => drop(self.codes.insert(place.code.to_owned(), stands)),
        }
        let known = self.known.entry(uid).or_insert(found);
        if found.sequence > known.sequence {
            *known = found;
        }
    }

    /// Whether it holds an entry of that id.
    pub(super) fn holds(&self, uid: &str) -> bool {
        self.known.contains_key(uid)
    }

    /// Whether the entry of that id and place is the one that counts.
    pub(super) fn counts(&self, uid: &str, place: usize) -> bool {
        self.known.get(uid).is_some_and(|known| known.place == place)
    }
}
