//! What an obligation asks for, and whether the evaluations of a definition meet it.
//! Must not know when it is due.

use crate::expr::Tri;
use crate::facts::{Fact, Facts, Word};
use crate::model::{FieldPath, INDEPENDENCE, KeyId, TIMINGS, Table, key};

/// The evaluation that an obligation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Any one of these timings, by place in [`TIMINGS`].
    pub timings: Vec<u8>,
    /// The least independence, by place in [`INDEPENDENCE`].
    pub independence: Option<u8>,
    /// The timing that takes the obligation where no planned evaluation meets it.
    pub assigned_to: u8,
    /// It is owed only where the agreed plan names it; where no plan is on file, listing it is the agreement.
    pub if_agreed: bool,
}

impl Wanted {
    /// The timing of the evaluation to add where none meets the obligation.
    #[must_use]
    pub fn timing(&self) -> &'static str {
        TIMINGS[usize::from(self.assigned_to)]
    }

    /// The least independence, as a word.
    #[must_use]
    pub fn level(&self) -> Option<&'static str> {
        self.independence.map(|level| INDEPENDENCE[usize::from(level)])
    }

    /// Whether the agreed evaluation plan names it; `None` where no plan is on file.
    #[must_use]
    pub fn is_in_agreed_plan(&self, facts: &Facts<'_>) -> Option<bool> {
        match facts.fact(Word::Key(key::evaluation_plan::PLANNED)) {
            Fact::Choices(planned) => Some(self.timings.iter().any(|timing| planned.contains(timing))),
            _ => None,
        }
    }

    /// Whether an evaluation of the file has the timing that is asked for.
    #[must_use]
    pub fn has_timing(&self, facts: &Facts<'_>, row: u32) -> Tri {
        match facts.element(key::evaluation::TIMING, row) {
            Fact::Choice(timing) => self.timings.contains(&timing).into(),
            _ => Tri::Unknown,
        }
    }

    /// Whether an evaluation of the file is independent enough.
    #[must_use]
    pub fn has_level(&self, facts: &Facts<'_>, row: u32) -> Tri {
        match (self.independence, facts.element(key::evaluation::INDEPENDENCE, row)) {
            (None, _) => Tri::True,
            (Some(least), Fact::Choice(level)) => (level >= least).into(),
            (Some(_), _) => Tri::Unknown,
        }
    }

    /// Whether an evaluation of the file meets the obligation.
    #[must_use]
    pub fn met_by(&self, facts: &Facts<'_>, row: u32) -> Tri {
        self.has_timing(facts, row).and(self.has_level(facts, row))
    }
}

/// How the evaluations of a definition stand to what is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The evaluations that meet it for certain, by row.
    pub sure: Vec<u32>,
    /// The evaluations that may meet it, by row.
    pub possible: Vec<u32>,
    /// The evaluations of the right timing that are not independent enough, by row.
    pub too_low: Vec<u32>,
    /// There may be more evaluations than the file knows.
    pub open: bool,
    /// The facts that would settle it.
    pub needs: Vec<FieldPath>,
}

impl Found {
    /// Whether at least `count` evaluations meet it.
    #[must_use]
    pub fn at_least(&self, count: usize) -> Tri {
        if self.sure.len() >= count {
            Tri::True
        } else if self.open || self.sure.len() + self.possible.len() >= count {
            Tri::Unknown
        } else {
            Tri::False
        }
    }
}

/// Looks through the evaluations of a definition for what is wanted.
#[must_use]
pub fn find(wanted: &Wanted, facts: &Facts<'_>) -> Found {
    let mut found = Found { open: facts.is_open(Table::Evaluation), ..Found::default() };
    for row in 0..facts.count(Table::Evaluation) {
        let (timing, level) = (wanted.has_timing(facts, row), wanted.has_level(facts, row));
        match timing.and(level) {
            Tri::True => found.sure.push(row),
            Tri::Unknown => {
                found.possible.push(row);
                let mut need = |unknown: Tri, key: KeyId| {
                    if unknown == Tri::Unknown {
                        found.needs.push(FieldPath::Element(key, row));
                    }
                };
                need(timing, key::evaluation::TIMING);
                need(level, key::evaluation::INDEPENDENCE);
            }
            Tri::False if timing == Tri::True => found.too_low.push(row),
            Tri::False => {}
        }
    }
    if found.open {
        found.needs.push(FieldPath::Table(Table::Evaluation));
    }
    found
}
