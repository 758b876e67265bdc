//! The form `check`: a condition that must hold.
//! Must not know any one rule.

use super::{Asked, Judgement, Missing, Reads, Reason};
use crate::expr::{Expr, Read, Trace, Tri};
use crate::facts::{Facts, Word};
use crate::model::{FieldPath, Table, key};

/// A condition over the whole definition.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What must hold.
    pub condition: Expr,
    /// The same in words, where the rule gives them.
    pub asked: Option<Asked>,
    /// Where to point; the first fact that the condition reads where absent.
    pub field: Option<Word>,
}

impl Condition {
    /// How a definition stands to the condition.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        let mut trace = Trace::none();
        let met = self.condition.condition(facts, None, &mut trace);
        let mut judgement = Judgement::new(Tri::True, met, self.place(facts));
        if met == Tri::Unknown {
            judgement.needs = self.condition.needs(facts, None).into_iter().collect();
        }
        judgement.reason = match (&self.asked, met) {
            (None, _) => Reason::Facts(self.condition.clone()),
            (Some(asked), Tri::True) => Reason::Asked(asked.asks.clone()),
            (Some(asked), Tri::False) => {
                judgement.missing = asked.missing(facts, None).into_iter().map(Missing::Part).collect();
                Reason::Lacks { asks: asked.asks.clone(), lacks: asked.lacking(facts, None) }
            }
            (Some(asked), Tri::Unknown) => {
                Reason::Unknown { asks: asked.asks.clone(), condition: self.condition.clone() }
            }
        };
        judgement
    }

    fn place(&self, facts: &Facts<'_>) -> FieldPath {
        let first = || self.condition.atoms().first().map(|atom| atom.read);
        self.field
            .map(Read::Word)
            .or_else(first)
            .map_or(FieldPath::Table(Table::Project), |read| place_of(read, facts))
    }

    /// The facts that the condition reads.
    pub fn reads(&self, reads: &mut Reads) {
        reads.add(&self.condition);
    }
}

/// Where a fact stands, or would stand.
pub(super) fn place_of(read: Read, facts: &Facts<'_>) -> FieldPath {
    match read {
        Read::Word(Word::Duration) => facts.end_path(),
        Read::Word(Word::Table(table)) => FieldPath::Table(table),
        Read::Word(Word::Key(key)) if key == key::budget::TOTAL => facts.total_path(),
        Read::Word(Word::Key(key)) if key == key::project::END => facts.end_path(),
        Read::Word(Word::Key(key)) => FieldPath::Key(key),
        Read::Field(key) => FieldPath::Table(key.table),
    }
}
