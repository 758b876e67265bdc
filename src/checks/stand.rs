//! The two answers of a form without a word of explanation, for definitions that are only supposed.
//! Must not differ from what the form judges.

use super::{Check, Each};
use crate::expr::{Trace, Tri};
use crate::facts::Facts;

impl Check {
    /// Whether the rule applies, and whether what it asks is there: as [`Check::judge`] answers, without its reasons.
    #[must_use]
    pub fn stand(&self, facts: &Facts<'_>, trace: &mut Trace) -> (Tri, Tri) {
        match self {
            Self::Condition(condition) => (Tri::True, condition.condition.condition(facts, None, trace)),
            Self::Each(each) => each.stand(facts, trace),
            Self::Grid(grid) => grid.stand(facts),
            Self::Duty(_)
            | Self::Share(_)
            | Self::Chain(_)
            | Self::Assessed
            | Self::Days(_)
            | Self::PolicyNamed => {
                let judgement = self.judge(facts);
                (judgement.applies, judgement.met)
            }
        }
    }
}

impl Each {
    fn stand(&self, facts: &Facts<'_>, trace: &mut Trace) -> (Tri, Tri) {
        let rest =
            if facts.is_open(self.table) { (Tri::Unknown, Tri::Unknown) } else { (Tri::False, Tri::True) };
        (0..facts.count(self.table)).fold(rest, |(applies, met), row| {
            let bound = Some((self.table, row));
            let meant = self.only.as_ref().map_or(Tri::True, |only| only.condition(facts, bound, trace));
            let holds =
                if meant == Tri::False { Tri::True } else { self.condition.condition(facts, bound, trace) };
            (applies.or(meant), met.and(meant.not().or(holds)))
        })
    }
}
