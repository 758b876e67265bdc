//! One rule as it is asked of one definition: with the condition on which its pack joins, where it is not known whether it does.
//! Must not decide.

use crate::checks::{Judgement, Reads, Reason, Verdict};
use crate::expr::{Expr, Trace, Tri};
use crate::facts::Facts;
use crate::model::{DateRange, Table};
use crate::policy::{Pack, Rule};
use std::collections::BTreeSet;

/// A pack whose text is younger than what a definition is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Early<'c> {
    pub pack: &'c Pack,
    /// When that surely began.
    pub start: DateRange,
}

impl Early<'_> {
    /// Why its rules do not apply.
    pub(super) fn reason(&self) -> Reason {
        Reason::Early { from: self.pack.from, precision: self.pack.precision.clone(), start: self.start }
    }
}

/// A rule that binds a definition, or may.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'c> {
    pub rule: &'c Rule,
    /// What must hold besides for the rule to apply.
    pub joins: Option<&'c Expr>,
    /// Why it does not apply all the same, where its pack is younger than what the definition is about.
    pub early: Option<Early<'c>>,
}

impl<'c> Question<'c> {
    /// A rule of a pack that binds.
    pub(super) fn of(rule: &'c Rule) -> Self {
        Self { rule, joins: None, early: None }
    }

    /// How the definition stands to the rule, as far as its facts decide one by one.
    pub(super) fn judge(self, facts: &Facts<'_>) -> Judgement {
        let mut judgement = self.rule.judge(facts);
        if let Some(joins) = self.joins {
            let mut trace = Trace::none();
            let holds = joins.condition(facts, None, &mut trace);
            if holds != Tri::True {
                judgement.outside = Some(Reason::Joins(joins.clone()));
            }
            judgement.applies = judgement.applies.and(holds);
            judgement.needs.extend(joins.needs(facts, None));
        }
        if let Some(early) = self.early {
            judgement.outside = Some(early.reason());
            judgement.applies = Tri::False;
        }
        judgement
    }

    /// Whether it applies and whether it is met, without reasons.
    pub(super) fn stand(self, facts: &Facts<'_>, trace: &mut Trace) -> (Tri, Tri) {
        let holds = self.joins.map_or(Tri::True, |joins| joins.condition(facts, None, trace));
        let (applies, met) = self.rule.stand(facts, trace);
        if self.early.is_some() {
            return (Tri::False, met);
        }
        (applies.and(holds), met)
    }

    /// The verdict, as far as the facts decide one by one.
    pub(super) fn verdict(self, facts: &Facts<'_>, trace: &mut Trace) -> Verdict {
        let (applies, met) = self.stand(facts, trace);
        Verdict::of(applies, met)
    }

    /// The facts that the answer hangs on.
    pub(super) fn reads(self) -> Reads {
        let mut reads = Reads::default();
        self.rule.reads(&mut reads);
        self.joins.iter().for_each(|joins| reads.add(joins));
        reads
    }

    /// The tables on which the answer rests.
    pub(super) fn tables(self) -> BTreeSet<Table> {
        let mut tables = self.rule.tables();
        self.joins.iter().for_each(|joins| tables.add(joins));
        tables.iter().collect()
    }
}
