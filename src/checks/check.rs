//! One rule, whatever its form: how a definition stands to it, and what it reads.
//! Must not know any one rule.

use super::{Chain, Condition, Days, Duty, Each, Grid, Judgement, Reads, Share};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::{FieldPath, KeyId, Table};

/// One rule form with its parameters: a closed set.
#[derive(Debug, Clone)]
pub enum Check {
    /// An obligation, always or by the bands of a table.
    Duty(Duty),
    /// Every cell of rows and columns must be filled.
    Grid(Grid),
    /// A condition must hold.
    Condition(Condition),
    /// A condition must hold for every element of a table.
    Each(Each),
    /// An amount must be a share of another within bounds.
    Share(Share),
    /// Results must be linked, without orphans and cycles.
    Chain(Chain),
    /// Some other rule must apply.
    Assessed,
    /// Evaluations must lie within the windows of the duties that owe them.
    Days(Days),
    /// Where a later edition had begun, an edition is named: a note on the run, and no finding.
    PolicyNamed,
}

impl Check {
    /// How a definition stands to the rule, as far as its facts decide.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        match self {
            Self::Duty(duty) => duty.judge(facts),
            Self::Grid(grid) => grid.judge(facts),
            Self::Condition(condition) => condition.judge(facts),
            Self::Each(each) => each.judge(facts),
            Self::Share(share) => share.judge(facts),
            Self::Chain(chain) => chain.judge(facts),
            Self::Assessed | Self::Days(_) | Self::PolicyNamed => {
                Judgement::new(Tri::False, Tri::True, FieldPath::Table(Table::Project))
            }
        }
    }

    /// Adds the facts that the rule reads and that can be supposed one by one, to find its exact verdict.
    pub fn reads(&self, reads: &mut Reads) {
        match self {
            Self::Duty(duty) => duty.reads(reads),
            Self::Condition(condition) => condition.reads(reads),
            Self::Each(each) => each.reads(reads),
            Self::Share(share) => share.reads(reads),
            Self::Grid(_) | Self::Chain(_) | Self::Assessed | Self::Days(_) | Self::PolicyNamed => {}
        }
    }

    /// Whether the form judges a list as a whole, with keys that it does not read one by one: elements of it that are only supposed would say too little.
    #[must_use]
    pub fn judges_whole(&self, table: Table) -> bool {
        match self {
            Self::Grid(grid) => grid.table == table,
            Self::Chain(chain) => chain.parents == table || chain.key.table == table,
            _ => false,
        }
    }

    /// The key that the rule asks of each element of a table, where it asks one by one.
    #[must_use]
    pub fn key_of_each(&self) -> Option<KeyId> {
        match self {
            Self::Each(each) => each.field,
            Self::Grid(grid) if grid.rows.is_none() => Some(grid.columns.key),
            Self::Duty(_)
            | Self::Grid(_)
            | Self::Condition(_)
            | Self::Share(_)
            | Self::Chain(_)
            | Self::Assessed
            | Self::Days(_)
            | Self::PolicyNamed => None,
        }
    }
}
