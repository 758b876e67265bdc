//! The form `grid`: every cell of rows and columns must be filled.
//! Must not know which table it is laid over.

use super::{Cells, Judgement, Missing, Reason};
use crate::expr::Tri;
use crate::facts::{Fact, Facts};
use crate::model::{FieldPath, GROUPS, KeyId, Kind, Table, key};
use std::sync::Arc;

/// The rows or the columns of a grid: the words that a key must cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The key of the table's elements that says it.
    pub key: KeyId,
    /// The words.
    pub words: Vec<Arc<str>>,
}

/// A grid laid over the elements of a table. Without rows, each element is a row of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The table.
    pub table: Table,
    /// The rows; each element is one where absent.
    pub rows: Option<Side>,
    /// The columns.
    pub columns: Side,
}

impl Grid {
    /// How a definition stands to the grid.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        match &self.rows {
            Some(rows) => self.judge_words(rows, facts),
            None => self.judge_elements(facts),
        }
    }

    /// Whether it applies and whether it is filled, as [`Grid::judge`] answers.
    #[must_use]
    pub(super) fn stand(&self, facts: &Facts<'_>) -> (Tri, Tri) {
        let (count, open) = (facts.count(self.table), facts.is_open(self.table));
        let more = if open { Tri::Unknown } else { Tri::False };
        let all = |words: &[Arc<str>], filled: &dyn Fn(&str) -> Tri| {
            words.iter().map(|word| filled(word)).fold(Tri::True, Tri::and)
        };
        let Some(rows) = &self.rows else {
            let elements = (0..count).map(|element| {
                all(&self.columns.words, &|word| says(facts, self.columns.key, element, word))
            });
            let applies = if count > 0 { Tri::True } else { more };
            return (applies, elements.fold(more.not(), Tri::and));
        };
        let both = |row: &str, column: &str| {
            let cells = (0..count).map(|element| {
                says(facts, rows.key, element, row).and(says(facts, self.columns.key, element, column))
            });
            cells.fold(more, Tri::or)
        };
        (Tri::True, all(&rows.words, &|row| all(&self.columns.words, &|column| both(row, column))))
    }

    /// A grid of words by words: a cell is filled where one element has both.
    fn judge_words(&self, rows: &Side, facts: &Facts<'_>) -> Judgement {
        let mut judgement = Judgement::new(Tri::True, Tri::True, FieldPath::Table(self.table));
        let mut empty = Vec::new();
        for row in &rows.words {
            for column in &self.columns.words {
                let cell = self.cell(facts, (rows, row), column, &mut judgement);
                judgement.met = judgement.met.and(cell);
                if cell != Tri::True {
                    empty.push((cell, Missing::Cell { column: Arc::clone(column), row: Arc::clone(row) }));
                }
            }
        }
        judgement.missing = worst(empty, judgement.met);
        self.finish(&mut judgement, facts);
        judgement
    }

    fn cell(
        &self,
        facts: &Facts<'_>,
        (side, row): (&Side, &str),
        column: &str,
        judgement: &mut Judgement,
    ) -> Tri {
        let mut filled: Tri = Tri::False;
        let mut needs = Vec::new();
        for element in 0..facts.count(self.table) {
            let one = says(facts, side.key, element, row);
            let two = says(facts, self.columns.key, element, column);
            let both = one.and(two);
            if both == Tri::Unknown {
                let unknown = |answer: Tri, key: KeyId| {
                    (answer == Tri::Unknown).then_some(FieldPath::Element(key, element))
                };
                needs.extend([unknown(two, self.columns.key), unknown(one, side.key)].into_iter().flatten());
            }
            filled = filled.or(both);
        }
        if facts.is_open(self.table) {
            filled = filled.or(Tri::Unknown);
            needs.push(FieldPath::Table(self.table));
        }
        if filled == Tri::Unknown {
            judgement.needs.extend(needs);
        }
        filled
    }

    /// A grid whose rows are the elements: a cell is filled where the element has the word.
    fn judge_elements(&self, facts: &Facts<'_>) -> Judgement {
        let count = facts.count(self.table);
        let open = facts.is_open(self.table);
        let applies = if count > 0 {
            Tri::True
        } else if open {
            Tri::Unknown
        } else {
            Tri::False
        };
        let mut judgement = Judgement::new(applies, Tri::True, FieldPath::Table(self.table));
        let mut empty = Vec::new();
        for element in 0..count {
            for column in &self.columns.words {
                let cell = says(facts, self.columns.key, element, column);
                judgement.met = judgement.met.and(cell);
                if cell == Tri::Unknown {
                    judgement.needs.insert(FieldPath::Element(self.columns.key, element));
                }
                if cell == Tri::False && judgement.field == FieldPath::Table(self.table) {
                    judgement.field = FieldPath::Element(self.columns.key, element);
                }
                if cell != Tri::True {
                    empty.push((
                        cell,
                        Missing::OfElement { part: Arc::clone(column), table: self.table, row: element },
                    ));
                }
            }
        }
        judgement.missing = worst(empty, judgement.met);
        if open && judgement.met == Tri::True {
            judgement.met = Tri::Unknown;
            judgement.needs.insert(FieldPath::Table(self.table));
        }
        self.finish(&mut judgement, facts);
        judgement
    }

    fn finish(&self, judgement: &mut Judgement, facts: &Facts<'_>) {
        if judgement.met == Tri::Unknown
            && judgement.field == FieldPath::Table(self.table)
            && let Some(first) = judgement.needs.first()
        {
            judgement.field = *first;
        }
        let cells = match (judgement.met, judgement.applies) {
            (Tri::True, Tri::False) => Cells::NothingListed,
            (Tri::True, _) => Cells::Filled,
            (Tri::False, _) => Cells::Empty,
            (Tri::Unknown, _) if judgement.missing.is_empty() => Cells::MayBeMore,
            (Tri::Unknown, _) => Cells::MayBeEmpty,
        };
        judgement.reason = Reason::Cells(self.table, facts.count(self.table), cells);
    }
}

/// The cells that decide: the empty ones where one is empty for certain, else those that may be.
fn worst(cells: Vec<(Tri, Missing)>, met: Tri) -> Vec<Missing> {
    cells.into_iter().filter(|(cell, _)| *cell == met).map(|(_, name)| name).collect()
}

/// Whether an element says a word under a key. A text that names a party of a group stands for the group.
fn says(facts: &Facts<'_>, key: KeyId, element: u32, word: &str) -> Tri {
    match (facts.element(key, element), key.spec().kind) {
        (Fact::Choice(place), Kind::OneOf(known)) => (known.get(usize::from(place)) == Some(&word)).into(),
        (Fact::Choices(places), Kind::AnyOf(known)) => {
            places.iter().any(|place| known.get(usize::from(*place)) == Some(&word)).into()
        }
        (Fact::Texts(texts), _) => {
            texts.iter().any(|text| &**text == word || is_of_group(facts, text, word)).into()
        }
        (Fact::Text(text), _) => (text == word).into(),
        _ => Tri::Unknown,
    }
}

fn is_of_group(facts: &Facts<'_>, name: &str, group: &str) -> bool {
    let parties = facts.definition().rows(Table::Party);
    let party = facts.index(key::party::NAME).find(name).and_then(|row| parties.get(row as usize));
    GROUPS.contains(&group) && party.is_some_and(|party| party.choice(key::party::GROUP) == Some(group))
}
